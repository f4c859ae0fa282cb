"""Tables of answers, and how they are written: CSV, TSV, JSON, SPARQL results, or a table for people to read.

CSV and TSV follow the SPARQL 1.1 results formats in spirit: plain values, nothing for what is unknown. The same
answer gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from decimal import Decimal

from rdflib import XSD
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from hfskg.store import Iri, Value
from hfskg.terms import shorten

__all__ = ["Table", "to_csv", "to_json", "to_sparql_json", "to_table", "to_tsv"]

DATATYPES = ((bool, XSD.boolean), (int, XSD.integer), (Decimal, XSD.decimal))
"""The datatypes of values that are no texts; a truth value counts as a number in Python, and comes first."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a query.

    Attributes:
        columns: The names of the columns.
        rows: One value per column; None where the documents do not say.
        details: Columns that a table on a terminal leaves out.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    details: frozenset[str] = frozenset()


def to_csv(table: Table) -> str:
    r"""Return a table as CSV with a header line, lines ending in ``\n``.

    Example:
        >>> to_csv(Table(("drug", "dose"), (("anakinra", Decimal("2.5")), ("prednisone", None))))
        'drug,dose\nanakinra,2.5\nprednisone,\n'
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return buffer.getvalue()


def to_tsv(table: Table) -> str:
    r"""Return a table as TSV with a header line; tabs and line ends within values become blanks.

    Example:
        >>> to_tsv(Table(("drug", "quote"), (("anakinra", "given\nat once"),)))
        'drug\tquote\nanakinra\tgiven at once\n'
    """
    lines = [table.columns, *([" ".join(_plain(value).split()) for value in row] for row in table.rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def to_json(table: Table) -> str:
    """Return a table as a JSON array with an object per row; null where the documents do not say."""
    rows = [{c: _jsonable(value) for c, value in zip(table.columns, row, strict=True)} for row in table.rows]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def to_sparql_json(table: Table) -> str:
    """Return a table as SPARQL 1.1 query results in JSON; what the documents do not say is not bound."""
    rows = [
        {c: _term(value) for c, value in zip(table.columns, row, strict=True) if value is not None}
        for row in table.rows
    ]
    results = {"head": {"vars": table.columns}, "results": {"bindings": rows}}
    return json.dumps(results, indent=2, ensure_ascii=False) + "\n"


def to_table(table: Table, *, width: int = 120, color: bool = False) -> str:
    """Return a table for people to read: without its details, IRIs shortened, long texts folded, rows counted.

    Args:
        table: The answer.
        width: Characters in a line.
        color: Whether to print terminal codes.
    """
    shown = [place for place, name in enumerate(table.columns) if name not in table.details]
    drawn = RichTable(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for place in shown:
        numeric = any(_is_number(row[place]) for row in table.rows)
        drawn.add_column(table.columns[place], justify="right" if numeric else "left", overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(" ".join(shorten(_plain(row[place])).split())) for place in shown))
    console = Console(file=io.StringIO(), width=width, force_terminal=color, no_color=not color, legacy_windows=False)
    with console.capture() as capture:
        console.print(drawn)
    count = len(table.rows)
    lines = [line.rstrip() for line in capture.get().strip("\n").splitlines()]
    return "\n".join([*lines, f"{count} row{'' if count == 1 else 's'}"]) + "\n"


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _jsonable(value: Value) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _term(value: Value) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"type": "uri", "value": str(value)}
    literal = {"type": "literal", "value": _plain(value)}
    datatype = next((datatype for kind, datatype in DATATYPES if isinstance(value, kind)), None)
    return {**literal, "datatype": str(datatype)} if datatype else literal


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
