from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.helpers import TEXT, document
from hfskg.curation.quoting import find_quote, one_quote
from hfskg.errors import CurationError


def test_a_quote_is_found_across_line_ends_and_keeps_the_characters_of_the_source() -> None:
    found = one_quote(document(), "intravenous anakinra was")
    assert found.quote == "intravenous\nanakinra was" == TEXT[found.start : found.end]


def test_one_of_several_is_told_by_occurrence_or_start() -> None:
    spans = find_quote(document(), "fever")
    assert [TEXT[first:last] for first, last in spans] == ["fever"] * 3
    assert find_quote(document(), "fever", occurrence=2) == spans[1:2] == find_quote(document(), "fever", start=242)


@pytest.mark.parametrize(
    ("quote", "occurrence", "message"),
    [
        ("feverish", None, "does not stand in report.txt. Quotes are copied"),
        ("FEVER", None, "With other capitals it stands at 58"),
        ("fever", None, "stands 3 times in report.txt, at 58, 242, 335. Give occurrence"),
        ("fever", 4, "stands 3 times in report.txt, not 4"),
    ],
)
def test_a_quote_that_is_not_one_span_is_told(quote: str, occurrence: int | None, message: str) -> None:
    with pytest.raises(CurationError, match=message):
        one_quote(document(), quote, occurrence)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 60))
def test_whatever_stands_in_the_text_is_found_there(start: int, length: int) -> None:
    quote = TEXT[start : start + length].strip()
    if quote:
        assert any(TEXT[first:last] == quote for first, last in find_quote(document(), quote))
