from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfskg.reading.structure import case_label, find_blocks
from reading.helpers import property_test, sentence_texts

LONG = "The girl stayed on the ward and was seen by many people who wrote down what they saw, each in turn. " * 3


def kinds(text: str) -> list[str]:
    return [block.kind for block in find_blocks(text)]


def roles(text: str) -> list[tuple[str, str]]:
    return [(text[b.start : b.end].strip(), b.role) for b in find_blocks(text)]


def test_blocks_have_the_role_of_their_section() -> None:
    text = (
        "A title of its own\n\nIntroduction\n\nIt is rare.\n\nCase report\n\nShe came.\n\nDiscussion\n\nIt is rare.\n"
    )
    assert roles(text) == [
        ("A title of its own", ""),
        ("Introduction", "background"),
        ("It is rare.", "background"),
        ("Case report", "case"),
        ("She came.", "case"),
        ("Discussion", "discussion"),
        ("It is rare.", "discussion"),
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param("Patient 1\nShe came.\nPatient 2\nHe came.\n", ["Patient 1", "Patient 2"], id="lines"),
        pytest.param("Case 1: She came.\n\nCase 2: He came.\n", ["Case 1", "Case 2"], id="run in"),
        pytest.param("CASE I\n\nShe came.\n\nCASE II\n\nHe came.\n", ["CASE I", "CASE II"], id="Roman"),
        pytest.param("Discussion\n\nPatient 1\n\nShe came.\n", [], id="not in a discussion"),
    ],
)
def test_case_headings(text: str, labels: list[str]) -> None:
    assert [b.label for b in find_blocks(text) if b.kind == "heading" and b.label] == labels


def test_text_behind_a_case_heading_is_a_paragraph() -> None:
    text = "Case 1: She came with fever.\n"
    assert [(b.kind, text[b.start : b.end]) for b in find_blocks(text)] == [
        ("heading", "Case 1:"),
        ("paragraph", "She came with fever."),
    ]


@pytest.mark.parametrize("form", ["1. {}", "(1) {}", "1) {}"])
def test_numbered_items(form: str) -> None:
    blocks = find_blocks(form.format("A girl came.") + "\n")
    assert [(b.kind, b.label) for b in blocks] == [("item", "1")]


@pytest.mark.parametrize("line", ["Figure 1. The course.", "Fig. 2 Marrow.", "Supplementary Figure 1. A scan."])
def test_figure_captions(line: str) -> None:
    assert kinds(f"{LONG}\n\n{line}\n\n{LONG}\n") == ["paragraph", "figure", "paragraph"]


def test_paragraphs_of_a_wrapped_text_are_lines_up_to_a_blank_one() -> None:
    text = "She came with\nfever and rash.\n\nShe went.\n"
    assert [text[b.start : b.end] for b in find_blocks(text)] == ["She came with\nfever and rash.", "She went."]


def test_a_wrapped_paragraph_goes_on_behind_a_page_break() -> None:
    text = "She came with\n\n\n\n\nfever and rash.\n"
    blocks = find_blocks(text)
    assert len(blocks) == 1
    assert [text[start:end] for start, end in blocks[0].pieces] == ["She came with", "fever and rash."]


def test_a_paragraph_that_a_table_interrupts_stays_whole() -> None:
    text = "She was given\n\nTable 1. Course\nTest Day Day\nFerritin 10 20\nCRP 30 40\n\nanakinra at once.\n"
    assert sorted(kinds(text)) == ["paragraph", "table"]
    assert sentence_texts(text) == ["She was given anakinra at once."]


def test_one_paragraph_a_line() -> None:
    text = f"Case report\n{LONG.strip()}\n{LONG.strip()}\n"
    assert kinds(text) == ["heading", "paragraph", "paragraph"]


def test_nothing() -> None:
    assert find_blocks("") == ()
    assert find_blocks("\n \n") == ()


WORDS = st.sampled_from("the girl was given anakinra with care and fever went away on day three again".split())
SENTENCE = st.lists(WORDS, min_size=4, max_size=20).map(lambda words: " ".join(words).capitalize() + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=4, max_size=8).map(" ".join).filter(lambda text: len(text) > 200)
PARAGRAPHS = st.lists(PARAGRAPH, min_size=1, max_size=4)


@given(PARAGRAPHS, st.integers(min_value=40, max_value=90))
@property_test
def test_wrapped_and_unwrapped_text_have_the_same_sentences(paragraphs: list[str], width: int) -> None:
    one_a_line = "Case report\n" + "\n".join(paragraphs) + "\n"
    wrapped = "Case report\n\n" + "\n\n".join("\n".join(textwrap.wrap(p, width)) for p in paragraphs) + "\n"
    assert sentence_texts(one_a_line) == sentence_texts(wrapped)
    assert kinds(one_a_line) == kinds(wrapped)


PAGE = "She was admitted to the ward where\nmany people saw her and gave her\n"


def test_running_heads_and_page_numbers_belong_to_no_block() -> None:
    text = f"Doe et al.\n\n{PAGE}\n1\n\fDoe et al.\n\nAnakinra at once.\n\n2\n"
    assert sentence_texts(text) == [
        "She was admitted to the ward where many people saw her and gave her Anakinra at once."
    ]


def test_a_new_page_behind_a_full_stop_begins_a_paragraph() -> None:
    assert len(find_blocks("She came to the ward.\n\fThe fever went.\n")) == 2


def test_a_figure_does_not_end_the_sentence_it_interrupts() -> None:
    text = "She was given\n\nFigure 1. A scan of\nthe chest.\n\nanakinra at once.\n\nIt helped.\n"
    assert sorted(kinds(text)) == ["figure", "paragraph", "paragraph"]
    assert sentence_texts(text)[0] == "She was given anakinra at once."


def test_headings_that_return_on_each_page_stay_headings() -> None:
    text = "Case 1\n\nShe came.\n\fCase 2\n\nHe came.\n"
    assert [b.label for b in find_blocks(text) if b.kind == "heading"] == ["Case 1", "Case 2"]
    assert case_label("Case 2: a boy") == "Case 2"
