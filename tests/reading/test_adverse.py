from __future__ import annotations

import pytest

from hfskg.record import AdverseEvent
from reading.helpers import read


def events(text: str) -> list[tuple[str, str]]:
    return [(e.drug.label, e.event.label) for e in read(text).events if isinstance(e, AdverseEvent)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She had hypertension due to prednisone.", [("prednisone", "hypertension")], id="effect, drug"),
        pytest.param(
            "The rash was attributed to high-dose anakinra.", [("anakinra", "skin rash")], id="words before the drug"
        ),
        pytest.param("She had prednisone-induced hypertension.", [("prednisone", "hypertension")], id="drug, effect"),
        pytest.param(
            "Prednisone was stopped because of hypertension.", [("prednisone", "hypertension")], id="stopped because"
        ),
        pytest.param(
            "Prednisone was given. It was stopped due to hypertension.", [("prednisone", "hypertension")], id="it"
        ),
        pytest.param("Prednisone was given. Pulse decreased due to hypertension.", [], id="another subject"),
        pytest.param("She had hypertension and prednisone was given.", [], id="no blame"),
        pytest.param("She had hypertension due to sepsis.", [], id="no drug"),
        pytest.param("Prednisone resulted in regression of hypertension.", [], id="an effect that ended"),
        pytest.param("She had no hypertension due to prednisone.", [], id="negated"),
        pytest.param("Prednisone was started because of fever.", [], id="started because"),
        pytest.param("Prednisone was stopped due to ongoing hypertension.", [], id="what went on in spite of the drug"),
        pytest.param(
            "She began prednisone, but stopped due to hypertension.", [("prednisone", "hypertension")], id="but stopped"
        ),
        pytest.param("She had hypertension from prednisone.", [("prednisone", "hypertension")], id="from"),
        pytest.param("With hypertension she was switched from prednisone.", [], id="from a drug without an effect"),
        pytest.param("Her mother had hypertension due to prednisone.", [], id="family"),
    ],
)
def test_adverse_events(text: str, expected: list[tuple[str, str]]) -> None:
    assert events(text) == expected


def test_the_quote_reaches_over_effect_and_drug() -> None:
    event = next(e for e in read("She had hypertension due to prednisone.").events if isinstance(e, AdverseEvent))
    assert event.evidence[0].quote == "hypertension due to prednisone"
