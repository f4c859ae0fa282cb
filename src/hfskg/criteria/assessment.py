"""From a document's graph to the assessments of its patients."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterator
from decimal import Decimal
from enum import Enum

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.criteria.answers import Answer
from hfskg.criteria.conversion import Converter
from hfskg.criteria.dependence import Bearing
from hfskg.criteria.evaluation import Evaluation
from hfskg.criteria.facts import CaseFacts, read_cases
from hfskg.criteria.loading import CriteriaBook, load_criteria
from hfskg.criteria.logic import Truth
from hfskg.criteria.model import CriteriaSet, Criterion
from hfskg.criteria.statements import StatementFinder
from hfskg.criteria.timepoints import TimePoint
from hfskg.namespaces import DATA, HFS, ONTOLOGY, PROV, RDF, RDFS, XSD
from hfskg.rdf import uncollected
from hfskg.version import __version__

__all__ = ["Reading", "assess", "evaluations"]

_VERDICTS = {Truth.MET: HFS.Met, Truth.NOT_MET: HFS.NotMet, Truth.UNKNOWN: HFS.Undetermined}
_ITEMS = {Truth.MET: HFS.itemMet, Truth.NOT_MET: HFS.itemNotMet, Truth.UNKNOWN: HFS.itemUnknown}
_ASSESSMENT, _RESULT, _PATIENT = HFS.CriteriaAssessment, HFS.ItemResult, HFS.patient
_CRITERIA_SET, _ITEM_RESULT, _HANGS_ON, _READING = HFS.criteriaSet, HFS.itemResult, HFS.hangsOn, HFS.reading
_VERDICT, _ANSWER, _CRITERION, _REASON = HFS.verdict, HFS.answer, HFS.criterion, HFS.unknownReason
_MINIMUM, _MAXIMUM, _VERSION = HFS.scoreMinimum, HFS.scoreMaximum, HFS.version
_DERIVED_FROM, _GENERATED_BY, _TYPE = PROV.wasDerivedFrom, PROV.wasGeneratedBy, RDF.type

_LENIENT = "/lenient"

_Triple = tuple[Node, Node, Node]
_books: dict[int, tuple[weakref.ref[Graph], CriteriaBook, Converter]] = {}


class Reading(Enum):
    """How strictly words are taken; each value is the local name of the ontology's individual."""

    STRICT = "StrictReading"
    LENIENT = "LenientReading"


_READINGS = {reading: HFS[reading.value] for reading in Reading}


def assess(graph: Graph, ontology: Graph, readings: Collection[Reading] = (Reading.STRICT, Reading.LENIENT)) -> Graph:
    """Return the criteria assessments of the patients of a document.

    Each criteria set that the ontology defines is assessed for each patient at each time point: the days for which
    something is told that the criteria ask for, and the stretches of the narrative that tell it without its day.
    Verdicts and answers to items are three-valued. In the lenient reading, words without figures count as well.

    Args:
        graph: The document's graph.
        ontology: The merged ontology with its hierarchy. Its criteria are read once for each graph object: what is
            added to it afterwards is not seen.
        readings: The readings to assess in, each with assessments of its own.

    Raises:
        VocabularyError: The ontology defines a criterion that cannot be assessed.

    Example:
        >>> len(assess(Graph(), Graph()))
        0
    """
    book, converter = _book(ontology)
    result = Graph(store="SimpleMemory")
    cases = read_cases(
        graph, book.ancestors, new_admissions=book.new_admissions, arrivals=book.arrivals, asked=book.asks
    )
    with uncollected():
        for facts in cases if book.sets else ():
            activity = URIRef(f"{facts.patient.partition('/case/')[0]}/criteria/activity")
            for triple in _activity(activity):
                result.add(triple)
            for point, strict, lenient in evaluations(facts, book, converter, lenient=Reading.LENIENT in readings):
                writer = _PointWriter(facts, point, activity)
                for criteria_set in book.sets:
                    for triple in writer.assessments(criteria_set, strict, lenient, readings):
                        result.store.add(triple, result)
    return result


def evaluations(
    facts: CaseFacts, book: CriteriaBook, converter: Converter, *, lenient: bool = True
) -> Iterator[tuple[TimePoint, Evaluation, Evaluation | None]]:
    """Yield the evaluations of a case at its time points: the strict one and, if asked for, the lenient one.

    Args:
        facts: The case.
        book: The criteria sets and what belongs to them.
        converter: Finds the multipliers between units.
        lenient: Whether the lenient reading is asked for.
    """
    statements = StatementFinder(facts, book.ancestors)
    bearing = Bearing(facts, book.dependences)
    strict: Evaluation | None = None
    loose: Evaluation | None = None
    for point in facts.points:
        strict = Evaluation(book, converter, facts, statements, bearing, point, before=strict)
        if lenient:
            loose = Evaluation(book, converter, facts, statements, bearing, point, strict=strict, before=loose)
        yield point, strict, loose


def _book(ontology: Graph) -> tuple[CriteriaBook, Converter]:
    """Return the criteria of an ontology; graphs compare by name, so it is known by its identity."""
    key = id(ontology)
    if key not in _books or _books[key][0]() is not ontology:
        book = load_criteria(ontology)
        reference = weakref.ref(ontology, lambda _: _books.pop(key, None))
        _books[key] = reference, book, Converter(book.conversions, book.ancestors)
    return _books[key][1:]


def _activity(activity: URIRef) -> Iterator[_Triple]:
    agent = DATA[f"agent/hfskg-{__version__}"]
    yield activity, _TYPE, PROV.Activity
    yield activity, RDFS.label, Literal("assessment of criteria")
    yield activity, PROV.used, ONTOLOGY
    yield activity, PROV.wasAssociatedWith, agent
    yield agent, _TYPE, PROV.SoftwareAgent
    yield agent, RDFS.label, Literal(f"hfskg {__version__}")
    yield agent, _VERSION, Literal(__version__)


class _PointWriter:
    """Writes what the criteria come to at one time point of a case."""

    def __init__(self, facts: CaseFacts, point: TimePoint, activity: URIRef) -> None:
        self._patient = facts.patient
        self._point = point
        self._activity = activity
        self._stated = facts.stated.get(point.place, [])
        self._written: set[URIRef] = set()
        self._when = list(_when(point))

    def assessments(
        self,
        criteria_set: CriteriaSet,
        strict: Evaluation,
        lenient: Evaluation | None,
        readings: Collection[Reading],
    ) -> Iterator[_Triple]:
        """Yield the assessment of a set in each reading: one node where both agree in all items."""
        same = lenient is not None and self._agree(criteria_set, strict, lenient)
        if Reading.STRICT in readings or same:
            yield from self._assessment(criteria_set, strict, readings if same else (Reading.STRICT,), "")
        if lenient is not None and not same:
            yield from self._assessment(criteria_set, lenient, (Reading.LENIENT,), _LENIENT, strict)

    def _agree(self, criteria_set: CriteriaSet, strict: Evaluation, lenient: Evaluation) -> bool:
        if strict.answer(criteria_set.criterion).truth is not lenient.answer(criteria_set.criterion).truth:
            return False
        return all(strict.answer(part) == lenient.answer(part) for part in (*criteria_set.items, *criteria_set.leaves))

    def _assessment(
        self,
        criteria_set: CriteriaSet,
        evaluation: Evaluation,
        readings: Collection[Reading],
        suffix: str,
        strict: Evaluation | None = None,
    ) -> Iterator[_Triple]:
        subject = URIRef(f"{self._patient}/criteria/{criteria_set.name}/{self._point.name}{suffix}")
        truth = evaluation.answer(criteria_set.criterion).truth
        yield subject, _TYPE, _ASSESSMENT
        yield subject, _PATIENT, self._patient
        yield subject, _CRITERIA_SET, criteria_set.iri
        yield subject, _VERSION, Literal(criteria_set.version)
        yield subject, _GENERATED_BY, self._activity
        yield subject, _VERDICT, _VERDICTS[truth]
        for reading in readings:
            yield subject, _READING, _READINGS[reading]
        for predicate, value in self._when:
            yield subject, predicate, value
        for statement, stated in self._stated:
            if stated == criteria_set.iri:
                yield subject, HFS.statedBy, statement
        for score in criteria_set.scores:
            for predicate, value in _range(evaluation.answer(score), score.probability):
                yield subject, predicate, value
        if truth is Truth.UNKNOWN:
            for item in _hinges(criteria_set.criterion, evaluation):
                yield subject, _HANGS_ON, item.iri
        for item in criteria_set.items:
            yield subject, _ITEMS[evaluation.answer(item).truth], item.iri
            iri = self._item_iri(item, evaluation, strict)
            yield subject, _ITEM_RESULT, iri
            for reading in readings:
                yield iri, _READING, _READINGS[reading]
            yield from self._result(iri, item, evaluation)
        for event in {event for leaf in criteria_set.leaves for event in evaluation.answer(leaf).events}:
            yield subject, _DERIVED_FROM, event

    def _item_iri(self, item: Criterion, evaluation: Evaluation, strict: Evaluation | None) -> URIRef:
        """Return the IRI of an item's result: that of the strict reading where the lenient one does not differ."""
        same = strict is None or all(strict.answer(part) == evaluation.answer(part) for part in (item, *item.leaves))
        name = item.iri.rpartition("#")[2].rpartition("/")[2]
        return URIRef(f"{self._patient}/criterion/{name}/{self._point.name}{'' if same else _LENIENT}")

    def _result(self, iri: URIRef, item: Criterion, evaluation: Evaluation) -> Iterator[_Triple]:
        if iri in self._written:
            return
        self._written.add(iri)
        answer = evaluation.answer(item)
        yield iri, _TYPE, _RESULT
        yield iri, _PATIENT, self._patient
        yield iri, _CRITERION, item.iri
        yield iri, _GENERATED_BY, self._activity
        yield iri, _ANSWER, _VERDICTS[answer.truth]
        for predicate, value in _range(answer, None):
            yield iri, predicate, value
        leaves = [evaluation.answer(leaf) for leaf in item.leaves]
        if answer.truth is Truth.UNKNOWN:
            for reason in {leaf.reason for leaf in leaves if leaf.truth is Truth.UNKNOWN and leaf.reason}:
                yield iri, _REASON, reason
        for event in {event for leaf in leaves for event in leaf.events}:
            yield iri, _DERIVED_FROM, event


def _when(point: TimePoint) -> Iterator[tuple[URIRef, Node]]:
    span = point.span
    yield HFS.firstOrder, _integer(point.first)
    if span is not None and span.earliest == span.latest:
        yield HFS.day, _integer(span.earliest)
    elif span is not None:
        yield HFS.earliestDay, _integer(span.earliest)
        yield HFS.latestDay, _integer(span.latest)
    elif point.phrase is not None:
        yield HFS.timePhrase, Literal(point.phrase)


def _range(answer: Answer, probability: tuple[Decimal, Decimal] | None) -> Iterator[tuple[URIRef, Node]]:
    if answer.range is None:
        return
    bounds = (_MINIMUM, HFS.probabilityMinimum, answer.range.lower), (
        _MAXIMUM, HFS.probabilityMaximum, answer.range.upper,
    )  # fmt: skip
    for predicate, chance, bound in bounds:
        if bound is not None:
            yield predicate, _decimal(bound)
            if probability is not None:
                yield chance, _decimal(_logistic(bound, *probability))


def _logistic(score: Decimal, intercept: Decimal, slope: Decimal) -> Decimal:
    """Return the probability that a logistic model gives a score, to four places.

    Example:
        >>> _logistic(Decimal(169), Decimal("-10.42"), Decimal("0.0624"))
        Decimal('0.5314')
    """
    return (1 / (1 + (-(intercept + slope * score)).exp())).quantize(Decimal("0.0001"))


def _hinges(criterion: Criterion, evaluation: Evaluation) -> Iterator[Criterion]:
    """Yield the unknown items that may settle an unknown criterion.

    Where something is unknown, some completion of the other unknown parts leaves it to each of them; below a part
    that is known, nothing matters any more.
    """
    if evaluation.answer(criterion).truth is not Truth.UNKNOWN:
        return
    if criterion.reported:
        yield criterion
        return
    for part in criterion.parts:
        yield from _hinges(part, evaluation)


def _integer(value: int) -> Literal:
    return Literal(value, datatype=XSD.integer)


def _decimal(value: Decimal) -> Literal:
    return Literal(f"{value:f}", datatype=XSD.decimal)
