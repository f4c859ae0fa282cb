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
_PROPERTIES = (
    _ACTION, _ANALYTE, _COMPARATOR, _CONDITION, _CRITERIA_SET, _DRUG, _DURATION, _EARLIEST, _ENCOUNTER_TYPE, _FINDING,
    _GENE, _LATEST, _NUMBER, _ORDER, _PHRASE, _QUANTITY, _STATUS, _UNIT, _ZYGOSITY,
) = (
    HFS.action, HFS.analyte, HFS.comparator, HFS.condition, HFS.criteriaSet, HFS.drug, HFS.duration, HFS.earliestDay,
    HFS.encounterType, HFS.finding, HFS.gene, HFS.latestDay, QUDT.numericValue, HFS.order, HFS.timePhrase,
    HFS.quantity, HFS.status, QUDT.unit, HFS.zygosity,
)  # fmt: skip
_KINDS = (
    _ADMINISTRATION, _AGE, _CLINICAL_FINDING, _CRITERIA_STATEMENT, _DIAGNOSIS, _ENCOUNTER, _GENETIC_FINDING,
    _MEASUREMENT,
) = (
    HFS.DrugAdministration, HFS.AgeObservation, HFS.ClinicalFinding, HFS.CriteriaStatement, HFS.Diagnosis,
    HFS.Encounter, HFS.GeneticFinding, HFS.LaboratoryMeasurement,
)  # fmt: skip

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
    events: dict[Node, list[URIRef]] = {patient: [] for patient in patients}
    for event, patient in graph.subject_objects(HFS.patient):
        if isinstance(event, URIRef) and patient in events:
            events[patient].append(event)
    columns = _Columns(graph)
    for patient in patients:
        facts = CaseFacts(patient)
        reader = _CaseReader(facts, columns, ancestors, new_admissions, Narrative(arrivals), asked)
        for order, event in sorted((columns.integer(event, _ORDER) or 0, event) for event in events[patient]):
            reader.read(event, order)
        facts.admissions.sort(key=lambda told: told.order)
        facts.points.extend(reader.points())
        yield facts


class _Columns:
    """The values of a graph by property, then by what has them: one pass over each property, not one a subject."""

    def __init__(self, graph: Graph) -> None:
        self._columns = {one: dict(graph.subject_objects(one)) for one in _PROPERTIES}
        self.kinds: dict[Node, list[URIRef]] = defaultdict(list)
        for kind in _KINDS:
            for event in graph.subjects(RDF.type, kind):
                self.kinds[event].append(kind)

    def value(self, subject: Node, relation: URIRef) -> Node | None:
        return self._columns[relation].get(subject)

    def iri(self, subject: Node, relation: URIRef) -> URIRef | None:
        value = self._columns[relation].get(subject)
        return value if isinstance(value, URIRef) else None

    def integer(self, subject: Node, relation: URIRef) -> int | None:
        value = self._python(subject, relation)
        return value if isinstance(value, int) else None

    def decimal(self, subject: Node, relation: URIRef) -> Decimal | None:
        value = self._python(subject, relation)
        return Decimal(value) if isinstance(value, int | Decimal) else None

    def _python(self, subject: Node, relation: URIRef) -> object:
        value = self._columns[relation].get(subject)
        return value.toPython() if isinstance(value, Literal) else None


_Told = tuple[URIRef, int, Place]


class _CaseReader:
    def __init__(
        self,
        facts: CaseFacts,
        columns: _Columns,
        ancestors: Mapping[URIRef, frozenset[URIRef]],
        new_admissions: frozenset[URIRef],
        narrative: Narrative,
        asked: Callable[[URIRef, bool], bool],
    ) -> None:
        self._facts = facts
        self._columns = columns
        self._ancestors = ancestors
        self._new_admissions = new_admissions
        self._narrative = narrative
        self._asked = asked
        self._measured: set[Place] = set()
        self._stated: set[Place] = set()
        self._orders: dict[Place, tuple[int, int]] = {}
        self._undated_drugs: list[URIRef] = []
        self._readers: dict[URIRef, Callable[[_Told], None]] = {
            _AGE: self._read_age,
            _CLINICAL_FINDING: self._read_statement,
            _CRITERIA_STATEMENT: self._read_criteria_statement,
            _DIAGNOSIS: self._read_statement,
            _ADMINISTRATION: self._read_drug,
            _ENCOUNTER: self._read_encounter,
            _GENETIC_FINDING: self._read_variant,
            _MEASUREMENT: self._read_measurement,
        }

    def read(self, event: URIRef, order: int) -> None:
        kinds, columns = self._columns.kinds.get(event, ()), self._columns
        if not kinds:
            return
        place: Place = 0
        if columns.value(event, _ORDER) is not None:
            earliest, latest = columns.integer(event, _EARLIEST), columns.integer(event, _LATEST)
            span = None if earliest is None or latest is None else Span(earliest, latest)
            phrase = columns.value(event, _PHRASE)
            place = self._narrative.place(
                span,
                phrase=None if phrase is None else str(phrase),
                encounter=columns.iri(event, _ENCOUNTER_TYPE),
                analyte=columns.iri(event, _ANALYTE),
            )
            first = self._orders.get(place, (order, order))[0]
            self._orders[place] = first, order
            if span is not None and _MEASUREMENT not in kinds:
                self._facts.begun_by.update(dict.fromkeys(self._undated_drugs, span.latest))
                self._undated_drugs.clear()
        for kind in kinds:
            self._readers[kind]((event, order, place))

    def points(self) -> list[TimePoint]:
        return time_points(self._measured, self._stated, self._orders, self._narrative.phrases)

    def _read_age(self, told: _Told) -> None:
        number, unit = self._columns.decimal(told[0], _NUMBER), self._columns.iri(told[0], _UNIT)
        if number is not None and unit is not None:
            whole = number == number.to_integral_value()
            self._facts.ages.append((told[0], unit, Interval(number, number + whole, upper_open=whole)))

    def _read_statement(self, told: _Told) -> None:
        columns = self._columns
        term, status = columns.iri(told[0], _CONDITION) or columns.iri(told[0], _FINDING), columns.iri(told[0], _STATUS)
        if term is not None and status is not None:
            statement = Statement(*told, term, status)
            if status in DENYING:
                self._facts.denied[term].append(statement)
            else:
                self._file(self._facts.affirmed, term, statement)
            if self._asked(term, status in DENYING):
                self._stated.add(told[2])

    def _read_criteria_statement(self, told: _Told) -> None:
        criteria_set = self._columns.iri(told[0], _CRITERIA_SET)
        if criteria_set is not None:
            self._facts.stated[told[2]].append((told[0], criteria_set))
            self._stated.add(told[2])

    def _read_variant(self, told: _Told) -> None:
        gene, status, zygosity = (self._columns.iri(told[0], p) for p in (_GENE, _STATUS, _ZYGOSITY))
        if gene is not None and status is not None:
            self._facts.variants[gene].append(Statement(*told, gene, status, zygosity))

    def _read_drug(self, told: _Told) -> None:
        drug, action = self._columns.iri(told[0], _DRUG), self._columns.iri(told[0], _ACTION) or HFS.Continue
        if drug is not None:
            limited = self._columns.value(told[0], _DURATION) is not None
            self._file(self._facts.drugs, drug, Statement(*told, drug, action, limited=limited))
            if not isinstance(told[2], Span):
                self._undated_drugs.append(told[0])

    def _read_encounter(self, told: _Told) -> None:
        if self._columns.value(told[0], _ENCOUNTER_TYPE) in self._new_admissions:
            self._facts.admissions.append(Told(*told))

    def _read_measurement(self, told: _Told) -> None:
        columns = self._columns
        analyte, quantity = columns.iri(told[0], _ANALYTE), columns.value(told[0], _QUANTITY)
        comparator = COMPARATORS.get(str(columns.value(told[0], _COMPARATOR) or "="))
        number = None if quantity is None else columns.decimal(quantity, _NUMBER)
        if analyte is None or quantity is None or comparator is None or number is None:
            return
        value = Interval.from_value(comparator, number)
        measurement = Measurement(*told, analyte, columns.iri(quantity, _UNIT), value)
        above = self._ancestors.get(analyte, (analyte,))
        here = self._facts.measurements.setdefault(told[2], {})
        for ancestor in above:
            here.setdefault(ancestor, []).append(measurement)
        self._facts.measured.update(above)
        self._measured.add(told[2])

    def _file(self, table: dict[URIRef, list[_Entry]], term: URIRef, entry: _Entry) -> None:
        for ancestor in self._ancestors.get(term, (term,)):
            table[ancestor].append(entry)
