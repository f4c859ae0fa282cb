from __future__ import annotations

import pytest

from hfskg.reading.formats.extract import find_doi, web_address


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi:10.1234/Glow.5", "10.1234/glow.5"),
        ("(https://doi.org/10.1234/s1(5)2).", "10.1234/s1(5)2"),
        ("10.1234/glow.5, 2001", "10.1234/glow.5"),
        ("a dose of 10.5 mg/kg", None),
    ],
)
def test_find_doi(text: str, doi: str | None) -> None:
    assert find_doi(text) == doi


def test_a_doi_may_have_to_be_named() -> None:
    assert find_doi("10.1234/a DOI: 10.1234/b", named=True) == "10.1234/b"
    assert find_doi("10.1234/a", named=True) is None


@pytest.mark.parametrize("text", [None, "", "free for all", "https://example.org/a b", "ftp://example.org"])
def test_no_web_address(text: str | None) -> None:
    assert web_address(text) is None
