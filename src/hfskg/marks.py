"""The readings of a record as marks on its text: what kind each is of, what it says, and which characters it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hfskg.listing import describe
from hfskg.record import (
    AdverseEvent,
    Attribute,
    Case,
    Claim,
    ClinicalFinding,
    CriteriaStatement,
    Diagnosis,
    DocumentRecord,
    DrugAdministration,
    Event,
    Evidence,
    GeneticFinding,
    LaboratoryMeasurement,
    PatientEvent,
    Quantity,
    Time,
    TreatmentResponse,
)

__all__ = ["MARK_KINDS", "Mark", "MarkKind", "marks_at", "marks_of"]


@dataclass(frozen=True, slots=True)
class MarkKind:
    """A kind of reading as people see it.

    Attributes:
        name: What identifies it, in lower case with hyphens.
        label: What it is called.
        tag: A few letters that stand for it where there is little room.
    """

    name: str
    label: str
    tag: str


MARK_KINDS: tuple[MarkKind, ...] = (
    MarkKind("diagnosis", "Diagnosis", "Dx"),
    MarkKind("finding-present", "Finding, present", "F+"),
    MarkKind("finding-absent", "Finding, absent", "F−"),
    MarkKind("finding-resolved", "Finding, resolved", "F✓"),
    MarkKind("laboratory-measurement", "Laboratory value", "Lab"),
    MarkKind("drug-administration", "Drug episode", "Rx"),
    MarkKind("procedure", "Procedure", "Px"),
    MarkKind("adverse-event", "Adverse event", "AE"),
    MarkKind("genetic-finding", "Gene variant", "Gen"),
    MarkKind("encounter", "Encounter", "Enc"),
    MarkKind("treatment-response", "Response", "Res"),
    MarkKind("criteria-statement", "Criteria", "Crit"),
    MarkKind("outcome", "Outcome", "Out"),
    MarkKind("person", "Age, sex, weight", "Pt"),
    MarkKind("claim", "Claim", "Cl"),
)
"""The kinds of readings in the order in which they are listed."""

_KINDS = {kind.name: kind for kind in MARK_KINDS}


@dataclass(frozen=True, slots=True)
class Mark:
    """A reading and the characters that it was read from.

    Attributes:
        number: From 1, in the order of the record; identifies the mark.
        kind: Its kind.
        title: What it says, on one line.
        status: Its status ("present", "excluded"), or empty.
        case: Label of the case, or empty for claims.
        details: What it says, part by part: name and value.
        evidence: The spans it was read from.
    """

    number: int
    kind: MarkKind
    title: str
    status: str
    case: str
    details: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: str
    title: str
    status: str
    case: str
    details: Iterable[tuple[str, str | None]]
    evidence: tuple[Evidence, ...]


def marks_of(record: DocumentRecord) -> tuple[Mark, ...]:
    """Return the readings of a record: of each case its age, its sex and its events, then the claims."""
    drafts = [draft for case in record.cases for draft in _of_case(case)]
    drafts += [_of_claim(claim) for claim in record.claims]
    return tuple(
        Mark(number, _KINDS[d.kind], d.title, d.status, d.case, tuple((n, v) for n, v in d.details if v), d.evidence)
        for number, d in enumerate(drafts, start=1)
    )


def marks_at(marks: Sequence[Mark], start: int, end: int) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    """Yield the stretches of a span in which the marks are the same, from left to right: start, end and marks.

    Args:
        marks: The marks of the document.
        start: Offset of the span's first character.
        end: Offset behind its last.
    """
    inside = [
        (max(e.start, start), min(e.end, end), mark)
        for mark in marks
        for e in mark.evidence
        if e.start < end and start < e.end
    ]
    borders = sorted({start, end, *(at for first, last, _ in inside for at in (first, last))})
    for left, right in zip(borders, borders[1:], strict=False):
        over = [(last - first, mark.number, mark) for first, last, mark in inside if first <= left and right <= last]
        yield left, right, tuple(dict.fromkeys(mark for *_, mark in sorted(over, key=lambda found: found[:2])))


def _of_case(case: Case) -> Iterator[_Draft]:
    if case.age:
        age = f"{case.age.value} {case.age.unit}{'' if case.age.value == '1' else 's'}" if case.age.unit else ""
        yield _attribute(case, "age", age or case.age.value, case.age)
    if case.sex:
        yield _attribute(case, "sex", case.sex.value, case.sex)
    if case.weight:
        yield _attribute(case, "weight", f"{case.weight.value} {case.weight.unit}", case.weight)
    for event in sorted(case.events, key=lambda event: event.order):
        kind, status = str(event.kind), _status(event)
        if isinstance(event, ClinicalFinding):
            kind = f"finding-{status}"
        details = (*_details(event), *_time(event.time))
        yield _Draft(kind, describe(event), status, case.label, details, event.evidence)


def _attribute(case: Case, name: str, value: str, told: Attribute) -> _Draft:
    return _Draft("person", f"{name}: {value}", "", case.label, ((name, value),), told.evidence)


def _of_claim(claim: Claim) -> _Draft:
    title = f"{claim.subject.label} {claim.relation.label} {claim.object.label}"
    hedged = "yes" if claim.hedged else None
    details = (
        ("subject", claim.subject.label),
        ("relation", claim.relation.label),
        ("object", claim.object.label),
        ("polarity", claim.polarity),
        ("hedged", hedged),
    )
    return _Draft("claim", title, "negated" if claim.polarity == "negated" else "", "", details, claim.evidence)


def _status(event: Event) -> str:
    return event.status if isinstance(event, Diagnosis | ClinicalFinding | GeneticFinding) else ""


def _details(event: PatientEvent) -> Iterator[tuple[str, str | None]]:
    match event:
        case Diagnosis():
            yield "term", event.condition.label
            yield "status", event.status
        case ClinicalFinding():
            yield "term", event.finding.label
            yield "status", event.status
        case LaboratoryMeasurement():
            yield "term", event.analyte.label
            yield "value", f"{event.comparator} {_number(event.quantity)}".removeprefix("= ")
            yield "unit", event.quantity.unit_label
            if event.standard_quantity != event.quantity:
                yield "in standard unit", _quantity(event.standard_quantity)
        case DrugAdministration():
            yield "term", event.drug.label
            yield "action", event.action
            yield "dose", _quantity(event.dose)
            yield "dose per day", _quantity(event.normalized_dose)
            yield "route", event.route.label if event.route else None
            yield "frequency", event.frequency
            yield "duration", event.duration
        case AdverseEvent():
            yield "term", event.event.label
            yield "blamed on", event.drug.label
        case GeneticFinding():
            yield "term", event.gene.label
            yield "status", event.status
            yield "zygosity", event.zygosity
            yield "variant", event.variant
        case TreatmentResponse():
            yield "response", event.response
            yield "drug", event.drug.label if event.drug else None
        case CriteriaStatement():
            yield "term", event.criteria.label
            yield "verdict", event.verdict
        case _:
            yield "term", describe(event)


def _number(quantity: Quantity) -> str:
    return f"{quantity.value:f}"


def _quantity(quantity: Quantity | None) -> str | None:
    return " ".join(part for part in (_number(quantity), quantity.unit_label) if part) if quantity else None


def _time(time: Time | None) -> Iterator[tuple[str, str | None]]:
    if time is None:
        return
    if time.earliest_day is not None:
        last = f" to {time.latest_day}" if time.latest_day != time.earliest_day else ""
        yield "day", f"{time.earliest_day}{last}"
    yield "time as told", time.phrase
