from __future__ import annotations

import io
import sys
import zipfile
from decimal import Decimal

import polars
import pytest

from hfskg.errors import LibraryError
from hfskg.frames import to_pandas, to_parquet, to_polars, to_xlsx
from hfskg.store import Iri
from hfskg.tables import Table

TABLE = Table(
    ("case", "day", "dose", "hedged", "quote", "nothing"),
    ((Iri("x:1"), 3, Decimal("2.5"), True, "=1+1", None), (Iri("x:2"), None, 4, None, "b", None)),
)


def test_pandas_keeps_types_and_gaps() -> None:
    frame = to_pandas(TABLE)
    assert list(frame.columns) == list(TABLE.columns)
    assert [str(kind) for kind in frame.dtypes] == ["string", "Int64", "Float64", "boolean", "string", "string"]
    assert frame["dose"].sum() == 6.5
    assert frame["day"].isna().tolist() == [False, True]


def test_polars_keeps_types_and_gaps() -> None:
    frame = to_polars(TABLE)
    assert frame.schema == {
        "case": polars.String, "day": polars.Int64, "dose": polars.Float64, "hedged": polars.Boolean,
        "quote": polars.String, "nothing": polars.String,
    }  # fmt: skip
    assert frame.row(1) == ("x:2", None, 4.0, None, "b", None)


def test_a_parquet_file_is_read_back() -> None:
    assert polars.read_parquet(io.BytesIO(to_parquet(TABLE))).equals(to_polars(TABLE))


def test_a_workbook_holds_texts_as_texts_and_is_the_same_each_time() -> None:
    data = to_xlsx(TABLE)
    assert data == to_xlsx(TABLE)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert b"=1+1" in book.read("xl/sharedStrings.xml")
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_an_answer_without_rows_has_its_columns() -> None:
    assert to_polars(Table(("a", "b"), ())).columns == ["a", "b"]
    assert list(to_pandas(Table(("a", "b"), ())).columns) == ["a", "b"]


@pytest.mark.parametrize(("name", "write"), [("pandas", to_pandas), ("polars", to_parquet), ("xlsxwriter", to_xlsx)])
def test_a_library_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, name: str, write: object) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    assert callable(write)
    with pytest.raises(LibraryError, match=f"needs the library {name}.*hfskg.frames"):
        write(TABLE)
