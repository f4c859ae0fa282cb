"""The numbers of a table that have a unit, from their cell or from the heads of their row or column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hfskg.reading.document import Cell, Table
from hfskg.reading.table_heads import column_kind, tells_of_others
from hfskg.units import UnitTable

__all__ = ["TableNumber", "table_numbers"]

_NUMBER = re.compile(r"[<>≤≥~≈]?\s*(?P<number>\d+(?:[.,·]\d+)*)(?P<rest>.*)", re.S)
_PARTS = re.compile(r"[()\[\],;:]")
_ASIDE = frozenset({"reference", "skip", "unit"})


@dataclass(frozen=True, slots=True)
class TableNumber:
    """A number in a cell: its characters in the source."""

    start: int
    end: int


def table_numbers(table: Table, units: UnitTable) -> Iterator[TableNumber]:
    """Yield the numbers with units of a table; columns of reference ranges and tables of criteria have none.

    Args:
        table: The table.
        units: The units that are known.
    """
    if tells_of_others(table, ""):
        return
    heads = [" ".join(cell.text.split()) for cell in table.header.cells]
    aside = [column_kind(head) in _ASIDE for head in heads]
    for row in table.rows:
        given = [
            row.head.text,
            *(cell.text for cell, head in zip(row.cells, heads, strict=False) if column_kind(head) == "unit"),
        ]
        for place, cell in enumerate(row.cells):
            if place < len(aside) and aside[place]:
                continue
            head = heads[place] if place < len(heads) else ""
            if _has_unit(cell, (*given, head), units) and (match := _NUMBER.match(cell.text)):
                yield TableNumber(cell.start + match.start("number"), cell.start + match.end("number"))


def _has_unit(cell: Cell, heads: tuple[str, ...], units: UnitTable) -> bool:
    match = _NUMBER.match(cell.text)
    if not match:
        return False
    own = match["rest"].strip()
    if own and units.prefix_match(own, 0):
        return True
    if own[:1].isalpha():
        return False
    return any(units.lookup(part) for head in heads for part in (*_PARTS.split(head), *head.split()[-1:]))
