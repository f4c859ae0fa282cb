from __future__ import annotations

import pytest

from hfskg.reading.document import Table
from hfskg.reading.tables import Line, find_table

TORN = "Table 2. The course\nTest Day 1 Day 2\nFerritin 1,200 900\nCRP (mg/L) <5 4.6a\nAST NA 80*\n"
TABBED = "Table 2. The course\n\nTest\tDay 1\tDay 2\nFerritin\t1,200\t900\nCRP (mg/L)\t<5\t\nAST\t\t80*\n\nAfter it.\n"


def lines(text: str) -> list[Line]:
    found, at = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip(" ")
        start = at + (raw.index(stripped) if stripped else 0)
        found.append(Line(start, start + len(stripped), stripped))
        at += len(raw) + 1
    return found


def table(text: str) -> Table:
    found = find_table(lines(text), 0)
    assert found
    return found[0]


def cells(text: str) -> list[list[str]]:
    found = table(text)
    return [[row.head.text, *(cell.text for cell in row.cells)] for row in (found.header, *found.rows)]


def test_tab_separated() -> None:
    assert table(TABBED).caption.text.strip() == "Table 2. The course"
    assert cells(TABBED) == [
        ["Test", "Day 1", "Day 2"],
        ["Ferritin", "1,200", "900"],
        ["CRP (mg/L)", "<5"],
        ["AST", "", "80*"],
    ]


def test_tab_separated_without_caption() -> None:
    text = "Test\tDay 1\nFerritin\t5\n"
    assert cells(text) == [["Test", "Day 1"], ["Ferritin", "5"]]
    assert table(text).caption.text == ""


def test_a_blank_line_ends_a_tab_separated_table() -> None:
    found = find_table(lines(TABBED), 0)
    assert found
    assert lines(TABBED)[found[1]].text in ("", "After it.")
    assert TABBED[found[0].start : found[0].end].endswith("80*")


def test_the_number_may_stand_on_the_line_of_the_head_row() -> None:
    text = "Table 2Test\tDay 1\nFerritin\t5\nCRP\t7\n"
    assert table(text).caption.text == "Table 2"
    assert cells(text) == [["Test", "Day 1"], ["Ferritin", "5"], ["CRP", "7"]]
    assert text[table(text).header.start :].startswith("Test")


def test_torn_rows_are_split_from_the_right() -> None:
    assert [row for row in cells(TORN) if row[0] != "Test Day 1 Day"] == [
        ["Ferritin", "1,200", "900"],
        ["CRP (mg/L)", "<5", "4.6a"],
        ["AST", "NA", "80*"],
    ]


def test_footnotes_do_not_end_a_torn_table() -> None:
    assert cells("Table 1. X\nFerritin 1 2\na Approximate\nCRP 3 4\n") == [["Ferritin", "1", "2"], ["CRP", "3", "4"]]


def test_offsets_of_cells() -> None:
    for text in (TORN, TABBED):
        found = table(text)
        for row in (found.header, *found.rows):
            for cell in (row.head, *row.cells):
                assert text[cell.start : cell.end] == cell.text
            assert text[row.start : row.end].startswith(row.head.text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She came with fever.\nShe went.\n", id="prose"),
        pytest.param("Table 1 shows the course.\nShe came.\nShe went.\nAnd so on.\nFerritin 1 2\n", id="no row near"),
        pytest.param("Table 1. Course\nFerritin 1 2\nShe came.\n", id="one row only"),
        pytest.param("A\tB\n", id="one tab-separated row only"),
        pytest.param("Table 1. Course\n", id="caption only"),
    ],
)
def test_no_table(text: str) -> None:
    assert find_table(lines(text), 0) is None
