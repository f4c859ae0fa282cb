"""From the places of letters on a page to its lines in reading order.

Letters become chunks (stretches of a line without a wide gap), chunks become rows, and rows are told column by column
where a gutter parts them. Rows of several chunks that stand below each other are the rows of a table: their cells are
set apart by tabs. Lines that pages share at their top or bottom stand first or last on their page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from hfskg.reading.running import is_page_number, repeated, running_key

__all__ = ["Glyph", "pages_text"]

_WORD_GAP = 0.22
_CHUNK_GAP = 1.4
_MARGIN = 0.12
_MARGIN_ROWS = 2
_WIDE = 0.45
_MIN_COLUMN_ROWS = 4
_GUTTER_STEPS = 100
_MAX_DEPTH = 2
_PARAGRAPH_GAP = 1.35
_SIZE_CHANGE = 1.12
_ENDS = (".", "!", "?", ":")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter, or a blank, on a page; lengths in points, heights from the page's bottom.

    Attributes:
        text: The letter; a line end stands for the end of a line.
        left: Its left border.
        bottom: Its lower border.
        right: Its right border.
        top: Its upper border.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class _Chunk:
    """A stretch of a line: ``starts`` has the place of each word in the text and where it begins, ``sizes`` heights."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    starts: list[tuple[int, float]]
    sizes: list[float]

    def add(self, other: _Chunk, *, spaced: bool) -> None:
        """Add what follows on the line."""
        self.text += " " if spaced else ""
        self.starts += [(len(self.text) + at, left) for at, left in other.starts if spaced or at]
        self.sizes += other.sizes
        self.text += other.text
        self.right = max(self.right, other.right)

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


_Line = list[_Chunk]


def pages_text(pages: Iterable[tuple[Sequence[Glyph], float]]) -> str:
    """Return the text of pages in reading order, a form feed behind each page but the last.

    Args:
        pages: For each page its letters in the order of the file, and its height in points.
    """
    rows = [(_rows(_chunks(glyphs)), height) for glyphs, height in pages]
    margins = [_marginal(page, height) for page, height in rows]
    running = repeated([_row_text(row) for row in (*top, *bottom)] for top, bottom in margins)
    texts = []
    for (page, _), (top, bottom) in zip(rows, margins, strict=True):
        above = [row for row in top if _is_running(row, running)]
        below = [row for row in bottom if row not in above and _is_running(row, running)]
        inner = [chunk for row in page if row not in above and row not in below for chunk in row]
        parts = [*map(_row_text, above), "\n".join(_told(inner)), *map(_row_text, below)]
        texts.append("\n\n".join(part for part in parts if part))
    return "\n\f".join(texts) + "\n"


def _is_running(row: _Line, running: frozenset[str]) -> bool:
    text = _row_text(row)
    return is_page_number(text) or running_key(text) in running


def _marginal(rows: Sequence[_Line], height: float) -> tuple[list[_Line], list[_Line]]:
    """Return the rows at the top and at the bottom of a page."""
    top = [row for row in rows[:_MARGIN_ROWS] if row[0].middle > height * (1 - _MARGIN)]
    bottom = [row for row in rows[-_MARGIN_ROWS:] if row[0].middle < height * _MARGIN]
    return top, bottom


def _row_text(row: _Line) -> str:
    return "  ".join(chunk.text for chunk in row)


def _chunks(glyphs: Iterable[Glyph]) -> list[_Chunk]:
    """Join letters that follow each other on a line without a wide gap."""
    chunks: list[_Chunk] = []
    current: _Chunk | None = None
    blank = False
    for glyph in glyphs:
        if glyph.text.isspace():
            blank = True
            current = None if glyph.text in "\r\n" else current
            continue
        size = glyph.top - glyph.bottom
        here = _Chunk(glyph.text, glyph.left, glyph.bottom, glyph.right, glyph.top, [(0, glyph.left)], [size])
        if current is not None and _follows(current, here):
            current.add(here, spaced=blank or here.left - current.right > _WORD_GAP * current.height)
        else:
            current = here
            chunks.append(current)
        blank = False
    return _rejoined(chunks)


def _follows(chunk: _Chunk, other: _Chunk) -> bool:
    overlap = min(chunk.top, other.top) - max(chunk.bottom, other.bottom)
    gap = other.left - chunk.right
    return overlap > 0.3 * min(chunk.height, other.height) and -chunk.height < gap < _CHUNK_GAP * chunk.height


def _rejoined(chunks: list[_Chunk]) -> list[_Chunk]:
    """Join chunks that the file tells apart (a superscript, a word in italics) but that touch on their line."""
    joined: list[_Chunk] = []
    for chunk in chunks:
        last = joined[-1] if joined else None
        if last is not None and _follows(last, chunk):
            last.add(chunk, spaced=chunk.left - last.right > _WORD_GAP * last.height)
        else:
            joined.append(chunk)
    return joined


def _rows(chunks: Iterable[_Chunk]) -> list[_Line]:
    """Return chunks as rows from top to bottom, each from left to right."""
    rows: list[_Line] = []
    for chunk in sorted(chunks, key=lambda c: (-c.middle, c.left)):
        near = rows[-1][0] if rows else None
        if near is not None and abs(near.middle - chunk.middle) < 0.5 * min(near.height, chunk.height):
            rows[-1].append(chunk)
        else:
            rows.append([chunk])
    return [sorted(row, key=lambda c: (c.left, c.right)) for row in rows]


def _told(chunks: Sequence[_Chunk], depth: int = 0) -> list[str]:
    """Return the lines of a stretch of a page in reading order."""
    rows = _rows(chunks)
    gutter = _gutter(chunks) if depth < _MAX_DEPTH else None
    if gutter is None:
        return list(_lines(rows))
    lines: list[str] = []
    band: list[_Line] = []
    wide: list[_Line] = []
    for row in rows:
        if _crosses(row, gutter):
            lines += _columns(band, gutter, depth)
            band = []
            wide.append(row)
        else:
            lines += _lines(wide)
            wide = []
            band.append(row)
    return _joined(lines, _columns(band, gutter, depth), list(_lines(wide)))


def _joined(*parts: list[str]) -> list[str]:
    return [line for part in parts for line in part]


def _columns(band: Sequence[_Line], gutter: float, depth: int) -> list[str]:
    left = [chunk for row in band for chunk in row if chunk.right <= gutter]
    right = [chunk for row in band for chunk in row if chunk.right > gutter]
    before, behind = _told(left, depth + 1), _told(right, depth + 1)
    parted = [""] if before and behind and before[-1].endswith(_ENDS) else []
    return _joined(before, parted, behind)


def _gutter(chunks: Sequence[_Chunk]) -> float | None:
    """Return where a gutter parts running text into two columns, or None."""
    if not chunks:
        return None
    left, right = min(c.left for c in chunks), max(c.right for c in chunks)
    best: list[float] = []
    most = 0.0
    for step in range(_GUTTER_STEPS // 4, _GUTTER_STEPS * 3 // 4 + 1):
        place = left + (right - left) * step / _GUTTER_STEPS
        before = sum(c.right <= place and c.right - c.left > _WIDE * (place - left) for c in chunks)
        behind = sum(c.left >= place and c.right - c.left > _WIDE * (right - place) for c in chunks)
        crossing = sum(c.left < place < c.right for c in chunks)
        score = min(before, behind) - crossing / 3
        if min(before, behind) < _MIN_COLUMN_ROWS or score <= 0 or score < most:
            continue
        best = [*best, place] if score == most else [place]
        most = score
    return best[len(best) // 2] if best else None


def _crosses(row: _Line, gutter: float) -> bool:
    """Tell whether a row spans both columns: one of its chunks does, or it is the row of a table."""
    if any(chunk.left < gutter < chunk.right for chunk in row):
        return True
    before = sum(chunk.right <= gutter for chunk in row)
    return before > 1 and len(row) - before > 1


def _lines(rows: Sequence[_Line]) -> Iterator[str]:
    """Yield the lines of a column; an empty one stands before a new paragraph and around a table."""
    if not rows:
        return
    steps = [above[0].middle - below[0].middle for above, below in zip(rows, rows[1:], strict=False)]
    leading = median(steps) if steps else 0.0
    border = min(row[0].left for row in rows)
    tables = _tables(rows)
    at = 0
    before: _Line | None = None
    while at < len(rows):
        row = rows[at]
        if before is not None and (at in tables or _begins(before, row, leading, border)):
            yield ""
        if at in tables:
            yield from _cells(rows[at : tables[at]])
            yield ""
            before, at = None, tables[at]
        else:
            yield " ".join(chunk.text for chunk in row)
            before, at = row, at + 1


def _begins(above: _Line, row: _Line, leading: float, border: float) -> bool:
    """Tell whether a row begins a paragraph."""
    if above[0].middle - row[0].middle > _PARAGRAPH_GAP * leading:
        return True
    sizes = sorted(median(size for chunk in line for size in chunk.sizes) for line in (above, row))
    if sizes[1] > _SIZE_CHANGE * sizes[0]:
        return True
    indented = row[0].left - border > 0.6 * row[0].height
    return indented and above[0].left - border < 0.3 * row[0].height and above[-1].text.endswith(_ENDS)


def _tables(rows: Sequence[_Line]) -> dict[int, int]:
    """Return where tables stand: the place of the first row and the place behind the last."""
    found: dict[int, int] = {}
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and (len(rows[end]) > 1 or _inside(rows, end, at)):
            end += 1
        if sum(len(row) > 1 for row in rows[at:end]) > 1 and len(_borders(rows[at:end])) > 1:
            found[at] = end
        at = max(end, at + 1)
    return found


def _inside(rows: Sequence[_Line], at: int, first: int) -> bool:
    """Tell whether a row of one chunk stands between rows of a table."""
    if not first < at < len(rows) - 1 or len(rows[at - 1]) < 2 or len(rows[at + 1]) < 2:
        return False
    return rows[at][0].right <= max(rows[at - 1][-1].left, rows[at + 1][-1].left)


def _borders(rows: Sequence[_Line]) -> list[tuple[float, float]]:
    """Return the columns of a table as the stretches that its cells cover, told by the rows of the usual length."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    usual = max(counts, key=lambda n: (counts[n], n))
    spans = sorted((c.left, c.right) for row in rows if len(row) == usual for c in row)
    merged: list[tuple[float, float]] = []
    for left, right in spans:
        if merged and left < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], right)
        else:
            merged.append((left, right))
    return merged


def _cells(rows: Sequence[_Line]) -> Iterator[str]:
    """Yield the rows of a table, their cells set apart by tabs."""
    borders = _borders(rows)
    for row in rows:
        cells = [""] * len(borders)
        for text, left, right in _parted(row, borders):
            place = min(range(len(borders)), key=lambda n: (_distance(left, right, borders[n]), n))
            cells[place] = f"{cells[place]} {text}".strip()
        yield "\t".join(cells)


def _parted(row: _Line, borders: Sequence[tuple[float, float]]) -> Iterator[tuple[str, float, float]]:
    """Yield the texts of a row and their borders, a chunk parted where one of its words begins another column."""
    for chunk in row:
        at, left = 0, chunk.left
        for place, start in chunk.starts[1:]:
            near = 0.3 * chunk.height
            if any(abs(start - border) < near and left < border - near for border, _ in borders):
                yield chunk.text[at:place].rstrip(), left, start - near
                at, left = place, start
        yield chunk.text[at:], left, chunk.right


def _distance(left: float, right: float, border: tuple[float, float]) -> float:
    overlap = min(right, border[1]) - max(left, border[0])
    return -overlap if overlap > 0 else abs((left + right) / 2 - (border[0] + border[1]) / 2)
