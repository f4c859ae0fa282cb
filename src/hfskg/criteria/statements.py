"""What the statements of a case say of a term at one time point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import URIRef

from hfskg.criteria.facts import CaseFacts, Span, Statement
from hfskg.criteria.logic import Truth
from hfskg.criteria.model import Persistence

__all__ = ["StatementFinder"]


class StatementFinder:
    """Answers whether a term is present at one time point.

    Args:
        facts: The case.
        ancestors: The superclasses of each class, itself included.
        span: The days in question; None for what is told without its day.
    """

    def __init__(self, facts: CaseFacts, ancestors: Mapping[URIRef, frozenset[URIRef]], span: Span | None) -> None:
        self._facts = facts
        self._ancestors = ancestors
        self._span = span

    def find(
        self,
        term: URIRef,
        statuses: frozenset[URIRef],
        persistence: Persistence,
        denied_by_absence: Iterable[URIRef] = (),
    ) -> tuple[Truth, tuple[URIRef, ...]]:
        """Return whether a term is present, and the events that say so.

        A statement of a term holds for all terms above it, a denial for all below it.

        Args:
            term: The finding or condition.
            statuses: The statuses that count as present.
            persistence: For how long statements hold.
            denied_by_absence: Further terms whose denial denies this one.
        """
        affirmed = [s for s in self._facts.affirmed.get(term, ()) if s.status in statuses]
        above = self._ancestors.get(term, frozenset({term})).union(denied_by_absence)
        denied = [s for t in sorted(above) if t in self._facts.denied for s in self._facts.denied[t]]
        if not affirmed and not denied:
            return Truth.UNKNOWN, ()
        match persistence:
            case Persistence.OWN_DAY:
                return self._own_day(affirmed, denied)
            case Persistence.WITHIN_ADMISSION:
                return self._within_admission(affirmed, denied)
            case Persistence.WHOLE_COURSE:
                return _verdict(affirmed, denied, conflict=Truth.UNKNOWN)
            case Persistence.AT_ANY_TIME:
                return _verdict(self._until(affirmed), self._until(denied), conflict=Truth.MET)

    def _own_day(self, affirmed: list[Statement], denied: list[Statement]) -> tuple[Truth, tuple[URIRef, ...]]:
        here = self._span
        if here is None:
            return _verdict(_undated(affirmed), _undated(denied), conflict=Truth.MET)
        widths = {
            s: s.span.latest - s.span.earliest
            for s in (*affirmed, *denied)
            if s.span is not None and s.span.holds(here)
        }
        narrowest = min(widths.values(), default=0)
        return _verdict(
            [s for s in affirmed if widths.get(s) == narrowest],
            [s for s in denied if widths.get(s) == narrowest],
            conflict=Truth.MET,
        )

    def _within_admission(self, affirmed: list[Statement], denied: list[Statement]) -> tuple[Truth, tuple[URIRef, ...]]:
        here = self._span
        if here is None:
            return _verdict(_undated(affirmed), _undated(denied), conflict=Truth.MET)
        ends = {s: s.span.latest for s in (*affirmed, *denied) if s.span is not None and self._lasts(s, s.span, here)}
        if ends:
            last = max(ends.values())
            return _verdict(
                [s for s in affirmed if ends.get(s) == last],
                [s for s in denied if ends.get(s) == last],
                conflict=Truth.UNKNOWN,
            )
        return _verdict(
            [s for s in _undated(affirmed) if not self._left_behind(s, here)],
            [s for s in _undated(denied) if not self._left_behind(s, here)],
            conflict=Truth.UNKNOWN,
        )

    def _lasts(self, statement: Statement, span: Span, here: Span) -> bool:
        """Tell whether a dated statement was made by then and no admission began since."""
        if span.holds(here):
            return True
        began = (a.span.earliest for a in self._facts.admissions if a.span is not None)
        return span.latest <= here.earliest and not any(span.latest < day <= here.earliest for day in began)

    def _left_behind(self, statement: Statement, here: Span) -> bool:
        """Tell whether an undated statement belongs to an earlier admission, by the order of the narrative."""
        began = self._facts.admissions
        return any(a.order < statement.order for a in began) and any(
            a.order > statement.order and a.span is not None and a.span.earliest <= here.earliest for a in began
        )

    def _until(self, statements: list[Statement]) -> list[Statement]:
        here = self._span
        return [s for s in statements if here is None or s.span is None or s.span.earliest <= here.latest]


def _undated(statements: list[Statement]) -> list[Statement]:
    return [s for s in statements if s.span is None]


def _verdict(
    affirmed: list[Statement], denied: list[Statement], *, conflict: Truth
) -> tuple[Truth, tuple[URIRef, ...]]:
    events = tuple(s.iri for s in (*affirmed, *denied))
    if affirmed and denied:
        return conflict, events
    return Truth.MET if affirmed else Truth.NOT_MET if denied else Truth.UNKNOWN, events
