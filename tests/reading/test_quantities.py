from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfskg.namespaces import HFS
from hfskg.reading.quantities import Amount, find_amounts
from reading.helpers import one_sentence, property_test, units, vocabulary

FORMS = sorted((str(form), str(named)) for named, form in vocabulary().graph.subject_objects(HFS.printedForm))
VALUES = st.decimals(min_value="0.1", max_value=9999, places=1)


def amounts(text: str) -> list[Amount]:
    parsed, sentence = one_sentence(text)
    return find_amounts(parsed, sentence.tokens, units())


def told(text: str) -> list[tuple[str, str, str | None]]:
    return [(a.comparator, f"{a.value.normalize():f}", units().label(a.unit or "")) for a in amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It was 4.5 mg/L.", [("=", "4.5", "mg/L")], id="number and unit"),
        pytest.param("It was 4.5mg/L.", [("=", "4.5", "mg/L")], id="without blank"),
        pytest.param("It was 12,400 ng/mL.", [("=", "12400", "ng/mL")], id="thousands"),
        pytest.param("It was 3.", [("=", "3", None)], id="no unit"),
        pytest.param("It was 98.000 /µL.", [("=", "98000", "/µL")], id="whole things with points between thousands"),
        pytest.param("It was 9.825 mg/L.", [("=", "9.825", "mg/L")], id="a point is a decimal point"),
        pytest.param("It was 3 days old.", [("=", "3", None)], id="no unit of a value"),
        pytest.param("It was >500 ng/mL.", [(">", "500", "ng/mL")], id="sign before"),
        pytest.param("It was less than 0.2 g/L.", [("<", "0.2", "g/L")], id="words before"),
        pytest.param("It was 20 ×10⁹/L.", [("=", "20", "10^9/L")], id="power in the unit"),
        pytest.param("It was 20 x 10^9/L.", [("=", "20", "10^9/L")], id="power with a caret"),
        pytest.param("It was 20 × 103/µL.", [("=", "20", "10^9/L")], id="flattened power"),
        pytest.param("It was 2.5 × 104 /µL.", [("=", "25000", "/µL")], id="power that no unit has"),
        pytest.param("It was 4 to 9 g/L.", [("=", "4", "g/L"), ("=", "9", "g/L")], id="range in words"),
        pytest.param("It was 163 and 825 U/L.", [("=", "163", "U/L"), ("=", "825", "U/L")], id="series"),
        pytest.param("It was 4 and 5 U/L, 6 s.", [("=", "4", "U/L"), ("=", "5", "U/L"), ("=", "6", "s")], id="units"),
        pytest.param("It was 1200 ng/mL12.", [("=", "1200", "ng/mL")], id="citation behind the unit"),
        pytest.param("It was 1162 (U/L).", [("=", "1162", "U/L")], id="unit in brackets"),
        pytest.param("It was 1162 (U/L then).", [("=", "1162", None)], id="more than a unit in brackets"),
        pytest.param("IL-6 (pg/mL) rose.", [("=", "6", None)], id="a number of a name with a unit in brackets"),
        pytest.param("IL-6-74.65 pg/mL.", [("=", "6", None), ("=", "74.65", None)], id="a number of a name"),
        pytest.param("It was none.", [], id="nothing"),
    ],
)
def test_amounts(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("dash", ["-", "–", "−"])
def test_the_ends_of_a_range(dash: str) -> None:
    assert [(a.bound, str(a.value), units().label(a.unit or "")) for a in amounts(f"It was 1{dash}2 mg/kg.")] == [
        ("low", "1", "mg/kg"),
        ("high", "2", "mg/kg"),
    ]


def test_depth_of_brackets() -> None:
    assert [a.depth for a in amounts("It was 1 (2 [3]) 4.")] == [0, 1, 2, 0]


def test_places_reach_from_the_comparator_to_the_unit() -> None:
    parsed, sentence = one_sentence("It was less than 4 mg/kg/day then.")
    amount = find_amounts(parsed, sentence.tokens, units())[0]
    assert [t.text for t in sentence.tokens[amount.first : amount.last]] == "less than 4 mg / kg / day".split()
    assert sentence.tokens[amount.number].text == "4"


@given(VALUES, st.sampled_from(FORMS), st.sampled_from(["", " ", "\u00a0", "\u2009"]))
@property_test
def test_every_unit_is_found_behind_a_number(value: Decimal, form: tuple[str, str], blank: str) -> None:
    printed, unit = form
    if printed[0].isdigit():
        blank = " × "
    elif printed[0] in "g" and not blank:
        blank = " "
    found = amounts(f"The level was {value}{blank}{printed} on that day.")
    assert [(a.value, a.unit) for a in found] == [(value, unit)]


@given(
    st.lists(
        st.sampled_from(["4", "5.5", "(", ")", "mg/kg", "-", "to", "<", "×", "103", "/µL", ",", "and"]), max_size=14
    )
)
@property_test
def test_amounts_are_ordered_and_inside_the_sentence(words: list[str]) -> None:
    parsed, sentence = one_sentence("It was " + " ".join(words) + " now")
    end = 0
    for amount in find_amounts(parsed, sentence.tokens, units()):
        assert amount.first <= amount.number < amount.last <= len(sentence.tokens)
        assert end <= amount.number
        end = amount.last
