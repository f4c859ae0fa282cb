"""What the statements of a case say of a term at one time point."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import URIRef

from hfskg.criteria.facts import CaseFacts, Statement
from hfskg.criteria.logic import Truth
from hfskg.criteria.model import Persistence
from hfskg.criteria.timepoints import Span, TimePoint

__all__ = ["Found", "StatementFinder"]

Found = tuple[Truth, tuple[URIRef, ...]]
"""Whether something is present, and the events that say so."""

_Pool = tuple[list[Statement], list[Statement]]


class StatementFinder:
    """Answers whether a term is present at a time point of one case.

    Args:
        facts: The case.
        ancestors: The superclasses of each class, itself included.
    """

    def __init__(self, facts: CaseFacts, ancestors: Mapping[URIRef, frozenset[URIRef]]) -> None:
        self._facts = facts
        self._ancestors = ancestors
        self._pools: dict[tuple[URIRef, frozenset[URIRef], tuple[URIRef, ...]], _Pool] = {}

    def find(
        self,
        term: URIRef,
        point: TimePoint,
        *,
        statuses: frozenset[URIRef],
        persistence: Persistence,
        denied_by_absence: tuple[URIRef, ...] = (),
    ) -> Found:
        """Return whether a term is present, and the events that say so.

        A statement of a term holds for all terms above it, a denial for all below it.

        Args:
            term: The finding or condition.
            point: The time point.
            statuses: The statuses that count as present.
            persistence: For how long statements hold.
            denied_by_absence: Further terms whose denial denies this one.
        """
        key = term, statuses, denied_by_absence
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = self._pool(term, statuses, denied_by_absence)
        affirmed, denied = pool
        if not affirmed and not denied:
            return Truth.UNKNOWN, ()
        match persistence:
            case Persistence.OWN_DAY:
                return _own_day(affirmed, denied, point)
            case Persistence.WITHIN_ADMISSION:
                return self._within_admission(affirmed, denied, point)
            case Persistence.WHOLE_COURSE:
                return _verdict(affirmed, denied, conflict=Truth.UNKNOWN)
            case Persistence.AT_ANY_TIME:
                return _verdict(_until(affirmed, point), _until(denied, point), conflict=Truth.MET)

    def _pool(self, term: URIRef, statuses: frozenset[URIRef], denied_by_absence: tuple[URIRef, ...]) -> _Pool:
        """Return the statements that affirm a term and those that deny it, at whatever time."""
        above = self._ancestors.get(term, frozenset({term})).union(denied_by_absence)
        return (
            [s for s in self._facts.affirmed.get(term, ()) if s.status in statuses],
            [s for denied, told in self._facts.denied.items() if denied in above for s in told],
        )

    def _within_admission(self, affirmed: list[Statement], denied: list[Statement], point: TimePoint) -> Found:
        here = point.span
        if here is None:
            told = [s for s in (*affirmed, *denied) if s.span is None and self._same_stay(s, point)]
            last = max((s.place for s in told if isinstance(s.place, int)), default=0)
            return _verdict(
                [s for s in affirmed if s in told and s.place == last],
                [s for s in denied if s in told and s.place == last],
                conflict=Truth.MET,
            )
        ends = {s: s.span.latest for s in (*affirmed, *denied) if s.span is not None and self._lasts(s.span, here)}
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

    def _same_stay(self, statement: Statement, point: TimePoint) -> bool:
        """Tell whether an undated statement was made by a stretch of the narrative, in the same admission."""
        began = (a.order for a in self._facts.admissions)
        return statement.order <= point.last and not any(statement.order < order <= point.first for order in began)

    def _lasts(self, span: Span, here: Span) -> bool:
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


def _own_day(affirmed: list[Statement], denied: list[Statement], point: TimePoint) -> Found:
    here = point.span
    if here is None:
        return _verdict(_at(affirmed, point), _at(denied, point), conflict=Truth.MET)
    widths = {
        s: s.span.latest - s.span.earliest for s in (*affirmed, *denied) if s.span is not None and s.span.holds(here)
    }
    narrowest = min(widths.values(), default=0)
    return _verdict(
        [s for s in affirmed if widths.get(s) == narrowest],
        [s for s in denied if widths.get(s) == narrowest],
        conflict=Truth.MET,
    )


def _at(statements: list[Statement], point: TimePoint) -> list[Statement]:
    return [s for s in statements if s.place == point.place]


def _until(statements: list[Statement], point: TimePoint) -> list[Statement]:
    """Return the statements made by a time point; one without day counts for all days."""
    here = point.span
    if here is None:
        return [s for s in statements if s.order <= point.last]
    return [s for s in statements if s.span is None or s.span.earliest <= here.latest]


def _undated(statements: list[Statement]) -> list[Statement]:
    return [s for s in statements if s.span is None]


def _verdict(
    affirmed: list[Statement], denied: list[Statement], *, conflict: Truth
) -> tuple[Truth, tuple[URIRef, ...]]:
    events = tuple(s.iri for s in (*affirmed, *denied))
    if affirmed and denied:
        return conflict, events
    return Truth.MET if affirmed else Truth.NOT_MET if denied else Truth.UNKNOWN, events
