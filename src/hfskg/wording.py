"""How counts and quotes are put into words, for people."""

from __future__ import annotations

__all__ = ["counted", "quoted"]

QUOTE_WIDTH = 100
"""How many characters of a quote are shown."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one.

    Example:
        >>> counted(1, "case"), counted(1200, "case")
        ('1 case', '1,200 cases')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def quoted(text: str) -> str:
    r"""Return a quote on one line, cut where it is long.

    Example:
        >>> quoted("two\nlines")
        '«two lines»'
    """
    line = " ".join(text.split())
    return f"«{line if len(line) <= QUOTE_WIDTH else f'{line[: QUOTE_WIDTH - 1]}…'}»"
