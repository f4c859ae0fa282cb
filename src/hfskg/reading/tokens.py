"""Words, numbers and signs of a text, each knowing its characters in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from hfskg.reading.cues import rows

__all__ = ["Token", "fold_word", "tokenize"]

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_][^\W_]*(?:(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ])[^\W_]+)*(?:['’](?=s\b)s)?)"
    r"|(?P<number>\d+(?:[.,·]\d+)*)"
    r"|(?P<sign>[^\s])"
)
_WORD, _NUMBER = _TOKEN.groupindex["word"], _TOKEN.groupindex["number"]
_LINE_BREAK = re.compile(r"-[ \t]*\r?\n[ \t]*")
_CITATION = re.compile(r"^([^\W\d_]{5,}?)\d{1,3}$")


class Token(NamedTuple):
    """A word, number or sign.

    Attributes:
        start: Offset of its first character in the source.
        end: Offset behind its last character.
        text: Its characters, a hyphen at a line's end removed.
        fold: What is compared: case, British spelling and plural folded.
        kind: ``word``, ``number`` or ``sign``.
    """

    start: int
    end: int
    text: str
    fold: str
    kind: str


@cache
def _spellings() -> tuple[tuple[tuple[str, str], ...], re.Pattern[str]]:
    """Return the pairs of spellings, and a pattern that finds whether a word has any of the first."""
    pairs = tuple((row["from"], row["to"]) for row in rows("spelling"))
    return pairs, re.compile("|".join(re.escape(old) for old, _ in pairs))


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return the form of a word that is compared.

    Example:
        >>> fold_word("Haemodialysis"), fold_word("biopsies"), fold_word("tumours")
        ('hemodialysis', 'biopsy', 'tumor')
    """
    folded = word.casefold().replace("’s", "").replace("'s", "")
    citation = _CITATION.match(folded)
    if citation:
        folded = citation[1]
    pairs, any_of_them = _spellings()
    if any_of_them.search(folded):
        for old, new in pairs:
            folded = folded.replace(old, new)
    if len(folded) > 4 and folded.endswith("ies"):
        return folded[:-3] + "y"
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "is", "us")):
        return folded[:-1]
    return folded


def tokenize(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    r"""Yield the tokens of ``text[start:end]`` in order.

    A word broken by a hyphen at a line's end is one token whose span covers the break.

    Example:
        >>> [token.text for token in tokenize("2mg/kg of lympho-\ncytes")]
        ['2', 'mg', '/', 'kg', 'of', 'lymphocytes']
    """
    make = tuple.__new__
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        first, last = match.span()
        surface = text[first:last]
        group = match.lastindex
        if group == _WORD:
            surface = _LINE_BREAK.sub("", surface) if "-" in surface else surface
            yield make(Token, (first, last, surface, fold_word(surface), "word"))
        else:
            yield make(Token, (first, last, surface, surface, "number" if group == _NUMBER else "sign"))
