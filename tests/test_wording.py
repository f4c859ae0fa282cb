from __future__ import annotations

import pytest

from hfskg.wording import counted, folded_name, quoted


@pytest.mark.parametrize(("number", "expected"), [(0, "0 cases"), (1, "1 case"), (2, "2 cases"), (1234, "1,234 cases")])
def test_a_noun_is_in_the_plural_unless_there_is_one(number: int, expected: str) -> None:
    assert counted(number, "case") == expected


def test_a_quote_is_put_on_one_line() -> None:
    assert quoted(" It\n\tglows. ") == "«It glows.»"


@pytest.mark.parametrize(("length", "shown"), [(100, 100), (101, 100), (500, 100)])
def test_a_long_quote_is_cut(length: int, shown: int) -> None:
    quote = quoted("x" * length)
    assert len(quote) == shown + len("«»")
    assert quote.endswith("…»") == (length > shown)


@pytest.mark.parametrize("name", ["Still disease", " still-DISEASE ", "Still_ -\tdisease"])
def test_a_name_is_compared_without_capitals_blanks_hyphens_and_underscores(name: str) -> None:
    assert folded_name(name) == "still disease"
