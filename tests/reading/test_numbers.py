from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfskg.reading.numbers import parse_decimal, parse_integer
from reading.helpers import property_test

DECIMALS = st.decimals(min_value=0, max_value=999_999_999, places=2)
ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("12", "12"),
        ("0.46", "0.46"),
        ("13,200", "13200"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("7,5", "7.5"),
        ("1·8", "1.8"),
        (" 42 ", "42"),
        ("11 963", "11963"),
        ("1 234 567", "1234567"),
    ],
)
def test_decimals(text: str, value: str) -> None:
    assert parse_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "1,2,3", "12 34", "1/2", "–"])
def test_no_decimals(text: str) -> None:
    assert parse_decimal(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("45th", 45),
        ("1st", 1),
        ("22nd", 22),
        ("3RD", 3),
        ("Fifth", 5),
        ("twenty-one", 21),
        ("twenty one", 21),
        ("thirty–second", 32),
        ("zero", 0),
    ],
)
def test_integers(text: str, value: int) -> None:
    assert parse_integer(text) == value


@pytest.mark.parametrize("text", ["", "x", "several", "five-fold", "4.5", "-"])
def test_no_integers(text: str) -> None:
    assert parse_integer(text) is None


@given(DECIMALS)
@property_test
def test_printed_plainly_and_read_again(value: Decimal) -> None:
    assert parse_decimal(f"{value:f}") == value


@given(DECIMALS)
@property_test
def test_printed_with_thousands_separators_and_read_again(value: Decimal) -> None:
    assert parse_decimal(f"{value:,f}") == value


@given(st.integers(min_value=0, max_value=999_999_999))
@property_test
def test_printed_with_blanks_and_read_again(value: int) -> None:
    assert parse_decimal(f"{value:,d}".replace(",", " ")) == value


@given(st.integers(min_value=0, max_value=99999), st.integers(min_value=0, max_value=99))
@property_test
def test_printed_with_a_decimal_comma_and_read_again(whole: int, hundredths: int) -> None:
    assert parse_decimal(f"{whole},{hundredths:02d}") == Decimal(f"{whole}.{hundredths:02d}")


@given(st.integers(min_value=2, max_value=9), st.integers(min_value=0, max_value=9))
@property_test
def test_numbers_in_words_are_added_up(tens: int, ones: int) -> None:
    words = f"{TENS[tens - 2]}-{ONES[ones]}".rstrip("-")
    assert parse_integer(words) == 10 * tens + ones
