"""How values, ages, drugs and variants answer criteria."""

from __future__ import annotations

import pytest

from casebook import Report
from criteria.helpers import CELLS, GDL, GL, MGDL, MMOL, PER, assessed, finding, patient


@pytest.mark.parametrize(
    ("analyte", "value", "unit", "criteria_set", "item", "expected"),
    [
        ("Ferritin", "684", "NanogramPerMilliliter", "MAS2016", "MAS2016_Ferritin", "not_met"),
        ("Ferritin", "684.1", "MicrogramPerLiter", "MAS2016", "MAS2016_Ferritin", "met"),
        ("PlateletCount", "181", CELLS, "MAS2016", "MAS2016_Platelets", "met"),
        ("PlateletCount", "181001", PER, "MAS2016", "MAS2016_Platelets", "not_met"),
        ("AspartateAminotransferase", "48", "UnitPerLiter", "MAS2016", "MAS2016_AspartateAminotransferase", "not_met"),
        ("AspartateAminotransferase", "49", "InternationalUnitPerLiter", "MAS2016", "MAS2016_AspartateAminotransferase",
         "met"),
        ("AspartateAminotransferase", "0.81", "MicrokatalPerLiter", "MAS2016", "MAS2016_AspartateAminotransferase",
         "met"),
        ("Triglycerides", "156", MGDL, "MAS2016", "MAS2016_Triglycerides", "not_met"),
        ("Triglycerides", "157", MGDL, "MAS2016", "MAS2016_Triglycerides", "met"),
        ("Triglycerides", "1.76", MMOL, "MAS2016", "MAS2016_Triglycerides", "not_met"),
        ("Fibrinogen", "356", MGDL, "MAS2016", "MAS2016_Fibrinogen", "met"),
        ("Fibrinogen", "3.6", GL, "MAS2016", "MAS2016_Fibrinogen", "met"),
        ("Fibrinogen", "3600", "MilligramPerLiter", "MAS2016", "MAS2016_Fibrinogen", "met"),
        ("Fibrinogen", "300", "", "MAS2016", "MAS2016_Fibrinogen", "unknown"),
        ("Triglycerides", "265", MGDL, "HLH2004", "HLH2004_TriglyceridesOrFibrinogen", "met"),
        ("Triglycerides", "3.0", MMOL, "HLH2004", "HLH2004_TriglyceridesOrFibrinogen", "met"),
        ("Triglycerides", "2.99", MMOL, "HLH2004", "HLH2004_TriglyceridesOrFibrinogen", "unknown"),
        ("Ferritin", "556", "NanogramPerMilliliter", "HLH2004", "HLH2004_Ferritin", "met"),
        ("Ferritin", "1000", "PicomolePerLiter", "HLH2004", "HLH2004_Ferritin", "not_met"),
        ("Ferritin", "1200", "PicomolePerLiter", "HLH2004", "HLH2004_Ferritin", "met"),
        ("SolubleInterleukin2Receptor", "2400", "UnitPerMilliliter", "HLH2004", "HLH2004_SolubleInterleukin2Receptor",
         "met"),
        ("SolubleInterleukin2Receptor", "21288", "InternationalUnitPerMilliliter", "HLH2004",
         "HLH2004_SolubleInterleukin2Receptor", "met"),
        ("SolubleInterleukin2Receptor", "99999", "PicogramPerMilliliter", "HLH2004",
         "HLH2004_SolubleInterleukin2Receptor", "unknown"),
        ("Triglycerides", "133", MGDL, "HScore", "HScore_Term_Triglycerides", "met"),
        ("Triglycerides", "132", MGDL, "HScore", "HScore_Term_Triglycerides", "not_met"),
        ("Fibrinogen", "251", MGDL, "HScore", "HScore_Term_Fibrinogen", "not_met"),
        ("Fibrinogen", "250", MGDL, "HScore", "HScore_Term_Fibrinogen", "met"),
        ("AspartateAminotransferase", "31", "UnitPerLiter", "HScore", "HScore_Term_AspartateAminotransferase", "met"),
        ("AspartateAminotransferase", "29.9", "UnitPerLiter", "HScore", "HScore_Term_AspartateAminotransferase",
         "not_met"),
    ],
)  # fmt: skip
def test_a_value_is_compared_in_its_unit(
    analyte: str, value: str, unit: str, criteria_set: str, item: str, expected: str
) -> None:
    report = patient()
    report.lab(analyte, value, unit, day=3)
    assert assessed(report, criteria_set, "3").item(item) == expected


@pytest.mark.parametrize(
    ("comparator", "value", "expected"),
    [("<", "684", "not_met"), ("<", "700", "unknown"), (">", "684", "met"), (">=", "684", "unknown"),
     (">", "500", "unknown"), ("<=", "684", "not_met")],
)  # fmt: skip
def test_a_censored_value_is_an_interval(comparator: str, value: str, expected: str) -> None:
    report = patient()
    report.lab("Ferritin", value, comparator=comparator, day=0)
    assert assessed(report, "MAS2016", "0").item("MAS2016_Ferritin") == expected


@pytest.mark.parametrize(
    ("values", "hscore", "hlh"),
    [
        ({"Hemoglobin": ("9.2", GDL), "LeukocyteCount": ("5.0", CELLS)}, (24, 34), "unknown"),
        ({"Hemoglobin": ("9.3", GDL), "LeukocyteCount": ("5.0", CELLS)}, (0, 24), "unknown"),
        ({"PlateletCount": ("105", CELLS), "LeukocyteCount": ("3.4", CELLS), "Hemoglobin": ("10.8", GDL),
          "NeutrophilCount": ("1.9", CELLS)}, (24, 24), "not_met"),
        ({"PlateletCount": ("99", CELLS), "Hemoglobin": ("89", GL)}, (24, 34), "met"),
        ({"PlateletCount": ("100", CELLS), "Hemoglobin": ("90", GL)}, (24, 34), "not_met"),
    ],
)  # fmt: skip
def test_the_cytopenias_of_two_sets_differ(
    values: dict[str, tuple[str, str]], hscore: tuple[int, int], hlh: str
) -> None:
    report = patient()
    for analyte, (value, unit) in values.items():
        report.lab(analyte, value, unit, day=0)
    report.lab("Ferritin", "1", day=0)
    found = assessed(report, "HScore", "0")
    low, high = found.score
    assert low == hscore[0]
    assert high == 337 - 50 - 34 + hscore[1]
    assert assessed(report, "HLH2004", "0").item("HLH2004_Cytopenia") == hlh


@pytest.mark.parametrize(
    ("value", "unit", "points"),
    [("38.3", "DegreeCelsius", 0), ("38.4", "DegreeCelsius", 33), ("39.4", "DegreeCelsius", 33),
     ("39.5", "DegreeCelsius", 49), ("103.0", "DegreeFahrenheit", 49)],
)  # fmt: skip
def test_the_temperature_classes_hold_both_their_ends(value: str, unit: str, points: int) -> None:
    report = patient()
    report.lab("BodyTemperature", value, unit, day=0)
    assert assessed(report, "HScore", "0").score[0] == points


def test_no_fever_denies_a_high_temperature() -> None:
    report = patient()
    finding(report, "Fever", "Absent", day=0)
    report.lab("Ferritin", "1", day=0)
    assert "HScore_Term_Temperature" in assessed(report, "HScore", "0").not_met


def test_the_newborn_has_an_own_limit_of_hemoglobin() -> None:
    for age, expected in (("0.05", "met"), ("11", "not_met")):
        report = patient(age=age)
        report.lab("Hemoglobin", "9.5", GDL, day=0)
        report.lab("PlateletCount", "50", CELLS, day=0)
        report.lab("NeutrophilCount", "3", CELLS, day=0)
        assert assessed(report, "HLH2004", "0").item("HLH2004_Cytopenia") == expected


def test_values_of_one_day_meet_if_one_does_while_undated_ones_are_of_two_times() -> None:
    report = patient()
    for day in (0, None):
        report.lab("Ferritin", "600", day=day)
        report.lab("Ferritin", "900", day=day)
    assert assessed(report, "MAS2016", "0").item("MAS2016_Ferritin") == "met"
    assert assessed(report, "MAS2016", "undated").item("MAS2016_Ferritin") == "not_met"
    assert assessed(report, "MAS2016", "undated-2").item("MAS2016_Ferritin") == "met"


def variant(report: Report, gene: str, zygosity: str = "", status: str = "Present") -> None:
    body = f"hfs:gene hfs:Gene_{gene} ; hfs:status hfs:{status}" + (
        f" ; hfs:zygosity hfs:{zygosity}" if zygosity else ""
    )
    report.event("genetic-finding", "GeneticFinding", body, gene)


@pytest.mark.parametrize(
    ("zygosity", "verdict"),
    [("Homozygous", "met"), ("CompoundHeterozygous", "met"), ("Hemizygous", "met"), ("Heterozygous", "undetermined"),
     ("", "undetermined")],
)  # fmt: skip
def test_one_heterozygous_variant_is_no_molecular_diagnosis(zygosity: str, verdict: str) -> None:
    report = patient()
    variant(report, "STXBP2", zygosity)
    assert assessed(report, "HLH2004").verdict == verdict


def test_a_gene_found_normal_does_not_close_the_molecular_route_but_an_excluded_disease_does() -> None:
    report = patient()
    variant(report, "PRF1", status="Absent")
    assert assessed(report, "HLH2004").item("HLH2004_Molecular") == "unknown"
    report.diagnosis("PrimaryHemophagocyticLymphohistiocytosis", "Excluded")
    assert assessed(report, "HLH2004").item("HLH2004_Molecular") == "not_met"


def test_without_genetic_tests_the_whole_set_is_never_denied_while_its_clinical_route_may_be() -> None:
    report = patient()
    for analyte, value, unit in (
        ("Ferritin", "20", "NanogramPerMilliliter"),
        ("Triglycerides", "100", MGDL),
        ("Fibrinogen", "300", MGDL),
        ("SolubleInterleukin2Receptor", "100", "UnitPerMilliliter"),
    ):
        report.lab(analyte, value, unit, day=0)
    finding(report, "Fever", "Absent", day=0)
    assert assessed(report, "HLH2004", "0").verdict == "undetermined"
    assert assessed(report, "HLH2004ClinicalRoute", "0").verdict == "not_met"


def test_drugs_count_from_two_weeks_on_unless_stopped_or_given_for_a_set_time() -> None:
    def term(report: Report, day: int) -> str:
        report.lab("Ferritin", "1", day=day)
        return assessed(report, "HScore", str(day)).item("HScore_Term_Immunosuppression")

    report = patient()
    report.drug("Prednisone", action="Start", day=0)
    assert [term(report, day) for day in (13, 14, 30)] == ["unknown", "met", "met"]
    report.drug("Prednisone", action="Stop", day=20)
    assert [term(report, day) for day in (19, 30)] == ["met", "unknown"]
    pulse = patient()
    pulse.event(
        "drug-administration", "DrugAdministration", 'hfs:drug hfs:Prednisone ; hfs:duration "for 3 days"', "3 d", day=0
    )
    assert term(pulse, 20) == "unknown"


def test_the_age_at_presentation_only_bounds_that_at_onset() -> None:
    assert assessed(patient(age="15"), "ILARSystemicJIA").item("ILAR_Age") == "met"
    assert assessed(patient(age="17"), "ILARSystemicJIA").item("ILAR_Age") == "unknown"
