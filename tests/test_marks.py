from __future__ import annotations

import samples
from hfskg.marks import MARK_KINDS, Mark, marks_at, marks_of
from hfskg.record import Evidence
from stated import with_criteria_statement


def mark(number: int, *spans: tuple[int, int]) -> Mark:
    evidence = tuple(Evidence(start=start, end=end, quote="x" * (end - start)) for start, end in spans)
    return Mark(number, MARK_KINDS[0], "", "", "", (), evidence)


def stretches(marks: list[Mark], start: int, end: int) -> list[tuple[int, int, list[int]]]:
    return [(left, right, [m.number for m in found]) for left, right, found in marks_at(marks, start, end)]


def test_every_reading_of_a_record_is_a_mark_of_its_kind() -> None:
    marks = marks_of(with_criteria_statement())
    assert [m.number for m in marks] == list(range(1, len(marks) + 1))
    assert {m.kind.name for m in marks} == {kind.name for kind in MARK_KINDS} - {"finding-absent"}
    assert all(m.evidence for m in marks)


def test_a_mark_tells_its_reading_part_by_part() -> None:
    marks = marks_of(samples.record())
    drug = dict(next(m for m in marks if m.kind.name == "drug-administration" and len(m.details) > 4).details)
    assert {"term", "dose", "route", "frequency"} <= drug.keys()
    value = dict(next(m for m in marks if m.kind.name == "laboratory-measurement" and "day" in dict(m.details)).details)
    assert {"term", "value", "unit", "day"} <= value.keys()
    assert all(told for m in marks for _, told in m.details)


def test_claims_belong_to_no_case() -> None:
    cases = {m.case for m in marks_of(samples.record()) if m.kind.name == "claim"}
    assert cases == {""}


def test_stretches_cover_a_span_without_overlap() -> None:
    marks = [mark(1, (2, 8)), mark(2, (4, 6)), mark(3, (9, 20))]
    assert stretches(marks, 0, 10) == [
        (0, 2, []),
        (2, 4, [1]),
        (4, 6, [2, 1]),
        (6, 8, [1]),
        (8, 9, []),
        (9, 10, [3]),
    ]


def test_a_span_without_marks_is_one_stretch() -> None:
    assert stretches([mark(1, (0, 3))], 3, 7) == [(3, 7, [])]
