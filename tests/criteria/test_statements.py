"""Which statements hold at which time, and what they say of other terms."""

from __future__ import annotations

import pytest

from casebook import Report
from criteria.helpers import assessed, encounter, finding, patient


def spleen(report: Report, day: int) -> str:
    report.lab("Ferritin", "1", day=day)
    return assessed(report, "HLH2004", str(day)).item("Criterion_Splenomegaly")


def fever(report: Report, day: int) -> str:
    report.lab("Ferritin", "1", day=day)
    return assessed(report, "HLH2004", str(day)).item("Criterion_Fever")


def test_fever_belongs_to_its_own_day() -> None:
    report = patient()
    finding(report, "Fever", day=2)
    assert (fever(report, 2), fever(report, 3)) == ("met", "unknown")


def test_fever_without_a_day_settles_no_day() -> None:
    report = patient()
    finding(report, "Fever")
    assert fever(report, 2) == "unknown"
    assert assessed(report, "HLH2004").item("Criterion_Fever") == "met"


def test_the_narrowest_statement_of_a_day_decides_and_presence_wins() -> None:
    report = patient()
    finding(report, "Fever", "Absent", day=(0, 10))
    finding(report, "Fever", day=4)
    assert (fever(report, 4), fever(report, 5)) == ("met", "not_met")
    finding(report, "Fever", "Resolved", day=4)
    assert fever(report, 4) == "met"


def test_an_enlarged_spleen_persists_until_it_is_denied() -> None:
    report = patient()
    finding(report, "Splenomegaly", day=2)
    finding(report, "Splenomegaly", "Resolved", day=20)
    assert [spleen(report, day) for day in (1, 2, 10, 20, 30)] == ["unknown", "met", "met", "not_met", "not_met"]


def test_a_new_admission_ends_what_persists_within_one() -> None:
    report = patient()
    finding(report, "Splenomegaly", day=2)
    encounter(report, "Readmission", day=50)
    assert [spleen(report, day) for day in (40, 50, 60)] == ["met", "unknown", "unknown"]


def test_an_undated_statement_holds_for_the_days_of_its_admission() -> None:
    report = patient()
    encounter(report, "Admission")
    finding(report, "Splenomegaly")
    assert spleen(report, 5) == "met"
    encounter(report, "Admission", day=5)
    assert spleen(report, 5) == "unknown"
    finding(report, "Splenomegaly", "Absent")
    assert spleen(report, 5) == "not_met"


def test_undated_statements_that_contradict_each_other_settle_no_day() -> None:
    report = patient()
    finding(report, "Splenomegaly")
    finding(report, "Splenomegaly", "Absent")
    assert spleen(report, 5) == "unknown"


def test_the_denial_of_both_organs_denies_each() -> None:
    report = patient()
    finding(report, "Hepatosplenomegaly", "Absent", day=0)
    assert spleen(report, 0) == "not_met"


def test_a_special_form_meets_the_general_item_and_its_denial_does_not_deny_it() -> None:
    report = patient()
    finding(report, "BoneMarrowHemophagocytosis")
    assert assessed(report, "HLH2004").item("HLH2004_Hemophagocytosis") == "met"
    other = patient()
    finding(other, "BoneMarrowHemophagocytosis", "Absent")
    assert assessed(other, "HLH2004").item("HLH2004_Hemophagocytosis") == "unknown"
    assert assessed(other, "HScore").item("HScore_Term_Hemophagocytosis") == "not_met"
    third = patient()
    finding(third, "Hemophagocytosis", "Absent")
    assert assessed(third, "HScore").item("HScore_Term_Hemophagocytosis") == "not_met"


@pytest.mark.parametrize(
    ("conditions", "strict"),
    [
        ([("SystemicJuvenileIdiopathicArthritis", "Suspected")], "met"),
        ([("SystemicJuvenileIdiopathicArthritis", "History")], "met"),
        ([("SystemicJuvenileIdiopathicArthritis", "Excluded")], "not_met"),
        ([("MacrophageActivationSyndromeInSystemicJuvenileIdiopathicArthritis", "Present")], "met"),
        ([("MacrophageActivationSyndromeInSystemicJuvenileIdiopathicArthritis", "Excluded")], "unknown"),
        ([("JuvenileIdiopathicArthritis", "Present")], "unknown"),
        ([("AdultOnsetStillDisease", "Present")], "not_met"),
        ([("SystemicLupusErythematosus", "Present")], "not_met"),
        ([("SystemicLupusErythematosus", "Present"), ("SystemicJuvenileIdiopathicArthritis", "Present")], "met"),
        ([], "unknown"),
    ],
)
def test_what_counts_as_known_or_suspected(conditions: list[tuple[str, str]], strict: str) -> None:
    report = patient()
    for condition, status in conditions:
        report.diagnosis(condition, status)
    assert assessed(report, "MAS2016").item("Criterion_KnownOrSuspectedSJIA") == strict


def test_pain_of_joints_is_not_arthritis() -> None:
    report = patient()
    for term, status in (("Fever", "Present"), ("Arthralgia", "Present"), ("Arthritis", "Absent")):
        finding(report, term, status)
    assert assessed(report, "ILARSystemicJIA").verdict == "not_met"
