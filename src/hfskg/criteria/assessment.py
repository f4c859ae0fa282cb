"""From a document's graph to the assessments of its patients."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from decimal import Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.criteria.conversion import Converter
from hfskg.criteria.evaluation import Evaluation
from hfskg.criteria.facts import CaseFacts, Span, read_cases
from hfskg.criteria.loading import CriteriaBook, load_criteria
from hfskg.criteria.logic import Truth
from hfskg.criteria.model import CriteriaSet
from hfskg.criteria.statements import StatementFinder
from hfskg.namespaces import HFS, PROV, RDF, XSD

__all__ = ["assess"]

_VERDICTS = {Truth.MET: HFS.Met, Truth.NOT_MET: HFS.NotMet, Truth.UNKNOWN: HFS.Undetermined}
_ITEMS = {Truth.MET: HFS.itemMet, Truth.NOT_MET: HFS.itemNotMet, Truth.UNKNOWN: HFS.itemUnknown}
_ASSESSMENT, _PATIENT, _CRITERIA_SET = HFS.CriteriaAssessment, HFS.patient, HFS.criteriaSet
_VERDICT, _LENIENT_VERDICT, _DERIVED_FROM = HFS.verdict, HFS.lenientVerdict, PROV.wasDerivedFrom

_Triple = tuple[Node, Node, Node]
_books: dict[int, tuple[weakref.ref[Graph], CriteriaBook, Converter]] = {}


def assess(graph: Graph, ontology: Graph) -> Graph:
    """Return the criteria assessments of the patients of a document.

    Each criteria set that the ontology defines is assessed for each patient at each day that has laboratory
    values, and once more on what is told without its day. The verdict is three-valued; the lenient verdict also
    counts words without figures.

    Args:
        graph: The document's graph.
        ontology: The merged ontology with its hierarchy. Its criteria are read once for each graph object: what is
            added to it afterwards is not seen.

    Raises:
        VocabularyError: The ontology defines a criterion that cannot be assessed.

    Example:
        >>> len(assess(Graph(), Graph()))
        0
    """
    book, converter = _book(ontology)
    result = Graph(store="SimpleMemory")
    for facts in read_cases(graph, book.ancestors, book.new_admissions) if book.sets else ():
        statements = StatementFinder(facts, book.ancestors)
        spans: list[Span | None] = [*facts.spans]
        if facts.undated or not spans:
            spans.append(None)
        for span in spans:
            strict = Evaluation(book, converter, facts, statements, span)
            lenient = Evaluation(book, converter, facts, statements, span, strict=strict)
            for criteria_set in book.sets:
                for triple in _assessment(criteria_set, facts, span, strict, lenient):
                    result.add(triple)
    return result


def _book(ontology: Graph) -> tuple[CriteriaBook, Converter]:
    """Return the criteria of an ontology; graphs compare by name, so it is known by its identity."""
    key = id(ontology)
    if key not in _books or _books[key][0]() is not ontology:
        book = load_criteria(ontology)
        reference = weakref.ref(ontology, lambda _: _books.pop(key, None))
        _books[key] = reference, book, Converter(book.conversions, book.ancestors)
    return _books[key][1:]


def _assessment(
    criteria_set: CriteriaSet, facts: CaseFacts, span: Span | None, strict: Evaluation, lenient: Evaluation
) -> Iterator[_Triple]:
    when = "undated" if span is None else span.name
    subject = URIRef(f"{facts.patient}/criteria/{criteria_set.name}/{when}")
    yield subject, RDF.type, _ASSESSMENT
    yield subject, _PATIENT, facts.patient
    yield subject, _CRITERIA_SET, criteria_set.iri
    if span is not None and span.earliest == span.latest:
        yield subject, HFS.day, _integer(span.earliest)
    elif span is not None:
        yield subject, HFS.earliestDay, _integer(span.earliest)
        yield subject, HFS.latestDay, _integer(span.latest)
    yield subject, _VERDICT, _VERDICTS[strict.answer(criteria_set.criterion).truth]
    yield subject, _LENIENT_VERDICT, _VERDICTS[lenient.answer(criteria_set.criterion).truth]
    for item in criteria_set.items:
        yield subject, _ITEMS[strict.answer(item).truth], item.iri
    for score in criteria_set.scores:
        total = strict.answer(score).range
        if total is not None and total.lower is not None:
            yield subject, HFS.scoreMinimum, _decimal(total.lower)
        if total is not None and total.upper is not None:
            yield subject, HFS.scoreMaximum, _decimal(total.upper)
    for event in {event for leaf in criteria_set.leaves for event in strict.answer(leaf).events}:
        yield subject, _DERIVED_FROM, event


def _integer(value: int) -> Literal:
    return Literal(value, datatype=XSD.integer)


def _decimal(value: Decimal) -> Literal:
    return Literal(f"{value:f}", datatype=XSD.decimal)
