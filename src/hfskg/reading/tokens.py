"""Words, numbers and signs of a text, each knowing its characters in the source."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from hfskg.reading.cues import rows

__all__ = ["Token", "fold_word", "tokenize"]

_TOKEN = re.compile(
    r"[a-zA-Z]+(?=[ \n])"
    r"|[^\W\d_][^\W_]*(?:(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ])[^\W_]+)*(?:['’](?=s\b)s)?"
    r"|\d+(?:[.,·]\d+)*"
    r"|\S"
)
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


@lru_cache(maxsize=65536)
def _read(characters: str) -> tuple[str, str, str]:
    """Return the text, fold and kind of a token of some characters."""
    if characters[0].isdecimal():
        return characters, characters, "number"
    if not characters[0].isalnum():
        return characters, characters, "sign"
    text = _LINE_BREAK.sub("", characters)
    return text, fold_word(text), "word"


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    r"""Return the tokens of ``text[start:end]`` in order.

    A word broken by a hyphen at a line's end is one token whose span covers the break.

    Example:
        >>> [token.text for token in tokenize("2mg/kg of lympho-\ncytes")]
        ['2', 'mg', '/', 'kg', 'of', 'lymphocytes']
    """
    make, read = tuple.__new__, _read
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [make(Token, match.span() + read(match[0])) for match in found]
