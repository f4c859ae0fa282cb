from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from hfskg.tables import Table, to_csv, to_json, to_table, to_tsv

TABLE = Table(
    ("case", "value", "told", "sure", "note"),
    (
        ("https://w3id.org/hfskg/data/a/case/1", Decimal("0.460"), 'a, "b"\nc', True, "x"),
        ("https://w3id.org/hfskg/data/a/case/2", 12, None, False, None),
        (None, Decimal(13200), "[red]µg[/red] 😀", None, "y"),
    ),
    frozenset({"note"}),
)


def test_csv_can_be_read_back() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(TABLE), newline="")))
    assert rows == [
        ["case", "value", "told", "sure", "note"],
        ["https://w3id.org/hfskg/data/a/case/1", "0.460", 'a, "b"\nc', "true", "x"],
        ["https://w3id.org/hfskg/data/a/case/2", "12", "", "false", ""],
        ["", "13200", "[red]µg[/red] 😀", "", "y"],
    ]


def test_tsv_has_one_line_a_row() -> None:
    lines = to_tsv(TABLE).splitlines()
    assert [line.split("\t") for line in lines[1:]] == [
        ["https://w3id.org/hfskg/data/a/case/1", "0.460", 'a, "b" c', "true", "x"],
        ["https://w3id.org/hfskg/data/a/case/2", "12", "", "false", ""],
        ["", "13200", "[red]µg[/red] 😀", "", "y"],
    ]


def test_json_keeps_types_and_knows_null() -> None:
    rows = json.loads(to_json(TABLE))
    assert rows[0] == {**rows[0], "value": 0.46, "sure": True, "told": 'a, "b"\nc'}
    assert rows[1] == {**rows[1], "value": 12, "told": None, "note": None}
    assert rows[2] == {**rows[2], "case": None, "value": 13200}


def test_a_table_leaves_details_out_and_shortens_iris() -> None:
    text = to_table(TABLE, width=80)
    assert "note" not in text
    assert "data:a/case/1" in text
    assert "https://" not in text
    assert text.endswith("3 rows\n")


def test_a_table_prints_marks_as_they_are_and_no_codes() -> None:
    text = to_table(TABLE, width=80)
    assert "[red]µg[/red] 😀" in text
    assert "\x1b" not in text
    assert "\x1b" in to_table(TABLE, width=80, color=True)


@pytest.mark.parametrize("width", [20, 40, 200])
def test_a_table_keeps_to_its_width(width: int) -> None:
    lines = to_table(TABLE, width=width).splitlines()
    assert max(map(len, lines)) <= width


def test_an_empty_answer_has_a_head_in_every_format() -> None:
    empty = Table(("a", "b"), ())
    assert (to_csv(empty), to_tsv(empty), to_json(empty)) == ("a,b\n", "a\tb\n", "[]\n")
    assert to_table(empty).endswith("0 rows\n")
