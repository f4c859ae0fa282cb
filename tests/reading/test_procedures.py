from __future__ import annotations

import pytest

from hfskg.record import Procedure
from reading.helpers import read


def procedures(text: str) -> list[str]:
    return sorted(e.procedure.label for e in read(text).events if isinstance(e, Procedure))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Echocardiography was done.", ["echocardiography"], id="done"),
        pytest.param("Haemodialysis was begun.", ["hemodialysis"], id="British spelling"),
        pytest.param("A bone marrow biopsy was done.", ["bone marrow biopsy"], id="site in the name"),
        pytest.param("A biopsy of the liver was done.", ["liver biopsy"], id="site behind"),
        pytest.param("A biopsy was done.", ["biopsy"], id="no site"),
        pytest.param(
            "Biopsies of bone marrow, liver and lymph node were done.",
            ["bone marrow biopsy", "liver biopsy", "lymph node biopsy"],
            id="several sites",
        ),
        pytest.param("No biopsy was done.", [], id="not done"),
        pytest.param("A biopsy was considered.", [], id="considered only"),
        pytest.param("No lymphoma was seen on the biopsy.", ["biopsy"], id="the means by which nothing was seen"),
        pytest.param("No lymphoma was seen, and a biopsy was not done.", [], id="nothing seen, not done"),
        pytest.param("Her mother had hemodialysis.", [], id="family"),
        pytest.param("Echocardiography was done; echocardiography was normal.", ["echocardiography"], id="told twice"),
    ],
)
def test_procedures(text: str, expected: list[str]) -> None:
    assert procedures(text) == expected
