from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from hfskg import record
from hfskg.record import (
    Attribute,
    Case,
    ClinicalFinding,
    Diagnosis,
    DocumentRecord,
    Event,
    Evidence,
    LaboratoryMeasurement,
    PatientEvent,
    Quantity,
    TermRef,
    Time,
)
from support import make_case, make_record

SPAN = (Evidence(start=3, end=8, quote="glows"),)
TERM = TermRef(iri="https://example.org/Glow", label="glow")


def test_a_record_travels_as_json_unchanged() -> None:
    told = make_record()
    assert DocumentRecord.model_validate_json(told.model_dump_json()) == told


def test_a_number_keeps_its_digits_as_told() -> None:
    quantity = Quantity(value=Decimal("1.50"))
    assert Quantity.model_validate_json(quantity.model_dump_json()).value.as_tuple() == Decimal("1.50").as_tuple()


@pytest.mark.parametrize("value", ["NaN", "Infinity", "high"])
def test_a_quantity_is_a_finite_number(value: str) -> None:
    with pytest.raises(ValidationError):
        Quantity.model_validate({"value": value})


@pytest.mark.parametrize(
    "fields",
    [
        {"start": 3, "end": 9, "quote": "glows"},
        {"start": -1, "end": 4, "quote": "glows"},
        {"start": 3, "end": 3, "quote": ""},
    ],
)
def test_evidence_has_offsets_that_fit_its_quote(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Evidence.model_validate(fields)


@pytest.mark.parametrize("days", [{"earliest_day": 2}, {"latest_day": 2}, {"earliest_day": 3, "latest_day": 2}])
def test_days_are_an_interval_or_none(days: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Time.model_validate(days)


def test_an_event_needs_evidence() -> None:
    with pytest.raises(ValidationError):
        ClinicalFinding(order=1, evidence=(), finding=TERM, status="present")


def test_events_of_a_case_have_places_of_their_own() -> None:
    event = ClinicalFinding(order=1, evidence=SPAN, finding=TERM, status="present")
    with pytest.raises(ValidationError, match="same place in the narrative order"):
        make_case(events=(event, event))


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        TermRef.model_validate({"iri": "x", "label": "x", "colour": "red"})


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        TERM.label = "other"


@pytest.mark.parametrize(("event", "status"), [(Diagnosis, "resolved"), (ClinicalFinding, "suspected")])
def test_each_kind_has_its_own_statuses(event: type[Event], status: str) -> None:
    fields = {"order": 1, "evidence": SPAN, "condition": TERM, "finding": TERM, "status": status}
    known = {name: value for name, value in fields.items() if name in event.model_fields}
    with pytest.raises(ValidationError, match="status"):
        event.model_validate(known)


def test_the_kind_tells_which_event_the_json_holds() -> None:
    event = LaboratoryMeasurement(order=1, evidence=SPAN, analyte=TERM, quantity=Quantity(value=Decimal(7)))
    case = make_case(events=(event,))
    assert isinstance(Case.model_validate_json(case.model_dump_json()).events[0], LaboratoryMeasurement)


def test_every_event_class_is_a_patient_event_with_a_kind_of_its_own() -> None:
    union = get_args(get_args(PatientEvent)[0])
    classes = {value for value in vars(record).values() if isinstance(value, type) and issubclass(value, Event)}
    assert set(union) == classes - {Event}
    assert len({event.model_fields["kind"].default for event in union}) == len(union)


def test_an_age_has_a_unit_of_time() -> None:
    with pytest.raises(ValidationError):
        Attribute.model_validate({"value": "11", "unit": "decade", "evidence": SPAN})
