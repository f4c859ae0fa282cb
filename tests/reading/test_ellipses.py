from __future__ import annotations

import pytest

from hfskg.reading.ellipses import with_shared_names
from hfskg.reading.matcher import Match, Matcher
from hfskg.reading.tokens import tokenize
from hfskg.record import Procedure
from reading.helpers import read

NAMES = (
    "pleural effusion",
    "pericardial effusion",
    "chest pain",
    "abdominal pain",
    "bone marrow biopsy",
    "liver biopsy",
    "marrow",
    "hepatitis A",
    "hepatitis B",
    "hepatitis C",
    "white blood cell",
    "blood cell count",
    "neutrophil count",
    "scan",
    "scan of the chest",
)


def matcher() -> Matcher[str]:
    table: Matcher[str] = Matcher()
    for name in NAMES:
        table.add(name, name)
    return table


def named(text: str, *, alone: frozenset[str] = frozenset()) -> list[str]:
    tokens = tuple(tokenize(text))
    table = matcher()

    def stands(match: Match[str], shared: Match[str]) -> bool:
        return match.values[0] in alone and shared.values[0] not in alone

    found = with_shared_names(tokens, table.find(tokens), table.whole, stands)
    return sorted(match.values[0] for match in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("pleural and pericardial effusions", ["pericardial effusion", "pleural effusion"], id="and"),
        pytest.param("pleural/pericardial effusion", ["pericardial effusion", "pleural effusion"], id="slash"),
        pytest.param("chest, and abdominal pain", ["abdominal pain", "chest pain"], id="comma and"),
        pytest.param("marrow and liver biopsy", ["liver biopsy", "marrow"], id="no such name"),
        pytest.param("bone marrow and liver biopsy", ["bone marrow biopsy", "liver biopsy"], id="two words of its own"),
        pytest.param("hepatitis A, B and C", ["hepatitis A", "hepatitis B", "hepatitis C"], id="letters behind"),
        pytest.param("hepatitis A and chest pain", ["chest pain", "hepatitis A"], id="no letter"),
        pytest.param("pleural or not effusion", [], id="no name to share"),
        pytest.param(
            "white blood cell, neutrophil count", ["neutrophil count", "white blood cell"], id="words of a longer name"
        ),
    ],
)
def test_with_shared_names(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_a_name_that_stands_for_itself_shares_nothing() -> None:
    assert named("bone marrow and liver biopsy", alone=frozenset({"marrow"})) == ["liver biopsy", "marrow"]


def test_the_name_spans_the_stretch_of_both() -> None:
    case = read("She had urine and blood cultures taken.")
    told = {e.procedure.label: e.evidence[0].quote for e in case.events if isinstance(e, Procedure)}
    assert told == {"urine culture": "urine and blood cultures", "blood culture": "blood cultures"}
