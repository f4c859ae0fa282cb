"""Answers to criteria, and why they are unknown."""

from __future__ import annotations

from typing import NamedTuple

from rdflib import URIRef

from hfskg.criteria.logic import Interval, Truth

__all__ = ["Answer"]


class Answer(NamedTuple):
    """The answer to a criterion.

    Attributes:
        truth: Whether it is met; for a term of a score, whether it earns points.
        events: The events that the answer rests on.
        range: For scores and their terms, the numbers that they may be.
        reason: Why what events have to answer is unknown: an individual of ``hfs:UnknownReason``.
    """

    truth: Truth
    events: tuple[URIRef, ...] = ()
    range: Interval | None = None
    reason: URIRef | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing that becomes known can change it."""
        return self.truth is not Truth.UNKNOWN and (self.range is None or self.range.lower == self.range.upper)
