from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfskg.reading.tokens import fold_word, tokenize
from reading.helpers import property_test

PIECES = st.sampled_from(
    [
        "fever",
        "lympho-\ncytes",
        "re-\n  admitted",
        "IL-1β",
        "2",
        "4.5",
        "1,200",
        "7,5",
        "1·8",
        "mg/kg",
        "10^9/L",
        "(",
        ")",
    ]
    + [
        ".",
        "; ",
        " ",
        "\n",
        "\n\n",
        "\t",
        "-",
        "–",
        "×10³",
        "patient's",
        "Still’s",
        "ferritin12",
        "µg",
        "°C",
        "é",
        "<",
        "=",
        "_",
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Fever and rash.", ["Fever", "and", "rash", "."], id="words and a sign"),
        pytest.param("2mg/kg", ["2", "mg", "/", "kg"], id="number and unit without blank"),
        pytest.param("1,250.5 units", ["1,250.5", "units"], id="thousands and decimals"),
        pytest.param("1·8", ["1·8"], id="raised decimal point"),
        pytest.param("ended at 5.", ["ended", "at", "5", "."], id="full stop behind a number"),
        pytest.param("thrombo-\ncytes", ["thrombocytes"], id="word broken at the end of a line"),
        pytest.param("thrombo- \n  cytes", ["thrombocytes"], id="broken word with blanks around the break"),
        pytest.param("anti-\nTNF", ["anti", "-", "TNF"], id="hyphen before a capital stays"),
        pytest.param("IL-\n6", ["IL", "-", "6"], id="hyphen before a number stays"),
        pytest.param("patient's", ["patient's"], id="possessive"),
        pytest.param("girls’ ward", ["girls", "’", "ward"], id="possessive plural"),
        pytest.param("anakinra-induced", ["anakinra", "-", "induced"], id="hyphened words"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haemodialysis", "hemodialysis"),
        ("oedema", "edema"),
        ("tumours", "tumor"),
        ("leucocytes", "leukocyte"),
        ("normalised", "normalized"),
        ("normalisation", "normalization"),
        ("biopsies", "biopsy"),
        ("rashes", "rashe"),
        ("Still's", "Still"),
        ("litres", "liter"),
        ("ferritin12", "ferritin"),
    ],
)
def test_folds_alike(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


@pytest.mark.parametrize("word", ["sepsis", "abscess", "virus", "gas", "was", "IL1", "CD25"])
def test_folding_keeps_endings_that_are_no_plural(word: str) -> None:
    assert fold_word(word) == word.casefold()


def test_a_stretch_of_the_text_is_tokenized_with_offsets_of_the_whole() -> None:
    tokens = list(tokenize("He had fever.", 3, 12))
    assert [(t.start, t.end, t.text) for t in tokens] == [(3, 6, "had"), (7, 12, "fever")]


@given(TEXTS)
@property_test
def test_tokens_are_ordered_and_equal_the_source(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end
        assert not text[end : token.start].strip()
        source = text[token.start : token.end]
        assert token.text == (source if token.kind != "word" else "".join(source.replace("-", "").split()))
        end = token.end
    assert not text[end:].strip()


@given(TEXTS)
@property_test
def test_tokenizing_a_token_again_gives_the_token(text: str) -> None:
    for token in tokenize(text):
        assert texts(token.text) == [token.text]


@given(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=12))
@property_test
def test_folding_does_not_depend_on_case(word: str) -> None:
    assert fold_word(word) == fold_word(word.casefold())
