from __future__ import annotations

import pytest

from hfskg.record import LaboratoryMeasurement
from reading.helpers import assert_quotes_stand, event_evidence, laboratory, plain, record

INTRODUCTION = "Case report\n\nA 9-year-old girl had fever (Table 1).\n\n"
Value = tuple[str, str, str | None, str | None]


def table(text: str, caption: str = "Table 1. Course", introduction: str = INTRODUCTION) -> str:
    return f"{introduction}{caption}\n{text}\n"


def values(document: str) -> list[Value]:
    """Return analyte, comparator and value, unit and time, by place in the table."""
    case = record(document).cases[0]
    assert_quotes_stand(document, event_evidence(case))
    found = [e for e in case.events if isinstance(e, LaboratoryMeasurement)]
    return [
        (
            e.analyte.label.split()[0],
            ("" if e.comparator == "=" else e.comparator) + f"{e.quantity.value:f}",
            e.quantity.unit_label,
            e.time.phrase if e.time else None,
        )
        for e in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Test\tDay 1\tDay 2\nFerritin (ng/mL)\t1200\t900\nCRP (mg/L)\t46\t5",
            [
                ("ferritin", "1200", "ng/mL", "Day 1"),
                ("ferritin", "900", "ng/mL", "Day 2"),
                ("C-reactive", "46", "mg/L", "Day 1"),
                ("C-reactive", "5", "mg/L", "Day 2"),
            ],
            id="analytes as rows",
        ),
        pytest.param(
            "Test\tResult\tRV\tTest\tResult\tRV\nFerritin\t1200\t20-300 ng/mL\tCRP\t46\t0-5 mg/L",
            [("ferritin", "1200", "ng/mL", None), ("C-reactive", "46", "mg/L", None)],
            id="two tables side by side",
        ),
        pytest.param(
            "Time\tFerritin (ng/mL)\tCRP (mg/L)\nDay 1\t1200\t46\nDay 2\t900\t5",
            [
                ("ferritin", "1200", "ng/mL", "Day 1"),
                ("C-reactive", "46", "mg/L", "Day 1"),
                ("ferritin", "900", "ng/mL", "Day 2"),
                ("C-reactive", "5", "mg/L", "Day 2"),
            ],
            id="analytes as columns",
        ),
        pytest.param(
            "Test\tDay 1\tDay 2\nFerritin (ng/mL)\t1200 (corrected)\t900\nCRP (mg/L)\t46 [twice]\t5",
            [
                ("ferritin", "1200", "ng/mL", "Day 1"),
                ("ferritin", "900", "ng/mL", "Day 2"),
                ("C-reactive", "46", "mg/L", "Day 1"),
                ("C-reactive", "5", "mg/L", "Day 2"),
            ],
            id="remarks in brackets",
        ),
        pytest.param(
            "Test\tValue (normal range)\nFerritin (ng/mL)\t1200 (20-300)\nCRP (mg/L)\t46 (0-5)",
            [("ferritin", "1200", "ng/mL", None), ("C-reactive", "46", "mg/L", None)],
            id="reference ranges behind the values",
        ),
        pytest.param(
            "Test\tDay 1\tDay 2\nFerritin (g/dL)\t1200\t900\nCRP (mg/L)\t46\t5",
            [
                ("ferritin", "1200", "g/dL", "Day 1"),
                ("ferritin", "900", "g/dL", "Day 2"),
                ("C-reactive", "46", "mg/L", "Day 1"),
                ("C-reactive", "5", "mg/L", "Day 2"),
            ],
            id="a misprinted unit is kept",
        ),
        pytest.param(
            "Day\t1\t15\nFerritin (ng/mL)\t1200\t900",
            [("ferritin", "1200", "ng/mL", "1"), ("ferritin", "900", "ng/mL", "15")],
            id="bare numbers are days where the head says so",
        ),
        pytest.param(
            "Test\tOn admission\tAt discharge\nFerritin (ng/mL)\t1200\t900",
            [("ferritin", "1200", "ng/mL", "On admission"), ("ferritin", "900", "ng/mL", "At discharge")],
            id="phrases of time",
        ),
        pytest.param(
            "Test\t12 March\tJune 3, 2019\nFerritin (ng/mL)\t1200\t900",
            [("ferritin", "1200", "ng/mL", "12 March"), ("ferritin", "900", "ng/mL", "June 3, 2019")],
            id="dates",
        ),
        pytest.param(
            "Test\tResult\tUnit\nFerritin\t1200\tng/mL\nCRP\t46\tmg/L",
            [("ferritin", "1200", "ng/mL", None), ("C-reactive", "46", "mg/L", None)],
            id="a column of units",
        ),
        pytest.param(
            "Test\tDay 1\nFerritin\t1200 ng/mL\nCRP\t46 mg/L",
            [("ferritin", "1200", "ng/mL", "Day 1"), ("C-reactive", "46", "mg/L", "Day 1")],
            id="units in the cells",
        ),
        pytest.param(
            "Test\tDay 1\tNormal range\nFerritin, ng/mL\t1200\t10-200\nCRP, mg/L\t46\t<5",
            [("ferritin", "1200", "ng/mL", "Day 1"), ("C-reactive", "46", "mg/L", "Day 1")],
            id="reference range",
        ),
        pytest.param(
            "Test\tReference\tDay 1\nFerritin (10-200 ng/mL)\t200\t1200\nCRP (normal <5 mg/L)\t5\t46",
            [("ferritin", "1200", "ng/mL", "Day 1"), ("C-reactive", "46", "mg/L", "Day 1")],
            id="reference in the row's head",
        ),
        pytest.param(
            "Test\tDay 1\tDay 2\nFerritin (ng/mL)\t1,200a\t900*\nCRP (mg/L)\t46 (H)\t5 ↓",
            [
                ("ferritin", "1200", "ng/mL", "Day 1"),
                ("ferritin", "900", "ng/mL", "Day 2"),
                ("C-reactive", "46", "mg/L", "Day 1"),
                ("C-reactive", "5", "mg/L", "Day 2"),
            ],
            id="footnote marks and flags",
        ),
        pytest.param(
            "Test\tDay 1\tDay 2\nCRP (mg/L)\t<0.46\t≥100",
            [("C-reactive", "<0.46", "mg/L", "Day 1"), ("C-reactive", ">=100", "mg/L", "Day 2")],
            id="comparators",
        ),
        pytest.param(
            "Test\tDay 1\tDay 2\tDay 3\nFerritin (ng/mL)\t1200\t\t900\nCRP (mg/L)\t–\tND\t5",
            [
                ("ferritin", "1200", "ng/mL", "Day 1"),
                ("ferritin", "900", "ng/mL", "Day 3"),
                ("C-reactive", "5", "mg/L", "Day 3"),
            ],
            id="missing cells",
        ),
        pytest.param(
            "Test\tDay 1\nPlatelets (/µL)\t20 ×103",
            [("platelet", "20000", "/µL", "Day 1")],
            id="power in the cell",
        ),
        pytest.param(
            "Test\tDay 1\nPlatelets (×10³/µL)\t20\nWBC (×10⁹/L)\t1.2",
            [("platelet", "20", "10^9/L", "Day 1"), ("leukocyte", "1.2", "10^9/L", "Day 1")],
            id="power in the head",
        ),
        pytest.param(
            "Test\tDay 1\nCRP (mg/L)\t7,5",
            [("C-reactive", "7.5", "mg/L", "Day 1")],
            id="decimal comma",
        ),
        pytest.param(
            "Test\tDay 1\nFerritin (ng/mL)\t12,345\nHemoglobin (g/dL)\t8·1",
            [("ferritin", "12345", "ng/mL", "Day 1"), ("hemoglobin", "8.1", "g/dL", "Day 1")],
            id="thousands and raised point",
        ),
        pytest.param(
            "Ferritin\t1200 ng/mL\tCRP\t46 mg/L\nHemoglobin\t8.1 g/dL\tAST\t80 U/L",
            [
                ("ferritin", "1200", "ng/mL", None),
                ("C-reactive", "46", "mg/L", None),
                ("hemoglobin", "8.1", "g/dL", None),
                ("aspartate", "80", "U/L", None),
            ],
            id="name value name value",
        ),
        pytest.param(
            "Test\tDay 1\nINR\t1.8\nFever\t39\nWeight\t20",
            [("international", "1.8", None, "Day 1")],
            id="only analytes",
        ),
        pytest.param(
            "Test\tDay 1\tp-value\tSome author et al.\nFerritin (ng/mL)\t1200\t0.03\t800",
            [("ferritin", "1200", "ng/mL", "Day 1")],
            id="columns of the literature",
        ),
        pytest.param(
            "Test\tIn our unit\tNormal range\nFerritin\t1200 ng/mL\t10-200 ng/mL\nCRP\t46 mg/L\t<5 mg/L",
            [("ferritin", "1200", "ng/mL", None), ("C-reactive", "46", "mg/L", None)],
            id="a column of which no head says what it is, beside reference ranges",
        ),
        pytest.param(
            "Test\tDay 1\tDay 2\nPlatelets/µl (150 000-400 000)\t503 000\t62 000",
            [("platelet", "503000", "/µL", "Day 1"), ("platelet", "62000", "/µL", "Day 2")],
            id="a unit between a slash and limits",
        ),
        pytest.param(
            "Ferritin (ng/mL)\t900\t900\t80\nCRP (mg/L)\t\t\t5",
            [
                ("ferritin", "900", "ng/mL", None),
                ("ferritin", "900", "ng/mL", None),
                ("ferritin", "80", "ng/mL", None),
                ("C-reactive", "5", "mg/L", None),
            ],
            id="equal values in one row",
        ),
    ],
)
def test_tab_separated_tables(text: str, expected: list[Value]) -> None:
    assert values(table(text)) == expected


def test_blanks_separate_thousands() -> None:
    assert values(table("Test\tDay 1\nFerritin (ng/mL)\t11 963")) == [("ferritin", "11963", "ng/mL", "Day 1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Day 1 5 15\nFerritin (ng/mL) 1,200 900 80\nCRP (mg/L) 46 <5 NA",
            [
                ("ferritin", "1200", "ng/mL", "1"),
                ("ferritin", "900", "ng/mL", "5"),
                ("ferritin", "80", "ng/mL", "15"),
                ("C-reactive", "46", "mg/L", "1"),
                ("C-reactive", "<5", "mg/L", "5"),
            ],
            id="bare days",
        ),
        pytest.param(
            "Hospital day 1 5\nFerritin (ng/mL) 1200a 900*\na Approximate\nCRP (mg/L) 4.6 –",
            [
                ("ferritin", "1200", "ng/mL", "1"),
                ("ferritin", "900", "ng/mL", "5"),
                ("C-reactive", "4.6", "mg/L", "1"),
            ],
            id="marks, footnote and missing value",
        ),
        pytest.param(
            "Ferritin (ng/mL) 1200 900\nCRP (mg/L) 46 5",
            [
                ("ferritin", "1200", "ng/mL", None),
                ("ferritin", "900", "ng/mL", None),
                ("C-reactive", "46", "mg/L", None),
                ("C-reactive", "5", "mg/L", None),
            ],
            id="no head",
        ),
    ],
)
def test_torn_tables(text: str, expected: list[Value]) -> None:
    assert values(table(text)) == expected


def test_a_day_in_the_head_is_a_day_from_the_origin() -> None:
    case = record(table("Test\tDay 15\tWeek 2\nFerritin (ng/mL)\t1200\t900")).cases[0]
    times = [e.time for e in case.events if isinstance(e, LaboratoryMeasurement)]
    assert [(t.earliest_day, t.latest_day) for t in times if t] == [(15, 15), (8, 14)]


def test_evidence_is_the_cell_and_the_head_of_its_row() -> None:
    case = record(table("Test\tDay 1\nFerritin (ng/mL)\t1,200*")).cases[0]
    event = next(e for e in case.events if isinstance(e, LaboratoryMeasurement))
    assert [e.quote for e in event.evidence] == ["1,200", "Ferritin (ng/mL)"]


def test_the_standard_unit_is_computed() -> None:
    case = record(table("Test\tDay 1\nCRP (mg/dL)\t4.6")).cases[0]
    event = next(e for e in case.events if isinstance(e, LaboratoryMeasurement))
    assert plain(event.standard_quantity) == "46 mg/L"


TWO = "Patient 1\n\nA 9-year-old girl had fever (Table 1).\n\nPatient 2\n\nA 12-year-old boy had rash.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Test\tPatient 1\tPatient 2\nFerritin (ng/mL)\t1200\t900", id="patients as columns"),
        pytest.param("\tFerritin (ng/mL)\tCRP (mg/L)\nPatient 1\t1200\t\nPatient 2\t900\t", id="patients as rows"),
    ],
)
def test_other_patients_are_skipped(text: str) -> None:
    cases = record(table(text, introduction=TWO)).cases
    assert [laboratory(case) for case in cases] == [
        [("ferritin", "=", "1200 ng/mL")],
        [("ferritin", "=", "900 ng/mL")],
    ]


@pytest.mark.parametrize("caption", ["Table 1. Diagnostic criteria", "Table 1. Summary of published cases"])
def test_tables_of_no_patient(caption: str) -> None:
    assert values(table("Test\tDay 1\nFerritin (ng/mL)\t500", caption=caption)) == []


def test_a_value_told_in_prose_and_table_is_one_event_with_two_pieces_of_evidence() -> None:
    text = table("Test\tDay 1\nFerritin (ng/mL)\t1200").replace("fever", "ferritin of 1200 ng/mL")
    case = record(text).cases[0]
    events = [e for e in case.events if isinstance(e, LaboratoryMeasurement)]
    assert len(events) == 1
    assert {e.quote for e in events[0].evidence} >= {"ferritin of 1200 ng/mL", "1200"}
