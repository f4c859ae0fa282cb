from __future__ import annotations

import pytest

from hfskg.record import Encounter, TreatmentResponse
from reading.helpers import label, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She was admitted with fever.", ["admission"], id="admission"),
        pytest.param("She was readmitted with fever.", ["readmission"], id="readmission"),
        pytest.param("She was transferred to our hospital.", ["transfer"], id="transfer"),
        pytest.param("She was admitted to the intensive care unit.", ["intensive care"], id="the longest cue"),
        pytest.param("She was discharged home.", ["discharge"], id="discharge"),
        pytest.param("She had nasal discharge.", [], id="another discharge"),
        pytest.param("She was not admitted; she denied being admitted.", ["admission"], id="denied"),
        pytest.param("She had fever.", [], id="none"),
    ],
)
def test_encounters(text: str, expected: list[str]) -> None:
    assert [e.encounter for e in read(text).events if isinstance(e, Encounter)] == expected


def responses(text: str) -> list[tuple[str, str | None]]:
    return [(e.response, label(e.drug)) for e in read(text).events if isinstance(e, TreatmentResponse)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She responded to anakinra.", [("improved", "anakinra")], id="drug behind"),
        pytest.param("Anakinra led to improvement.", [("improved", "anakinra")], id="drug before"),
        pytest.param("There was no clear benefit from anakinra.", [("unchanged", "anakinra")], id="a benefit denied"),
        pytest.param(
            "She remained febrile despite 5 days of prednisone.", [("unchanged", "prednisone")], id="days of a drug"
        ),
        pytest.param("She improved after surgery.", [], id="no treatment with a drug"),
        pytest.param("She improved with further treatment.", [("improved", None)], id="a drug not named"),
        pytest.param("Fever may subside after starting anakinra.", [], id="only supposed"),
        pytest.param(
            "She did not respond to prednisone and etoposide.",
            [("unchanged", "prednisone"), ("unchanged", "etoposide")],
            id="series",
        ),
        pytest.param(
            "Anakinra was given. There was rapid improvement.", [("improved", "anakinra")], id="sentence before"
        ),
        pytest.param("There was rapid improvement.", [("improved", None)], id="no drug"),
        pytest.param("She worsened despite prednisone.", [("worsened", "prednisone")], id="worsened"),
        pytest.param("She relapsed after stopping anakinra.", [("recurred", "anakinra")], id="recurred"),
        pytest.param("The rash was refractory to prednisone.", [("unchanged", "prednisone")], id="refractory"),
        pytest.param("Anakinra was given.", [], id="none"),
    ],
)
def test_responses(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert responses(text) == expected
