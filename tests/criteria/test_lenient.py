"""The lenient reading: words without figures, and what is granted."""

from __future__ import annotations

from casebook import Report
from criteria.helpers import CELLS, MGDL, assessed, finding, patient


def lenient(report: Report, name: str = "MAS2016") -> str:
    return assessed(report, name).lenient


def test_words_without_figures_count_in_the_lenient_reading_only() -> None:
    report = patient()
    report.diagnosis("SystemicJuvenileIdiopathicArthritis")
    finding(report, "Fever")
    finding(report, "Hyperferritinemia")
    finding(report, "Thrombocytopenia")
    report.lab("Fibrinogen", "300", MGDL)
    found = assessed(report, "MAS2016")
    assert (found.verdict, found.lenient) == ("undetermined", "met")


def test_a_value_outweighs_words() -> None:
    report = patient()
    report.lab("Ferritin", "300")
    finding(report, "Hyperferritinemia")
    assert lenient(report) == "not_met"


def test_a_normal_result_denies_only_limits_beyond_the_reference_limit() -> None:
    report = patient()
    finding(report, "Hyperferritinemia", "Absent")
    finding(report, "Thrombocytopenia", "Absent")
    assert assessed(report, "MAS2016").verdict == "undetermined"
    assert lenient(report) == "not_met"
    other = patient()
    finding(other, "Thrombocytopenia", "Absent")
    other.lab("Ferritin", "900")
    assert lenient(other) == "undetermined"


def test_still_disease_counts_as_one_in_the_lenient_reading() -> None:
    report = patient()
    report.diagnosis("AdultOnsetStillDisease")
    assert (assessed(report, "MAS2016").verdict, lenient(report)) == ("not_met", "undetermined")


def test_pancytopenia_suggests_the_item_of_cytopenias() -> None:
    report = patient()
    for term in ("Fever", "Splenomegaly", "Hemophagocytosis", "Pancytopenia"):
        finding(report, term)
    report.lab("Ferritin", "9000")
    assert (assessed(report, "HLH2004").verdict, lenient(report, "HLH2004")) == ("undetermined", "met")


def test_a_duration_that_is_not_told_is_granted_in_the_lenient_reading() -> None:
    report = patient()
    for term in ("Fever", "Arthralgia", "Arthritis", "SoreThroat", "Lymphadenopathy", "SkinRash", "Splenomegaly"):
        finding(report, term)
    report.lab("LeukocyteCount", "20", CELLS)
    report.lab("NeutrophilCount", "17", CELLS)
    found = assessed(report, "Yamaguchi")
    assert {"Criterion_ProlongedHighFever", "Criterion_ProlongedArthralgia"} <= found.unknown
    assert {"Yamaguchi_Leukocytosis", "Criterion_SoreThroat", "Yamaguchi_NodesOrSpleen"} <= found.met
    assert (found.verdict, found.lenient) == ("undetermined", "met")
