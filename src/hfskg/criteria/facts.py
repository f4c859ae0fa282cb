"""What a document's graph tells of a patient, ordered so that criteria find it by term and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.criteria.logic import COMPARATORS, Interval
from hfskg.namespaces import HFS, QUDT, RDF

__all__ = ["CaseFacts", "Measurement", "Span", "Statement", "Told", "read_cases"]

DENYING = frozenset({HFS.Absent, HFS.Excluded, HFS.Resolved})

# Namespaces mint an IRI at each access; these are looked up for every event.
_ORDER, _EARLIEST, _LATEST, _STATUS = HFS.order, HFS.earliestDay, HFS.latestDay, HFS.status
_ANALYTE, _COMPARATOR, _QUANTITY = HFS.analyte, HFS.comparator, HFS.quantity
_NUMBER, _UNIT = QUDT.numericValue, QUDT.unit
_CONDITION, _FINDING = HFS.condition, HFS.finding

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
            reader.read(event, graph)
        facts.admissions.sort(key=lambda told: told.order)
        spans = {m.span for found in facts.measurements.values() for m in found if m.span is not None}
        facts.spans.extend(sorted(spans))
        yield facts


_Told = tuple[URIRef, int, Span | None]
_Values = Mapping[Node, Node]


class _CaseReader:
    def __init__(
        self, facts: CaseFacts, ancestors: Mapping[URIRef, frozenset[URIRef]], new_admissions: frozenset[URIRef]
    ) -> None:
        self._facts = facts
        self._ancestors = ancestors
        self._new_admissions = new_admissions
        self._kinds: dict[Node, Callable[[_Told, _Values, Graph], None]] = {
            HFS.AgeObservation: self._read_age,
            HFS.ClinicalFinding: self._read_statement,
            HFS.Diagnosis: self._read_statement,
            HFS.DrugAdministration: self._read_drug,
            HFS.Encounter: self._read_encounter,
            HFS.GeneticFinding: self._read_variant,
            HFS.LaboratoryMeasurement: self._read_measurement,
        }

    def read(self, event: URIRef, graph: Graph) -> None:
        kinds = [kind for kind in graph.objects(event, RDF.type) if kind in self._kinds]
        if kinds:
            values = dict(graph.predicate_objects(event))
            order, earliest, latest = (_integer(values.get(p)) for p in (_ORDER, _EARLIEST, _LATEST))
            span = None if earliest is None or latest is None else Span(earliest, latest)
            for kind in kinds:
                self._kinds[kind]((event, order or 0, span), values, graph)

    def _read_age(self, told: _Told, values: _Values, graph: Graph) -> None:
        number, unit = _decimal(values.get(_NUMBER)), values.get(_UNIT)
        if number is not None and isinstance(unit, URIRef):
            whole = number == number.to_integral_value()
            self._facts.ages.append((told[0], unit, Interval(number, number + whole, upper_open=whole)))

    def _read_statement(self, told: _Told, values: _Values, graph: Graph) -> None:
        term, status = values.get(_CONDITION, values.get(_FINDING)), values.get(_STATUS)
        if isinstance(term, URIRef) and isinstance(status, URIRef):
            statement = Statement(*told, term, status)
            if status in DENYING:
                self._facts.denied[term].append(statement)
            else:
                self._file(self._facts.affirmed, term, statement)
            self._facts.undated |= told[2] is None

    def _read_variant(self, told: _Told, values: _Values, graph: Graph) -> None:
        gene, status, zygosity = (values.get(p) for p in (HFS.gene, HFS.status, HFS.zygosity))
        if isinstance(gene, URIRef) and isinstance(status, URIRef):
            detail = zygosity if isinstance(zygosity, URIRef) else None
            self._facts.variants[gene].append(Statement(*told, gene, status, detail))
            self._facts.undated |= told[2] is None

    def _read_drug(self, told: _Told, values: _Values, graph: Graph) -> None:
        drug, action = values.get(HFS.drug), values.get(HFS.action)
        if isinstance(drug, URIRef):
            status = action if isinstance(action, URIRef) else HFS.Continue
            self._file(self._facts.drugs, drug, Statement(*told, drug, status, limited=HFS.duration in values))

    def _read_encounter(self, told: _Told, values: _Values, graph: Graph) -> None:
        if values.get(HFS.encounterType) in self._new_admissions:
            self._facts.admissions.append(Told(*told))

    def _read_measurement(self, told: _Told, values: _Values, graph: Graph) -> None:
        analyte, quantity = values.get(_ANALYTE), values.get(_QUANTITY)
        comparator = COMPARATORS.get(str(values.get(_COMPARATOR, "=")))
        if not isinstance(analyte, URIRef) or quantity is None or comparator is None:
            return
        printed = dict(graph.predicate_objects(quantity))
        number, unit = _decimal(printed.get(_NUMBER)), printed.get(_UNIT)
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
