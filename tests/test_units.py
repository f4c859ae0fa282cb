from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from hfskg.namespaces import HFS
from hfskg.record import Quantity
from hfskg.units import UnitTable
from reading.helpers import iri, plain, property_test, units, vocabulary

FORMS = sorted((str(form), str(named)) for named, form in vocabulary().graph.subject_objects(HFS.printedForm))
TAILS = st.sampled_from(["", " ", ".", ",", ")", " (normal)", "; then", " on day 3"])


def quantity(value: str, printed: str) -> Quantity:
    unit = units().lookup(printed)
    return Quantity(value=Decimal(value), unit=unit, unit_label=units().label(unit or ""))


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("mg/dL", "mg/dL"),
        ("mg/dl", "mg/dL"),
        ("mg / dL", "mg/dL"),
        ("MG/DL", "mg/dL"),
        ("μg/L", "µg/L"),
        ("µg/L", "µg/L"),
        ("ug/l", "µg/L"),
        ("×10⁹/L", "10^9/L"),
        ("x 10^9 /L", "10^9/L"),
        ("× 109/L", "10^9/L"),
        ("×10³/µL", "10^9/L"),
        ("/mm³", "/µL"),
        ("IU/L", "U/L"),
        ("units / L", "U/L"),
        ("mg/kg/d", "mg/kg/day"),
        ("mg/kg per day", "mg/kg/day"),
        ("mg/m²", "mg/m2"),
        ("g", "g"),
    ],
)
def test_lookup(printed: str, label: str) -> None:
    found = units().lookup(printed)
    assert found
    assert units().label(found) == label


@pytest.mark.parametrize("printed", ["", " ", "x", "mg/dL now", "day", "years", "ferritin", "mg/", "/"])
def test_no_unit(printed: str) -> None:
    assert units().lookup(printed) is None


@pytest.mark.parametrize(
    ("text", "label", "end"),
    [
        pytest.param("mg/kg/day was", "mg/kg/day", 9, id="the longest form"),
        pytest.param("mg/kg daily", "mg/kg", 5, id="no further than the unit"),
        pytest.param("mg.", "mg", 2, id="full stop behind"),
        pytest.param("g / L)", "g/L", 5, id="blanks inside"),
        pytest.param("10^9\n/L", "10^9/L", 7, id="line break inside"),
    ],
)
def test_prefix(text: str, label: str, end: int) -> None:
    match = units().prefix_match(text, 0)
    assert match
    assert (units().label(match[0]), match[1]) == (label, end)


@pytest.mark.parametrize(("text", "end"), [("mg/IV q8h", 2), ("mg/kg/iv", 5)])
def test_a_route_may_stand_behind_a_slash(text: str, end: int) -> None:
    match = units().prefix_match(text, 0)
    assert match and match[1] == end


@pytest.mark.parametrize("text", ["girl", "mgs", "mg/weird", "gx", "seconded"])
def test_a_unit_ends_where_the_word_ends(text: str) -> None:
    assert units().prefix_match(text, 0) is None


def test_capitals_decide_only_between_units_that_differ_by_them() -> None:
    graph = Graph()
    graph.parse(
        data="""
        @prefix hfs: <https://w3id.org/hfskg/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        hfs:Mega a hfs:LaboratoryUnit ; rdfs:label "MU/L" .
        hfs:Milli a hfs:LaboratoryUnit ; rdfs:label "mU/L" .
        """
    )
    table = UnitTable(graph)
    assert table.lookup("MU/L") == str(HFS.Mega)
    assert table.lookup("mU/L") == str(HFS.Milli)
    assert table.lookup("mu/l") in (str(HFS.Mega), str(HFS.Milli))


def test_units_of_time_are_no_units_of_values() -> None:
    assert units().lookup("year") is None
    assert units().label(str(HFS.Year)) == "year"


@pytest.mark.parametrize(
    ("analyte", "printed", "allowed"),
    [("Ferritin", "ng/mL", True), ("Ferritin", "mg/dL", False), ("InternationalNormalizedRatio", "s", False)],
)
def test_units_that_an_analyte_may_have(analyte: str, printed: str, allowed: bool) -> None:
    assert units().allows(iri(analyte), units().lookup(printed) or "") is allowed


def test_analytes_without_unit() -> None:
    assert units().unitless(iri("InternationalNormalizedRatio"))
    assert not units().unitless(iri("Ferritin"))


def test_units_of_doses() -> None:
    assert units().is_dose(units().lookup("mg/kg") or "")
    assert not units().is_dose(units().lookup("mg/dL") or "")


@pytest.mark.parametrize(
    ("analyte", "value", "printed", "standard"),
    [
        pytest.param("CReactiveProtein", "4.6", "mg/dL", "46 mg/L", id="one factor"),
        pytest.param("CReactiveProtein", "46", "mg/L", "46 mg/L", id="standard already"),
        pytest.param("Triglycerides", "100", "mg/dL", "1.129 mmol/L", id="factor of this analyte"),
        pytest.param("PlateletCount", "25000", "/µL", "25 10^9/L", id="counts"),
        pytest.param("Ferritin", "1200", "µg/L", "1200 ng/mL", id="factor one"),
        pytest.param("Fibrinogen", "0.5", "g/L", "50 mg/dL", id="without exponent"),
        pytest.param("Ferritin", "1200", "mmol/L", None, id="no factor leads there"),
        pytest.param("Fibrinogen", "3", "mmol/L", None, id="factor of another analyte only"),
        pytest.param("AntinuclearAntibodies", "3", "U/L", None, id="analyte without standard unit"),
        pytest.param("Ferritin", "1200", "", None, id="no unit"),
    ],
)
def test_standard_unit(analyte: str, value: str, printed: str, standard: str | None) -> None:
    assert plain(units().standard(iri(analyte), quantity(value, printed))) == standard


def test_factors_are_chained() -> None:
    graph = Graph()
    graph.parse(
        data="""
        @prefix hfs: <https://w3id.org/hfskg/ontology#> .
        hfs:X hfs:standardUnit hfs:C .
        hfs:AB a hfs:UnitConversion ; hfs:fromUnit hfs:A ; hfs:toUnit hfs:B ; hfs:multiplier 0.1 .
        hfs:BA a hfs:UnitConversion ; hfs:fromUnit hfs:B ; hfs:toUnit hfs:A ; hfs:multiplier 10 .
        hfs:BC a hfs:UnitConversion ; hfs:fromUnit hfs:B ; hfs:toUnit hfs:C ; hfs:multiplier 3 .
        """
    )
    standard = UnitTable(graph).standard(str(HFS.X), Quantity(value=Decimal(7), unit=str(HFS.A)))
    assert standard
    assert (standard.value, standard.unit) == (Decimal("2.1"), str(HFS.C))


@pytest.mark.parametrize(
    ("value", "printed", "per_day", "normalized"),
    [
        pytest.param("100", "mg", "2", "200 mg/day", id="twice a day"),
        pytest.param("100", "mg", "0.5", "50 mg/day", id="every other day"),
        pytest.param("2", "mg/kg", "1", "2 mg/kg/day", id="per kilogram"),
        pytest.param("4", "mg/kg/day", None, "4 mg/kg/day", id="per day already"),
        pytest.param("4", "mg/kg/day", "2", "4 mg/kg/day", id="per day in two doses"),
        pytest.param("100", "mg", None, None, id="nobody says how often"),
        pytest.param("150", "mg/m2", "1", None, id="no unit per day"),
        pytest.param("5", "", "2", None, id="no unit"),
    ],
)
def test_dose_per_day(value: str, printed: str, per_day: str | None, normalized: str | None) -> None:
    times = Decimal(per_day) if per_day else None
    assert plain(units().normalized_dose(quantity(value, printed), times)) == normalized


def test_results_have_no_exponent_and_no_trailing_zeros() -> None:
    found = units().standard(iri("PlateletCount"), quantity("7000000", "/µL"))
    assert found
    assert str(found.value) == "7000"


@given(st.sampled_from(FORMS), TAILS)
@property_test
def test_every_printed_form_is_found_before_any_text(form: tuple[str, str], tail: str) -> None:
    printed, unit = form
    assert units().prefix_match(printed + tail, 0) == (unit, len(printed))


@given(st.text(max_size=30), st.integers(min_value=0, max_value=30))
@property_test
def test_any_text_is_borne(text: str, start: int) -> None:
    match = units().prefix_match(text, start)
    assert match is None or start < match[1] <= len(text)


@given(st.decimals(min_value="0.01", max_value=100_000, places=2))
@property_test
def test_conversion_keeps_the_value_to_ten_digits(value: Decimal) -> None:
    told = quantity(str(value), "mg/dL")
    found = units().standard(iri("CReactiveProtein"), told)
    assert found
    assert found.value == value * 10
    assert "E" not in str(found.value)
