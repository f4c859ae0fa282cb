from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfskg.reading.matcher import Entry, Matcher, entry_of, name_keys, phrase_folds
from hfskg.reading.tokens import tokenize
from reading.helpers import property_test

NAMES = ["fever", "high fever", "multi-organ failure", "bone marrow", "C-reactive protein"]
EXACT = ["CRP", "MAS", "HLH-94"]


@pytest.fixture(scope="module")
def matcher() -> Matcher[str]:
    built: Matcher[str] = Matcher()
    for name in NAMES:
        built.add(name, name)
    for name in EXACT:
        built.add(name, name, exact_case=True)
    return built


def found(matcher: Matcher[str], text: str) -> list[str]:
    return [value for match in matcher.find(list(tokenize(text))) for value in match.values]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("fever", ["fever"], id="as it is"),
        pytest.param("FEVERS", ["fever"], id="case and plural"),
        pytest.param("a high fever came", ["high fever"], id="the longest wins"),
        pytest.param("high grade fever", ["fever"], id="no gap inside a name"),
        pytest.param("fever, fever", ["fever", "fever"], id="twice"),
        pytest.param("multi organ failure", ["multi-organ failure"], id="hyphen as blank"),
        pytest.param("multiorgan failure", ["multi-organ failure"], id="hyphen left out"),
        pytest.param("multi‐organ failures", ["multi-organ failure"], id="typographic hyphen"),
        pytest.param("bone-marrow", ["bone marrow"], id="hyphen added"),
        pytest.param("C reactive protein", ["C-reactive protein"], id="hyphen dropped"),
        pytest.param("CRP", ["CRP"], id="abbreviation"),
        pytest.param("CRPs", ["CRP"], id="plural of an abbreviation"),
        pytest.param("crp", [], id="abbreviation in lower case"),
        pytest.param("a mas was seen", [], id="word like an abbreviation"),
        pytest.param("HLH-94", ["HLH-94"], id="abbreviation with a number"),
        pytest.param("feverish", [], id="only whole words"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_finds(matcher: Matcher[str], text: str, names: list[str]) -> None:
    assert found(matcher, text) == names


def test_places_of_a_match(matcher: Matcher[str]) -> None:
    match = matcher.find(list(tokenize("with high fever at night")))[0]
    assert (match.first, match.last) == (1, 3)


def test_one_name_may_stand_for_several_things() -> None:
    built: Matcher[int] = Matcher()
    built.add("marrow", 1)
    built.add("marrow", 2)
    built.add("marrow", 1)
    assert built.find(list(tokenize("marrow")))[0].values == (1, 2)


def test_an_extended_matcher_knows_the_new_names_as_written() -> None:
    base: Matcher[int] = Matcher()
    local = base.extended({"XYZ": [7]})
    assert local.find(list(tokenize("XYZ")))[0].values == (7,)
    assert not local.find(list(tokenize("xyz")))
    assert not base.find(list(tokenize("XYZ")))


def test_a_name_is_found_by_keys_that_were_worked_out_before() -> None:
    built: Matcher[int] = Matcher()
    built.add("multi-organ failure", 1, keys=name_keys("multi-organ failure"))
    assert [built.find(list(tokenize(text)))[0].last for text in ("multiorgan failure", "multi-organ failure")] == [
        2,
        4,
    ]


def test_a_sentence_is_looked_at_by_several_matchers(matcher: Matcher[str]) -> None:
    other: Matcher[str] = Matcher()
    other.add("bone-marrow", "site")
    tokens, others = tuple(tokenize("fever, bone-marrow")), tuple(tokenize("a fever"))
    assert [m.values for m in matcher.find(tokens)] == [("fever",), ("bone marrow",)]
    assert [(m.first, m.last) for m in other.find(tokens)] == [(2, 5)]
    assert [(m.first, m.last) for m in matcher.find(others)] == [(1, 2)]


def test_folds_of_a_phrase() -> None:
    assert phrase_folds("Anti-viral therapies") == ["anti", "viral", "therapy"]


@given(st.lists(st.sampled_from([*NAMES, *EXACT, "and", ",", "no", "-", "high", "bone"]), max_size=12).map(" ".join))
@property_test
def test_matches_are_ordered_and_do_not_overlap(text: str) -> None:
    built: Matcher[str] = Matcher()
    for name in NAMES:
        built.add(name, name)
    end = 0
    tokens = list(tokenize(text))
    for match in built.find(tokens):
        assert end <= match.first < match.last <= len(tokens)
        end = match.last


def longest(text: str, first: int, keys: set[str]) -> int:
    """Return the place behind the longest name from a place on, by trying all that the tokens may be read as."""
    tokens = list(tokenize(text))
    best, pending = first, [("", first)]
    while pending:
        key, at = pending.pop()
        if key in keys:
            best = max(best, at)
        if key and at < len(tokens) and tokens[at].text == "-":
            at += 1
        for end in (at + 1, at + 3):
            part = tokens[at:end]
            joined = end == at + 1 or (len(part) == 3 and text[part[0].start : part[2].end].count("-") == 1)
            short = key.count(" ") < 3
            if short and len(part) == end - at and joined and " " not in text[part[0].start : part[-1].end]:
                fold = "".join([*(t.text.casefold() for t in part[:-1] if t.text != "-"), part[-1].fold])
                pending.append((f"{key} {fold}".strip(), end))
    return best


@given(
    st.lists(st.sampled_from(["multi", "organ", "failure", "bone", "marrow", "bone-marrow", "-", "multiorgan"])),
    st.sampled_from([" ", "-", " - "]),
)
@property_test
def test_hyphens_do_not_matter(words: list[str], between: str) -> None:
    names = ["multi-organ failure", "bone marrow", "bone marrow failure", "organ", "bone-marrow-organ"]
    built: Matcher[str] = Matcher()
    for name in names:
        built.add(name, name)
    text = between.join(words)
    matches = built.find(list(tokenize(text)))
    keys = {key for name in names for key in name_keys(name)}
    assert [m.last for m in matches] == [longest(text, m.first, keys) for m in matches]
    covered = {place for m in matches for place in range(m.first, m.last)}
    others = set(range(len(list(tokenize(text))))) - covered
    assert all(longest(text, place, keys) == place or longest(text, place, keys) - 1 in covered for place in others)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("bone marrow", "bone marrow", id="all of it"),
        pytest.param("bone-marrow", "bone marrow", id="hyphen left out"),
        pytest.param("the bone marrow", None, id="a part of it"),
        pytest.param("MAS", "MAS", id="as written"),
        pytest.param("mas", None, id="told apart by case"),
    ],
)
def test_what_some_words_are_as_a_whole(matcher: Matcher[str], text: str, value: str | None) -> None:
    match = matcher.whole(tokenize(text))
    assert (match and (match.first, match.last, match.values)) == (value and (0, len(tokenize(text)), (value,)))


@given(st.lists(st.text("abcdefgh", min_size=4, max_size=8), min_size=1, max_size=4))
@property_test
def test_every_name_is_found_by_itself(words: list[str]) -> None:
    name = " ".join(words)
    built: Matcher[str] = Matcher()
    built.add(name, name)
    tokens = list(tokenize(name))
    assert [(m.first, m.last) for m in built.find(tokens)] == [(0, len(tokens))]


def test_names_kept_elsewhere_are_looked_up_when_a_text_has_them() -> None:
    asked: list[str] = []

    def kept(key: str) -> list[Entry[str]] | None:
        asked.append(key)
        return [entry_of("", "kept")] if key == "bone marrow" else None

    built = Matcher(kept, {"bone marrow": 0b10})
    built.add("fever", "added")
    built.add("bone marrow", "added")
    assert found(built, "fever of the bone marrow and bone marrow") == ["added", "kept", "added", "kept", "added"]
    assert set(asked) == {"fever", "bone marrow"}
    assert found(Matcher(kept, {"bone marrow": 0b10}), "bones, marrow") == []
