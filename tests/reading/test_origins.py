from __future__ import annotations

import pytest

from hfskg.record import ClinicalFinding, DrugAdministration
from reading.helpers import read

FIRST = "A 9-year-old girl was admitted with fever. On the fifth day of admission, anakinra was started."


def days(text: str) -> list[int | None]:
    events = [event for event in read(text).events if isinstance(event, DrugAdministration)]
    return [event.time.earliest_day if event.time else None for event in events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(FIRST, [5], id="one admission"),
        pytest.param(
            f"{FIRST} Six months later, fever came back. She was admitted again. On day 3 prednisone was started.",
            [None, 3],
            id="another one months later has its own days",
        ),
        pytest.param(
            f"{FIRST} She was transferred and admitted to another ward. On day 7 prednisone was started.",
            [5, 7],
            id="a second admission at once goes on counting",
        ),
        pytest.param(f"{FIRST} Six months later, prednisone was started.", [5, None], id="no second admission"),
    ],
)
def test_days_before_a_late_admission_are_left_out(text: str, expected: list[int | None]) -> None:
    assert days(text) == expected


def test_the_phrase_is_kept() -> None:
    case = read(f"{FIRST} Six months later, fever came back. She was admitted again.")
    drug = next(event for event in case.events if isinstance(event, DrugAdministration))
    assert drug.time
    assert "fifth day" in (drug.time.phrase or "")


def fever(text: str) -> list[tuple[int | None, int | None]]:
    events = [e for e in read(text).events if isinstance(e, ClinicalFinding) and e.finding.label == "fever"]
    return [(e.time.earliest_day, e.time.latest_day) if e.time else (None, None) for e in events]


LATER = f"{FIRST} Six months later, rash came back without fever. She was then admitted again."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(LATER, [(None, None), (0, 0)], id="what led to a late admission was there on its day 0"),
        pytest.param(
            f"{LATER} On day 45, although she had remained afebrile, ferritin rose.",
            [(None, None), (0, 0), (0, 45)],
            id="what remained so did since it was told before",
        ),
        pytest.param(
            "A 9-year-old girl was admitted. On day 3 she was afebrile. On day 20 she still had fever.",
            [(3, 3), (20, 20)],
            id="fever that is still there is told of its day only",
        ),
        pytest.param(
            "A 9-year-old girl had fever. She was transferred to our hospital. On admission she was afebrile.",
            [(None, None), (0, 0)],
            id="on admission is day 0",
        ),
        pytest.param(
            "A 9-year-old girl was admitted. On admission she was afebrile. She was transferred to our ward.",
            [(None, None)],
            id="on admission before another hospital is not",
        ),
        pytest.param(
            "A 9-year-old girl was admitted. On day 8 rash was seen. She was transferred to our ward. "
            "On admission she was afebrile.",
            [(None, None)],
            id="nor is it where days were counted before",
        ),
        pytest.param(
            "A 9-year-old girl was admitted and discharged. She was readmitted. On admission she was afebrile.",
            [(None, None)],
            id="nor after a readmission that follows no gap",
        ),
    ],
)  # fmt: skip
def test_findings_have_the_days_that_follow_from_the_admission(
    text: str, expected: list[tuple[int | None, int | None]]
) -> None:
    assert fever(text) == expected
