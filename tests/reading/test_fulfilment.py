"""What authors say of criteria, and when."""

from __future__ import annotations

import pytest

from hfskg.record import ClinicalFinding, CriteriaStatement
from reading.helpers import read

HEAD = "A 9-year-old girl was admitted with arthritis."
CRITERIA = "the 2016 classification criteria"


def told(text: str) -> list[tuple[str, int | None]]:
    events = [event for event in read(text).events if isinstance(event, CriteriaStatement)]
    return [(event.verdict, event.time.earliest_day if event.time else None) for event in events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"On day 3 she met {CRITERIA}.", [("met", 3)]),
        (f"On day 3 ferritin rose. She did not meet {CRITERIA}.", [("not met", 3)]),
        (f"On day 3 ferritin rose. On day 9 {CRITERIA} were still not fulfilled.", [("not met", 9)]),
        (f"Her illness neither met {CRITERIA} nor those for sepsis.", [("not met", None)]),
        (f"We looked up {CRITERIA}.", []),
        (f"If untreated, she would have met {CRITERIA}.", []),
    ],
)  # fmt: skip
def test_a_statement_has_its_verdict_and_the_last_day_told(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert told(f"{HEAD} {text}") == expected


def test_another_paragraph_tells_no_day() -> None:
    assert told(f"{HEAD} On day 3 ferritin rose.\n\nShe did not meet {CRITERIA}.") == [("not met", None)]


def test_the_reasons_of_a_statement_are_of_its_time() -> None:
    case = read(f"{HEAD} On day 3 ferritin rose. She did not meet {CRITERIA}, due to the lack of fever.")
    fever = next(e for e in case.events if isinstance(e, ClinicalFinding) and e.finding.label == "fever")
    assert (fever.status, fever.time and fever.time.earliest_day) == ("absent", 3)


def test_the_words_reach_from_the_verb_to_the_criteria() -> None:
    (statement,) = (e for e in read(f"{HEAD} She met {CRITERIA}.").events if isinstance(e, CriteriaStatement))
    assert statement.evidence[0].quote == f"met {CRITERIA}"
