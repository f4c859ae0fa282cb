"""Tables of answers as data frames and office files; each needs a library that is not installed by default."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from hfskg.errors import LibraryError
from hfskg.tables import Table

if TYPE_CHECKING:
    import pandas
    import polars

    from hfskg.store import Value

__all__ = ["to_pandas", "to_parquet", "to_polars", "to_xlsx"]

CREATED = datetime(1980, 1, 1)
"""The date that office files carry: the same answer gives the same bytes."""

FRAME_TYPES = {bool: "boolean", int: "Int64", float: "Float64", str: "string"}


def to_pandas(table: Table) -> pandas.DataFrame:
    """Return a table as a pandas data frame; what the documents do not say is ``NA``.

    Raises:
        LibraryError: pandas is not installed.
    """
    frames = _library("pandas")
    columns = {name: frames.array(values, dtype=FRAME_TYPES[kind]) for name, kind, values in _columns(table)}
    frame: pandas.DataFrame = frames.DataFrame(columns, columns=list(table.columns))
    return frame


def to_polars(table: Table) -> polars.DataFrame:
    """Return a table as a polars data frame; what the documents do not say is null.

    Raises:
        LibraryError: polars is not installed.
    """
    frames = _library("polars")
    types = {bool: frames.Boolean, int: frames.Int64, float: frames.Float64, str: frames.String}
    columns = [frames.Series(name, values, types[kind]) for name, kind, values in _columns(table)]
    frame: polars.DataFrame = frames.DataFrame(columns)
    return frame


def to_parquet(table: Table) -> bytes:
    """Return a table as a Parquet file.

    Raises:
        LibraryError: polars is not installed.
    """
    buffer = io.BytesIO()
    to_polars(table).write_parquet(buffer)
    return buffer.getvalue()


def to_xlsx(table: Table) -> bytes:
    """Return a table as an Excel workbook with one sheet; texts stay texts, whatever they begin with.

    Raises:
        LibraryError: xlsxwriter is not installed.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with _library("xlsxwriter").Workbook(buffer, options) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet("answer")
        sheet.freeze_panes(1, 0)
        for place, (name, _, values) in enumerate(_columns(table)):
            sheet.write_string(0, place, name)
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write(row, place, value)
    return buffer.getvalue()


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise LibraryError(f"This needs the library {name}, which is not installed.", INSTALL) from error


INSTALL = "Install it with `pip install 'hfskg[frames]'`."


def _columns(table: Table) -> list[tuple[str, type, list[Any]]]:
    """Return name, type and values of each column."""
    told = []
    for place, name in enumerate(table.columns):
        values = [row[place] for row in table.rows]
        kind = _kind(values)
        told.append((name, kind, [None if value is None else kind(value) for value in values]))
    return told


def _kind(values: list[Value]) -> type:
    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {bool}:
        return bool
    if kinds and kinds <= {int}:
        return int
    return float if kinds and kinds <= {int, Decimal} else str
