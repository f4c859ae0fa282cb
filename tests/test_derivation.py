"""The rules of the ontology, each on a patient told event by event."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from casebook import HEAD, Report
from hfskg.derivation import Deriver
from hfskg.errors import InputError
from hfskg.namespaces import HFS, PROV, RDF
from hfskg.resources import ontology_directory

CELLS = "TenToTheNinePerLiter"


@cache
def deriver() -> Deriver:
    graph = Graph()
    for name in ("analytes", "derivations"):
        graph.parse(ontology_directory() / "modules" / f"{name}.ttl")
    return Deriver(graph)


def patient() -> Report:
    report = Report("seed")
    report.patient()
    return report


def derived(report: Report, kind: str) -> list[dict[str, set[str]]]:
    """Return the derived statements of a kind: the local names and numbers of each property."""
    result = deriver().derive(Graph().parse(data=HEAD + "\n".join(report.parts), format="turtle"))
    found = []
    for node in sorted(result.subjects(RDF.type, HFS[kind]), key=str):
        assert isinstance(node, URIRef)
        assert (node, PROV.wasGeneratedBy, None) in result
        values: dict[str, set[str]] = {}
        for predicate, value in result.predicate_objects(node):
            values.setdefault(str(predicate).rpartition("#")[2].rpartition("/")[2], set()).add(
                str(value).removeprefix(HFS)
            )
        found.append(values)
    return found


def course(values: dict[int, str]) -> Report:
    report = patient()
    for day, value in values.items():
        report.lab("Ferritin", value.lstrip("<>"), comparator=value[0] if value[0] in "<>" else "=", day=day)
    return report


def test_the_greatest_value_is_linked_to_its_measurement() -> None:
    (found,) = derived(course({0: "400", 3: "9000", 5: "200", 7: "<12000"}), "MaximumValue")
    assert found["numericValue"] == {"9000"}
    assert found["day"] == {"3"}
    assert [iri.rpartition("/")[2] for iri in found["wasDerivedFrom"]] == ["2"]


def test_changes_are_between_days_that_follow_each_other() -> None:
    found = derived(course({0: "400", 3: "1000", 5: "250"}), "FoldChange")
    assert [(one["earliestDay"], one["latestDay"], one["factor"]) for one in found] == [
        ({"0"}, {"3"}, {"2.5"}),
        ({"3"}, {"5"}, {"0.25"}),
    ]


@pytest.mark.parametrize(
    ("greatest", "expected"),
    [("500", []), ("501", ["500"]), ("684.5", ["684"]), ("2001", ["2000"]), (">10001", ["10000"])],
)
def test_the_class_of_hyperferritinemia_is_that_of_the_greatest_value(greatest: str, expected: list[str]) -> None:
    found = derived(course({0: "40", 1: greatest}), "HyperferritinemiaClassification")
    assert [one["hyperferritinemiaClass"] for one in found] == [{f"HyperferritinemiaAbove{n}"} for n in expected]


def test_the_days_to_half_the_value_count_from_the_dated_start_of_a_drug() -> None:
    report = course({-3: "8000", 1: "9000", 5: "5000", 9: "4500", 12: "100"})
    report.drug("Anakinra", action="Start", day=2)
    report.drug("Canakinumab", action="Start")
    report.drug("Prednisone", action="Continue", day=2)
    (found,) = derived(report, "TimeToHalving")
    assert (found["drug"], found["dayCount"]) == ({"Anakinra"}, {"7"})
    assert sorted(iri.rpartition("/")[2] for iri in found["wasDerivedFrom"]) == ["1", "2", "4"]


def test_a_value_that_never_halves_or_has_no_value_before_gives_no_days() -> None:
    report = course({3: "9000", 5: "5000"})
    report.drug("Anakinra", action="Start", day=3)
    report.drug("Canakinumab", action="Start", day=1)
    assert derived(report, "TimeToHalving") == []


def test_a_return_to_normal_is_the_first_value_within_the_limit() -> None:
    found = derived(course({0: "290", 3: "9000", 5: "300", 7: "200", 9: "301", 11: "<30"}), "Normalisation")
    assert sorted(int(next(iter(one["day"]))) for one in found) == [5, 11]


def test_the_lineages_of_a_day_are_those_below_their_limits() -> None:
    report = patient()
    for analyte, value, unit, day in (
        ("Hemoglobin", "8.9", "GramPerDeciliter", 0), ("PlateletCount", "100", CELLS, 0),
        ("NeutrophilCount", "0.9", CELLS, 0), ("PlateletCount", "99", CELLS, 1),
    ):  # fmt: skip
        iri = report.lab(analyte, value, unit, day=day, standard=value)
        report.add(f"<{iri}/standard-quantity> qudt:unit hfs:{unit} .")
    found = derived(report, "CytopeniaLineages")
    assert [(one["day"], one["lineageCount"], one["lineage"]) for one in found] == [
        ({"0"}, {"2"}, {"Lineage_Erythroid", "Lineage_Neutrophil"}),
        ({"1"}, {"1"}, {"Lineage_Platelet"}),
    ]


def test_doses_per_kilogram_and_their_maximum_come_from_what_is_told_per_kilogram() -> None:
    report = patient()
    report.drug("Anakinra", "2", "MilligramPerKilogram", per_day="4", frequency="twice a day")
    report.drug("Anakinra", "10", "MilligramPerKilogramPerDay", per_day="10")
    report.drug("Prednisone", "40", "Milligram")
    assert [one["numericValue"] for one in derived(report, "DailyDosePerKilogram")] == [{"4"}, {"10"}]
    (greatest,) = derived(report, "MaximumDailyDose")
    assert (greatest["drug"], greatest["numericValue"]) == ({"Anakinra"}, {"10"})


@pytest.mark.parametrize(("weights", "expected"), [(["20"], [{"5"}]), ([], []), (["0"], [])])
def test_a_dose_per_day_is_divided_by_the_weight_that_is_told(weights: list[str], expected: list[set[str]]) -> None:
    report = patient()
    iri = report.drug("Anakinra", "100", "MilligramPerDay", per_day="100")
    report.parts = [part.replace("MilligramPerKilogramPerDay", "MilligramPerDay") for part in report.parts]
    for weight in weights:
        report.weight(weight)
    found = derived(report, "DailyDosePerKilogram")
    assert [one["numericValue"] for one in found] == expected
    assert all(iri in one["wasDerivedFrom"] and len(one["wasDerivedFrom"]) == 2 for one in found)


def test_the_same_graph_gives_the_same_statements_and_leaves_nothing_behind() -> None:
    graph = Graph().parse(data=HEAD + "\n".join(course({0: "400", 3: "9000"}).parts), format="turtle")
    first, second = deriver().derive(graph), deriver().derive(graph)
    assert set(first) == set(second)
    assert len(first) > 0
    assert len(deriver().derive(Graph())) == 0


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("CONSTRUCT { ?s ?p ?o WHERE", "cannot be applied"),
        ("SELECT ?s WHERE { ?s ?p ?o }", "no CONSTRUCT"),
        ("CONSTRUCT { [] a <x:y> } WHERE {}", "blank nodes"),
    ],
)
def test_a_broken_rule_is_told(tmp_path: Path, rule: str, message: str) -> None:
    (tmp_path / "one.rq").write_text(rule, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        Deriver(Graph(), tmp_path)


def test_a_folder_without_rules_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no rule"):
        Deriver(Graph(), tmp_path)


def test_every_rule_has_its_term_and_every_term_its_rule() -> None:
    module = Graph().parse(ontology_directory() / "modules" / "derivations.ttl")
    terms = {str(s).removeprefix(f"{HFS}Rule_") for s in module.subjects(RDF.type, HFS.DerivationRule)}
    files = {path.stem for path in (ontology_directory() / "rules").glob("*.rq")}
    assert {"".join(part.capitalize() for part in name.split("-")) for name in files} == terms
