"""Documents: immutable text whose blocks, sentences and tokens know their characters in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hfskg.reading.runs import Run
from hfskg.reading.tokens import Token

__all__ = ["Block", "Cell", "Document", "Row", "Sentence", "Table"]


class Cell(NamedTuple):
    """A cell of a table: its characters in the source, blanks around them left out."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its head and its cells, and the characters of the whole row."""

    start: int
    end: int
    head: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: caption, head row, rows and footnotes, and its characters in the source."""

    start: int
    end: int
    caption: Cell
    header: Row
    rows: tuple[Row, ...]
    notes: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, figure caption or table.

    Attributes:
        kind: ``heading``, ``paragraph``, ``item``, ``figure``, ``note`` (abbreviations explained) or ``table``.
        start: Offset of its first character.
        end: Offset behind its last character.
        pieces: The spans of running text it is made of; several where a page break or table stands between.
        label: For headings and items the label ("Patient 1", "3"), else empty.
        role: Role of the section it stands in: ``abstract``, ``background``, ``case``, ``discussion``,
            ``references``, ``back`` or empty.
        table: The table, for tables.
    """

    kind: str
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    label: str = ""
    role: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its tokens and the block it stands in."""

    tokens: Run
    block: int

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.tokens[-1].end


@dataclass(frozen=True)
class Document:
    """A source document as the stages see it.

    Attributes:
        file_name: The file's name without folders.
        sha256: Hex digest of the file's bytes.
        text: Its characters, as they stand in a text file or as they were drawn out of a file of another kind; all
            offsets count in it.
        blocks: Headings, paragraphs, items and tables in document order.
        sentences: The sentences of the running text.
        encoding: How the file's bytes were decoded.
        media_type: The kind of file, such as ``text/plain`` or ``application/pdf``.
        extraction: ``library==version`` of what drew the text out of the file; None where the text is the file.
        title: The title that the file gives.
        doi: The DOI that the file gives.
        licence: Address of the licence that the file gives.
        warnings: What is doubtful about the file.
    """

    file_name: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    extraction: str | None = None
    title: str | None = None
    doi: str | None = None
    licence: str | None = None
    warnings: tuple[str, ...] = ()

    @cached_property
    def _borders(self) -> tuple[tuple[int, int], ...]:
        spans = {(row.start, row.end) for b in self.blocks if b.table for row in (b.table.header, *b.table.rows)}
        for sentence in self.sentences:
            spans.update(self.pieces(sentence.tokens))
        spans.update((b.start, b.end) for b in self.blocks if b.kind == "heading")
        return tuple(sorted(spans))

    def sentence_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the borders of the sentence or table row around a span, or the span itself.

        Args:
            start: Offset of the span's first character.
            end: Offset behind its last.
        """
        borders = self._borders
        at = bisect_right(borders, (start, len(self.text))) - 1
        if at < 0 or borders[at][1] <= start:
            return start, end
        return min(start, borders[at][0]), max(end, borders[at][1])

    def pieces(self, tokens: Sequence[Token]) -> list[tuple[int, int]]:
        """Return the spans of tokens, one per stretch of text that no other block interrupts.

        Args:
            tokens: Tokens in document order.
        """
        if tokens and self._piece(tokens[0].start) == self._piece(tokens[-1].start):
            return [(tokens[0].start, tokens[-1].end)]
        spans: list[tuple[int, int]] = []
        piece: tuple[int, int] | None = None
        for token in tokens:
            home = self._piece(token.start)
            if spans and home == piece:
                spans[-1] = (spans[-1][0], token.end)
            else:
                spans.append((token.start, token.end))
            piece = home
        return spans

    @cached_property
    def lines(self) -> dict[int, tuple[str, Sequence[int]]]:
        """The sentences that were put on one line so far, by their offsets; kept because several stages ask."""
        return {}

    @cached_property
    def _pieces(self) -> tuple[tuple[int, int], ...]:
        return tuple(sorted(piece for block in self.blocks for piece in block.pieces))

    def _piece(self, offset: int) -> tuple[int, int] | None:
        at = bisect_right(self._pieces, (offset, len(self.text) + 1)) - 1
        return self._pieces[at] if at >= 0 else None
