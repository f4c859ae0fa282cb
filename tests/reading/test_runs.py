from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfskg.reading.brackets import enclosing_brackets
from hfskg.reading.runs import Run
from hfskg.reading.tokens import tokenize
from reading.helpers import property_test


def run(text: str) -> Run:
    return Run(tokenize(text))


def test_a_run_is_its_tokens() -> None:
    tokens = tokenize("High fevers (39 °C)")
    assert Run(tokens) == tuple(tokens)
    assert Run(tokens).folds == ["high", "fever", "(", "39", "°", "c", ")"]
    assert Run(tokens).words == ("high", "fevers", "(", "39", "°", "c", ")")
    assert Run(tokens).numbers == [3]
    assert Run(tokens).brackets == enclosing_brackets(tokens)


def test_an_empty_run() -> None:
    nothing = run("")
    assert (nothing.folds, nothing.hyphens, nothing.hyphenated, nothing.words) == ([], [], [], ())
    assert nothing.forms(0) == []


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        pytest.param("high fever", {"high", "fever", "high fever"}, id="words and pairs"),
        pytest.param("multi-organ", {"multi", "organ", "multi organ", "multiorgan"}, id="hyphen left out, and joining"),
        pytest.param("a multi-organ failure", {"a multi", "a multiorgan", "multiorgan failure"}, id="a word before it"),
        pytest.param("bone - marrow", {"bone marrow"}, id="a dash between blanks"),
    ],
)
def test_openings(text: str, openings: set[str]) -> None:
    assert openings <= run(text).openings


def test_a_dash_between_blanks_joins_nothing() -> None:
    assert "bonemarrow" not in run("bone - marrow").openings
    assert "bonemarrow" in run("bone-marrow").openings


@given(st.lists(st.sampled_from(["bone", "marrow", "-", "–", "3"])).map(" ".join))
@property_test
def test_where_the_next_hyphen_stands(text: str) -> None:
    tokens = run(text)
    signs = [place for place, token in enumerate(tokens) if token.text in "-–"]
    for place, hyphen in enumerate(tokens.hyphens):
        behind = [sign for sign in signs if sign > place]
        assert hyphen == behind[0] if behind else hyphen > len(tokens)
    assert bool(tokens.hyphens) == bool(signs)
