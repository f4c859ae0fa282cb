"""The criteria sets of an ontology, read from its graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.criteria.dependence import Dependence, abnormal_findings, dependences, with_superclasses
from hfskg.criteria.logic import COMPARATORS, Comparator, Interval
from hfskg.criteria.model import (
    Age,
    AllOf,
    AnyOf,
    AtLeast,
    CriteriaSet,
    Criterion,
    Exposure,
    Genetic,
    Limits,
    LinearTerm,
    Not,
    Persistence,
    PointsClass,
    PointsTerm,
    Ratio,
    Score,
    Statement,
    Threshold,
)
from hfskg.errors import VocabularyError
from hfskg.namespaces import HFS, OWL, RDF, RDFS

__all__ = ["CriteriaBook", "load_criteria"]


@dataclass(frozen=True)
class CriteriaBook:
    """All that assessing needs of an ontology.

    Attributes:
        sets: The criteria sets, in the order of their names.
        ancestors: The superclasses of each class, itself included; a class without any is not in it.
        abnormal: The findings that an abnormal value of an analyte shows, by analyte and direction.
        conversions: From a unit to others: target, multiplier and the analyte it holds for (None for all).
        new_admissions: The kinds of encounters that end what persists within an admission.
        arrivals: The kinds of encounters that end what is told of a stretch of the narrative.
        asked: The terms that make the time at which they are told a time point.
    """

    sets: tuple[CriteriaSet, ...]
    ancestors: Mapping[URIRef, frozenset[URIRef]]
    abnormal: Mapping[tuple[URIRef, URIRef], tuple[URIRef, ...]]
    conversions: Mapping[URIRef, tuple[tuple[URIRef, Decimal, URIRef | None], ...]]
    new_admissions: frozenset[URIRef]
    arrivals: frozenset[URIRef]
    asked: frozenset[URIRef]

    @cached_property
    def dependences(self) -> Mapping[Criterion, Dependence]:
        """What the answers to the criteria hang on."""
        return dependences((one.criterion for one in self.sets), self.ancestors, self.abnormal)

    def asks(self, term: URIRef, denied: bool) -> bool:
        """Tell whether a statement of a term makes a time point.

        Args:
            term: The finding or condition.
            denied: Whether the statement denies it, and with it all below it.
        """
        above = self.ancestors.get(term, frozenset({term}))
        return not self.asked.isdisjoint(above) or (denied and term in self._above_asked)

    @cached_property
    def _above_asked(self) -> frozenset[URIRef]:
        return with_superclasses(self.asked, self.ancestors)


def load_criteria(ontology: Graph) -> CriteriaBook:
    """Return the criteria sets of an ontology and what assessing needs besides.

    Args:
        ontology: The merged ontology, its hierarchy materialised or not.

    Raises:
        VocabularyError: A criterion lacks what its kind needs, or is part of itself.

    Example:
        >>> load_criteria(Graph()).sets
        ()
    """
    ancestors = _ancestors(ontology)
    loader = _Loader(ontology, ancestors)
    sets = [loader.criteria_set(s) for s in _named(ontology.subjects(RDF.type, HFS.CriteriaSet))]
    abnormal = _abnormal(ontology)
    return CriteriaBook(
        sets=tuple(sorted(sets, key=lambda one: one.name)),
        ancestors=ancestors,
        abnormal=abnormal,
        conversions=_conversions(ontology),
        new_admissions=frozenset(_named(ontology.objects(HFS.WithinAdmission, HFS.endedBy))),
        arrivals=frozenset(_named(ontology.objects(HFS.OwnDay, HFS.endedBy))),
        asked=frozenset(term for one in sets for term in _asked(one, abnormal)),
    )


def _asked(criteria_set: CriteriaSet, abnormal: Mapping[tuple[URIRef, URIRef], tuple[URIRef, ...]]) -> Iterator[URIRef]:
    """Return the terms whose telling makes a time point for a set: what may change, not what holds the whole course."""
    yield from criteria_set.assesses
    for criterion in criteria_set.criterion.walk():
        if isinstance(criterion, Statement):
            if criterion.persistence not in (Persistence.OWN_DAY, Persistence.WITHIN_ADMISSION):
                continue
            yield from criterion.terms
            yield from criterion.implied_by
        if isinstance(criterion, Threshold):
            yield from criterion.denied_by_absence
            yield from abnormal_findings(criterion, abnormal)
        yield from criterion.suggested_by


class _Loader:
    def __init__(self, graph: Graph, ancestors: Mapping[URIRef, frozenset[URIRef]]) -> None:
        self._graph = graph
        # Where equal IRIs are one object, look-ups need not compare them.
        self._same = {iri: iri for iri in ancestors}
        self._done: dict[URIRef, Criterion] = {}
        self._open: list[URIRef] = []
        self._kinds: dict[URIRef, Callable[[URIRef], Criterion]] = {
            HFS.AllOfCriterion: lambda s: AllOf(*self._common(s), members=self._parts(s)),
            HFS.AnyOfCriterion: lambda s: AnyOf(*self._common(s), members=self._parts(s)),
            HFS.AtLeastCriterion: lambda s: AtLeast(
                *self._common(s), members=self._parts(s), count=int(self._number(s, HFS.minimumCount))
            ),
            HFS.NotCriterion: lambda s: Not(*self._common(s), members=self._parts(s)),
            HFS.ThresholdCriterion: self._threshold,
            HFS.RatioCriterion: self._ratio,
            HFS.AgeCriterion: lambda s: Age(
                *self._common(s),
                comparator=self._comparator(s),
                limits=self._limits(s),
                bounds_from_above=self._flag(s, HFS.boundsFromAbove),
            ),
            HFS.StatementCriterion: self._statement,
            HFS.ExposureCriterion: lambda s: Exposure(
                *self._common(s),
                drugs=self._about(s),
                except_for=self._terms(s, HFS.exceptFor),
                minimum_days=int(self._number(s, HFS.minimumDays)),
            ),
            HFS.GeneticCriterion: lambda s: Genetic(
                *self._common(s),
                genes=self._about(s),
                zygosities=frozenset(self._terms(s, HFS.acceptsZygosity)),
                denied_by_absence=self._terms(s, HFS.deniedByAbsenceOf),
            ),
            HFS.ScoreCriterion: self._score,
            HFS.PointsTerm: self._points_term,
            HFS.LinearTerm: lambda s: LinearTerm(
                *self._common(s),
                analyte=self._one(s, HFS.about),
                unit=self._one(s, HFS.limitUnit),
                weight=self._number(s, HFS.weight),
            ),
        }

    def criteria_set(self, subject: URIRef) -> CriteriaSet:
        criterion = self.criterion(self._one(subject, HFS.decidedBy))
        every = list(dict.fromkeys(criterion.walk()))
        items = sorted(set(_reported(criterion)), key=lambda item: item.iri)
        return CriteriaSet(
            iri=subject,
            name=subject.rpartition("#")[2].rpartition("/")[2],
            criterion=criterion,
            items=tuple(items),
            leaves=tuple(c for c in every if not c.parts),
            scores=tuple(c for c in every if isinstance(c, Score)),
            assesses=self._terms(subject, HFS.assesses),
            version=str(self._graph.value(subject, OWL.versionInfo) or ""),
        )

    def criterion(self, subject: URIRef) -> Criterion:
        if subject not in self._done:
            if subject in self._open:
                raise VocabularyError(f"The criterion {subject} is part of itself.", "Break the circle.")
            builders = [b for kind, b in self._kinds.items() if (subject, RDF.type, kind) in self._graph]
            if len(builders) != 1:
                raise VocabularyError(
                    f"{subject} is used as a criterion and has {len(builders)} kinds of criteria as types.",
                    f"Give it exactly one of {', '.join(sorted(k.removeprefix(HFS) for k in self._kinds))}.",
                )
            self._open.append(subject)
            self._done[subject] = builders[0](subject)
            self._open.pop()
        return self._done[subject]

    def _common(self, subject: URIRef) -> tuple[URIRef, bool, tuple[URIRef, ...], bool]:
        reported = (subject, RDF.type, HFS.CriteriaItem) in self._graph
        return subject, reported, self._terms(subject, HFS.suggestedBy), self._flag(subject, HFS.assumedNotMet)

    def _threshold(self, subject: URIRef) -> Threshold:
        analytes, comparator, limits = self._about(subject), self._comparator(subject), self._limits(subject)
        if None in limits:
            raise VocabularyError(
                f"A limit of the threshold {subject} has no hfs:limitUnit.", "Name the unit it was published in."
            )
        return Threshold(
            *self._common(subject),
            analytes=analytes,
            comparator=comparator,
            limits=limits,
            units=frozenset(unit for unit in limits if unit is not None),
            abnormal_settles=self._flag(subject, HFS.abnormalWordSettles),
            normal_settles=self._flag(subject, HFS.normalWordSettles),
            denied_by_absence=self._terms(subject, HFS.deniedByAbsenceOf),
        )

    def _ratio(self, subject: URIRef) -> Ratio:
        if set(self._limits(subject)) != {None}:
            raise VocabularyError(f"The ratio {subject} needs exactly one limit, a plain number.")
        return Ratio(
            *self._common(subject),
            numerator=self._one(subject, HFS.numerator),
            numerator_unit=self._one(subject, HFS.numeratorUnit),
            denominator=self._one(subject, HFS.denominator),
            denominator_unit=self._one(subject, HFS.denominatorUnit),
            comparator=self._comparator(subject),
            limit=self._number(self._one(subject, HFS.limit), HFS.limitValue),
        )

    def _statement(self, subject: URIRef) -> Statement:
        name = self._one(subject, HFS.persistence).removeprefix(HFS)
        known = {p.value: p for p in Persistence}
        if name not in known:
            raise VocabularyError(f"{subject} has the unknown persistence {name}.", f"Use one of {', '.join(known)}.")
        return Statement(
            *self._common(subject),
            terms=self._about(subject),
            implied_by=self._terms(subject, HFS.impliedBy),
            statuses=frozenset(self._terms(subject, HFS.acceptsStatus)) or frozenset({HFS.Present}),
            persistence=known[name],
            presence_suffices=not self._flag(subject, HFS.presenceInsufficient),
            denied_by_absence=self._terms(subject, HFS.deniedByAbsenceOf),
            denied_by_presence=self._terms(subject, HFS.deniedByPresenceOf),
        )

    def _score(self, subject: URIRef) -> Score:
        found = [self.criterion(term) for term in self._terms(subject, HFS.scoreTerm)]
        terms = tuple(term for term in found if isinstance(term, PointsTerm | LinearTerm))
        if not terms or len(terms) != len(found):
            raise VocabularyError(f"The score {subject} needs terms that are points terms or linear terms.")
        intercept, slope = (_number(self._graph.value(subject, p)) for p in (HFS.logisticIntercept, HFS.logisticSlope))
        if (intercept is None) != (slope is None):
            raise VocabularyError(
                f"The score {subject} has half a logistic model.",
                "Give it both hfs:logisticIntercept and hfs:logisticSlope, as decimal numbers, or none.",
            )
        return Score(
            *self._common(subject),
            members=terms,
            terms=terms,
            comparator=self._comparator(subject),
            cut_off=self._number(subject, HFS.cutOff),
            probability=None if intercept is None or slope is None else (intercept, slope),
        )

    def _points_term(self, subject: URIRef) -> PointsTerm:
        classes = [
            PointsClass(self._number(c, HFS.points), self.criterion(self._one(c, HFS.decidedBy)))
            for c in self._terms(subject, HFS.pointsClass)
        ]
        classes.sort(key=lambda one: abs(one.points))
        return PointsTerm(*self._common(subject), members=tuple(c.criterion for c in classes), classes=tuple(classes))

    def _parts(self, subject: URIRef) -> tuple[Criterion, ...]:
        parts = tuple(self.criterion(part) for part in self._terms(subject, HFS.part))
        if not parts or (len(parts) > 1 and (subject, RDF.type, HFS.NotCriterion) in self._graph):
            raise VocabularyError(
                f"The criterion {subject} has {len(parts)} parts.", "Give it hfs:part, one for a not."
            )
        return parts

    def _limits(self, subject: URIRef) -> Limits:
        limits: dict[URIRef | None, Interval] = {}
        for limit in self._terms(subject, HFS.limit):
            unit, number = self._graph.value(limit, HFS.limitUnit), self._number(limit, HFS.limitValue)
            limits[unit if isinstance(unit, URIRef) else None] = Interval(number, number)
        if not limits:
            raise VocabularyError(f"The criterion {subject} has no hfs:limit.", "Give it one for each unit.")
        return limits

    def _about(self, subject: URIRef) -> tuple[URIRef, ...]:
        terms = self._terms(subject, HFS.about)
        if not terms:
            raise VocabularyError(f"The criterion {subject} does not tell what it is about.", "Add hfs:about.")
        return terms

    def _terms(self, subject: URIRef, relation: URIRef) -> tuple[URIRef, ...]:
        return tuple(self._same.setdefault(term, term) for term in _named(self._graph.objects(subject, relation)))

    def _one(self, subject: URIRef, relation: URIRef) -> URIRef:
        terms = self._terms(subject, relation)
        if len(terms) != 1:
            raise VocabularyError(f"{subject} has {len(terms)} values of {relation}.", "It needs exactly one.")
        return terms[0]

    def _comparator(self, subject: URIRef) -> Comparator:
        told = str(self._graph.value(subject, HFS.limitComparator))
        if told not in COMPARATORS:
            raise VocabularyError(f"{subject} has the comparator {told!r}.", f"Use one of {' '.join(COMPARATORS)}.")
        return COMPARATORS[told]

    def _number(self, subject: URIRef, relation: URIRef) -> Decimal:
        number = _number(self._graph.value(subject, relation))
        if number is None:
            raise VocabularyError(f"{subject} lacks a number as {relation}.", "Give it one.")
        return number

    def _flag(self, subject: URIRef, relation: URIRef) -> bool:
        return (subject, relation, Literal(True)) in self._graph


def _reported(criterion: Criterion) -> Iterator[Criterion]:
    """Return the outermost items of a criterion; what an item is made of is not listed."""
    if criterion.reported:
        yield criterion
    else:
        for part in criterion.parts:
            yield from _reported(part)


def _named(nodes: Iterable[Node]) -> tuple[URIRef, ...]:
    return tuple(sorted({node for node in nodes if isinstance(node, URIRef)}))


def _number(node: Node | None) -> Decimal | None:
    value = node.toPython() if isinstance(node, Literal) else None
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _ancestors(graph: Graph) -> dict[URIRef, frozenset[URIRef]]:
    parents: dict[URIRef, set[URIRef]] = defaultdict(set)
    for child, parent in graph.subject_objects(RDFS.subClassOf):
        if isinstance(child, URIRef) and isinstance(parent, URIRef) and child != parent:
            parents[child].add(parent)
    same: dict[URIRef, URIRef] = {iri: iri for iri in parents}
    table: dict[URIRef, frozenset[URIRef]] = {}
    for start in parents:
        seen, pending = {start}, [start]
        while pending:
            for parent in parents.get(pending.pop(), ()):
                if parent not in seen:
                    seen.add(same.setdefault(parent, parent))
                    pending.append(parent)
        table[start] = frozenset(seen)
    return table


def _abnormal(graph: Graph) -> dict[tuple[URIRef, URIRef], tuple[URIRef, ...]]:
    table: dict[tuple[URIRef, URIRef], set[URIRef]] = defaultdict(set)
    for finding, analyte in graph.subject_objects(HFS.abnormalityOf):
        for direction in graph.objects(finding, HFS.direction):
            if isinstance(finding, URIRef) and isinstance(analyte, URIRef) and isinstance(direction, URIRef):
                table[analyte, direction].add(finding)
    return {key: tuple(sorted(found)) for key, found in table.items()}


def _conversions(graph: Graph) -> dict[URIRef, tuple[tuple[URIRef, Decimal, URIRef | None], ...]]:
    table: dict[URIRef, list[tuple[URIRef, Decimal, URIRef | None]]] = defaultdict(list)
    for conversion in _named(graph.subjects(RDF.type, HFS.UnitConversion)):
        source, target = graph.value(conversion, HFS.fromUnit), graph.value(conversion, HFS.toUnit)
        factor = _number(graph.value(conversion, HFS.multiplier))
        analytes: tuple[URIRef | None, ...] = _named(graph.objects(conversion, HFS.forAnalyte)) or (None,)
        if isinstance(source, URIRef) and isinstance(target, URIRef) and factor is not None:
            table[source].extend((target, factor, analyte) for analyte in analytes)
    return {unit: tuple(found) for unit, found in table.items()}
