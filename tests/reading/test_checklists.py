from __future__ import annotations

import pytest

from reading.helpers import assert_quotes_stand, conditions, event_evidence, findings, laboratory, record


def text(rows: str, caption: str = "Table 1. Criteria of the syndrome") -> str:
    return f"Case report\n\nA 9-year-old girl was seen (Table 1).\n\n{caption}\n\n{rows}\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            "Criterion\tOur patient\nFever\tYes\nSplenomegaly\tNo\nArthritis\tNot assessed",
            {("fever", "present"), ("splenomegaly", "absent")},
            id="yes, no and not told",
        ),
        pytest.param(
            "Criterion\tPatient\nFever\t+\nSplenomegaly\t−\nArthritis\tND",
            {("fever", "present"), ("splenomegaly", "absent")},
            id="a dash denies where a plus sign affirms",
        ),
        pytest.param("Criterion\tPatient\nFever\tYes\nSplenomegaly\t–", {("fever", "present")}, id="else it is empty"),
        pytest.param(
            "Criterion\tPatient\nFever or rash\tYes\nSplenomegaly\tYes",
            {("splenomegaly", "present")},
            id="nothing follows from one of two",
        ),
        pytest.param(
            "Criterion\tPatient\nFerritin > 500 ng/mL\tYes\nFever\tYes",
            {("hyperferritinemia", "present"), ("fever", "present")},
            id="an analyte and its threshold",
        ),
        pytest.param(
            "Criterion\tLimit\tPatient\n"
            "Hyperferritinemia\t≥ 500 ng/mL\t900 ng/mL\nHypofibrinogenemia\t≤ 1.5 g/L\t2.5 g/L",
            {("hyperferritinemia", "present")},
            id="a value beyond the limit in the same row",
        ),
        pytest.param(
            "Criterion\tPatient 1\tPatient 2\nFever\tYes\tNo\nSplenomegaly\tNo\tYes",
            {("fever", "present"), ("splenomegaly", "absent")},
            id="another patient's column",
        ),
        pytest.param("Criterion\tPoints\nFever\t+\nSplenomegaly\t+", set(), id="criteria of nobody"),
        pytest.param("Criterion\tPatient\nNo fever\tYes\nNo rash\tNo", {("fever", "absent")}, id="a denial ticked"),
    ],
)
def test_findings_of_a_checklist(rows: str, expected: set[tuple[str, str]]) -> None:
    source = text(rows)
    case = record(source).cases[0]
    assert findings(case) == expected
    assert_quotes_stand(source, event_evidence(case))


def test_diseases_are_present_or_excluded() -> None:
    case = record(text("Cause\tPatient\nLymphoma\tNo\nSepsis\tYes")).cases[0]
    assert conditions(case) == {("lymphoma", "excluded"), ("sepsis", "present")}


def test_the_patient_column_of_criteria_holds_laboratory_values() -> None:
    case = record(text("Criterion\tLimit\tPatient\nFerritin (ng/mL)\t> 500\t900\nCRP (mg/L)\t> 60\t88")).cases[0]
    assert laboratory(case) == [("ferritin", "=", "900 ng/mL"), ("C-reactive protein", "=", "88 mg/L")]


def test_the_evidence_is_the_criterion_and_the_tick() -> None:
    case = record(text("Criterion\tPatient\nFever\tYes\nSplenomegaly\tNo")).cases[0]
    event = next(e for e in case.events if e.kind == "clinical-finding")
    assert [e.quote for e in event.evidence] == ["Fever", "Yes"]
