"""How counts are put into words, for messages to people."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one.

    Example:
        >>> counted(1, "case"), counted(1200, "case")
        ('1 case', '1,200 cases')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
