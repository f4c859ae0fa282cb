"""Curated statements for the sample report, and graphs of them that are broken in one place."""

from __future__ import annotations

from shape_mutations import HIVES, Mutation, besides, instead, without

__all__ = ["CURATED", "CURATION"]

CURATED = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hfs: <https://w3id.org/hfskg/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@base <https://w3id.org/hfskg/data/small-report/> .

<case/1/adverse-event/1> hfs:curationAction hfs:Added ; prov:wasGeneratedBy <curation/curation-team/2024-01-31> .
<case/1/clinical-finding/2> hfs:curationAction hfs:Corrected ; hfs:curationNote "why" ;
    hfs:formerReading "rash: present" ; prov:wasGeneratedBy <curation/curation-team/2024-01-31> .
<curation/curation-team/2024-01-31> a prov:Activity , hfs:Curation ; prov:used <../small-report> ;
    prov:wasAssociatedWith <../agent/curation-team> ; dcterms:date "2024-01-31" .
<../agent/curation-team> a prov:Agent ; rdfs:label "curation team" .
"""
"""One statement added, one corrected."""

CORRECTED, BY = "<case/1/clinical-finding/2>", "<curation/curation-team/2024-01-31>"
CURATOR = "<../agent/curation-team>"

CURATION: list[Mutation] = [
    instead("CuratedAction", HIVES, "hfs:curationAction", "hfs:Present"),
    besides("CuratedAction", CORRECTED, "hfs:curationAction", "hfs:Added"),
    without("CuratedBy", HIVES, "prov:wasGeneratedBy"),
    instead("CuratedBy", HIVES, "prov:wasGeneratedBy", "<activity>"),
    besides("CuratedNote", CORRECTED, "hfs:curationNote", '"another"'),
    besides("FormerReading", HIVES, "hfs:formerReading", '"fever"'),
    without("CurationMarked", HIVES, "hfs:curationAction"),
    without("CurationAgent", BY, "prov:wasAssociatedWith"),
    instead("CurationAgent", BY, "prov:wasAssociatedWith", "<case/1>"),
    besides("CurationDay", BY, "dcterms:date", '"2024-02-01"'),
    instead("CurationDay", BY, "dcterms:date", '"yesterday"'),
    without("CuratorLabel", CURATOR, "rdfs:label"),
    besides("CuratorLabel", CURATOR, "rdfs:label", '"Curation Team"'),
    without("ReadingSource", BY, "prov:used"),
]
"""What the shapes of curations object to."""
