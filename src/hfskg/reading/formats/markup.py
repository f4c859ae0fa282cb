"""What JATS and HTML share: writing the text of marked blocks, and the roles of nested sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hfskg.reading.document import Block, Cell, Row, Table
from hfskg.reading.sections import section_role
from hfskg.reading.structure import case_label, is_legend

__all__ = ["Outline", "TextWriter", "raised", "tidy"]

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_CITATION = re.compile(r"\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*")
_POWER = re.compile(r"[+−–-]?\d{1,2}")
_OPEN_ROLES = ("", "case")


def tidy(text: str) -> str:
    r"""Return a text on one line, each run of blanks and line ends as one blank.

    Example:
        >>> tidy(" fever\n  and rash ")
        'fever and rash'
    """
    return _BLANKS.sub(" ", text).strip()


def raised(before: str, text: str, *, cites: bool) -> str:
    """Return how a superscript is written: powers of ten with a caret, citations in brackets.

    Args:
        before: The text before it.
        text: The superscript.
        cites: Whether it leads to a reference.

    Example:
        >>> raised("4 × 10", "9", cites=False), raised("fever", "3,4", cites=True), raised("mm", "3", cites=False)
        ('^9', ' [3,4]', '3')
    """
    tidied = tidy(text)
    if cites and _CITATION.fullmatch(tidied) and not before.rstrip().endswith(("[", "(")):
        return f" [{tidied}]"
    if _POWER.fullmatch(tidied) and re.search(r"(?<![\d.,])10$", before):
        return f"^{tidied}"
    return text


class Outline:
    """Follows the headings of a document and knows the role of each section.

    A section whose title is unknown keeps the role of the one before it, or else of the one around it. What stands
    within an abstract, a discussion or references stays that, whatever its title.
    """

    def __init__(self) -> None:
        self.role = ""
        self._open: list[tuple[int, str]] = []

    def enter(self, level: int, title: str, role: str | None = None) -> str:
        """Begin a section.

        Args:
            level: Its depth; smaller is further out.
            title: Its title, perhaps empty.
            role: Its role where the document tells it.

        Returns:
            The label of the case that the section is about ("Case 1"), or an empty text.
        """
        before = ""
        while self._open and self._open[-1][0] >= level:
            before = self._open.pop()[1]
        around = self._open[-1][1] if self._open else ""
        label = case_label(title) if around in _OPEN_ROLES and role is None else ""
        if role is None:
            known = section_role(title) if around in _OPEN_ROLES else around
            role = "case" if label and known is None else known
        self.role = role if role is not None else (before or around)
        self._open.append((level, self.role))
        return label if self.role in _OPEN_ROLES else ""

    def leave(self, level: int) -> None:
        """End the sections of a level and below."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        if self._open:
            self.role = self._open[-1][1]


class TextWriter:
    """Writes blocks one after the other into a text and keeps where each of them stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far."""
        return tuple(self._blocks)

    def _write(self, text: str, behind: str) -> Cell:
        start = self._length
        self._parts += (text, behind)
        self._length += len(text) + len(behind)
        return Cell(start, start + len(text), text)

    def block(self, kind: str, text: str, role: str, label: str = "") -> None:
        """Write a heading, paragraph, item or figure caption; an empty one is left out.

        Args:
            kind: ``heading``, ``paragraph``, ``item`` or ``figure``.
            text: Its text, on one line.
            role: The role of its section.
            label: Its label.
        """
        text = tidy(text)
        if kind == "paragraph" and is_legend(text):
            kind = "note"
        if text:
            at = self._write(text, "\n\n")
            self._blocks.append(Block(kind, at.start, at.end, ((at.start, at.end),), label, role))

    def table(
        self,
        caption: str,
        head: Sequence[Sequence[str]],
        body: Sequence[Sequence[str]],
        role: str,
        notes: Sequence[str] = (),
    ) -> None:
        """Write a table, a line per row, its cells set apart by tabs.

        Several rows of heads become the head of one, each column's texts one below the other.

        Args:
            caption: Label and caption, perhaps empty.
            head: The rows of heads; if there are none, the first row holds the heads.
            body: The other rows.
            role: The role of the section it stands in.
            notes: The footnotes.
        """
        heads, rows = [r for r in head if any(r)], [r for r in body if any(r)]
        if not heads and rows:
            heads, rows = rows[:1], rows[1:]
        if not heads:
            self.block("paragraph", caption, role)
            return
        caption = tidy(caption)
        title = self._write(caption, "\n") if caption else Cell(self._length, self._length, "")
        top = _joined([self._row(row) for row in heads])
        below = tuple(self._row(row) for row in rows)
        told = tuple(self._write(note, "\n") for note in map(tidy, notes) if note)
        end = told[-1].end if told else below[-1].end if below else top.end
        self._write("", "\n")
        table = Table(title.start, end, title, top, below, told)
        self._blocks.append(Block("table", title.start, end, (), role=role, table=table))

    def _row(self, texts: Sequence[str]) -> Row:
        last = len(texts) - 1
        cells = [self._write(tidy(text), "\n" if at == last else "\t") for at, text in enumerate(texts)]
        return Row(cells[0].start, cells[-1].end, cells[0], tuple(cells[1:]))


def _joined(rows: Sequence[Row]) -> Row:
    """Return rows of heads as one: each column has its texts from top to bottom, the last one's place."""
    if len(rows) == 1:
        return rows[0]
    width = max(len(row.cells) for row in rows)
    columns = [[row.head for row in rows]]
    columns += [[row.cells[at] for row in rows if at < len(row.cells)] for at in range(width)]
    cells = []
    for column in columns:
        filled = [cell for cell in column if cell.text] or column[-1:]
        told = list(dict.fromkeys(cell.text for cell in filled))
        cells.append(Cell(filled[-1].start, filled[-1].end, " ".join(told)))
    return Row(rows[0].start, rows[-1].end, cells[0], tuple(cells[1:]))
