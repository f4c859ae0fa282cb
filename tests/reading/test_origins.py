from __future__ import annotations

import pytest

from hfskg.record import DrugAdministration
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
