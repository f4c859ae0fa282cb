from __future__ import annotations

import pytest

from hfskg.record import DocumentRecord, Outcome
from reading.helpers import assert_quotes_stand, conditions, drugs, event_evidence, findings, record

TWO = (
    "Case reports\n\nCase 1\n\nThis patient was seen in March (Table 1).\n\n"
    "Case 2\n\nThis patient was seen in April (Table 1).\n\n"
)
COLUMNS = (
    "\tCase 1\tCase 2\nAge (months)\t5\t34 years\nSex\tM\tFemale\nDiagnosis\tSepsis\tLymphoma, no sepsis\n"
    "Symptoms\tFever, rash\tHeadache\nTreatment\tAnakinra 2 mg/kg/day\tNone\nOutcome\tAlive\tDied\n"
)
ROWS = (
    "Patient no.\tAge/sex\tDiagnosis\tSymptoms\tTreatment\tOutcome\n"
    "1\t5 mo/M\tSepsis\tFever, rash\tAnakinra 2 mg/kg/day\tAlive\n"
    "2\t34/F\tLymphoma, no sepsis\tHeadache\tNone\tDied\n"
)


def told(rows: str, caption: str = "Table 1. Characteristics") -> DocumentRecord:
    text = f"{TWO}{caption}\n\n{rows}\nDiscussion\n\nThis is rare.\n"
    found = record(text)
    for case in found.cases:
        assert_quotes_stand(text, event_evidence(case))
    return found


@pytest.mark.parametrize("rows", [pytest.param(COLUMNS, id="columns"), pytest.param(ROWS, id="rows")])
def test_each_patient_has_what_is_told_of_it(rows: str) -> None:
    first, second = told(rows).cases
    assert [(c.age.value, c.age.unit) for c in (first, second) if c.age] == [("5", "month"), ("34", "year")]
    assert [c.sex.value for c in (first, second) if c.sex] == ["male", "female"]
    assert conditions(first) == {("sepsis", "present")}
    assert conditions(second) == {("lymphoma", "present"), ("sepsis", "excluded")}
    assert findings(first) == {("fever", "present"), ("skin rash", "present")}
    assert findings(second) == {("headache", "present")}
    assert drugs(first) == [("anakinra", "2 mg/kg/day", None)]
    assert drugs(second) == []
    assert [[e.outcome for e in c.events if isinstance(e, Outcome)] for c in (first, second)] == [["alive"], ["died"]]


@pytest.mark.parametrize(
    ("rows", "caption"),
    [
        pytest.param(COLUMNS, "Table 1. Summary of published cases", id="others"),
        pytest.param(
            COLUMNS.replace("Diagnosis", "Remark").replace("Symptoms", "Note"), "Table 1. Course", id="no topic"
        ),
    ],
)
def test_nothing_is_read_of_other_tables_and_topics(rows: str, caption: str) -> None:
    assert [(conditions(case), findings(case)) for case in told(rows, caption).cases] == [(set(), set())] * 2
