from __future__ import annotations

import pytest

from hfskg.reading.chronology import chronicle
from reading.helpers import assert_quotes_stand, document, drugs, event_evidence, findings, record

INTRODUCTION = "Case report\n\nA 9-year-old girl was seen (Table 1).\n\nTable 1. Timeline\n\n"


def told(rows: str) -> list[tuple[str, str | None]]:
    """Return the sentences of a table with the phrases of their times."""
    parsed = document(f"{INTRODUCTION}{rows}\n")
    place, table = next((at, block.table) for at, block in enumerate(parsed.blocks) if block.table)
    return [(parsed.text[s.start : s.end], time.phrase) for s, time in chronicle(parsed, table, place)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            "Date\tEvent\nDay 1\tShe had fever. There was no rash.\nDay 5\tShe was given anakinra.",
            [("She had fever.", "Day 1"), ("There was no rash.", "Day 1"), ("She was given anakinra.", "Day 5")],
            id="a sentence each",
        ),
        pytest.param(
            "Day 1\tShe had a fever\nDay 5\tShe had a rash",
            [("She had a fever", "Day 1"), ("She had a rash", "Day 5")],
            id="no head",
        ),
        pytest.param(
            "Day 1\tShe had a fever\nand then a rash\t\nDay 5\tShe was doing well",
            [("She had a fever", "Day 1"), ("and then a rash", "Day 1"), ("She was doing well", "Day 5")],
            id="a torn line goes on",
        ),
        pytest.param("Day\tFerritin\n1\t900\n5\t400", [], id="values are no prose"),
        pytest.param("Sign\tMeaning\nFever\tIt is too hot here\nRash\tIt is too red here", [], id="no times"),
    ],
)
def test_chronicle(rows: str, expected: list[tuple[str, str]]) -> None:
    assert told(rows) == expected


def test_what_a_timeline_tells_is_read_with_its_time() -> None:
    text = f"{INTRODUCTION}Date\tEvent\nDay 1\tShe had fever and no rash.\nDay 5\tShe was given anakinra 100 mg.\n"
    case = record(text).cases[0]
    assert findings(case) == {("fever", "present"), ("skin rash", "absent")}
    assert drugs(case) == [("anakinra", "100 mg", None)]
    assert {e.time.phrase for e in case.events if e.time} == {"Day 1", "Day 5"}
    assert_quotes_stand(text, event_evidence(case))


def test_a_drug_given_again_at_another_time_is_told_again() -> None:
    text = f"{INTRODUCTION}Date\tEvent\nDay 1\tAnakinra 100 mg was given.\nDay 5\tShe was given anakinra 100 mg.\n"
    assert drugs(record(text).cases[0]) == [("anakinra", "100 mg", None)] * 2


def test_what_the_prose_tells_is_not_told_again() -> None:
    rows = "Date\tEvent\nDay 1\tShe had fever and a rash.\nDay 5\tShe was given anakinra for it.\n"
    text = INTRODUCTION.replace("was seen", "had fever and got anakinra 100 mg") + rows
    case = record(text).cases[0]
    assert findings(case) == {("fever", "present"), ("skin rash", "present")}
    assert drugs(case) == [("anakinra", "100 mg", None)]
