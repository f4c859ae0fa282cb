from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfskg.reading.drafts import Draft
from hfskg.reading.merging import merge_drafts
from hfskg.record import (
    ClinicalFinding,
    DrugAdministration,
    Event,
    Evidence,
    GeneticFinding,
    LaboratoryMeasurement,
    PatientEvent,
    Quantity,
    TermRef,
    Time,
)
from reading.helpers import conditions, property_test, read, vocabulary

FEVER = TermRef(iri="x:fever", label="fever")
FERRITIN = TermRef(iri="x:ferritin", label="ferritin")
DRUG = TermRef(iri="x:drug", label="drug")
GENE = TermRef(iri="x:gene", label="gene")


def merge(drafts: list[Draft]) -> tuple[PatientEvent, ...]:
    return merge_drafts(drafts, vocabulary())


def at(start: int) -> tuple[Evidence, ...]:
    return (Evidence(start=start, end=start + 3, quote="abc"),)


def day(number: int | None, phrase: str = "then") -> Time:
    return Time(phrase=phrase, earliest_day=number, latest_day=number)


def draft(event: type[Event], start: int, time: Time | None = None, **fields: object) -> Draft:
    return Draft(event, fields, at(start), time)


def fever(start: int, status: str = "present", time: Time | None = None) -> Draft:
    return draft(ClinicalFinding, start, time, finding=FEVER, status=status)


def ferritin(start: int, value: str, unit: str | None = "x:unit", time: Time | None = None) -> Draft:
    quantity = Quantity(value=Decimal(value), unit=unit)
    fields = {"analyte": FERRITIN, "comparator": "=", "quantity": quantity, "standard_quantity": None}
    return draft(LaboratoryMeasurement, start, time, **fields)


def cell(start: int, head: int, value: str = "5") -> Draft:
    return ferritin(start, value)._replace(evidence=at(start) + at(head), cell=True)


def drug(start: int, dose: str | None = None, action: str | None = None) -> Draft:
    quantity = Quantity(value=Decimal(dose), unit="x:mg") if dose else None
    return draft(DrugAdministration, start, drug=DRUG, dose=quantity, action=action)


def variant(start: int, zygosity: str | None = None, printed: str | None = None) -> Draft:
    return draft(GeneticFinding, start, gene=GENE, zygosity=zygosity, variant=printed, status="present")


@pytest.mark.parametrize(
    ("drafts", "spans"),
    [
        pytest.param([fever(10), fever(50)], [[10, 50]], id="a finding told twice"),
        pytest.param([fever(10), fever(50, "resolved")], [[10], [50]], id="another status"),
        pytest.param([ferritin(10, "5"), ferritin(50, "5")], [[10, 50]], id="a value told twice"),
        pytest.param([ferritin(10, "5"), ferritin(50, "5.0")], [[10, 50]], id="the same number"),
        pytest.param([ferritin(10, "5"), ferritin(50, "6")], [[10], [50]], id="two values"),
        pytest.param([cell(10, 2), cell(50, 2)], [[10, 2], [50, 2]], id="equal cells of one row"),
        pytest.param([cell(10, 2), cell(50, 42)], [[10, 2, 50, 42]], id="equal cells of two rows"),
        pytest.param([ferritin(10, "5"), ferritin(50, "5", None)], [[10, 50]], id="once without unit"),
        pytest.param([ferritin(10, "5"), ferritin(50, "5", "x:other")], [[10], [50]], id="two units"),
        pytest.param(
            [ferritin(10, "5", time=day(1)), ferritin(50, "5", time=day(9))], [[10], [50]], id="a value on two days"
        ),
        pytest.param([ferritin(10, "5", time=day(1)), ferritin(50, "5")], [[10, 50]], id="once without day"),
        pytest.param([drug(10), drug(50, "4")], [[50]], id="a bare mention beside a dose"),
        pytest.param([drug(10), drug(50)], [[10, 50]], id="bare mentions only"),
        pytest.param([drug(10, "4"), drug(50, "4")], [[10], [50]], id="one dose given twice"),
        pytest.param([drug(10, "4"), drug(10, "4")], [[10]], id="one dose read twice"),
        pytest.param([variant(10), variant(50, "heterozygous")], [[10, 50]], id="a variant told in more detail"),
        pytest.param([variant(10, "homozygous"), variant(50, "heterozygous")], [[10], [50]], id="two variants"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_merging(drafts: list[Draft], spans: list[list[int]]) -> None:
    assert [[e.start for e in event.evidence] for event in merge(drafts)] == spans


def test_the_detail_of_the_fuller_telling_is_kept_and_the_first_evidence_stays_first() -> None:
    (event,) = merge([variant(10), variant(50, "heterozygous", "c.1A>G")])
    assert isinstance(event, GeneticFinding)
    assert (event.zygosity, event.variant) == ("heterozygous", "c.1A>G")
    assert [e.start for e in event.evidence] == [10, 50]


def test_a_day_is_taken_over_from_the_other_telling() -> None:
    (event,) = merge([ferritin(10, "5"), ferritin(50, "5", time=day(3))])
    assert event.time
    assert event.time.earliest_day == 3


def test_events_are_numbered_in_the_order_of_the_text() -> None:
    events = merge([ferritin(50, "5"), fever(10), drug(30, "4")])
    assert [(e.order, e.kind) for e in events] == [
        (1, "clinical-finding"),
        (2, "drug-administration"),
        (3, "laboratory-measurement"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Sepsis was suspected. She had sepsis.", {("sepsis", "present")}, id="suspected, then found"),
        pytest.param(
            "She had lymphoma. It was T-cell lymphoma.", {("T-cell lymphoma", "present")}, id="general, then special"
        ),
        pytest.param(
            "Lymphoma was ruled out. She had malignancy.",
            {("lymphoma", "excluded"), ("malignancy", "present")},
            id="the special one excluded",
        ),
    ],
)
def test_what_is_told_better_elsewhere_is_left_out(text: str, expected: set[tuple[str, str]]) -> None:
    assert conditions(read(text)) == expected


DRAFTS = st.lists(
    st.one_of(
        st.builds(fever, st.integers(0, 40), st.sampled_from(["present", "absent", "resolved"])),
        st.builds(ferritin, st.integers(0, 40), st.sampled_from(["5", "6"]), st.sampled_from([None, "x:unit"])),
        st.builds(drug, st.integers(0, 40), st.sampled_from([None, "4"]), st.sampled_from([None, "start", "stop"])),
        st.builds(variant, st.integers(0, 40), st.sampled_from([None, "heterozygous", "homozygous"])),
    ),
    max_size=8,
)


@given(DRAFTS)
@property_test
def test_no_evidence_comes_from_nowhere_and_orders_are_unique(drafts: list[Draft]) -> None:
    events = merge(drafts)
    assert [event.order for event in events] == list(range(1, len(events) + 1))
    assert {e for event in events for e in event.evidence} <= {e for one in drafts for e in one.evidence}
    assert [event.evidence[0].start for event in events] == sorted(event.evidence[0].start for event in events)


@given(DRAFTS)
@property_test
def test_told_twice_is_told_once(drafts: list[Draft]) -> None:
    assert merge([*drafts, *drafts]) == merge(drafts)


@given(DRAFTS)
@property_test
def test_the_order_of_the_drafts_does_not_matter(drafts: list[Draft]) -> None:
    assert merge(drafts[::-1]) == merge(drafts)
