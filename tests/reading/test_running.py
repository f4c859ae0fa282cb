from __future__ import annotations

import pytest

from hfskg.reading.running import is_page_number, repeated, running_key, running_lines


@pytest.mark.parametrize(
    ("line", "number"), [("7", True), ("Page 7", True), ("– 7 –", True), ("7 / 9", True), ("7 mg", False), ("", False)]
)
def test_page_numbers(line: str, number: bool) -> None:
    assert is_page_number(line) is number


def test_keys_leave_numbers_and_blanks_aside() -> None:
    assert running_key("Doe  et al. 12") == running_key("DOE et al. 3") != running_key("Roe et al. 3")


def test_repeated_lines_have_letters_and_stand_on_two_pages() -> None:
    assert repeated([["Doe 1", "5"], ["Doe 2", "6"], ["Roe", "Roe"]]) == {"doe #"}


def test_heads_and_feet_of_pages() -> None:
    pages = [["Doe 1", "", "text", "more", "more", "1"], ["Doe 2", "", "other", "more", "words", "2"]]
    assert running_lines(pages) == {0, 5, 6, 11}


def test_lines_that_return_in_a_text_without_pages() -> None:
    lines = [
        "one",
        "",
        "Journal of Glows 1",
        "",
        "two",
        "",
        "Journal of Glows 2",
        "",
        "three",
        "",
        "Journal of Glows 3",
    ]
    assert running_lines([lines]) == {2, 6, 10}


@pytest.mark.parametrize("line", ["Day", "It went away again.", "Course and care:"])
def test_headings_and_sentences_that_return_are_no_running_lines(line: str) -> None:
    assert running_lines([[line, "", "a", "", line, "", "b", "", line]]) == frozenset()
