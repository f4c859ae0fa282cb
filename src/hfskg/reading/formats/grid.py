"""Tables of JATS and HTML as plain grids, cells that span rows or columns repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

__all__ = ["Grid", "local_name", "read_grid"]

_MAX_SPAN = 60


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows of heads and its other rows, all of one width.

    Attributes:
        head: The rows of heads at the top, as texts.
        body: The rows below, as texts.
    """

    head: tuple[tuple[str, ...], ...]
    body: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in (*self.head, *self.body)), default=0)


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; comments and the like have none."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def read_grid(table: etree._Element, read: Callable[[etree._Element], str]) -> Grid:
    """Return the cells of a table, nested tables left aside.

    Args:
        table: The ``table`` element.
        read: Returns the text of a cell.
    """
    head: list[tuple[str, ...]] = []
    body: list[tuple[str, ...]] = []
    pending: dict[int, tuple[int, str]] = {}
    for row, in_head in _rows(table):
        cells = [cell for cell in row if local_name(cell) in ("td", "th")]
        texts = _fill(cells, pending, read)
        all_heads = bool(cells) and not body and all(local_name(cell) == "th" for cell in cells)
        (head if in_head or (all_heads and not head) else body).append(tuple(texts))
    width = max((len(row) for row in (*head, *body)), default=0)
    return Grid(tuple(_padded(row, width) for row in head), tuple(_padded(row, width) for row in body))


def _padded(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return row + ("",) * (width - len(row))


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    for child in table:
        name = local_name(child)
        if name == "tr":
            yield child, False
        elif name in ("thead", "tbody", "tfoot"):
            yield from ((row, name == "thead") for row in child if local_name(row) == "tr")


def _fill(
    cells: list[etree._Element], pending: dict[int, tuple[int, str]], read: Callable[[etree._Element], str]
) -> list[str]:
    """Return the texts of a row; ``pending`` holds what the rows above reach down, by column."""
    texts: list[str] = []

    def reach() -> None:
        while len(texts) in pending:
            column = len(texts)
            left, text = pending.pop(column)
            texts.append(text)
            if left > 1:
                down[column] = left - 1, text

    down: dict[int, tuple[int, str]] = {}
    for cell in cells:
        reach()
        text = read(cell)
        rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
        for at in range(columns):
            if rows > 1:
                down[len(texts)] = rows - 1, text
            texts.append(text if at == 0 or local_name(cell) == "th" else "")
    reach()
    pending.update(down)
    return texts


def _span(cell: etree._Element, name: str) -> int:
    told = (cell.get(name) or "1").strip()
    return max(1, min(int(told), _MAX_SPAN)) if told.isdecimal() else 1
