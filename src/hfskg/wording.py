"""Words of and for people: how counts and quotes are told, and how the names that they give are compared."""

from __future__ import annotations

import re

__all__ = ["counted", "folded_name", "quoted"]

QUOTE_WIDTH = 100
"""How many characters of a quote are shown."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one.

    Example:
        >>> counted(1, "case"), counted(1200, "case")
        ('1 case', '1,200 cases')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def folded_name(name: str) -> str:
    """Return a name as names are compared: without regard to capitals, blanks, hyphens and underscores.

    Example:
        >>> folded_name(" Still's_disease,  adult-onset ")
        "still's disease, adult onset"
    """
    return " ".join(re.split(r"[\s_-]+", name.casefold().strip()))


def quoted(text: str) -> str:
    r"""Return a quote on one line, cut where it is long.

    Example:
        >>> quoted("two\nlines")
        '«two lines»'
    """
    line = " ".join(text.split())
    return f"«{line if len(line) <= QUOTE_WIDTH else f'{line[: QUOTE_WIDTH - 1]}…'}»"
