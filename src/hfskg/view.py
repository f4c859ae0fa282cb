"""A document as people look at it: sections, blocks and stretches of text with their case, readings and gaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hfskg.coverage import Gap, Survey
from hfskg.marks import MARK_KINDS, Mark, MarkKind, marks_at, marks_of
from hfskg.reading.cases import find_cases
from hfskg.reading.document import Block, Document, Row
from hfskg.record import DocumentRecord

__all__ = ["BlockView", "DocumentView", "RowView", "Run", "SectionView", "Segment", "view_of"]


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters in which the readings and gaps are the same.

    Attributes:
        start: Offset of the first character in the source.
        text: The characters.
        marks: The readings that were read from them, the shortest first.
        gap: Place of what was not understood in the survey's list, or None.
    """

    start: int
    text: str
    marks: tuple[Mark, ...]
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A sentence or part of one, or what stands between.

    Attributes:
        segments: Its characters.
        case: Number of the case that it tells of, or 0.
        opens: Whether a case begins here, or goes on after something else.
        unread: Place of the sentence in the survey's list if nothing was read in it, or None.
    """

    segments: tuple[Segment, ...]
    case: int = 0
    opens: bool = False
    unread: int | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a table: its head and its cells."""

    cells: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block of the document.

    Attributes:
        kind: ``heading``, ``paragraph``, ``item``, ``figure`` or ``table``.
        cases: Numbers of the cases that it tells of.
        runs: Its text; the caption of a table.
        rows: The rows of a table, its head first.
    """

    kind: str
    cases: tuple[int, ...]
    runs: tuple[Run, ...]
    rows: tuple[RowView, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """Blocks that follow each other and have the same role, which may be empty."""

    role: str
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with what was read from it and what was not.

    Attributes:
        record: The record.
        survey: The figures and gaps.
        cases: The labels of the cases, by their numbers.
        marks: The readings.
        sections: The text.
    """

    record: DocumentRecord
    survey: Survey
    cases: dict[int, str]
    marks: tuple[Mark, ...]
    sections: tuple[SectionView, ...]

    def counts(self) -> list[tuple[MarkKind, int]]:
        """Return the kinds of readings with the number of readings of each."""
        found = Counter(mark.kind for mark in self.marks)
        return [(kind, found[kind]) for kind in MARK_KINDS]

    def runs(self) -> Iterator[Run]:
        """Yield the runs of all blocks, tables left out."""
        for section in self.sections:
            for block in section.blocks:
                yield from block.runs


def view_of(document: Document, record: DocumentRecord, survey: Survey) -> DocumentView:
    """Return a document as people look at it.

    Args:
        document: The document.
        record: What was read from it.
        survey: What was not.
    """
    return _Viewer(document, record, survey).view()


class _Viewer:
    def __init__(self, document: Document, record: DocumentRecord, survey: Survey) -> None:
        self.document = document
        self.record = record
        self.survey = survey
        self.marks = marks_of(record)
        self.index = _Index(self.marks, survey.gaps)
        texts = find_cases(document)
        self.cases = {text.number: text.label for text in texts}
        self.told = {s.start: text.number for text in texts for s in (*text.sentences, *text.returns)}
        self.tables = {id(table): text.number for text in texts for table in text.tables}
        self.unread = {gap.start: at for at, gap in enumerate(survey.gaps) if gap.kind == "sentence"}
        self.last = 0

    def view(self) -> DocumentView:
        """Return the view."""
        sentences: dict[int, list[tuple[int, int, int]]] = {}
        for sentence in self.document.sentences:
            for start, end in self.document.pieces(sentence.tokens):
                sentences.setdefault(sentence.block, []).append((start, end, sentence.start))
        sections: list[tuple[str, list[BlockView]]] = []
        for place, block in enumerate(self.document.blocks):
            if not sections or sections[-1][0] != block.role:
                sections.append((block.role, []))
            sections[-1][1].append(self.block(block, sentences.get(place, [])))
        views = tuple(SectionView(role, tuple(blocks)) for role, blocks in sections)
        return DocumentView(self.record, self.survey, self.cases, self.marks, views)

    def block(self, block: Block, sentences: Sequence[tuple[int, int, int]]) -> BlockView:
        """Return the view of a block."""
        if block.table is not None:
            table = block.table
            number = self.tables.get(id(table), 0)
            caption = Run(self.segments(table.caption.start, table.caption.end), number)
            rows = tuple(self.row(row) for row in (table.header, *table.rows))
            return BlockView(block.kind, (number,) if number else (), (caption,), rows)
        runs = tuple(run for start, end in block.pieces for run in self.runs(start, end, sentences))
        cases = tuple(sorted({run.case for run in runs if run.case}))
        return BlockView(block.kind, cases, runs)

    def row(self, row: Row) -> RowView:
        """Return the view of a row."""
        return RowView(tuple(self.segments(cell.start, cell.end) for cell in (row.head, *row.cells)))

    def runs(self, start: int, end: int, sentences: Sequence[tuple[int, int, int]]) -> Iterator[Run]:
        """Yield the runs of a piece of running text."""
        at = start
        for first, last, whole in sentences:
            if first < start or last > end:
                continue
            if self.document.text[at:first].strip():
                yield Run(self.segments(at, first), self.told.get(whole, 0) if at > start else 0)
            case = self.told.get(whole, 0)
            opens = bool(case) and case != self.last
            self.last = case
            yield Run(self.segments(first, last), case, opens, self.unread.get(whole))
            at = last
        if self.document.text[at:end].strip():
            yield Run(self.segments(at, end))

    def segments(self, start: int, end: int) -> tuple[Segment, ...]:
        """Return the segments of a stretch of the source."""
        text = self.document.text
        return tuple(Segment(left, text[left:right], marks, gap) for left, right, marks, gap in self.index(start, end))


class _Index:
    """The marks and gaps of a document, to look up those in a span without going through all."""

    def __init__(self, marks: Sequence[Mark], gaps: Sequence[Gap]) -> None:
        self._marks = sorted(((e.start, e.end, mark) for mark in marks for e in mark.evidence), key=lambda m: m[:2])
        self._longest = max((end - start for start, end, _ in self._marks), default=0)
        self._gaps = [(gap.start, gap.end, at) for at, gap in enumerate(gaps) if gap.kind != "sentence"]

    def __call__(self, start: int, end: int) -> Iterator[tuple[int, int, tuple[Mark, ...], int | None]]:
        low = bisect_left(self._marks, start - self._longest, key=lambda m: m[0])
        high = bisect_right(self._marks, end, key=lambda m: m[0])
        near = tuple(dict.fromkeys(mark for *_, mark in self._marks[low:high]))
        inside = [(max(s, start), min(e, end), at) for s, e, at in self._gaps if s < end and start < e]
        for left, right, marks in marks_at(near, start, end):
            borders = sorted({left, right, *(at for s, e, _ in inside for at in (s, e) if left < at < right)})
            for first, last in zip(borders, borders[1:], strict=False):
                yield first, last, marks, next((at for s, e, at in inside if s <= first and last <= e), None)
