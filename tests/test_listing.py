from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from hfskg.errors import DocumentError
from hfskg.listing import describe, list_record, load_record
from hfskg.record import (
    AdverseEvent,
    Attribute,
    Claim,
    ClinicalFinding,
    CriteriaStatement,
    Curation,
    Diagnosis,
    DrugAdministration,
    Encounter,
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
from support import make_case, make_record

SPAN = (Evidence(start=3, end=8, quote="glows"),)


def term(label: str) -> TermRef:
    return TermRef(iri=f"https://example.org/{label}", label=label)


def quantity(value: str, unit: str | None) -> Quantity:
    return Quantity(value=Decimal(value), unit=f"https://example.org/{unit}" if unit else None, unit_label=unit)


EVENTS: list[tuple[PatientEvent, str]] = [
    (
        Diagnosis(order=1, evidence=SPAN, condition=term("glowing disease"), status="suspected"),
        "glowing disease: suspected",
    ),
    (ClinicalFinding(order=1, evidence=SPAN, finding=term("glow"), status="resolved"), "glow: resolved"),
    (
        LaboratoryMeasurement(
            order=1,
            evidence=SPAN,
            analyte=term("glowin"),
            comparator="<",
            quantity=quantity("1.50", "mg/dL"),
            standard_quantity=quantity("15", "mg/L"),
        ),
        "glowin: < 1.50 mg/dL (= 15 mg/L)",
    ),
    (
        LaboratoryMeasurement(order=1, evidence=SPAN, analyte=term("glowin"), quantity=quantity("4E+3", None)),
        "glowin: 4000",
    ),
    (
        DrugAdministration(
            order=1,
            evidence=SPAN,
            drug=term("dimmer"),
            dose=quantity("2", "mg/kg"),
            normalized_dose=quantity("4", "mg/kg/day"),
            route=term("oral"),
            frequency="twice a day",
            duration="for a week",
            action="start",
        ),
        "dimmer: 2 mg/kg (= 4 mg/kg/day) oral twice a day for a week [start]",
    ),
    (DrugAdministration(order=1, evidence=SPAN, drug=term("dimmer")), "dimmer"),
    (Procedure(order=1, evidence=SPAN, procedure=term("lamp test")), "lamp test"),
    (AdverseEvent(order=1, evidence=SPAN, event=term("darkness"), drug=term("dimmer")), "darkness, blamed on dimmer"),
    (
        GeneticFinding(order=1, evidence=SPAN, gene=term("GLW1"), zygosity="homozygous", variant="p.G1W"),
        "GLW1: present (homozygous p.G1W)",
    ),
    (GeneticFinding(order=1, evidence=SPAN, gene=term("GLW1"), status="absent"), "GLW1: absent"),
    (Encounter(order=1, evidence=SPAN, encounter="intensive care"), "intensive care"),
    (TreatmentResponse(order=1, evidence=SPAN, response="improved", drug=term("dimmer")), "improved on dimmer"),
    (TreatmentResponse(order=1, evidence=SPAN, response="unchanged"), "unchanged"),
    (CriteriaStatement(order=1, evidence=SPAN, criteria=term("lamp rules"), verdict="not met"), "lamp rules: not met"),
    (Outcome(order=1, evidence=SPAN, outcome="alive"), "alive"),
]


@pytest.mark.parametrize(("event", "expected"), EVENTS, ids=[expected for _, expected in EVENTS])
def test_an_event_is_described(event: PatientEvent, expected: str) -> None:
    assert describe(event) == expected


def test_every_kind_of_event_is_described() -> None:
    assert {type(event) for event, _ in EVENTS} == set(get_args(get_args(PatientEvent)[0]))


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (Time(phrase="a week later", earliest_day=6, latest_day=8), 'glow: present @ day 6 to 8, "a week later"'),
        (Time(earliest_day=-2, latest_day=-2), "glow: present @ day -2"),
        (Time(phrase="in May"), 'glow: present @ "in May"'),
        (None, "glow: present"),
    ],
)
def test_the_time_is_told(time: Time | None, expected: str) -> None:
    event = ClinicalFinding(order=1, evidence=SPAN, finding=term("glow"), status="present", time=time)
    record = make_record().model_copy(update={"cases": (make_case(events=(event,)),)})
    assert f"     1  clinical-finding        {expected}  «glows» 3-8\n" in list_record(record)


def test_events_are_listed_in_narrative_order_with_every_span_counted() -> None:
    second = Outcome(order=2, evidence=SPAN, outcome="died")
    first = Encounter(order=1, evidence=(*SPAN, Evidence(start=0, end=2, quote="It")), encounter="admission")
    listing = list_record(make_record().model_copy(update={"cases": (make_case(events=(second, first)),)}))
    assert listing.index("admission  «glows» 3-8 +1") < listing.index("died")


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [("11", "year", "11 years old"), ("1", "month", "1 month old"), ("40", None, "40 old")],
)
def test_a_patient_is_introduced_by_age_and_sex(value: str, unit: str | None, expected: str) -> None:
    age = Attribute.model_validate({"value": value, "unit": unit, "evidence": SPAN})
    case = make_case().model_copy(update={"age": age, "sex": Attribute(value="female", evidence=SPAN)})
    listing = list_record(make_record().model_copy(update={"cases": (case,)}))
    assert f"Patient 1, {expected}, female  «glows» 3-8\n" in listing


def test_a_long_quote_is_cut_and_kept_on_one_line() -> None:
    quote = "It\nglows " * 20
    case = make_case().model_copy(update={"evidence": (Evidence(start=0, end=len(quote), quote=quote),)})
    line = list_record(make_record().model_copy(update={"cases": (case,)})).splitlines()[2]
    assert line.startswith("Patient 1  «It glows It glows")
    assert line.endswith(f"…» 0-{len(quote)}")


@pytest.mark.parametrize(
    ("polarity", "hedged", "marks"),
    [("affirmed", False, ""), ("negated", False, " [negated]"), ("negated", True, " [negated, hedged]")],
)
def test_claims_and_warnings_are_listed(polarity: str, hedged: bool, marks: str) -> None:
    claim = Claim.model_validate(
        {
            "subject": term("dimmer"),
            "relation": term("treats"),
            "object": term("glow"),
            "polarity": polarity,
            "hedged": hedged,
            "evidence": SPAN,
        }
    )
    listing = list_record(make_record(warnings=("No outcome.",)).model_copy(update={"claims": (claim,)}))
    assert f"\nClaims\n  dimmer treats glow{marks}  «glows» 3-8\n" in listing
    assert listing.endswith("\nWarnings\n  No outcome.\n")


def test_what_curators_did_is_listed() -> None:
    who = Curation(action="corrected", by="curation team", on=date(2024, 1, 31), former="died", note="misread")
    event = Outcome(order=1, evidence=SPAN, outcome="alive", curation=who)
    sex = Attribute(value="male", evidence=SPAN, curation=Curation(action="added", by="curation team"))
    case = make_case(events=(event,)).model_copy(update={"sex": sex})
    rejected = Rejection(
        kind="age",
        case="Patient 1",
        statement="9 year",
        evidence=SPAN,
        by="curation team",
        on=date(2024, 1, 31),
        reason="no",
    )
    listing = list_record(make_record().model_copy(update={"cases": (case,), "rejected": (rejected,)}))
    assert "Patient 1, male  «glows» 3-8  {sex added by curation team}\n" in listing
    assert "alive  «glows» 3-8  {corrected by curation team, 2024-01-31, read as died: misread}\n" in listing
    assert "\nRejected\n  Patient 1  age  9 year  «glows» 3-8  {by curation team, 2024-01-31: no}\n" in listing


def test_a_record_is_loaded_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(make_record().model_dump_json(), encoding="utf-8")
    assert load_record(tmp_path / "report.json") == make_record()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "is no record of a document"),
        (b'{"file_name": 7}', "is no record of a document at file_name"),
        (b"\xff", "is no record of a document"),
    ],
)
def test_a_file_that_is_no_record_is_named(tmp_path: Path, text: bytes, message: str) -> None:
    (tmp_path / "x.json").write_bytes(text)
    with pytest.raises(DocumentError, match=message):
        load_record(tmp_path / "x.json")


def test_a_missing_record_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(DocumentError, match="cannot be read"):
            load_record(path)
