"""Tables in text: tab-separated, or torn into lines by PDF extraction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from hfskg.reading.document import Cell, Row, Table

__all__ = ["Line", "find_table"]

_CAPTION = re.compile(r"^(?:Supplementary\s+|Suppl\.?\s+)?Table\s+[\dIVXS][\w.]*\s*[.:]?\s*(?P<title>.*)$", re.I)
_JOINED = re.compile(r"^Table\s+(?:\d+|[IVX]+)[.:]?\s*(?=[^\t]*\t)", re.I)
_VALUE = (
    r"(?:[<>≤≥~]\s*)?(?:\+\s*|[−–-](?=\d))?\d+(?:[.,]\d+)*(?:[a-e*†‡§]{1,2}(?![A-Za-z]))?%?"
    r"|[–—−-]|NA|N/A|ND|NR|n\.?d\.?"
)
_CELLS = re.compile(rf"(?<=\s)(?:{_VALUE})(?:\s+(?:{_VALUE}))*\s*$")
_CELL = re.compile(_VALUE)
_FOOTNOTE = re.compile(r"^(?:[a-h*†‡§]\s?[A-Z]|Abbreviations?\b|Notes?\b|NA\b|ND\b)")
_MAX_CAPTION_LINES = 3
_MIN_CELLS = 2


class Line(NamedTuple):
    """A line of the source without the blanks around it."""

    start: int
    end: int
    text: str


def find_table(lines: Sequence[Line], at: int) -> tuple[Table, int] | None:
    """Return the table that begins with the line at a place, and the place behind it, or None.

    Args:
        lines: All lines of the text.
        at: Place of the line that may be a caption, or a tab-separated row without caption.
    """
    line = lines[at]
    if "\t" in line.text and (joined := _JOINED.match(line.text)):
        return _table_of_joined(lines, at, joined.end())
    caption = _CAPTION.match(line.text)
    if not caption and "\t" not in line.text:
        return None
    first = at
    if caption:
        first = _first_row(lines, at)
        if first < 0:
            return None
    rows, notes, after = _rows(lines, first)
    if len(rows) < 2:
        return None
    title = Cell(
        lines[at].start,
        lines[first - 1].end if first > at else lines[at].start,
        " ".join(row.text for row in lines[at:first]),
    )
    return Table(
        title.start if first > at else rows[0].start, rows[-1].end, title, rows[0], tuple(rows[1:]), notes
    ), after


def _table_of_joined(lines: Sequence[Line], at: int, length: int) -> tuple[Table, int] | None:
    """Return the table whose number stands on one line with its head row ("Table 1Test<tab>Day 1"), or None."""
    line = lines[at]
    head = Line(line.start + length, line.end, line.text[length:])
    rows, notes, after = _rows([*lines[:at], head, *lines[at + 1 :]], at)
    if len(rows) < 2:
        return None
    title = Cell(line.start, line.start + len(line.text[:length].rstrip()), line.text[:length].rstrip())
    return Table(line.start, rows[-1].end, title, rows[0], tuple(rows[1:]), notes), after


def _first_row(lines: Sequence[Line], at: int) -> int:
    """Return the place of the first row behind a caption, or -1."""
    filled = 0
    for place in range(at + 1, len(lines)):
        text = lines[place].text
        if not text:
            continue
        if "\t" in text or _split_row(lines[place]):
            return place
        filled += 1
        if filled >= _MAX_CAPTION_LINES:
            break
    return -1


def _rows(lines: Sequence[Line], at: int) -> tuple[list[Row], tuple[Cell, ...], int]:
    """Return the rows and footnotes that begin with the line at a place, and the place behind them."""
    tabbed = "\t" in lines[at].text
    rows: list[Row] = []
    notes: list[Cell] = []
    after = at
    while at < len(lines):
        line = lines[at]
        if line.text:
            row = _tabbed_row(line) if tabbed else _split_row(line)
            if row is not None:
                rows.append(row)
            elif rows and _FOOTNOTE.match(line.text):
                notes.append(Cell(line.start, line.end, line.text))
            else:
                break
            after = at + 1
        elif tabbed:
            break
        at += 1
    return rows, tuple(notes), after


def _tabbed_row(line: Line) -> Row | None:
    if "\t" not in line.text:
        return None
    cells = []
    start = line.start
    for raw in line.text.split("\t"):
        text = raw.strip()
        offset = start + (raw.index(text) if text else 0)
        cells.append(Cell(offset, offset + len(text), text))
        start += len(raw) + 1
    while len(cells) > 1 and not cells[-1].text:
        cells.pop()
    return Row(line.start, line.end, cells[0], tuple(cells[1:]))


def _split_row(line: Line) -> Row | None:
    """Split a torn row into its head and its cells, read from the right."""
    match = _CELLS.search(line.text)
    if not match:
        return None
    head = line.text[: match.start()].strip()
    cells = [
        Cell(line.start + match.start() + c.start(), line.start + match.start() + c.end(), c[0])
        for c in _CELL.finditer(match[0])
    ]
    if not head or len(cells) < _MIN_CELLS:
        return None
    return Row(line.start, line.end, Cell(line.start, line.start + len(head), head), tuple(cells))
