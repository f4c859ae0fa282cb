"""The three-valued answers to criteria at one time point of a case.

Answers are exact as long as no fact answers a criterion and, elsewhere in the same set, its negation: then the
verdicts with all unknown items met and with all of them not met bound all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from typing import Any

from rdflib import URIRef

from hfskg.criteria.conversion import Converter
from hfskg.criteria.facts import CaseFacts, Measurement, Span
from hfskg.criteria.facts import Statement as Told
from hfskg.criteria.loading import CriteriaBook
from hfskg.criteria.logic import Comparator, Interval, Truth, at_least, compare
from hfskg.criteria.model import (
    Age,
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Exposure,
    Genetic,
    Limit,
    LinearTerm,
    Not,
    Persistence,
    PointsTerm,
    Ratio,
    Score,
    Statement,
    Threshold,
)
from hfskg.criteria.statements import StatementFinder
from hfskg.namespaces import HFS

__all__ = ["Answer", "Evaluation"]

_PRESENT = frozenset({HFS.Present})
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a criterion.

    Attributes:
        truth: Whether it is met; for a term of a score, whether it earns points.
        events: The events that the answer rests on.
        range: For scores and their terms, the numbers that they may be.
    """

    truth: Truth
    events: tuple[URIRef, ...] = ()
    range: Interval | None = None


_UNKNOWN = Answer(Truth.UNKNOWN)


class Evaluation:
    """Answers criteria at one time point of a case.

    Args:
        book: The criteria sets and what belongs to them.
        converter: Finds the multipliers between units.
        facts: The case.
        span: The days in question; None for what is told without its day.
        lenient: Whether words without figures count.
    """

    def __init__(
        self, book: CriteriaBook, converter: Converter, facts: CaseFacts, span: Span | None, *, lenient: bool = False
    ) -> None:
        self._book = book
        self._converter = converter
        self._facts = facts
        self._span = span
        self._lenient = lenient
        self._statements = StatementFinder(facts, book.ancestors, span)
        self._answers: dict[Criterion, Answer] = {}
        self._kinds: dict[type[Criterion], Callable[[Any], Answer]] = {
            AllOf: self._all_of,
            AnyOf: self._any_of,
            AtLeast: self._at_least,
            Not: self._not,
            Threshold: self._threshold,
            Ratio: self._ratio,
            Age: self._age,
            Statement: self._statement,
            Exposure: self._exposure,
            Genetic: self._genetic,
            PointsTerm: self._points_term,
            LinearTerm: self._linear_term,
            Score: self._score,
        }

    def answer(self, criterion: Criterion) -> Answer:
        """Return the answer to a criterion."""
        known = self._answers.get(criterion)
        if known is None:
            known = self._kinds[type(criterion)](criterion)
            if self._lenient and known.truth is Truth.UNKNOWN:
                known = self._in_words(criterion, known)
            self._answers[criterion] = known
        return known

    def _in_words(self, criterion: Criterion, strict: Answer) -> Answer:
        """Return what words without figures say where the strict reading does not know."""
        persistence = criterion.persistence if isinstance(criterion, Statement) else Persistence.OWN_DAY
        for term in criterion.suggested_by:
            truth, events = self._statements.find(term, _PRESENT, persistence)
            if truth is Truth.MET:
                return Answer(truth, (*strict.events, *events), strict.range)
        return Answer(Truth.NOT_MET, strict.events, strict.range) if criterion.assumed_not_met else strict

    def _truths(self, parts: Iterable[Criterion]) -> list[Truth]:
        return [self.answer(part).truth for part in parts]

    def _all_of(self, criterion: AllOf) -> Answer:
        return Answer(min(self._truths(criterion.members)))

    def _any_of(self, criterion: AnyOf) -> Answer:
        return Answer(max(self._truths(criterion.members)))

    def _at_least(self, criterion: AtLeast) -> Answer:
        return Answer(at_least(criterion.count, self._truths(criterion.members)))

    def _not(self, criterion: Not) -> Answer:
        return Answer(-self.answer(criterion.members[0]).truth)

    def _threshold(self, criterion: Threshold) -> Answer:
        measured = [m for analyte in criterion.analytes for m in self._measured(analyte)]
        if measured:
            truths = [self._compared(m, criterion.comparator, criterion.limits) for m in measured]
            events = tuple(m.iri for m in measured)
            if self._span is None and len(set(truths)) > 1:
                return Answer(Truth.UNKNOWN, events)
            return Answer(max(truths), events)
        for term in criterion.denied_by_absence:
            truth, events = self._statements.find(term, _PRESENT, Persistence.OWN_DAY)
            if truth is Truth.NOT_MET:
                return Answer(truth, events)
        return self._abnormal(criterion) if self._lenient else _UNKNOWN

    def _measured(self, analyte: URIRef) -> list[Measurement]:
        return [m for m in self._facts.measurements.get(analyte, ()) if m.span == self._span]

    def _compared(self, measurement: Measurement, comparator: Comparator, limits: tuple[Limit, ...]) -> Truth:
        by_unit = {limit.unit: limit.value for limit in limits}
        for unit, value in measurement.values:
            if unit is None:
                if None in by_unit:
                    return compare(value, comparator, _point(by_unit[None]))
                continue
            targets = frozenset(u for u in by_unit if u is not None)
            way = self._converter.multiplier(measurement.analyte, unit, targets)
            if way is not None:
                return compare(value.times(way[1]), comparator, _point(by_unit[way[0]]))
        return Truth.UNKNOWN

    def _abnormal(self, criterion: Threshold) -> Answer:
        """Return what an unquantified abnormal or normal result says."""
        direction = HFS.High if criterion.comparator in (">", ">=") else HFS.Low
        for analyte in criterion.analytes:
            for finding in self._book.abnormal.get((analyte, direction), ()):
                truth, events = self._statements.find(finding, _PRESENT, Persistence.OWN_DAY)
                if truth is Truth.MET and criterion.abnormal_settles:
                    return Answer(truth, events)
                if truth is Truth.NOT_MET and criterion.normal_settles:
                    return Answer(truth, events)
        return _UNKNOWN

    def _ratio(self, criterion: Ratio) -> Answer:
        above, above_events = self._value(criterion.numerator, criterion.numerator_unit)
        below, below_events = self._value(criterion.denominator, criterion.denominator_unit)
        events = (*above_events, *below_events)
        if above is None or below is None:
            return Answer(Truth.UNKNOWN, events)
        return Answer(compare(above, criterion.comparator, below.times(criterion.limit)), events)

    def _value(self, analyte: URIRef, unit: URIRef) -> tuple[Interval | None, tuple[URIRef, ...]]:
        """Return what an analyte may measure in a unit, and the measurements."""
        found: list[Interval] = []
        events: list[URIRef] = []
        for measurement in self._measured(analyte):
            for printed, value in measurement.values:
                way = printed and self._converter.multiplier(measurement.analyte, printed, frozenset({unit}))
                if way:
                    found.append(value.times(way[1]))
                    events.append(measurement.iri)
                    break
        return (reduce(Interval.hull, found) if found else None), tuple(events)

    def _age(self, criterion: Age) -> Answer:
        for observation, unit, told in self._facts.ages:
            value = replace(told, lower=_NOTHING) if criterion.bounds_from_above else told
            for limit in criterion.limits:
                if limit.unit == unit:
                    return Answer(compare(value, criterion.comparator, _point(limit.value)), (observation,))
        return _UNKNOWN

    def _statement(self, criterion: Statement) -> Answer:
        found = [
            self._statements.find(term, criterion.statuses, criterion.persistence, criterion.denied_by_absence)
            for term in criterion.terms
        ]
        implied = [
            self._statements.find(term, criterion.statuses, criterion.persistence) for term in criterion.implied_by
        ]
        found += [one for one in implied if one[0] is Truth.MET]
        truth = max(one for one, _ in found)
        events = tuple(dict.fromkeys(event for _, told in found for event in told))
        if truth is Truth.MET and not criterion.presence_suffices and not self._lenient:
            return Answer(Truth.UNKNOWN, events)
        if truth is Truth.UNKNOWN and not events:
            suggested = self._lenient and self._in_words(criterion, _UNKNOWN).truth is Truth.MET
            for term in () if suggested else criterion.denied_by_presence:
                here, events = self._statements.find(term, _PRESENT, Persistence.WHOLE_COURSE)
                if here is Truth.MET:
                    return Answer(Truth.NOT_MET, events)
            events = ()
        return Answer(truth, events)

    def _exposure(self, criterion: Exposure) -> Answer:
        given = [told for drug in criterion.drugs for told in self._facts.drugs.get(drug, ())]
        events = [told.iri for told in given if self._long_enough(told, given, criterion.minimum_days)]
        if events:
            return Answer(Truth.MET, tuple(events))
        until = [told.iri for told in given if told.status != HFS.Stop and self._begun(told)]
        return Answer(Truth.MET if until and self._lenient else Truth.UNKNOWN, tuple(until))

    def _begun(self, told: Told) -> bool:
        return self._span is None or told.span is None or told.span.earliest <= self._span.latest

    def _long_enough(self, told: Told, given: list[Told], days: int) -> bool:
        """Tell whether a drug begun so many days before was not stopped since, nor given for a set time only."""
        here, begun = self._span, told.span
        if here is None or begun is None or told.limited or told.status == HFS.Stop:
            return False
        stopped = any(
            other.term == told.term
            and other.status == HFS.Stop
            and other.span is not None
            and begun.earliest <= other.span.latest
            and other.span.earliest <= here.latest
            for other in given
        )
        return begun.latest + days <= here.earliest and not stopped

    def _genetic(self, criterion: Genetic) -> Answer:
        told = [variant for gene in criterion.genes for variant in self._facts.variants.get(gene, ())]
        present = [variant for variant in told if variant.status == HFS.Present]
        proof = tuple(variant.iri for variant in present if variant.detail in criterion.zygosities)
        if proof:
            return Answer(Truth.MET, proof)
        if present:
            return Answer(Truth.UNKNOWN, tuple(variant.iri for variant in present))
        if {variant.term for variant in told} == set(criterion.genes):
            return Answer(Truth.NOT_MET, tuple(variant.iri for variant in told))
        for term in criterion.denied_by_absence:
            truth, events = self._statements.find(term, _PRESENT, Persistence.WHOLE_COURSE)
            if truth is Truth.NOT_MET:
                return Answer(truth, events)
        return _UNKNOWN

    def _points_term(self, criterion: PointsTerm) -> Answer:
        truths = self._truths(criterion.members)
        certain = max((i for i, truth in enumerate(truths) if truth is Truth.MET), default=-1)
        points = [_NOTHING] if certain < 0 else [criterion.classes[certain].points]
        points += [
            c.points
            for c, t in zip(criterion.classes[certain + 1 :], truths[certain + 1 :], strict=True)
            if t is not Truth.NOT_MET
        ]
        return Answer(_earns(points), range=Interval(min(points), max(points)))

    def _linear_term(self, criterion: LinearTerm) -> Answer:
        value, events = self._value(criterion.analyte, criterion.unit)
        span = (value or Interval(_NOTHING, None)).times(criterion.weight)
        return Answer(Truth.UNKNOWN if value is None else Truth.MET, events, span)

    def _score(self, criterion: Score) -> Answer:
        total = reduce(Interval.plus, (self.answer(term).range or _point(_NOTHING) for term in criterion.terms))
        return Answer(compare(total, criterion.comparator, _point(criterion.cut_off)), range=total)


def _point(value: Decimal) -> Interval:
    return Interval(value, value)


def _earns(points: list[Decimal]) -> Truth:
    """Tell whether a term earns points: the number is known and not zero, known and zero, or not known."""
    if len(set(points)) > 1:
        return Truth.UNKNOWN
    return Truth.MET if points[0] else Truth.NOT_MET
