from __future__ import annotations

from decimal import Decimal

import pytest

from hfskg.reading.laboratory import laboratory_fields, read_laboratory
from hfskg.reading.loading import parse_document
from hfskg.reading.reader import read_record
from hfskg.record import LaboratoryMeasurement, TermRef
from hfskg.units import UnitTable
from hfskg.vocabulary import Vocabulary
from reading.helpers import annotated, iri, laboratory, plain, read
from support import packaged_vocabulary

Told = list[tuple[str, str, str | None]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ferritin was 1,200 ng/mL.", [("ferritin", "=", "1200 ng/mL")], id="plain"),
        pytest.param("The ferritin level rose to 900 µg/L.", [("ferritin", "=", "900 µg/L")], id="rose to"),
        pytest.param("CRP (4.6 mg/dL) was high.", [("C-reactive protein", "=", "4.6 mg/dL")], id="in brackets"),
        pytest.param("Ferritin was >40,000 ng/mL.", [("ferritin", ">", "40000 ng/mL")], id="comparator"),
        pytest.param("Ferritin was less than 50 ng/mL.", [("ferritin", "<", "50 ng/mL")], id="comparator in words"),
        pytest.param(
            "Ferritin was 900 ng/mL and CRP 46 mg/L.",
            [("C-reactive protein", "=", "46 mg/L"), ("ferritin", "=", "900 ng/mL")],
            id="two analytes",
        ),
        pytest.param(
            "ALT and AST were 163 and 825 U/L, respectively.",
            [("alanine aminotransferase", "=", "163 U/L"), ("aspartate aminotransferase", "=", "825 U/L")],
            id="respectively",
        ),
        pytest.param("There was thrombocytopenia (20 ×10⁹/L).", [("platelet count", "=", "20 10^9/L")], id="finding"),
        pytest.param(
            "Ferritin was 900 ng/mL (normal 10–200 ng/mL).", [("ferritin", "=", "900 ng/mL")], id="reference range"
        ),
        pytest.param(
            "Ferritin was 900 ng/mL (reference < 200 ng/mL).", [("ferritin", "=", "900 ng/mL")], id="reference limit"
        ),
        pytest.param("INR was 1.8.", [("international normalized ratio", "=", "1.8")], id="no unit needed"),
        pytest.param("Ferritin was 900.", [], id="unit needed"),
        pytest.param(
            "Tests (AST 320 U/L [normal for age 12-40 U/L], ALT 210 U/L [normal for age 12-40 U/L]) were made.",
            [("alanine aminotransferase", "=", "210 U/L"), ("aspartate aminotransferase", "=", "320 U/L")],
            id="references in brackets within brackets",
        ),
        pytest.param(
            "Ferritin (FER) and C-reactive protein (CRP) were 900 ng/mL and 46 mg/L, respectively.",
            [("C-reactive protein", "=", "46 mg/L"), ("ferritin", "=", "900 ng/mL")],
            id="respectively with two units",
        ),
        pytest.param(
            "Hemoglobin 9 g/dL, ferritin 46 g/dL.",
            [("ferritin", "=", "46 g/dL"), ("hemoglobin", "=", "9 g/dL")],
            id="the nearest analyte has the misprinted unit",
        ),
        pytest.param("Ferritin rose; 40 mg/dL was found.", [], id="other clause"),
        pytest.param("Ferritin was 40 mg/dL.", [("ferritin", "=", "40 mg/dL")], id="a misprinted unit is kept"),
        pytest.param("Ferritin fell when CRP was taken, 40 ng/L.", [], id="an unknown unit far from the analyte"),
        pytest.param("Ferritin (FER; 900 ng/mL) rose.", [("ferritin", "=", "900 ng/mL")], id="behind an abbreviation"),
        pytest.param(
            "AST/ALT were 320/210 U/L.",
            [("alanine aminotransferase", "=", "210 U/L"), ("aspartate aminotransferase", "=", "320 U/L")],
            id="a pair with slashes",
        ),
        pytest.param(
            "Ferritin of 900 (10 - 200 ng/mL) was seen.", [("ferritin", "=", "900 ng/mL")], id="the unit of its limits"
        ),
        pytest.param(
            "Ferritin was 900 (normal < 200 ng/mL).", [("ferritin", "=", "900 ng/mL")], id="the unit of its limit"
        ),
        pytest.param("Fever since day 3 (900-950 ng/mL) made ferritin suspect.", [], id="a day has no unit"),
        pytest.param(
            "She had an international normalized ratio (INR) 1.5.",
            [("international normalized ratio", "=", "1.5")],
            id="behind an abbreviation in brackets",
        ),
        pytest.param(
            "Prothrombin time, INR and fibrinogen were 16.9 s, 1.59, and 160 mg/dL, respectively.",
            [
                ("fibrinogen", "=", "160 mg/dL"),
                ("international normalized ratio", "=", "1.59"),
                ("prothrombin time", "=", "16.9 s"),
            ],
            id="respectively with one that needs no unit",
        ),
        pytest.param(
            "Ferritin and CRP were 900 ng/mL (normal 10-200 ng/mL) and 46 mg/L (normal 0-5 mg/L), respectively.",
            [("C-reactive protein", "=", "46 mg/L"), ("ferritin", "=", "900 ng/mL")],
            id="respectively with reference ranges",
        ),
        pytest.param("There was 900 ng/mL of ferritin.", [("ferritin", "=", "900 ng/mL")], id="of an analyte behind"),
        pytest.param(
            "Ferritin was 900 ng/mL (baseline of 80 ng/mL).",
            [("ferritin", "=", "80 ng/mL"), ("ferritin", "=", "900 ng/mL")],
            id="with its baseline",
        ),
        pytest.param(
            "ALT/AST of 45/58 was told.",
            [("alanine aminotransferase", "=", "45"), ("aspartate aminotransferase", "=", "58")],
            id="a pair without unit",
        ),
        pytest.param("Ferritin rose, and blood pressure was 90 ng/mL.", [], id="of another quantity"),
        pytest.param("It was 900 ng/mL.", [], id="no analyte"),
        pytest.param(
            "INR increased from 1.2 to 1.7, and bled.",
            [("international normalized ratio", "=", "1.2"), ("international normalized ratio", "=", "1.7")],
            id="a course without unit",
        ),
        pytest.param(
            "An INR of 1.7 was notable.", [("international normalized ratio", "=", "1.7")], id="a verb behind a value"
        ),
        pytest.param("INR rose 3 times.", [], id="how often something rose"),
        pytest.param(
            "It worsened (ferritin 80 ng/mL to 900 ng/mL).",
            [("ferritin", "=", "80 ng/mL"), ("ferritin", "=", "900 ng/mL")],
            id="from one value to another in brackets",
        ),
        pytest.param("The swab was positive for SARSCoV-2.", [], id="a number that a hyphen joins to a name"),
        pytest.param(
            "Ferritin was 900 ng/mL, xyzin 80 ng/mL.", [("ferritin", "=", "900 ng/mL")], id="a name that is not known"
        ),
        pytest.param(
            "Ferritin was 900 ng/mL, peak 3000 ng/mL.",
            [("ferritin", "=", "3000 ng/mL"), ("ferritin", "=", "900 ng/mL")],
            id="a word on the same analyte",
        ),
        pytest.param("INR-1.7 was seen.", [("international normalized ratio", "=", "1.7")], id="behind a hyphen"),
        pytest.param("INR-17 was seen.", [], id="a marker with a number"),
        pytest.param("INR was checked on day 3.", [], id="number of something else"),
    ],
)
def test_values_in_prose(text: str, expected: Told) -> None:
    assert sorted(laboratory(read(text))) == expected


def test_the_quote_reaches_from_the_analyte_to_the_value() -> None:
    event = next(e for e in read("Then ferritin was as high as 900 ng/mL again.").events if e.kind.startswith("lab"))
    assert event.evidence[0].quote == "ferritin was as high as 900 ng/mL"


def test_the_time_of_the_sentence(vocabulary: Vocabulary, units: UnitTable) -> None:
    draft = next(read_laboratory(annotated("On day 5 ferritin was 900 ng/mL."), vocabulary, units))
    assert draft.time
    assert draft.time.earliest_day == 5


def test_fields_with_the_standard_quantity(units: UnitTable) -> None:
    crp = TermRef(iri=iri("CReactiveProtein"), label="C-reactive protein")
    fields = laboratory_fields(crp, "<", Decimal("0.5"), units.lookup("mg/dL"), units)
    standard = fields["standard_quantity"]
    assert fields["comparator"] == "<"
    assert plain(standard) == "5 mg/L"  # type: ignore[arg-type]


def test_fields_without_unit(units: UnitTable) -> None:
    inr = TermRef(iri=iri("InternationalNormalizedRatio"), label="INR")
    assert laboratory_fields(inr, "=", Decimal("1.2"), None, units)["standard_quantity"] is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("She met 5 of 8 HLH-2004 criteria with fever and ferritin >500 ng/mL.", [], id="the limit"),
        pytest.param("She met 5 of 8 HLH-2004 criteria with ferritin >900 ng/mL.", ["900"], id="another number"),
        pytest.param("She met 5 of 8 HLH-2004 criteria with ferritin of 500 ng/mL.", ["500"], id="a value told"),
        pytest.param("She had fever and ferritin >500 ng/mL.", ["500"], id="no criteria"),
    ],
)
def test_limits_of_criteria_that_were_met_are_no_values(text: str, values: list[str]) -> None:
    read_text = parse_document("report.txt", "0" * 64, f"Case report\n\nA 9-year-old girl was seen. {text}\n")
    case = read_record(read_text, packaged_vocabulary()).cases[0]
    told = [event for event in case.events if isinstance(event, LaboratoryMeasurement)]
    assert [str(event.quantity.value) for event in told] == values
