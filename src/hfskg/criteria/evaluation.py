"""The three-valued answers to criteria at one time point of a case.

Answers are exact as long as no fact answers a criterion and, elsewhere in the same set, its negation: then the
verdicts with all unknown items met and with all of them not met bound all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import reduce
from typing import Any

from rdflib import URIRef

from hfskg.criteria.answers import Answer
from hfskg.criteria.conversion import Converter
from hfskg.criteria.dependence import Bearing
from hfskg.criteria.facts import CaseFacts, Measurement
from hfskg.criteria.facts import Statement as Told
from hfskg.criteria.loading import CriteriaBook
from hfskg.criteria.logic import Interval, Truth, at_least, compare, earns
from hfskg.criteria.model import (
    Age,
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Exposure,
    Genetic,
    LinearTerm,
    Not,
    Persistence,
    PointsTerm,
    Ratio,
    Score,
    Statement,
    Threshold,
)
from hfskg.criteria.statements import Found, StatementFinder
from hfskg.criteria.timepoints import Span, TimePoint
from hfskg.namespaces import HFS

__all__ = ["Evaluation"]

_PRESENT = frozenset({HFS.Present})
_STOP, _HIGH, _LOW = HFS.Stop, HFS.High, HFS.Low
_NOTHING = Decimal(0)
_NO_POINTS = Interval(_NOTHING, _NOTHING)
_NOT_TOLD, _CONTRADICTORY, _IMPRECISE = HFS.NotTold, HFS.Contradictory, HFS.Imprecise
_NO_UNIT, _NO_CONVERSION, _NOT_ENOUGH = HFS.WithoutUnit, HFS.NotConvertible, HFS.NotEnough


_UNKNOWN = Answer(Truth.UNKNOWN, reason=_NOT_TOLD)
_BARE = {truth: Answer(truth) for truth in Truth}


class Evaluation:
    """Answers criteria at one time point of a case.

    Args:
        book: The criteria sets and what belongs to them.
        converter: Finds the multipliers between units.
        facts: The case.
        statements: Finds its statements.
        bearing: Tells which criteria it bears on.
        point: The time point.
        strict: The strict evaluation of the same time point, to make this one the lenient one, in which words
            without figures count.
        before: An evaluation of another time point of the same case and reading: answers that do not hang on the time
            are taken from it.
    """

    def __init__(
        self,
        book: CriteriaBook,
        converter: Converter,
        facts: CaseFacts,
        statements: StatementFinder,
        bearing: Bearing,
        point: TimePoint,
        *,
        strict: Evaluation | None = None,
        before: Evaluation | None = None,
    ) -> None:
        self._book = book
        self._converter = converter
        self._facts = facts
        self._statements = statements
        self._point = point
        self._bearing = bearing
        self._here = facts.measurements.get(point.place, {})
        self._strict = strict
        self._lasting: dict[Criterion, Answer] = {} if before is None else before._lasting
        self._answers: dict[Criterion, Answer] = dict(self._lasting)
        self._kinds: dict[type[Criterion], Callable[[Any], Answer]] = {
            AllOf: self._all_of,
            AnyOf: self._any_of,
            AtLeast: self._at_least,
            Not: self._not,
            PointsTerm: self._points_term,
            Score: self._score,
            Statement: self._statement,
            Exposure: self._exposure,
            Threshold: self._threshold,
            Ratio: self._ratio,
            Age: self._age,
            Genetic: self._genetic,
            LinearTerm: self._linear_term,
        }
        if strict is not None:
            self._kinds.update({kind: strict.answer for kind in (Ratio, Age, Genetic, LinearTerm)})
            self._kinds[Threshold] = self._threshold_in_words

    def answer(self, criterion: Criterion) -> Answer:
        """Return the answer to a criterion."""
        known = self._answers.get(criterion)
        if known is None:
            known = self._answers[criterion] = self._found(criterion)
            if self._bearing.timeless(criterion):
                self._lasting[criterion] = known
        return known

    def _found(self, criterion: Criterion) -> Answer:
        if self._strict is None:
            return self._kinds[type(criterion)](criterion)
        strict = self._strict.answer(criterion)
        # Words only settle what is unknown: what values settle stays as it is.
        if self._bearing.plain(criterion) or (criterion.firm and strict.settled):
            return strict
        known = self._kinds[type(criterion)](criterion)
        return self._in_words(criterion, known) if known.truth is Truth.UNKNOWN and criterion.hinted else known

    def _in_words(self, criterion: Criterion, strict: Answer) -> Answer:
        """Return what words without figures say where the strict reading does not know."""
        if criterion.suggested_by:
            persistence = criterion.persistence if isinstance(criterion, Statement) else Persistence.OWN_DAY
            truth, events = self._present(criterion.suggested_by, persistence)
            if truth is Truth.MET:
                return Answer(truth, (*strict.events, *events), strict.range)
        return strict._replace(truth=Truth.NOT_MET, reason=None) if criterion.assumed_not_met else strict

    def _present(self, terms: Iterable[URIRef], persistence: Persistence) -> Found:
        """Return the first definite answer that one of several terms gives, presence before absence."""
        denied: Found = Truth.UNKNOWN, ()
        for term in terms:
            found = self._statements.find(term, self._point, statuses=_PRESENT, persistence=persistence)
            if found[0] is Truth.MET:
                return found
            if found[0] is Truth.NOT_MET and denied[0] is Truth.UNKNOWN:
                denied = found
        return denied

    def _all_of(self, criterion: AllOf) -> Answer:
        return self._count(len(criterion.members), criterion.members)

    def _any_of(self, criterion: AnyOf) -> Answer:
        return self._count(1, criterion.members)

    def _at_least(self, criterion: AtLeast) -> Answer:
        return self._count(criterion.count, criterion.members)

    def _count(self, count: int, members: tuple[Criterion, ...]) -> Answer:
        return _BARE[at_least(count, len(members), (self.answer(member).truth for member in members))]

    def _not(self, criterion: Not) -> Answer:
        return _BARE[-self.answer(criterion.members[0]).truth]

    def _threshold(self, criterion: Threshold) -> Answer:
        measured = [m for analyte in criterion.analytes for m in self._measured(analyte)]
        if measured:
            compared = [self._compared(m, criterion) for m in measured]
            events = tuple(m.iri for m in measured)
            if self._point.span is None and len({truth for truth, _ in compared}) > 1:
                return Answer(Truth.UNKNOWN, events, reason=_CONTRADICTORY)
            truth, reason = max(compared, key=lambda one: one[0])
            return Answer(truth, events, reason=reason)
        truth, told = self._present(criterion.denied_by_absence, Persistence.OWN_DAY)
        return Answer(truth, told) if truth is Truth.NOT_MET else _UNKNOWN

    def _threshold_in_words(self, criterion: Threshold) -> Answer:
        """Return what an unquantified abnormal or normal result says where no value does."""
        strict = self._threshold(criterion) if self._strict is None else self._strict.answer(criterion)
        if strict.truth is not Truth.UNKNOWN or strict.events:
            return strict
        direction = _HIGH if criterion.comparator in (">", ">=") else _LOW
        findings = [f for analyte in criterion.analytes for f in self._book.abnormal.get((analyte, direction), ())]
        truth, events = self._present(findings, Persistence.OWN_DAY)
        settles = {Truth.MET: criterion.abnormal_settles, Truth.NOT_MET: criterion.normal_settles}
        return Answer(truth, events) if settles.get(truth, False) else strict

    def _measured(self, analyte: URIRef) -> list[Measurement]:
        return self._here.get(analyte, [])

    def _compared(self, measurement: Measurement, criterion: Threshold) -> tuple[Truth, URIRef | None]:
        """Return whether a value meets a threshold, and why that is unknown."""
        unit, value, limits = measurement.unit, measurement.value, criterion.limits
        limit = limits.get(unit)
        if limit is None:
            if unit is None:
                return Truth.UNKNOWN, _NO_UNIT
            way = self._converter.multiplier(measurement.analyte, unit, criterion.units)
            if way is None:
                return Truth.UNKNOWN, _NO_CONVERSION
            limit, value = limits[way[0]], value.times(way[1])
        truth = compare(value, criterion.comparator, limit)
        return truth, _IMPRECISE if truth is Truth.UNKNOWN else None

    def _ratio(self, criterion: Ratio) -> Answer:
        above, above_events = self._value(criterion.numerator, criterion.numerator_unit)
        below, below_events = self._value(criterion.denominator, criterion.denominator_unit)
        events = (*above_events, *below_events)
        if above is None or below is None:
            measured = self._measured(criterion.numerator) and self._measured(criterion.denominator)
            return Answer(Truth.UNKNOWN, events, reason=_NO_CONVERSION if measured else _NOT_TOLD)
        truth = compare(above, criterion.comparator, below.times(criterion.limit))
        return Answer(truth, events, reason=_IMPRECISE if truth is Truth.UNKNOWN else None)

    def _value(self, analyte: URIRef, unit: URIRef) -> tuple[Interval | None, tuple[URIRef, ...]]:
        """Return what an analyte may measure in a unit, and the measurements."""
        found: list[Interval] = []
        events: list[URIRef] = []
        for measurement in self._measured(analyte):
            printed = measurement.unit
            way = printed and self._converter.multiplier(measurement.analyte, printed, frozenset({unit}))
            if way:
                found.append(measurement.value.times(way[1]))
                events.append(measurement.iri)
        return (reduce(Interval.hull, found) if found else None), tuple(events)

    def _age(self, criterion: Age) -> Answer:
        for observation, unit, told in self._facts.ages:
            value = told._replace(lower=_NOTHING) if criterion.bounds_from_above else told
            limit = criterion.limits.get(unit)
            if limit is not None:
                truth = compare(value, criterion.comparator, limit)
                return Answer(truth, (observation,), reason=_IMPRECISE if truth is Truth.UNKNOWN else None)
        return _UNKNOWN

    def _statement(self, criterion: Statement) -> Answer:
        truth, events = self._stated(criterion)
        if truth is Truth.MET and not criterion.presence_suffices and self._strict is None:
            return Answer(Truth.UNKNOWN, events, reason=_NOT_ENOUGH)
        if truth is Truth.UNKNOWN and not events and criterion.denied_by_presence and not self._suggested(criterion):
            other, others = self._present(criterion.denied_by_presence, Persistence.WHOLE_COURSE)
            if other is Truth.MET:
                return Answer(Truth.NOT_MET, others)
        if truth is Truth.UNKNOWN:
            return Answer(truth, events, reason=_CONTRADICTORY if events else _NOT_TOLD)
        return Answer(truth, events)

    def _suggested(self, criterion: Statement) -> bool:
        """Tell whether something is named that suggests what is asked and does not deny it in the strict reading."""
        if self._strict is not None:
            return self._in_words(criterion, _UNKNOWN).truth is Truth.MET
        denying, ancestors = set(criterion.denied_by_presence), self._book.ancestors
        return any(
            told.status in _PRESENT and denying.isdisjoint(ancestors.get(told.term, frozenset({told.term})))
            for term in criterion.suggested_by
            for told in self._facts.affirmed.get(term, ())
        )

    def _stated(self, criterion: Statement) -> Found:
        """Return whether one of the terms is present: denied only if all are that are not merely implying."""
        found = [
            self._statements.find(
                term,
                self._point,
                statuses=criterion.statuses,
                persistence=criterion.persistence,
                denied_by_absence=criterion.denied_by_absence,
            )
            for term in criterion.terms
        ]
        for term in criterion.implied_by:
            implied = self._statements.find(
                term, self._point, statuses=criterion.statuses, persistence=criterion.persistence
            )
            if implied[0] is Truth.MET:
                found.append(implied)
        if len(found) == 1:
            return found[0]
        return max(truth for truth, _ in found), tuple(dict.fromkeys(e for _, events in found for e in events))

    def _exposure(self, criterion: Exposure) -> Answer:
        ignored = {told for drug in criterion.except_for for told in self._facts.drugs.get(drug, ())}
        given = [t for drug in criterion.drugs for t in self._facts.drugs.get(drug, ()) if t not in ignored]
        events = [told.iri for told in given if self._long_enough(told, given, criterion.minimum_days)]
        if events:
            return Answer(Truth.MET, tuple(events))
        until = tuple(told.iri for told in given if told.status != _STOP and self._begun(told))
        if self._strict is None or not until:
            return Answer(Truth.UNKNOWN, until, reason=_NOT_ENOUGH if until else _NOT_TOLD)
        return Answer(Truth.MET, until)

    def _begun(self, told: Told) -> bool:
        here = self._point.span
        if here is None:
            return told.order <= self._point.last
        return told.span is None or told.span.earliest <= here.latest

    def _long_enough(self, told: Told, given: list[Told], days: int) -> bool:
        """Tell whether a drug begun so many days before was not stopped since, nor given for a set time only."""
        here = self._point.span
        begun = self._facts.begun_by.get(told.iri) if told.span is None else told.span.latest
        if here is None or begun is None or told.limited or told.status == _STOP or begun + days > here.earliest:
            return False
        return not any(
            other.term == told.term
            and other.status == _STOP
            and (other.order > told.order if told.span is None else _not_before(told.span, other.span))
            and (other.span is None or other.span.earliest <= here.latest)
            for other in given
        )

    def _genetic(self, criterion: Genetic) -> Answer:
        told = [variant for gene in criterion.genes for variant in self._facts.variants.get(gene, ())]
        present = [variant for variant in told if variant.status == HFS.Present]
        proof = tuple(variant.iri for variant in present if variant.detail in criterion.zygosities)
        if proof:
            return Answer(Truth.MET, proof)
        if present:
            return Answer(Truth.UNKNOWN, tuple(variant.iri for variant in present), reason=_NOT_ENOUGH)
        if {variant.term for variant in told} == set(criterion.genes):
            return Answer(Truth.NOT_MET, tuple(variant.iri for variant in told))
        truth, events = self._present(criterion.denied_by_absence, Persistence.WHOLE_COURSE)
        return Answer(truth, events) if truth is Truth.NOT_MET else _UNKNOWN

    def _points_term(self, criterion: PointsTerm) -> Answer:
        points = []
        for one in reversed(criterion.classes):
            truth = self.answer(one.criterion).truth
            if truth is not Truth.NOT_MET:
                points.append(one.points)
            if truth is Truth.MET:
                break
        else:
            points.append(_NOTHING)
        return Answer(earns(points), range=Interval(min(points), max(points)))

    def _linear_term(self, criterion: LinearTerm) -> Answer:
        value, events = self._value(criterion.analyte, criterion.unit)
        if value is not None:
            return Answer(Truth.MET, events, value.times(criterion.weight))
        reason = _NO_CONVERSION if self._measured(criterion.analyte) else _NOT_TOLD
        return Answer(Truth.UNKNOWN, events, Interval(_NOTHING, None).times(criterion.weight), reason)

    def _score(self, criterion: Score) -> Answer:
        total = reduce(Interval.plus, (self.answer(term).range or _NO_POINTS for term in criterion.terms))
        return Answer(compare(total, criterion.comparator, Interval.from_value("=", criterion.cut_off)), range=total)


def _not_before(begun: Span, stopped: Span | None) -> bool:
    return stopped is not None and begun.earliest <= stopped.latest
