"""At which time points the criteria of a case are answered."""

from __future__ import annotations

from rdflib import Graph

from casebook import Report
from criteria.helpers import assessed, encounter, finding, graph_of, ontology, patient, read
from hfskg.criteria import Reading, assess
from hfskg.namespaces import HFS, RDF


def points(report: Report) -> list[str]:
    result = assess(graph_of(report), ontology())
    found = result.subjects(HFS.criteriaSet, HFS.MAS2016)
    return sorted({str(iri).removesuffix("/lenient").rpartition("/")[2] for iri in found})


def test_days_with_values_and_with_findings_asked_for_are_time_points() -> None:
    report = patient()
    report.lab("Ferritin", "900", day=3)
    finding(report, "Fever", day=5)
    finding(report, "BlueSpots", day=7)
    assert points(report) == ["3", "5"]


def test_days_that_hold_other_time_points_are_none() -> None:
    report = patient()
    report.lab("Ferritin", "900", day=3)
    finding(report, "Fever", day=(1, 7))
    assert points(report) == ["3"]
    assert assessed(report, "MAS2016", "3").item("Criterion_Fever") == "met"


def test_a_value_measured_again_is_of_another_time() -> None:
    report = patient()
    finding(report, "Fever")
    report.lab("Ferritin", "9000")
    report.lab("PlateletCount", "90", "TenToTheNinePerLiter")
    report.lab("Ferritin", "400")
    assert points(report) == ["undated", "undated-2"]
    assert assessed(report, "MAS2016", "undated").met == {"Criterion_Fever", "MAS2016_Ferritin", "MAS2016_Platelets"}
    assert assessed(report, "MAS2016", "undated-2").verdict == "not_met"


def test_an_arrival_a_phrase_of_time_and_a_dated_event_end_a_stretch() -> None:
    report = patient()
    finding(report, "Fever")
    encounter(report, "Transfer")
    finding(report, "Fever", "Absent")
    report.lab("Ferritin", "900", time="two months later")
    finding(report, "Fever", day=9)
    report.lab("Ferritin", "800")
    assert points(report) == ["9", "undated", "undated-2", "undated-3", "undated-4"]
    result = assess(graph_of(report), ontology())
    assert str(result.value(read(result, "MAS2016", "undated-3").iri, HFS.timePhrase)) == "two months later"


def test_a_case_without_anything_asked_for_has_one_time_point() -> None:
    assert points(patient()) == ["undated"]


def test_what_persists_within_an_admission_holds_in_its_later_stretches_only() -> None:
    report = patient()
    finding(report, "Fever")
    report.lab("Ferritin", "900")
    finding(report, "Splenomegaly")
    report.lab("Ferritin", "800")
    encounter(report, "Readmission")
    finding(report, "Fever")
    items = [assessed(report, "HLH2004", when).item("Criterion_Splenomegaly") for when in (
        "undated", "undated-2", "undated-3")]  # fmt: skip
    assert items == ["met", "met", "unknown"]


def test_a_drug_without_a_day_began_by_the_next_dated_event_that_is_no_value() -> None:
    report = patient()
    report.drug("Prednisone", action="Start")
    report.lab("Ferritin", "900", day=-30)
    finding(report, "Fever", day=0)
    report.lab("Ferritin", "900", day=13)
    report.lab("Ferritin", "900", day=14)
    items = [assessed(report, "HScore", when).item("HScore_Term_Immunosuppression") for when in ("13", "14")]
    assert items == ["unknown", "met"]


def test_each_reading_is_assessed_by_itself_and_both_share_what_is_the_same() -> None:
    report = patient()
    finding(report, "Fever")
    graph = graph_of(report)
    strict, lenient, both = (
        assess(graph, ontology(), readings)
        for readings in ((Reading.STRICT,), (Reading.LENIENT,), (Reading.STRICT, Reading.LENIENT))
    )
    assert set(strict) | set(lenient) == set(both)
    for result, other in ((strict, HFS.LenientReading), (lenient, HFS.StrictReading)):
        assert (None, HFS.reading, other) not in result


def test_unknown_items_tell_why() -> None:
    report = patient()
    report.lab("Ferritin", "900", "")
    report.lab("SolubleInterleukin2Receptor", "9000", "PicogramPerMilliliter")
    report.lab("Triglycerides", "300", "MilligramPerDeciliter", comparator="<")
    result = assess(graph_of(report), ontology(), (Reading.STRICT,))

    def reasons(item: str) -> set[str]:
        (node,) = result.subjects(HFS.criterion, HFS[item])
        assert (node, RDF.type, HFS.ItemResult) in result
        return {str(reason).removeprefix(HFS) for reason in result.objects(node, HFS.unknownReason)}

    assert reasons("HLH2004_Ferritin") == {"WithoutUnit"}
    assert reasons("HLH2004_SolubleInterleukin2Receptor") == {"NotConvertible"}
    assert reasons("HLH2004_TriglyceridesOrFibrinogen") == {"Imprecise", "NotTold"}
    assert reasons("HLH2004_Hemophagocytosis") == {"NotTold"}


def test_an_undetermined_verdict_tells_what_it_hangs_on() -> None:
    report = patient()
    report.diagnosis("SystemicJuvenileIdiopathicArthritis")
    for analyte, value, unit in (("Ferritin", "900", "NanogramPerMilliliter"), ("PlateletCount", "90",
            "TenToTheNinePerLiter"), ("Fibrinogen", "200", "MilligramPerDeciliter")):  # fmt: skip
        report.lab(analyte, value, unit, day=0)
    result: Graph = assess(graph_of(report), ontology())
    found = read(result, "MAS2016", "0")
    hinges = {str(item).removeprefix(HFS) for item in result.objects(found.iri, HFS.hangsOn)}
    assert hinges == {"Criterion_Fever"}
    assert found.unknown == {"Criterion_Fever", "MAS2016_AspartateAminotransferase", "MAS2016_Triglycerides"}


def test_the_probability_of_an_hscore_goes_with_its_bounds() -> None:
    report = patient()
    report.lab("Ferritin", "7000", day=0)
    result = assess(graph_of(report), ontology())
    found = read(result, "HScore", "0")
    low, high = (str(result.value(found.iri, p)) for p in (HFS.probabilityMinimum, HFS.probabilityMaximum))
    assert (found.score, low, high) == ((50, 337), "0.0007", "1.0000")


def test_assessing_again_gives_the_same_triples() -> None:
    report = patient()
    report.lab("Ferritin", "7000", day=0)
    assert set(assess(graph_of(report), ontology())) == set(assess(graph_of(report), ontology()))
