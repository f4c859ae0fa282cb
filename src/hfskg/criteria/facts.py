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
from hfskg.criteria.timepoints import Narrative, Place, Span, TimePoint, time_points
from hfskg.namespaces import HFS, QUDT, RDF

__all__ = ["CaseFacts", "Measurement", "Statement", "Told", "read_cases"]

DENYING = frozenset({HFS.Absent, HFS.Excluded, HFS.Resolved})

# Namespaces mint an IRI at each access; these are looked up for every event.
_ORDER, _EARLIEST, _LATEST, _STATUS = HFS.order, HFS.earliestDay, HFS.latestDay, HFS.status
_ANALYTE, _COMPARATOR, _QUANTITY = HFS.analyte, HFS.comparator, HFS.quantity
_NUMBER, _UNIT = QUDT.numericValue, QUDT.unit
_CONDITION, _FINDING, _ENCOUNTER, _PHRASE = HFS.condition, HFS.finding, HFS.encounterType, HFS.timePhrase

_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An event of a patient.

    Attributes:
        iri: The event.
        order: Its place in the narrative.
        place: Its days, or the number of its stretch of the narrative.
    """

    iri: URIRef
    order: int
    place: Place

    @property
    def span(self) -> Span | None:
        """Its days; None where the document does not tell them."""
        return self.place if isinstance(self.place, Span) else None


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
        measurements: By place, then by analyte and each class above it.
        measured: The analytes measured at whatever time, and the classes above them.
        affirmed: Statements that something is, was or may be there, by term and each class above it.
        denied: Statements that something is not there, by term.
        variants: By gene.
        drugs: Administrations, by drug and each class above it.
        begun_by: The day by which an undated administration began: that of the next dated event of the narrative
            that is no laboratory value, which may stand in a table.
        admissions: Beginnings of admissions, in narrative order.
        stated: What the authors say of criteria sets: the statement and the set, by place.
        points: The time points at which criteria are answered.
    """

    patient: URIRef
    ages: list[tuple[URIRef, URIRef, Interval]] = field(default_factory=list)
    measurements: dict[Place, dict[URIRef, list[Measurement]]] = field(default_factory=dict)
    measured: set[URIRef] = field(default_factory=set)
    affirmed: dict[URIRef, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    denied: dict[URIRef, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    variants: dict[URIRef, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    drugs: dict[URIRef, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    begun_by: dict[URIRef, int] = field(default_factory=dict)
    admissions: list[Told] = field(default_factory=list)
    stated: dict[Place, list[tuple[URIRef, URIRef]]] = field(default_factory=lambda: defaultdict(list))
    points: list[TimePoint] = field(default_factory=list)


def read_cases(
    graph: Graph,
    ancestors: Mapping[URIRef, frozenset[URIRef]],
    *,
    new_admissions: frozenset[URIRef],
    arrivals: frozenset[URIRef],
    asked: Callable[[URIRef, bool], bool],
) -> Iterator[CaseFacts]:
    """Return what is told of each patient of a document's graph, in the order of their IRIs.

    Args:
        graph: The document's graph.
        ancestors: The superclasses of each class, itself included.
        new_admissions: The kinds of encounters that begin an admission.
        arrivals: The kinds of encounters by which a stretch of the narrative ends.
        asked: Tells of a term, and of whether it is denied, whether a statement of it makes a time point.
    """
    patients = sorted(p for p in graph.subjects(RDF.type, HFS.Patient) if isinstance(p, URIRef))
    events: dict[URIRef, list[URIRef]] = {patient: [] for patient in patients}
    for event, patient in graph.subject_objects(HFS.patient):
        if isinstance(event, URIRef) and isinstance(patient, URIRef) and patient in events:
            events[patient].append(event)
    for patient in patients:
        facts = CaseFacts(patient)
        reader = _CaseReader(facts, ancestors, new_admissions, Narrative(arrivals), asked)
        told = [(event, dict(graph.predicate_objects(event))) for event in events[patient]]
        for event, values in sorted(told, key=lambda one: (_integer(one[1].get(_ORDER)) or 0, one[0])):
            reader.read(event, values, graph)
        facts.admissions.sort(key=lambda told: told.order)
        facts.points.extend(reader.points())
        yield facts


_Told = tuple[URIRef, int, Place]
_Values = Mapping[Node, Node]


class _CaseReader:
    def __init__(
        self,
        facts: CaseFacts,
        ancestors: Mapping[URIRef, frozenset[URIRef]],
        new_admissions: frozenset[URIRef],
        narrative: Narrative,
        asked: Callable[[URIRef, bool], bool],
    ) -> None:
        self._facts = facts
        self._ancestors = ancestors
        self._new_admissions = new_admissions
        self._narrative = narrative
        self._asked = asked
        self._measured: set[Place] = set()
        self._stated: set[Place] = set()
        self._orders: dict[Place, tuple[int, int]] = {}
        self._undated_drugs: list[URIRef] = []
        self._kinds: dict[Node, Callable[[_Told, _Values, Graph], None]] = {
            HFS.AgeObservation: self._read_age,
            HFS.ClinicalFinding: self._read_statement,
            HFS.CriteriaStatement: self._read_criteria_statement,
            HFS.Diagnosis: self._read_statement,
            HFS.DrugAdministration: self._read_drug,
            HFS.Encounter: self._read_encounter,
            HFS.GeneticFinding: self._read_variant,
            HFS.LaboratoryMeasurement: self._read_measurement,
        }

    def read(self, event: URIRef, values: _Values, graph: Graph) -> None:
        kinds = [kind for kind in graph.objects(event, RDF.type) if kind in self._kinds]
        if not kinds:
            return
        order = _integer(values.get(_ORDER))
        if order is None:
            place: Place = 0
        else:
            earliest, latest = _integer(values.get(_EARLIEST)), _integer(values.get(_LATEST))
            span = None if earliest is None or latest is None else Span(earliest, latest)
            phrase = values.get(_PHRASE)
            place = self._narrative.place(
                span,
                phrase=None if phrase is None else str(phrase),
                encounter=_iri(values.get(_ENCOUNTER)),
                analyte=_iri(values.get(_ANALYTE)),
            )
            first = self._orders.get(place, (order, order))[0]
            self._orders[place] = first, order
            if span is not None and HFS.LaboratoryMeasurement not in kinds:
                self._facts.begun_by.update(dict.fromkeys(self._undated_drugs, span.latest))
                self._undated_drugs.clear()
        for kind in kinds:
            self._kinds[kind]((event, order or 0, place), values, graph)

    def points(self) -> list[TimePoint]:
        return time_points(self._measured, self._stated, self._orders, self._narrative.phrases)

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
            if self._asked(term, status in DENYING):
                self._stated.add(told[2])

    def _read_criteria_statement(self, told: _Told, values: _Values, graph: Graph) -> None:
        criteria_set = _iri(values.get(HFS.criteriaSet))
        if criteria_set is not None:
            self._facts.stated[told[2]].append((told[0], criteria_set))
            self._stated.add(told[2])

    def _read_variant(self, told: _Told, values: _Values, graph: Graph) -> None:
        gene, status, zygosity = (values.get(p) for p in (HFS.gene, HFS.status, HFS.zygosity))
        if isinstance(gene, URIRef) and isinstance(status, URIRef):
            self._facts.variants[gene].append(Statement(*told, gene, status, _iri(zygosity)))

    def _read_drug(self, told: _Told, values: _Values, graph: Graph) -> None:
        drug, action = values.get(HFS.drug), values.get(HFS.action)
        if isinstance(drug, URIRef):
            status = action if isinstance(action, URIRef) else HFS.Continue
            self._file(self._facts.drugs, drug, Statement(*told, drug, status, limited=HFS.duration in values))
            if not isinstance(told[2], Span):
                self._undated_drugs.append(told[0])

    def _read_encounter(self, told: _Told, values: _Values, graph: Graph) -> None:
        if values.get(_ENCOUNTER) in self._new_admissions:
            self._facts.admissions.append(Told(*told))

    def _read_measurement(self, told: _Told, values: _Values, graph: Graph) -> None:
        analyte, quantity = values.get(_ANALYTE), values.get(_QUANTITY)
        comparator = COMPARATORS.get(str(values.get(_COMPARATOR, "=")))
        if not isinstance(analyte, URIRef) or quantity is None or comparator is None:
            return
        printed = dict(graph.predicate_objects(quantity))
        number = _decimal(printed.get(_NUMBER))
        if number is not None:
            value = Interval.from_value(comparator, number)
            measurement = Measurement(*told, analyte, _iri(printed.get(_UNIT)), value)
            above = self._ancestors.get(analyte, (analyte,))
            here = self._facts.measurements.setdefault(told[2], {})
            for ancestor in above:
                here.setdefault(ancestor, []).append(measurement)
            self._facts.measured.update(above)
            self._measured.add(told[2])

    def _file(self, table: dict[URIRef, list[_Entry]], term: URIRef, entry: _Entry) -> None:
        for ancestor in self._ancestors.get(term, (term,)):
            table[ancestor].append(entry)


def _iri(node: Node | None) -> URIRef | None:
    return node if isinstance(node, URIRef) else None


def _integer(node: Node | None) -> int | None:
    value = node.toPython() if isinstance(node, Literal) else None
    return value if isinstance(value, int) else None


def _decimal(node: Node | None) -> Decimal | None:
    value = node.toPython() if isinstance(node, Literal) else None
    return Decimal(value) if isinstance(value, int | Decimal) else None
