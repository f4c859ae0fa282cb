"""A record as a listing that people read: cases, events, and the words each was read from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from hfskg.errors import DocumentError
from hfskg.record import (
    AdverseEvent,
    Attribute,
    Case,
    Claim,
    ClinicalFinding,
    CriteriaStatement,
    Curation,
    Diagnosis,
    DocumentRecord,
    DrugAdministration,
    Encounter,
    Event,
    Evidence,
    GeneticFinding,
    LaboratoryMeasurement,
    Outcome,
    PatientEvent,
    Procedure,
    Quantity,
    Rejection,
    TermRef,
    Time,
    TreatmentResponse,
)
from hfskg.wording import counted, quoted

__all__ = ["describe", "list_record", "load_record"]


def load_record(path: Path) -> DocumentRecord:
    """Read a record from its JSON file.

    Raises:
        DocumentError: The file is missing, or is no record.
    """
    try:
        return DocumentRecord.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        what = f"{path} is no record of a document{f' at {where}' if where else ''}: {first['msg']}."
        raise DocumentError(what, "Give a file from the records folder of a graph folder.") from error
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error


def list_record(record: DocumentRecord) -> str:
    """Return the listing of a record, a line per event.

    Example:
        >>> print(list_record(DocumentRecord(file_name="a.txt", sha256="0" * 64, length=9)), end="")
        a.txt: 9 characters, 0 cases, 0 claims
    """
    return "".join(f"{line}\n" for line in _lines(record))


def _lines(record: DocumentRecord) -> Iterator[str]:
    counts = {"character": record.length, "case": len(record.cases), "claim": len(record.claims)}
    yield f"{record.file_name}: {', '.join(counted(number, noun) for noun, number in counts.items())}"
    for case in record.cases:
        yield ""
        yield from _case_lines(case)
    if record.claims:
        yield ""
        yield "Claims"
        yield from (f"  {_claim(claim)}  {_quote(claim.evidence)}{_curated(claim.curation)}" for claim in record.claims)
    if record.rejected:
        yield ""
        yield "Rejected"
        yield from (f"  {_rejection(rejection)}" for rejection in record.rejected)
    if record.ungrounded:
        yield ""
        yield "In no vocabulary"
        yield from (f"  {m.label}: like a {m.category}  {_quote(m.evidence)}" for m in record.ungrounded)
    if record.warnings:
        yield ""
        yield "Warnings"
        yield from (f"  {warning}" for warning in record.warnings)


def _case_lines(case: Case) -> Iterator[str]:
    age = f", {_age(case.age)}" if case.age else ""
    sex = f", {case.sex.value}" if case.sex else ""
    weight = f", {case.weight.value} {case.weight.unit}" if case.weight else ""
    marks = "".join(_curated(told.curation, name) for name, told in case.attributes.items())
    yield f"{case.label}{age}{sex}{weight}  {_quote(case.evidence)}{marks}"
    for event in sorted(case.events, key=lambda event: event.order):
        told = f"{describe(event)}{_time(event)}  {_quote(event.evidence)}{_curated(event.curation)}"
        yield f"  {event.order:>4}  {event.kind:<22}  {told}"


def _curated(curation: Curation | None, what: str = "") -> str:
    if curation is None:
        return ""
    former = f", read as {curation.former}" if curation.former else ""
    note = f": {curation.note}" if curation.note else ""
    action = f"{what} {curation.action}" if what else curation.action
    return f"  {{{action} by {curation.by}{f', {curation.on}' if curation.on else ''}{former}{note}}}"


def _rejection(rejection: Rejection) -> str:
    owner = f"{rejection.case}  " if rejection.case else ""
    decided = f"{rejection.by}{f', {rejection.on}' if rejection.on else ''}: {rejection.reason}"
    return f"{owner}{rejection.kind}  {rejection.statement}  {_quote(rejection.evidence)}  {{by {decided}}}"


def _age(age: Attribute) -> str:
    unit = f" {age.unit}{'' if age.value == '1' else 's'}" if age.unit else ""
    return f"{age.value}{unit} old"


def describe(event: PatientEvent) -> str:
    """Return what an event says, without its time and evidence."""
    match event:
        case Diagnosis():
            return f"{_term(event.condition)}: {event.status}"
        case ClinicalFinding():
            return f"{_term(event.finding)}: {event.status}"
        case LaboratoryMeasurement():
            sign = "" if event.comparator == "=" else f"{event.comparator} "
            standard = f" (= {_quantity(event.standard_quantity)})" if event.standard_quantity else ""
            return f"{event.analyte.label}: {sign}{_quantity(event.quantity)}{standard}"
        case DrugAdministration():
            return _administration(event)
        case Procedure():
            return event.procedure.label
        case AdverseEvent():
            return f"{_term(event.event)}, blamed on {_term(event.drug)}"
        case GeneticFinding():
            details = " ".join(part for part in (event.zygosity, event.variant) if part)
            return f"{event.gene.label}: {event.status}{f' ({details})' if details else ''}"
        case Encounter():
            return event.encounter
        case TreatmentResponse():
            return f"{event.response}{f' on {_term(event.drug)}' if event.drug else ''}"
        case CriteriaStatement():
            return f"{event.criteria.label}: {event.verdict}"
        case Outcome():
            return event.outcome


def _term(term: TermRef) -> str:
    """Return a term's label, with its grounding where it comes from a background vocabulary."""
    return f"{term.label} ({term.grounding}, {term.vocabulary})" if term.grounding else term.label


def _administration(event: DrugAdministration) -> str:
    dose = _quantity(event.dose) if event.dose else None
    normalized = f"(= {_quantity(event.normalized_dose)})" if event.normalized_dose else None
    route = event.route.label if event.route else None
    action = f"[{event.action}]" if event.action else None
    parts = (dose, normalized, route, event.frequency, event.duration, action)
    told = " ".join(part for part in parts if part)
    return f"{_term(event.drug)}{f': {told}' if told else ''}"


def _claim(claim: Claim) -> str:
    marks = [mark for mark, holds in (("negated", claim.polarity == "negated"), ("hedged", claim.hedged)) if holds]
    told = f"{claim.subject.label} {claim.relation.label} {claim.object.label}"
    return f"{told} [{', '.join(marks)}]" if marks else told


def _quantity(quantity: Quantity) -> str:
    return f"{quantity.value:f}{f' {quantity.unit_label}' if quantity.unit_label else ''}"


def _time(event: Event) -> str:
    time = event.time or Time()
    days = ""
    if time.earliest_day is not None:
        last = f" to {time.latest_day}" if time.latest_day != time.earliest_day else ""
        days = f"day {time.earliest_day}{last}"
    phrase = f'"{time.phrase}"' if time.phrase else ""
    told = ", ".join(part for part in (days, phrase) if part)
    return f" @ {told}" if told else ""


def _quote(evidence: tuple[Evidence, ...]) -> str:
    first = evidence[0]
    more = f" +{len(evidence) - 1}" if len(evidence) > 1 else ""
    return f"{quoted(first.quote)} {first.start}-{first.end}{more}"
