"""From a node back to its case, its statement and its sentence."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef

from hfskg.graph import record_graph
from hfskg.namespaces import DATA, HFS, PROV, RDF
from hfskg.provenance import Origin, Statements, natural
from samples import document, evidence, graphs, ontology, record

FERRITIN = DATA["small-report/case/1/laboratory-measurement/1"]


def merged() -> Graph:
    graph = Graph()
    for part in (record_graph(record(), document(), ontology()), ontology()):
        for triple in part:
            graph.add(triple)
    return graph


def test_a_statement() -> None:
    origin = Statements(merged()).origin(FERRITIN)
    found = evidence("Ferritin was 18,000 ng/mL")
    assert origin == Origin(
        node=FERRITIN,
        case="Patient 1",
        statement=(
            "laboratory measurement 5: analyte ferritin, comparator =, quantity 18000 ng/mL, "
            "standard quantity 18000 ng/mL, day 3"
        ),
        sentence="Ferritin was 18,000 ng/mL on day 3, and CRP was <0.5 mg/dL.",
        quote="Ferritin was 18,000 ng/mL",
        start=found.start,
        end=found.end,
    )


def test_parts_of_a_statement_lead_to_it() -> None:
    statements = Statements(merged())
    assert statements.origin(URIRef(f"{FERRITIN}/quantity")).node == FERRITIN
    second = evidence("on day 3")
    selector = DATA[f"small-report/evidence/{second.start}-{second.end}/position"]
    origin = statements.origin(selector)
    assert origin.node == FERRITIN
    assert origin.quote == "on day 3"


def test_a_term_leads_to_the_first_statement_that_uses_it() -> None:
    origin = Statements(merged()).origin(HFS.IntravenousRoute)
    assert origin.node == DATA["small-report/case/1/drug-administration/1"]


def test_a_claim_has_no_case() -> None:
    origin = Statements(merged()).origin(DATA["small-report/claim/1"])
    assert origin.case is None
    assert origin.statement is not None
    assert origin.statement.startswith("claim 1: ")
    assert "subject zilemab" in origin.statement
    assert origin.sentence == "Zilemab may trigger granular fever."


def test_a_patient_and_what_is_told_of_one() -> None:
    statements = Statements(merged())
    patient, age = statements.origin(DATA["small-report/case/2"]), statements.origin(DATA["small-report/case/2/age/1"])
    assert (patient.case, patient.quote) == ("Patient 2", "A 40-year-old man")
    assert (age.case, age.statement, age.quote) == ("Patient 2", "age observation: 40 year", "40-year-old")


def test_an_assessment() -> None:
    graph = merged()
    for triple in graphs()[DATA["small-report/criteria"]]:
        graph.add(triple)
    origin = Statements(graph).origin(DATA["small-report/case/1/criteria/small-criteria/3"])
    assert origin.case == "Patient 1"
    assert origin.statement is not None
    assert "criteria set small criteria" in origin.statement
    assert origin.sentence is None


def test_the_document_belongs_to_no_statement() -> None:
    statements = Statements(merged())
    assert statements.origin(DATA["small-report"]) == Origin()
    assert statements.origin(DATA["small-report/activity"], None, Literal("x")) == Origin()
    assert statements.origin(DATA["small-report"], FERRITIN).node == FERRITIN


def test_a_statement_without_evidence_still_has_words() -> None:
    graph = merged()
    graph.remove((FERRITIN, HFS.primaryEvidence, None))
    graph.remove((FERRITIN, PROV.wasDerivedFrom, None))
    graph.remove((FERRITIN, RDF.type, None))
    origin = Statements(graph).origin(FERRITIN)
    assert origin.sentence is None
    assert origin.statement is not None
    assert origin.statement.startswith("statement 5: ")


def test_natural_order() -> None:
    assert sorted(["case/10/x", "case/9/x", "case"], key=natural) == ["case", "case/9/x", "case/10/x"]
