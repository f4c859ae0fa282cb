from __future__ import annotations

from hfskg.reading.formats.layout import Glyph, pages_text

HEIGHT = 800.0


def line(text: str, left: float, middle: float, size: float = 10.0) -> list[Glyph]:
    """Return the letters of a line, each half as wide as it is high."""
    width = size / 2
    places = [left + at * width for at in range(len(text))]
    letters = [
        Glyph(letter, place, middle - width, place + width, middle + width)
        for letter, place in zip(text, places, strict=True)
    ]
    return [*letters, Glyph("\n", left, middle, left, middle)]


def lines(texts: list[str], left: float, top: float, step: float = 12.0) -> list[Glyph]:
    return [glyph for at, text in enumerate(texts) for glyph in line(text, left, top - at * step)]


def test_lines_stand_from_top_to_bottom_whatever_their_order_in_the_file() -> None:
    page = [*line("below it", 50, 600), *line("above", 50, 612)]
    assert pages_text([(page, HEIGHT)]) == "above\nbelow it\n"


def test_words_without_a_blank_between_them_are_parted_by_their_gap() -> None:
    assert pages_text([([*line("fever", 50, 600)[:-1], *line("rash", 80, 600)], HEIGHT)]) == "fever rash\n"


def test_columns_are_told_one_after_the_other() -> None:
    left = [f"left side of number {at}" for at in range(6)]
    right = [f"right side of number {at}" for at in range(6)]
    title = "A title over the whole width of the page it stands on"
    page = line(title, 50, 700)
    for at, (one, other) in enumerate(zip(left, right, strict=True)):
        page += [*line(one, 50, 650 - 12 * at), *line(other, 250, 650 - 12 * at)]
    told = [text for text in pages_text([(page, HEIGHT)]).splitlines() if text]
    assert told == [title, *left, *right]


def test_a_wider_gap_or_another_size_begins_a_paragraph() -> None:
    page = [*lines(["one", "two"], 50, 600), *lines(["three", "four"], 50, 560), *line("Five", 50, 536, 14.0)]
    assert pages_text([(page, HEIGHT)]) == "one\ntwo\n\nthree\nfour\n\nFive\n"


def test_a_word_in_another_font_begins_no_paragraph() -> None:
    page = [
        *line("They called", 50, 600),
        *line("glow ", 50, 588, 14.0)[:-1],
        *line("what they saw in the dark", 86, 588),
    ]
    assert pages_text([(page, HEIGHT)]) == "They called\nglow what they saw in the dark\n"


def test_an_indent_behind_a_full_stop_begins_a_paragraph() -> None:
    page = [*line("It ended.", 50, 600), *line("It began", 65, 588), *line("and went on", 50, 576)]
    assert pages_text([(page, HEIGHT)]) == "It ended.\n\nIt began\nand went on\n"


def test_rows_of_several_chunks_are_a_table_with_empty_cells() -> None:
    page = line("Before the table.", 50, 640)
    for at, cells in enumerate([("Test", "Day 1", "Day 4"), ("Glow", "10", "20"), ("Gleam", "", "30")]):
        for place, cell in enumerate(cells):
            page += line(cell, 50 + 100 * place, 600 - 12 * at)
    assert pages_text([(page, HEIGHT)]) == "Before the table.\n\nTest\tDay 1\tDay 4\nGlow\t10\t20\nGleam\t\t30\n\n"


def test_a_long_head_of_a_row_does_not_swallow_its_first_value() -> None:
    page: list[Glyph] = []
    for at, cells in enumerate([("Test", "Day 1", "Day 4"), ("Glow", "10", "20"), ("Gleam of a lamp", "30", "40")]):
        for place, cell in enumerate(cells):
            page += line(cell, 50 + 80 * place, 600 - 12 * at)
    assert pages_text([(page, HEIGHT)]).splitlines()[2] == "Gleam of a lamp\t30\t40"


def test_running_heads_and_feet_stand_first_and_last() -> None:
    pages = [
        [*line("text", 50, 600), *line(f"page {n}", 300, 30), *line("Doe", 50, 780), *line(str(n), 300, 780)]
        for n in (1, 2)
    ]
    told = pages_text([(page, HEIGHT) for page in pages])
    assert told == "Doe  1\n\ntext\n\npage 1\n\fDoe  2\n\ntext\n\npage 2\n"


def test_nothing() -> None:
    assert pages_text([([], HEIGHT)]).strip() == ""
