from __future__ import annotations

from typing import Literal

import pytest

from hfskg.reading.shapes import find_shapes
from reading.helpers import annotated


def told(text: str, table: Literal["word_shapes", "number_shapes"]) -> list[tuple[str, str]]:
    sentence = annotated(text)
    return [(s.kind, sentence.document.text[s.start : s.end]) for s in find_shapes(sentence, table)]


def test_words_that_look_like_drugs_and_diseases_are_found_in_the_order_of_the_text() -> None:
    found = told("Foobaritis was treated with foozumab, then with barcillin.", "word_shapes")
    assert found == [("disease", "Foobaritis"), ("drug", "foozumab"), ("drug", "barcillin")]


def test_the_earlier_row_decides() -> None:
    assert told("The diagnosis was made in April.", "word_shapes") == [("none", "diagnosis"), ("none", "April")]


def test_the_name_before_a_head_noun_belongs_to_it() -> None:
    assert told("He had Corvin syndrome; this syndrome is rare.", "word_shapes") == [
        ("disease", "Corvin syndrome"),
        ("none", "this syndrome"),
    ]


def test_a_word_broken_at_the_end_of_a_line_is_one_word() -> None:
    assert told("She got foo-\nzumab again.", "word_shapes") == [("drug", "foo-\nzumab")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The level was high (normal range: 12-150 mg/dL).", "reference"),
        ("Her temperature rose to 39.4 °C again.", "vital"),
        ("Its rate was 7 foos/mL.", "unit"),
        ("A node of 3 cm was felt.", "measure"),
    ],
)
def test_numbers_say_what_they_are(text: str, kind: str) -> None:
    assert [k for k, _ in told(text, "number_shapes")] == [kind]
