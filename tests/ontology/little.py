"""Overlays with faults and with deprecated terms, over the packaged ontology."""

from __future__ import annotations

from pathlib import Path

__all__ = ["DEPRECATED", "FAULTS", "write_overlay"]

HEAD = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix oboInOwl: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/hfskg/ontology/little> a owl:Ontology .
"""

DEPRECATED = """
hfs:OldLantern a owl:Class ;
    rdfs:label "old lantern drug"@en ;
    obo:IAO_0000115 "A drug that was taken out of use in this test."@en ;
    obo:IAO_0000119 "this test" ;
    hfs:brandName "Lanterix"@en ;
    owl:deprecated true ;
    obo:IAO_0100001 hfs:OlderLantern .

hfs:OlderLantern a owl:Class ;
    rdfs:subClassOf hfs:Drug ;
    rdfs:label "older lantern drug"@en ;
    obo:IAO_0000115 "Another one that was taken out of use."@en ;
    obo:IAO_0000119 "this test" ;
    owl:deprecated true ;
    obo:IAO_0100001 hfs:Anakinra .
"""

FAULTS: dict[str, tuple[str, str]] = {
    "missing-label": ("hfs:X a owl:Class ; rdfs:subClassOf hfs:Finding .", "X"),
    "missing-definition": ('hfs:X a owl:Class ; rdfs:subClassOf hfs:Finding ; rdfs:label "x"@en .', "X"),
    "definition-without-source": ('hfs:X a owl:Class ; obo:IAO_0000115 "A thing."@en .', "X"),
    "duplicate-label": ('hfs:X a owl:Class ; rdfs:subClassOf hfs:Route ; rdfs:label "Fever"@en .', "Fever"),
    "shared-name": (
        'hfs:X a owl:Class ; rdfs:subClassOf hfs:Drug ; rdfs:label "x"@en ; hfs:brandName "kineret"@en .',
        "Anakinra",
    ),
    "dangling-reference": ("hfs:X a owl:Class ; rdfs:subClassOf hfs:Nowhere .", "Nowhere"),
    "undefined-property": ('hfs:Fever hfs:colour "red" .', "colour"),
    "undefined-class": ("hfs:x a hfs:Hue .", "Hue"),
    "malformed-mapping": ("hfs:Fever skos:exactMatch obo:HP_19 .", "Fever"),
    "obsolete-mapping": ("obo:HP_0001945 owl:deprecated true .", "Fever"),
    "ambiguous-abbreviation": ('hfs:Fever hfs:abbreviation "FE"@en .', "Fever"),
    "analyte-without-unit": ("hfs:X a owl:Class ; rdfs:subClassOf hfs:Analyte .", "X"),
    "unconvertible-unit": (
        "hfs:X a owl:Class ; rdfs:subClassOf hfs:Analyte ; hfs:standardUnit hfs:Second ; hfs:allowedUnit hfs:Percent .",
        "X",
    ),
    "unit-without-code": ('hfs:x a hfs:LaboratoryUnit ; rdfs:label "x"@en .', "x"),
    "drug-without-target": ("hfs:X a owl:Class ; rdfs:subClassOf hfs:Drug .", "X"),
    "deprecated-without-replacement": ("hfs:X a owl:Class ; owl:deprecated true .", "X"),
    "deprecated-in-use": (
        "hfs:X a owl:Class ; owl:deprecated true . hfs:Y a owl:Class ; rdfs:subClassOf hfs:X .",
        "Y",
    ),
    "stray-class": ("hfs:X a owl:Class .", "X"),
    "direction-without-abnormality": ("hfs:Fatigue hfs:direction hfs:High .", "Fatigue"),
    "stray-blanks": ('hfs:Fever oboInOwl:hasExactSynonym "a  fever"@en .', "Fever"),
    "missing-mapping": ("hfs:X a owl:Class ; rdfs:subClassOf hfs:Finding .", "X"),
}
"""For each check, statements that it finds at fault, and the local name of the term that it names."""


def write_overlay(folder: Path, text: str) -> Path:
    """Write an overlay and return its path."""
    path = folder / "little.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return path
