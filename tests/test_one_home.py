"""Domain knowledge has one home: what a few lines of Turtle add, every part of the program knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import URIRef

from hfskg.build import build
from hfskg.listing import load_record
from hfskg.namespaces import HFS, RDFS
from hfskg.ontology import load_checks, load_profile, open_ontology, run_checks
from hfskg.pipeline import Pipeline
from hfskg.queries import load_catalogue, run
from hfskg.record import Diagnosis, DocumentRecord, DrugAdministration, LaboratoryMeasurement
from hfskg.store import LocalStore, Value, open_graph

pytestmark = pytest.mark.slow

OVERLAY = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<https://w3id.org/hfskg/ontology/mine> a owl:Ontology .

hfs:Lampanercept a owl:Class ;
    rdfs:subClassOf hfs:BiologicDrug ,
        [ a owl:Restriction ; owl:onProperty hfs:hasTarget ; owl:someValuesFrom hfs:Protein_IL1B ] ;
    rdfs:label "lampanercept"@en ;
    obo:IAO_0000115 "A trap of interleukin 1 beta that exists in this test only."@en ;
    obo:IAO_0000119 "this test" ;
    hfs:brandName "Lampavira"@en .

hfs:Glowferrin a owl:Class ;
    rdfs:subClassOf hfs:InflammationAnalyte ;
    rdfs:label "glowferrin"@en ;
    obo:IAO_0000115 "A protein that exists in this test only."@en ;
    obo:IAO_0000119 "this test" ;
    hfs:standardUnit hfs:NanogramPerMilliliter ;
    hfs:allowedUnit hfs:NanogramPerMilliliter , hfs:GlowUnitPerLiter ;
    hfs:plausibleMinimum 0.0 ;
    hfs:plausibleMaximum 9000.0 .

hfs:GlowUnitPerLiter a hfs:LaboratoryUnit ;
    rdfs:label "GLU/L"@en ;
    obo:IAO_0000115 "Glow units in one liter."@en ;
    obo:IAO_0000119 "this test" ;
    qudt:ucumCode "{glow'U}/L" ;
    hfs:printedForm "GLU/L" .

hfs:Conv_GlowUnitPerLiter_NanogramPerMilliliter a hfs:UnitConversion ;
    rdfs:label "glowferrin, GLU/L to ng/mL"@en ;
    obo:IAO_0000119 "this test" ;
    hfs:fromUnit hfs:GlowUnitPerLiter ;
    hfs:toUnit hfs:NanogramPerMilliliter ;
    hfs:multiplier 2.5 ;
    hfs:forAnalyte hfs:Glowferrin .

hfs:LanternSyndrome a owl:Class ;
    rdfs:subClassOf hfs:SecondaryHemophagocyticLymphohistiocytosis ,
        [ a owl:Restriction ; owl:onProperty hfs:complicates ; owl:someValuesFrom hfs:KawasakiDisease ] ;
    rdfs:label "lantern syndrome"@en ;
    obo:IAO_0000115 "A syndrome that exists in this test only."@en ;
    obo:IAO_0000119 "this test" ;
    hfs:abbreviation "LNTS"@en .

hfs:LanternCriteria a hfs:CriteriaSet ;
    rdfs:label "Lantern criteria"@en ;
    obo:IAO_0000115 "Criteria that exist in this test only."@en ;
    obo:IAO_0000119 "this test" ;
    hfs:decidedBy hfs:Lantern_Glowferrin .

hfs:Lantern_Glowferrin a hfs:ThresholdCriterion , hfs:CriteriaItem ;
    rdfs:label "glowferrin above 100 ng/mL"@en ;
    obo:IAO_0000115 "Glowferrin above the limit."@en ;
    obo:IAO_0000119 "this test" ;
    hfs:about hfs:Glowferrin ;
    hfs:limitComparator ">" ;
    hfs:limit hfs:Limit_Lantern .

hfs:Limit_Lantern a hfs:CriterionLimit ;
    rdfs:label "100 ng/mL of glowferrin"@en ;
    obo:IAO_0000115 "The limit of the Lantern criteria."@en ;
    obo:IAO_0000119 "this test" ;
    hfs:limitValue 100.0 ;
    hfs:limitUnit hfs:NanogramPerMilliliter .
"""

REPORT = """Case report

A 9-year-old girl was admitted with fever. On hospital day 2 her glowferrin was 640 GLU/L, and lantern syndrome (LNTS)
was diagnosed. On hospital day 3, intravenous Lampavira was started at a dose of 2 mg/kg once a day. LNTS resolved and
she was discharged alive.

A 10-year-old boy was admitted with fever. His glowferrin was 9900 ng/mL.
"""


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("overlay") / "mine.ttl"
    path.write_text(OVERLAY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(overlay: Path) -> Path:
    report = overlay.with_name("lantern.txt")
    report.write_text(REPORT.partition("A 10-year-old")[0], encoding="utf-8")
    out = overlay.with_name("graph")
    result = build([report], out, stages=Pipeline(overlays=[overlay]))
    assert [document.status for document in result.documents] == ["built"], result.report
    return out


@pytest.fixture(scope="module")
def record(folder: Path) -> DocumentRecord:
    return load_record(folder / "records" / "lantern.json")


@pytest.fixture(scope="module")
def store(folder: Path) -> LocalStore:
    return open_graph(folder)


def column(store: LocalStore, query: str, name: str, **parameters: str) -> list[Value]:
    table = run(load_catalogue()[query], store, parameters)
    return [row[table.columns.index(name)] for row in table.rows]


def test_the_reader_knows_the_drug_by_its_brand_name(record: DocumentRecord) -> None:
    given = [event for event in record.cases[0].events if isinstance(event, DrugAdministration)]
    assert [event.drug.label for event in given] == ["lampanercept"]


def test_the_reader_knows_the_analyte_its_unit_and_the_factor(record: DocumentRecord) -> None:
    (measured,) = [event for event in record.cases[0].events if isinstance(event, LaboratoryMeasurement)]
    assert measured.analyte.label == "glowferrin"
    assert measured.quantity is not None and measured.quantity.unit == str(HFS.GlowUnitPerLiter)
    assert measured.standard_quantity is not None
    assert measured.standard_quantity.value == 1600
    assert measured.standard_quantity.unit_label == "ng/mL"


def test_the_reader_knows_the_syndrome_and_its_abbreviation(record: DocumentRecord) -> None:
    diagnosed = [event for event in record.cases[0].events if isinstance(event, Diagnosis)]
    assert {event.condition.label for event in diagnosed} == {"lantern syndrome"}


def test_inference_files_the_drug_by_its_target_and_the_syndrome_by_what_it_complicates(overlay: Path) -> None:
    graph = Pipeline(overlays=[overlay]).ontology
    assert HFS.InterleukinOneInhibitor in graph.transitive_objects(HFS.Lampanercept, RDFS.subClassOf)
    assert HFS.MacrophageActivationSyndrome in graph.transitive_objects(HFS.LanternSyndrome, RDFS.subClassOf)


def test_queries_know_them(store: LocalStore) -> None:
    assert column(store, "interleukin-1-inhibitors", "drug") == ["lampanercept"]
    assert column(store, "patients-by-syndrome", "case", syndrome="macrophage activation syndrome")
    assert column(store, "max-dose-per-kilogram", "drug", drug="Lampavira")
    assert column(store, "lab-results", "standardValue") == [1600]


def test_criteria_know_them(store: LocalStore) -> None:
    table = run(load_catalogue()["criteria"], store)
    named = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    verdicts = {row["verdict"] for row in named if row["criteria"] == "Lantern criteria"}
    met = {row["met"] for row in named if row["criteria"] == "Lantern criteria"}
    assert "met" in verdicts
    assert "glowferrin above 100 ng/mL" in met


def test_shapes_know_the_plausible_bounds(overlay: Path, tmp_path: Path) -> None:
    report = tmp_path / "bright.txt"
    report.write_text("Case report\n\nA 10-year-old" + REPORT.partition("A 10-year-old")[2], encoding="utf-8")
    result = build([report], tmp_path / "graph", stages=Pipeline(overlays=[overlay]))
    assert "9900" in result.report and "plausible" in result.report


def test_the_checks_find_no_fault_with_them(overlay: Path) -> None:
    report = run_checks(open_ontology(overlays=[overlay]), load_checks(), load_profile())
    assert [fault for fault in report.faults if fault.module == "mine" and fault.severity != "info"] == []


def test_without_the_overlay_nothing_knows_them(folder: Path) -> None:
    graph = Pipeline().ontology
    mine = ("Lampanercept", "Glowferrin", "GlowUnitPerLiter", "LanternSyndrome", "LanternCriteria")
    assert [name for name in mine if (URIRef(HFS[name]), None, None) in graph] == []
