from __future__ import annotations

from datetime import date

from rdflib import Literal

from hfskg.attribution import (
    activity_iri,
    agent_iri,
    curation_triples,
    curations_by_span,
    curations_of,
    metadata_triples,
)
from hfskg.graph import record_graph
from hfskg.namespaces import DATA, DCTERMS, HFS, PROV, RDF, RDFS
from hfskg.record import ClinicalFinding, Curation, DocumentRecord, Evidence, Outcome
from samples import document, evidence, ontology, record, term
from support import make_case, make_record

DOCUMENT = DATA["report"]
WHO = Curation(action="corrected", by="Curation team", on=date(2024, 1, 31), note="why", former="alive", quoted=False)


def with_outcomes(*told: tuple[str, Curation | None]) -> DocumentRecord:
    events = tuple(
        Outcome(order=n, outcome="died", evidence=(Evidence(start=20, end=20 + len(q), quote=q),), curation=c)
        for n, (q, c) in enumerate(told, 1)
    )
    return make_record().model_copy(update={"cases": (make_case(events=events),)})


def test_an_agent_is_named_by_orcid_or_name() -> None:
    assert str(agent_iri("x", "0000-0000-0000-0001")) == "https://orcid.org/0000-0000-0000-0001"
    assert agent_iri("  Curation  TEAM ") == DATA["agent/curation-team"]
    assert agent_iri("策展") == DATA["agent/策展"]
    assert agent_iri("!") == DATA["agent/unnamed"]


def test_a_curation_is_named_by_who_and_when() -> None:
    assert activity_iri(DOCUMENT, WHO) == DATA["report/curation/curation-team/2024-01-31"]
    undated = WHO.model_copy(update={"on": None, "orcid": "0000-0000-0000-0001"})
    assert activity_iri(DOCUMENT, undated) == DATA["report/curation/0000-0000-0000-0001/undated"]


def test_a_curated_statement_leads_to_who_decided_when_and_why() -> None:
    statement, activity = DATA["report/case/1/outcome/1"], activity_iri(DOCUMENT, WHO)
    assert set(curation_triples(DOCUMENT, statement, WHO)) == {
        (statement, PROV.wasGeneratedBy, activity),
        (statement, HFS.curationNote, Literal("why")),
        (statement, HFS.formerReading, Literal("alive")),
        (activity, RDF.type, PROV.Activity),
        (activity, RDF.type, HFS.Curation),
        (activity, PROV.used, DOCUMENT),
        (activity, PROV.wasAssociatedWith, DATA["agent/curation-team"]),
        (activity, DCTERMS.date, Literal("2024-01-31")),
        (DATA["agent/curation-team"], RDF.type, PROV.Agent),
        (DATA["agent/curation-team"], RDFS.label, Literal("Curation team")),
    }


def test_what_is_known_of_a_document_is_told() -> None:
    assert [predicate for _, predicate, _ in metadata_triples(make_record())] == [DCTERMS.format]
    told = make_record().model_copy(update={"title": "T", "doi": "10.1000/182", "licence": "https://example.org/l"})
    assert {predicate: str(value) for _, predicate, value in metadata_triples(told)} == {
        DCTERMS.title: "T",
        DCTERMS.format: "text/plain",
        DCTERMS.identifier: "doi:10.1000/182",
        DCTERMS.license: "https://example.org/l",
    }


def test_words_that_the_reader_found_too_are_the_readers() -> None:
    added = Curation(action="added", by="curation team")
    told = with_outcomes(("ab", None), ("ab", added), ("abc", added), ("abcd", WHO))
    assert curations_by_span(told) == {(20, 23): added}
    assert curations_of(told) == [added, added, WHO]


def test_a_curated_statement_names_its_curation_and_so_does_evidence_that_a_curator_chose() -> None:
    case = record().cases[0]
    added = Curation(action="added", by="curation team", note="missed")
    hives = ClinicalFinding(
        order=14, finding=term("Hives"), status="present", evidence=(evidence("hives"),), curation=added
    )
    corrected = Curation(action="corrected", by="curation team", former="8", quoted=False)
    age = case.age.model_copy(update={"curation": corrected}) if case.age else None
    changed = case.model_copy(update={"events": (*case.events, hives), "age": age})
    other = record().cases[1]
    g = record_graph(record().model_copy(update={"cases": (changed, other)}), document(), ontology())
    activity = DATA["small-report/curation/curation-team/undated"]
    assert (DATA["small-report/case/1/clinical-finding/3"], HFS.curationAction, HFS.Added) in g
    assert (DATA["small-report/case/1/age/1"], HFS.curationAction, HFS.Corrected) in g
    assert (DATA["small-report/case/1/age/1"], PROV.wasGeneratedBy, activity) in g
    found, told = evidence("hives"), evidence("7-year-old")
    by_curator, by_reader = (DATA[f"small-report/evidence/{one.start}-{one.end}"] for one in (found, told))
    assert g.value(by_curator, PROV.wasGeneratedBy) == activity
    assert g.value(by_reader, PROV.wasGeneratedBy) == DATA["small-report/activity"]
