"""The time points at which the criteria of a case are answered.

Days with laboratory values are time points, and so are days for which a finding is told that a criterion asks for.
What is told without its day is ordered by the narrative instead: a stretch of it ends where a new phrase of time
stands ("two months later"), where a patient comes to a hospital, where something dated is told between, and where an
analyte is measured again. Each stretch that tells something that a criterion asks for is a time point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

__all__ = ["Narrative", "Place", "Span", "TimePoint", "time_points"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A day, or the days between which something happened.

    Attributes:
        earliest: The first day, from the case's time origin.
        latest: The last day, from the same origin.
    """

    earliest: int
    latest: int

    def holds(self, other: Span) -> bool:
        """Tell whether it reaches over another."""
        return self.earliest <= other.earliest and other.latest <= self.latest

    @property
    def name(self) -> str:
        """The days as the last part of an IRI."""
        return str(self.earliest) if self.earliest == self.latest else f"{self.earliest}-{self.latest}"


Place = Span | int
"""When an event happened: its days, or the number of its stretch of the narrative."""


@dataclass(frozen=True, slots=True)
class TimePoint:
    """A time point of a case.

    Attributes:
        place: Its days, or the number of its stretch of the narrative.
        name: The last part of the IRIs of what is found at it.
        first: The order of its first event.
        last: The order of its last event.
        phrase: The phrase of time of a stretch, as told.
    """

    place: Place
    name: str
    first: int
    last: int
    phrase: str | None = None

    @property
    def span(self) -> Span | None:
        """Its days, if it has any."""
        return self.place if isinstance(self.place, Span) else None


class Narrative:
    """Tells the places of the events of a case, which are given in the order of the narrative.

    Args:
        arrivals: The kinds of encounters by which a stretch of the narrative ends.
    """

    def __init__(self, arrivals: frozenset[URIRef]) -> None:
        self._arrivals = arrivals
        self._number = 0
        self._ended = True
        self._phrase: str | None = None
        self._measured: set[URIRef] = set()
        self.phrases: dict[int, str] = {}

    def place(
        self, span: Span | None, *, phrase: str | None, encounter: URIRef | None, analyte: URIRef | None
    ) -> Place:
        """Return the place of the next event.

        Args:
            span: Its days, if told.
            phrase: Its phrase of time, if told.
            encounter: The kind of encounter that it is.
            analyte: What it measures.
        """
        if encounter in self._arrivals:
            self._end()
        if span is not None:
            self._ended = True
            return span
        if phrase is not None and phrase != self._phrase:
            self._end()
            self._phrase = phrase
        if analyte in self._measured:
            self._end()
        if self._ended:
            self._ended = False
            self._number += 1
            self._measured.clear()
            if self._phrase is not None:
                self.phrases[self._number] = self._phrase
        if analyte is not None:
            self._measured.add(analyte)
        return self._number

    def _end(self) -> None:
        self._ended = True
        self._phrase = None


def time_points(
    measured: Iterable[Place], told: Iterable[Place], orders: dict[Place, tuple[int, int]], phrases: dict[int, str]
) -> list[TimePoint]:
    """Return the time points of a case: days in their order, then stretches in that of the narrative.

    Args:
        measured: The places of its laboratory values.
        told: The places of the statements that criteria ask for; days that hold other time points are none.
        orders: The orders of the first and last event of each place.
        phrases: The phrases of the stretches that have one.
    """
    measured, told = set(measured), set(told)
    spans = {place for place in measured if isinstance(place, Span)}
    for span in sorted((p for p in told if isinstance(p, Span)), key=lambda s: (s.latest - s.earliest, s)):
        if not any(span.holds(other) for other in spans):
            spans.add(span)
    stretches = sorted({place for place in measured | told if isinstance(place, int)})
    if not spans and not stretches:
        stretches = [0]
    points = [TimePoint(span, span.name, *orders[span]) for span in sorted(spans)]
    for number, place in enumerate(stretches, start=1):
        name = "undated" if number == 1 else f"undated-{number}"
        points.append(TimePoint(place, name, *orders.get(place, (0, 0)), phrases.get(place)))
    return points
