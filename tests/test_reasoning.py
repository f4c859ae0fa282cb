"""Members of the classes that the ontology defines over patients and events."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from typer.testing import CliRunner

from casebook import HEAD, Report, nquads, write_folder
from hfskg.cli import app
from hfskg.errors import ConformanceError, QueryError, VocabularyError
from hfskg.inference import materialise
from hfskg.namespaces import DATA, HFS, ONTOLOGY_GRAPH, OWL, RDF, RDFS
from hfskg.ontology.cases import classes_of
from hfskg.reasoning import contradictions, definitions, describe, members, membership_graph
from hfskg.store import LocalStore
from hfskg.vocabulary import load_vocabulary

PATIENT = DATA["seed/case/1"]
MAS, REFRACTORY, BLOCKED = (
    HFS.PatientWithMASComplicatingSJIA, HFS.PatientRefractoryToGlucocorticoids, HFS.PatientGivenInterleukinOneInhibitor,
)  # fmt: skip


@cache
def ontology() -> Graph:
    vocabulary = load_vocabulary()
    return materialise(vocabulary.graph, vocabulary.digest)


@cache
def hierarchy() -> str:
    """Return what the queries need of the ontology: its hierarchy, and which classes the values are members of."""
    told = "\n".join(
        f"<{s}> <{p}> <{o}> ."
        for p in (RDFS.subClassOf, RDF.type)
        for s, o in ontology().subject_objects(p)
        if isinstance(s, URIRef) and isinstance(o, URIRef) and not o.startswith(str(OWL))
    )
    return nquads(HEAD + told, str(ONTOLOGY_GRAPH))


def store(report: Report) -> LocalStore:
    return LocalStore((hierarchy() + report.nquads()).encode())


def still(status: str = "Present") -> Report:
    report = Report("seed")
    report.patient(sex="Female", outcome="Alive")
    report.diagnosis("SystemicJuvenileIdiopathicArthritis", status)
    return report


def with_response(response: str, drug: str) -> Report:
    report = still()
    report.response(response, drug)
    return report


def with_syndrome(report: Report, syndrome: str = "MacrophageActivationSyndrome", status: str = "Present") -> Report:
    report.diagnosis(syndrome, status)
    return report


def contradictory() -> Report:
    report = still()
    report.event("outcome", "Outcome", "hfs:vitalStatus hfs:Died", "she died")
    report.add(f"<{PATIENT}/sex/2> a hfs:SexObservation ; hfs:patient <{PATIENT}> ; hfs:sex hfs:Male .")
    return report


def given() -> Report:
    report = still()
    report.drug("Canakinumab")
    return report


CASES = {
    "both diseases": (with_syndrome(still()), {MAS}),
    "a history of the arthritis": (with_syndrome(still("History")), {MAS}),
    "the arthritis suspected": (with_syndrome(still("Suspected")), set()),
    "the syndrome suspected": (with_syndrome(still(), status="Suspected"), set()),
    "the syndrome named by its disease": (
        with_syndrome(still("Excluded"), "MacrophageActivationSyndromeInSystemicJuvenileIdiopathicArthritis"), {MAS},
    ),
    "another syndrome": (with_syndrome(still(), "FamilialHemophagocyticLymphohistiocytosis"), set()),
    "unchanged under a glucocorticoid": (with_response("Unchanged", "Prednisone"), {REFRACTORY}),
    "relapsed under a glucocorticoid": (with_response("Recurred", "Methylprednisolone"), {REFRACTORY}),
    "improved under a glucocorticoid": (with_response("Improved", "Prednisone"), set()),
    "unchanged under another drug": (with_response("Unchanged", "Cyclosporine"), set()),
    "an antibody to interleukin-1": (given(), {BLOCKED}),
}  # fmt: skip


@pytest.mark.parametrize(("report", "expected"), CASES.values(), ids=CASES)
def test_queries_find_the_members_of_a_class(report: Report, expected: set[URIRef]) -> None:
    found = {one.cls for one in members(store(report), definitions(ontology()))}
    assert found == expected | {HFS.FemalePatient, HFS.LivingPatient}


@pytest.mark.slow
@pytest.mark.parametrize(("report", "expected"), list(CASES.values())[::3], ids=list(CASES)[::3])
def test_hermit_agrees(report: Report, expected: set[URIRef]) -> None:
    graph = Graph().parse(data=HEAD + "\n".join(report.parts), format="turtle")
    found = classes_of(graph, ontology(), PATIENT)
    assert found == expected | {HFS.FemalePatient, HFS.LivingPatient}
    assert found == {one.cls for one in members(store(report), definitions(ontology()))}


@pytest.mark.slow
def test_hermit_finds_what_contradicts_itself() -> None:
    graph = Graph().parse(data=HEAD + "\n".join(contradictory().parts), format="turtle")
    with pytest.raises(ConformanceError, match="contradicts itself"):
        classes_of(graph, ontology(), PATIENT)


def test_a_patient_that_nothing_is_told_of_cannot_be_judged() -> None:
    with pytest.raises(QueryError, match="nothing of the patient"):
        classes_of(Graph(), ontology(), PATIENT)


def test_contradictions_are_told_with_their_words() -> None:
    known = definitions(ontology())
    broken = contradictions(members(store(contradictory()), known), known)
    assert [(one.first.cls, one.second.cls) for one in broken] == [
        (HFS.DeceasedPatient, HFS.LivingPatient),
        (HFS.FemalePatient, HFS.MalePatient),
    ]
    assert "deceased patient («she died») and living patient («alive»)" in str(broken[0])
    assert "contradiction: data:seed/case/1: deceased patient" in describe((), broken)


def test_members_are_told_by_class_with_their_words_and_as_types() -> None:
    found = members(store(with_syndrome(still())), definitions(ontology()))
    assert describe(found).splitlines()[-2:] == [
        "patient with MAS complicating sJIA",
        "  data:seed/case/1  «MacrophageActivationSyndrome told» «SystemicJuvenileIdiopathicArthritis told»",
    ]
    assert (PATIENT, RDF.type, MAS) in membership_graph(found)


def test_a_definition_that_cannot_be_asked_is_told() -> None:
    turtle = """hfs:Odd rdfs:subClassOf hfs:Patient ; owl:equivalentClass [ a owl:Restriction ;
        owl:onProperty hfs:hasEvent ; owl:allValuesFrom hfs:Outcome ] ."""
    with pytest.raises(VocabularyError, match="Odd uses what cannot be asked"):
        definitions(Graph().parse(data=HEAD + turtle, format="turtle"))


@pytest.mark.parametrize(("report", "code"), [(still(), 0), (contradictory(), 1)], ids=["sound", "contradictory"])
def test_the_command_prints_members_and_fails_on_contradictions(report: Report, code: int, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph", (hierarchy() + report.nquads()).encode())
    target = tmp_path / "types.ttl"
    result = CliRunner().invoke(app, ["reason", "--graph", str(folder), "--output", str(target)])
    assert "female patient\n  data:seed/case/1" in result.stdout
    assert isinstance(result.exception, ConformanceError) == bool(code)
    assert ("contradiction: " in result.stdout) == bool(code)
    assert (PATIENT, RDF.type, HFS.FemalePatient) in Graph().parse(target)
