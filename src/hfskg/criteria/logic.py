"""Three-valued logic and the comparison of intervals, of which criteria are made."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Literal, NamedTuple

__all__ = ["COMPARATORS", "Comparator", "Interval", "Truth", "at_least", "compare", "earns"]

Comparator = Literal["=", "<", ">", "<=", ">="]

COMPARATORS: dict[str, Comparator] = {"=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}


class Truth(IntEnum):
    """Whether something is met.

    Ordered, so that the minimum of several is their conjunction, the maximum their disjunction and the
    negative number the negation.
    """

    NOT_MET = -1
    UNKNOWN = 0
    MET = 1

    def __neg__(self) -> Truth:
        return _NEGATED[self]


_NEGATED = {Truth.NOT_MET: Truth.MET, Truth.UNKNOWN: Truth.UNKNOWN, Truth.MET: Truth.NOT_MET}


def at_least(count: int, of: int, parts: Iterable[Truth]) -> Truth:
    """Tell whether at least so many parts are met; no more of them are asked for than that takes.

    Args:
        count: How many have to be met.
        of: The number of parts.
        parts: Whether each is met.

    Example:
        >>> at_least(2, 3, [Truth.MET, Truth.UNKNOWN, Truth.NOT_MET])
        <Truth.UNKNOWN: 0>
        >>> at_least(2, 3, [Truth.MET, Truth.NOT_MET, Truth.NOT_MET])
        <Truth.NOT_MET: -1>
    """
    missing, spare = count, of - count
    if missing <= 0:
        return Truth.MET
    if spare < 0:
        return Truth.NOT_MET
    for part in parts:
        if part is Truth.MET:
            missing -= 1
            if not missing:
                return Truth.MET
        elif part is Truth.NOT_MET:
            spare -= 1
            if spare < 0:
                return Truth.NOT_MET
    return Truth.UNKNOWN


class Interval(NamedTuple):
    """The numbers that a value may be.

    Attributes:
        lower: The least; None where there is none.
        upper: The greatest; None where there is none.
        lower_open: Whether ``lower`` itself is left out.
        upper_open: Whether ``upper`` itself is left out.
    """

    lower: Decimal | None
    upper: Decimal | None
    lower_open: bool = False
    upper_open: bool = False

    @classmethod
    def from_value(cls, comparator: Comparator, value: Decimal) -> Interval:
        """Return what a value as told may be; what is measured is taken not to be negative.

        Example:
            >>> Interval.from_value("<", Decimal("0.46")).upper_open
            True
        """
        if comparator == "=":
            return cls(value, value)
        if comparator in (">", ">="):
            return cls(value, None, lower_open=comparator == ">")
        return cls(Decimal(0) if value >= 0 else None, value, upper_open=comparator == "<")

    def times(self, factor: Decimal) -> Interval:
        """Return the interval multiplied by a factor."""
        lower = None if self.lower is None else self.lower * factor
        upper = None if self.upper is None else self.upper * factor
        if factor < 0:
            return Interval(upper, lower, self.upper_open, self.lower_open)
        return Interval(lower, upper, self.lower_open, self.upper_open)

    def hull(self, other: Interval) -> Interval:
        """Return the least interval that holds both."""
        low, high = self, self
        if self.lower is not None and (
            other.lower is None or (other.lower, other.lower_open) < (self.lower, self.lower_open)
        ):
            low = other
        if self.upper is not None and (
            other.upper is None or (other.upper, not other.upper_open) > (self.upper, not self.upper_open)
        ):
            high = other
        return Interval(low.lower, high.upper, low.lower_open, high.upper_open)

    def plus(self, other: Interval) -> Interval:
        """Return the interval of the sums."""
        return Interval(
            None if self.lower is None or other.lower is None else self.lower + other.lower,
            None if self.upper is None or other.upper is None else self.upper + other.upper,
            self.lower_open or other.lower_open,
            self.upper_open or other.upper_open,
        )


_PLAIN: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


def compare(value: Interval, comparator: Comparator, limit: Interval) -> Truth:
    """Tell whether a value compares with a limit as asked, whatever numbers both are.

    Example:
        >>> below = Interval.from_value("<", Decimal("0.46"))
        >>> compare(below, "<=", Interval(Decimal("0.46"), Decimal("0.46")))
        <Truth.MET: 1>
        >>> compare(below, "<", Interval(Decimal("0.2"), Decimal("0.2")))
        <Truth.UNKNOWN: 0>
    """
    if (
        value.lower is not None
        and value.lower == value.upper
        and limit.lower is not None
        and limit.lower == limit.upper
    ):
        return Truth.MET if _PLAIN[comparator](value.lower, limit.lower) else Truth.NOT_MET
    match comparator:
        case ">":
            return Truth.MET if _above(value, limit) else Truth.NOT_MET if _not_below(limit, value) else Truth.UNKNOWN
        case ">=":
            return Truth.MET if _not_below(value, limit) else Truth.NOT_MET if _above(limit, value) else Truth.UNKNOWN
        case "<":
            return compare(limit, ">", value)
        case "<=":
            return compare(limit, ">=", value)
        case "=":
            return min(compare(value, ">=", limit), compare(value, "<=", limit))


def _above(high: Interval, low: Interval) -> bool:
    """Tell whether every number of one interval is above every number of the other."""
    if high.lower is None or low.upper is None:
        return False
    return high.lower > low.upper or (high.lower == low.upper and (high.lower_open or low.upper_open))


def _not_below(high: Interval, low: Interval) -> bool:
    """Tell whether no number of one interval is below any number of the other."""
    return high.lower is not None and low.upper is not None and high.lower >= low.upper


def earns(points: Sequence[Decimal]) -> Truth:
    """Tell whether a term earns points: their number is known and not zero, known and zero, or not known.

    Args:
        points: The numbers of points that the term may have.

    Example:
        >>> earns([Decimal(30)]), earns([Decimal(0), Decimal(30)])
        (<Truth.MET: 1>, <Truth.UNKNOWN: 0>)
    """
    if len(set(points)) > 1:
        return Truth.UNKNOWN
    return Truth.MET if points[0] else Truth.NOT_MET
