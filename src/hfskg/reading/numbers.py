"""Numbers as documents print them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from hfskg.reading.cues import rows

__all__ = ["parse_count", "parse_decimal", "parse_integer"]

_THOUSANDS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_POINTED = re.compile(r"^\d{1,3}(?:\.\d{3})+$")
_BLANKS = " \u00a0\u2005\u2009\u202f"
_SPACED = re.compile(rf"^\d{{1,3}}(?:[{_BLANKS}]\d{{3}})+(?:\.\d+)?$")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)?$")


@cache
def _words() -> dict[str, int]:
    return {word: int(row["value"]) for row in rows("numbers") for word in (row["word"], row["ordinal"])}


def parse_decimal(text: str) -> Decimal | None:
    """Return the number that a text prints, or None.

    Commas before groups of three digits separate thousands, a single other comma is a decimal comma.

    Example:
        >>> parse_decimal("13,200"), parse_decimal("7,5"), parse_decimal("1·8"), parse_decimal("11 963")
        (Decimal('13200'), Decimal('7.5'), Decimal('1.8'), Decimal('11963'))
    """
    text = text.strip().replace("·", ".")
    if _THOUSANDS.match(text):
        text = text.replace(",", "")
    elif _SPACED.match(text):
        text = re.sub(f"[{_BLANKS}]", "", text)
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def parse_count(text: str) -> Decimal | None:
    """Return the number of whole things whose thousands are set apart by points, or None.

    Example:
        >>> parse_count("98.000"), parse_count("9.8")
        (Decimal('98000'), None)
    """
    text = text.strip()
    return Decimal(text.replace(".", "")) if _POINTED.match(text) else None


def parse_integer(text: str) -> int | None:
    """Return the whole number that digits, an ordinal or a word print, or None.

    Example:
        >>> parse_integer("45th"), parse_integer("fifth"), parse_integer("twenty-one"), parse_integer("x")
        (45, 5, 21, None)
    """
    text = text.strip().casefold()
    ordinal = _ORDINAL.match(text)
    if ordinal:
        return int(ordinal[1])
    parts = re.split(r"[\s–-]+", text)
    values = [_words().get(part) for part in parts]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
