"""Tables that tell the course in prose: a date or day per row, and beside it what happened."""

from __future__ import annotations

from collections.abc import Iterator

from hfskg.reading.document import Cell, Document, Sentence, Table
from hfskg.reading.runs import Run
from hfskg.reading.sentences import split_run
from hfskg.reading.table_heads import counts_days
from hfskg.reading.times import column_time
from hfskg.reading.tokens import tokenize
from hfskg.record import Time

__all__ = ["chronicle"]

_PROSE = 3


def chronicle(document: Document, table: Table, block: int) -> Iterator[tuple[Sentence, Time]]:
    """Yield the sentences of a table's cells with the time of their row.

    Rows count whose head tells a time and which have a cell of words; half of the rows must be of that kind. A row that
    is but a line of words goes on with the row before it.

    Args:
        document: The document.
        table: The table.
        block: Place of its block in the document, which the sentences get.
    """
    days = counts_days(table)
    told: list[tuple[Time, list[Cell]]] = []
    dated = 0
    for row in (table.header, *table.rows):
        time = column_time(row.head.text, days)
        if time:
            told.append((time, _prose(*row.cells)))
            dated += bool(told[-1][1])
        elif told and not any(cell.text for cell in row.cells):
            told[-1][1].extend(_prose(row.head))
    if 2 * dated < len(table.rows):
        return
    for time, cells in told:
        for cell in cells:
            for run in split_run(document.text, tokenize(document.text, cell.start, cell.end)):
                yield Sentence(Run(run), block), time


def _prose(*cells: Cell) -> list[Cell]:
    """Return the cells that hold words rather than values."""
    return [cell for cell in cells if sum(t.kind == "word" for t in tokenize(cell.text)) >= _PROSE]
