from __future__ import annotations

import pytest

from hfskg.view import DocumentView, Segment
from inspected import REPORT, view


@pytest.fixture(scope="module")
def seen() -> DocumentView:
    return view()


def segments(seen: DocumentView) -> list[Segment]:
    cells = [c for part in seen.sections for block in part.blocks for row in block.rows for c in row.cells]
    return [s for run in seen.runs() for s in run.segments] + [s for cell in cells for s in cell]


def test_sections_have_roles(seen: DocumentView) -> None:
    assert [section.role for section in seen.sections] == ["background", "case", "discussion"]


def test_every_reading_and_every_gap_is_shown(seen: DocumentView) -> None:
    shown = segments(seen)
    assert {m.number for s in shown for m in s.marks} == {m.number for m in seen.marks}
    gaps = {s.gap for s in shown if s.gap is not None} | {r.unread for r in seen.runs() if r.unread is not None}
    assert gaps == set(range(len(seen.survey.gaps)))


def test_segments_are_the_characters_of_the_source(seen: DocumentView) -> None:
    shown = segments(seen)
    assert all(REPORT[s.start : s.start + len(s.text)] == s.text for s in shown)
    assert len({s.start for s in shown if s.text}) == len([s for s in shown if s.text])


def test_a_case_opens_once_and_ends_with_its_section(seen: DocumentView) -> None:
    runs = list(seen.runs())
    assert [run.case for run in runs if run.opens] == [1]
    assert runs[-1].case == 0
    assert seen.cases == {1: "Patient 1"}


def test_kinds_are_counted(seen: DocumentView) -> None:
    counts = {kind.name: count for kind, count in seen.counts()}
    assert counts["laboratory-measurement"] == 3
    assert counts["outcome"] == 0
    assert sum(counts.values()) == len(seen.marks)


def test_two_patients_in_one_section_are_told_apart() -> None:
    text = "Case report\n\nPatient 1\n\nA 9-year-old girl had fever.\n\nPatient 2\n\nA 7-year-old boy had fever.\n"
    assert [(run.case, run.opens) for run in view(text).runs() if run.case] == [(1, True), (2, True)]
