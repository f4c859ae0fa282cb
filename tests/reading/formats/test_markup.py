from __future__ import annotations

import pytest

from hfskg.reading.formats.markup import Outline, TextWriter, raised, tidy


def test_tidy_keeps_thin_spaces_of_numbers() -> None:
    assert tidy(" 12\u2009400 \n ng ") == "12\u2009400 ng"


@pytest.mark.parametrize(
    ("before", "text", "cites", "written"),
    [
        ("4 × 10", "9", False, "^9"),
        ("4 × 10", "−3", False, "^−3"),
        ("m", "2", False, "2"),
        ("fever", "1, 2", True, " [1, 2]"),
        ("fever [", "1", True, "1"),
        ("Roe", "a", True, "a"),
    ],
)
def test_raised(before: str, text: str, cites: bool, written: str) -> None:
    assert raised(before, text, cites=cites) == written


def test_an_outline_goes_in_and_out() -> None:
    outline = Outline()
    told = []
    for level, title in [(1, "Discussion"), (2, "Treatment"), (1, "Case report"), (2, "Discussion"), (1, "Other")]:
        outline.enter(level, title)
        told.append(outline.role)
    assert told == ["discussion", "discussion", "case", "discussion", "case"]
    outline.leave(1)
    assert outline.enter(1, "Case 2: a boy") == "Case 2"


def test_blocks_and_cells_stand_in_the_text() -> None:
    writer = TextWriter()
    writer.block("heading", " Case  report ", "case")
    writer.block("paragraph", " ", "case")
    writer.table("Table 1", [("", "Day"), ("Test", "1")], [("Glow", "10"), ("", "")], "case")
    assert writer.text == "Case report\n\nTable 1\n\tDay\nTest\t1\nGlow\t10\n\n"
    heading, block = writer.blocks
    assert writer.text[heading.start : heading.end] == "Case report"
    table = block.table
    assert table is not None
    assert [cell.text for cell in (table.header.head, *table.header.cells)] == ["Test", "Day 1"]
    assert [(row.head.text, row.cells[0].text) for row in table.rows] == [("Glow", "10")]
    cell = table.rows[0].cells[0]
    assert writer.text[cell.start : cell.end] == "10"


def test_a_table_without_heads_has_them_in_its_first_row() -> None:
    writer = TextWriter()
    writer.table("", [], [("Test", "Day"), ("Glow", "10")], "")
    table = writer.blocks[0].table
    assert table is not None and table.header.head.text == "Test"
    writer.table("Only a caption", [], [], "")
    assert writer.blocks[-1].kind == "paragraph"
