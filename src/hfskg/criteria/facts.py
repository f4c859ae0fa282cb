"""What a document's graph tells of a patient, ordered so that criteria find it by term and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.criteria.logic import COMPARATORS, Interval
from hfskg.namespaces import HFS, QUDT, RDF

__all__ = ["CaseFacts", "Measurement", "Span", "Statement", "Told", "read_cases"]

DENYING = frozenset({HFS.Absent, HFS.Excluded, HFS.Resolved})
_KINDS = frozenset(
    {
        HFS.AgeObservation,
        HFS.ClinicalFinding,
        HFS.Diagnosis,
        HFS.DrugAdministration,
        HFS.Encounter,
        HFS.GeneticFinding,
        HFS.LaboratoryMeasurement,
    }
)
_Entry = TypeVar("_Entry")


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


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An event of a patient.

    Attributes:
        iri: The event.
        order: Its place in the narrative.
        span: Its days; None where the document does not tell them.
    """

    iri: URIRef
    order: int
    span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class Measurement(Told):
    """A laboratory value: what it may be in the unit that it was printed in (None for no unit)."""

    analyte: URIRef
    unit: URIRef | None
    value: Interval


@dataclass(frozen=True, slots=True, eq=False)
class Statement(Told):
    """What is said of a term: a status, and the further attributes of variants and drugs."""

    term: URIRef
    status: URIRef
    detail: URIRef | None = None
    limited: bool = False


@dataclass(slots=True)
class CaseFacts:
    """The events of one patient.

    Attributes:
        patient: The patient.
        ages: The ages told: observation, unit and interval.
        measurements: By analyte and each class above it.
        affirmed: Statements that something is, was or may be there, by term and each class above it.
        denied: Statements that something is not there, by term.
        variants: By gene.
        drugs: Administrations, by drug and each class above it.
        admissions: Beginnings of admissions, in narrative order.
        spans: The days that have laboratory values, in order.
        undated: Whether something is told without its day.
    """

    patient: URIRef
    ages: list[tuple[URIRef, URIRef, Interval]] = field(default_factory=list)
    measurements: dict[URIRef, list[Measurement]] = field(default_factory=lambda: defaultdict(list))
    affirmed: dict[URIRef, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    denied: dict[URIRef, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    variants: dict[URIRef, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    drugs: dict[URIRef, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    admissions: list[Told] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    undated: bool = False


def read_cases(
    graph: Graph, ancestors: Mapping[URIRef, frozenset[URIRef]], new_admissions: frozenset[URIRef]
) -> Iterator[CaseFacts]:
    """Return what is told of each patient of a document's graph, in the order of their IRIs.

    Args:
        graph: The document's graph.
        ancestors: The superclasses of each class, itself included.
        new_admissions: The kinds of encounters that begin an admission.
    """
    patients = sorted(p for p in graph.subjects(RDF.type, HFS.Patient) if isinstance(p, URIRef))
    cases = {patient: CaseFacts(patient) for patient in patients}
    events: dict[URIRef, list[URIRef]] = {patient: [] for patient in cases}
    for event, patient in graph.subject_objects(HFS.patient):
        if isinstance(event, URIRef) and isinstance(patient, URIRef) and patient in events:
            events[patient].append(event)
    for patient, facts in cases.items():
        reader = _CaseReader(facts, ancestors, new_admissions)
        for event in sorted(events[patient]):
            for kind in _KINDS.intersection(graph.objects(event, RDF.type)):
                reader.read(kind, event, dict(graph.predicate_objects(event)), graph)
        facts.admissions.sort(key=lambda told: told.order)
        spans = {m.span for found in facts.measurements.values() for m in found if m.span is not None}
        facts.spans.extend(sorted(spans))
        yield facts


class _CaseReader:
    def __init__(
        self, facts: CaseFacts, ancestors: Mapping[URIRef, frozenset[URIRef]], new_admissions: frozenset[URIRef]
    ) -> None:
        self._facts = facts
        self._ancestors = ancestors
        self._new_admissions = new_admissions

    def read(self, kind: Node, event: URIRef, values: Mapping[Node, Node], graph: Graph) -> None:
        facts = self._facts
        order, earliest, latest = (_integer(values.get(p)) for p in (HFS.order, HFS.earliestDay, HFS.latestDay))
        span = None if earliest is None or latest is None else Span(earliest, latest)
        told = (event, order or 0, span)
        if kind == HFS.AgeObservation:
            self._read_age(event, values)
        elif kind == HFS.LaboratoryMeasurement:
            self._read_measurement(told, values, graph)
        elif kind in (HFS.Diagnosis, HFS.ClinicalFinding):
            term = values.get(HFS.condition, values.get(HFS.finding))
            status = values.get(HFS.status)
            if isinstance(term, URIRef) and isinstance(status, URIRef):
                statement = Statement(*told, term, status)
                if status in DENYING:
                    facts.denied[term].append(statement)
                else:
                    self._file(facts.affirmed, term, statement)
                facts.undated |= span is None
        elif kind == HFS.GeneticFinding:
            gene, status, zygosity = (values.get(p) for p in (HFS.gene, HFS.status, HFS.zygosity))
            if isinstance(gene, URIRef) and isinstance(status, URIRef):
                detail = zygosity if isinstance(zygosity, URIRef) else None
                facts.variants[gene].append(Statement(*told, gene, status, detail))
                facts.undated |= span is None
        elif kind == HFS.DrugAdministration:
            drug, action = values.get(HFS.drug), values.get(HFS.action)
            if isinstance(drug, URIRef):
                status = action if isinstance(action, URIRef) else HFS.Continue
                self._file(facts.drugs, drug, Statement(*told, drug, status, limited=HFS.duration in values))
        elif kind == HFS.Encounter and values.get(HFS.encounterType) in self._new_admissions:
            facts.admissions.append(Told(*told))

    def _read_age(self, event: URIRef, values: Mapping[Node, Node]) -> None:
        number, unit = _decimal(values.get(QUDT.numericValue)), values.get(QUDT.unit)
        if number is not None and isinstance(unit, URIRef):
            whole = number == number.to_integral_value()
            self._facts.ages.append((event, unit, Interval(number, number + whole, upper_open=whole)))

    def _read_measurement(
        self, told: tuple[URIRef, int, Span | None], values: Mapping[Node, Node], graph: Graph
    ) -> None:
        analyte = values.get(HFS.analyte)
        comparator = COMPARATORS.get(str(values.get(HFS.comparator, "=")))
        if not isinstance(analyte, URIRef) or comparator is None:
            return
        quantity = values.get(HFS.quantity)
        told_there = {} if quantity is None else dict(graph.predicate_objects(quantity))
        number, unit = _decimal(told_there.get(QUDT.numericValue)), told_there.get(QUDT.unit)
        if number is not None:
            known = unit if isinstance(unit, URIRef) else None
            value = Interval.from_value(comparator, number)
            self._file(self._facts.measurements, analyte, Measurement(*told, analyte, known, value))
            self._facts.undated |= told[2] is None

    def _file(self, table: dict[URIRef, list[_Entry]], term: URIRef, entry: _Entry) -> None:
        for ancestor in self._ancestors.get(term, (term,)):
            table[ancestor].append(entry)


def _integer(node: Node | None) -> int | None:
    value = node.toPython() if isinstance(node, Literal) else None
    return value if isinstance(value, int) else None


def _decimal(node: Node | None) -> Decimal | None:
    value = node.toPython() if isinstance(node, Literal) else None
    return Decimal(value) if isinstance(value, int | Decimal) else None
