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
    "missing-label": ("hfs:X1 a owl:Class ; rdfs:subClassOf hfs:Finding .", "X1"),
    "missing-definition": ('hfs:X2 a owl:Class ; rdfs:subClassOf hfs:Finding ; rdfs:label "x2"@en .', "X2"),
    "definition-without-source": ('hfs:X3 a owl:Class ; obo:IAO_0000115 "A thing."@en .', "X3"),
    "circular-definition": (
        'hfs:X23 a owl:Class ; rdfs:label "glow"@en ; obo:IAO_0000115 "A glow of lamps."@en .',
        "X23",
    ),
    "duplicate-definition": (
        'hfs:X24 a owl:Class ; obo:IAO_0000115 "Dim."@en . hfs:Y24 a owl:Class ; obo:IAO_0000115 "dim."@en .',
        "X24",
    ),
    "sided-synonym": (
        'hfs:X25 a owl:Class ; rdfs:label "ache of lamps"@en ; oboInOwl:hasExactSynonym "left lamp ache"@en .',
        "X25",
    ),
    "duplicate-label": ('hfs:X4 a owl:Class ; rdfs:subClassOf hfs:Route ; rdfs:label "Fever"@en .', "Fever"),
    "shared-name": (
        'hfs:X5 a owl:Class ; rdfs:subClassOf hfs:Drug ; rdfs:label "x5"@en ; hfs:brandName "kineret"@en .',
        "Anakinra",
    ),
    "dangling-reference": ("hfs:X6 a owl:Class ; rdfs:subClassOf hfs:Nowhere .", "Nowhere"),
    "undefined-property": ('hfs:Fever hfs:colour "red" .', "colour"),
    "undefined-class": ("hfs:x8 a hfs:Hue .", "Hue"),
    "malformed-mapping": ("hfs:Fever skos:exactMatch obo:HP_19 .", "Fever"),
    "obsolete-mapping": ("obo:HP_0001945 owl:deprecated true .", "Fever"),
    "ambiguous-abbreviation": ('hfs:Fever hfs:abbreviation "FE"@en .', "Fever"),
    "analyte-without-unit": ("hfs:X12 a owl:Class ; rdfs:subClassOf hfs:Analyte .", "X12"),
    "unconvertible-unit": (
        "hfs:X13 a owl:Class ; rdfs:subClassOf hfs:Analyte ; hfs:standardUnit hfs:NanogramPerMilliliter ;"
        " hfs:allowedUnit hfs:PicomolePerLiter .",
        "X13",
    ),
    "reference-interval": (
        "hfs:x22 a hfs:ReferenceInterval ; hfs:intervalOf hfs:Ferritin ; hfs:intervalUnit hfs:Second .",
        "x22",
    ),
    "unit-without-code": ('hfs:x14 a hfs:LaboratoryUnit ; rdfs:label "x14"@en .', "x14"),
    "drug-without-target": ("hfs:X15 a owl:Class ; rdfs:subClassOf hfs:Drug .", "X15"),
    "deprecated-without-replacement": ("hfs:X16 a owl:Class ; owl:deprecated true .", "X16"),
    "deprecated-in-use": (
        "hfs:X17 a owl:Class ; owl:deprecated true . hfs:Y17 a owl:Class ; rdfs:subClassOf hfs:X17 .",
        "Y17",
    ),
    "stray-class": ("hfs:X18 a owl:Class .", "X18"),
    "direction-without-abnormality": ("hfs:Fatigue hfs:direction hfs:High .", "Fatigue"),
    "stray-blanks": ('hfs:Fever oboInOwl:hasExactSynonym "a  fever"@en .', "Fever"),
    "missing-mapping": ("hfs:X21 a owl:Class ; rdfs:subClassOf hfs:Finding .", "X21"),
}
"""For each check, statements about terms of its own that it finds at fault, and the local name of the one it names."""


def write_overlay(folder: Path, text: str) -> Path:
    """Write an overlay and return its path."""
    path = folder / "little.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return path
