"""The namespaces of HFS-KG and of what it reuses, and the IRIs of data."""

from __future__ import annotations

import re
from pathlib import PurePath

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace, URIRef

__all__ = [
    "CATALOGUE_GRAPH",
    "DATA",
    "DCTERMS",
    "HFS",
    "IAO",
    "OA",
    "OBOINOWL",
    "ONTOLOGY",
    "ONTOLOGY_GRAPH",
    "OWL",
    "PREFIXES",
    "PROV",
    "PUBLIC_ENDPOINT",
    "QUDT",
    "RDF",
    "RDFS",
    "SKOS",
    "XSD",
    "document_iri",
    "slug",
]

ONTOLOGY = URIRef("https://w3id.org/hfskg/ontology")
HFS = Namespace("https://w3id.org/hfskg/ontology#")
DATA = Namespace("https://w3id.org/hfskg/data/")
OA = Namespace("http://www.w3.org/ns/oa#")
QUDT = Namespace("http://qudt.org/schema/qudt/")
IAO = Namespace("http://purl.obolibrary.org/obo/IAO_")
OBOINOWL = Namespace("http://www.geneontology.org/formats/oboInOwl#")

ONTOLOGY_GRAPH = ONTOLOGY
"""The named graph of the store that holds the ontology, its inferred hierarchy materialised."""

CATALOGUE_GRAPH = URIRef("https://w3id.org/hfskg/.well-known/sparql-examples")
"""The named graph of the store that holds the canned queries."""

PUBLIC_ENDPOINT = URIRef("https://w3id.org/hfskg/sparql")
"""What stands for a SPARQL endpoint that holds the graph, wherever it runs."""

PREFIXES: dict[str, str] = {
    "data": str(DATA),
    "dcterms": str(DCTERMS),
    "hfs": str(HFS),
    "oa": str(OA),
    "oboInOwl": str(OBOINOWL),
    "owl": str(OWL),
    "prov": str(PROV),
    "qudt": str(QUDT),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "xsd": str(XSD),
}


def slug(file_name: str) -> str:
    """Return the part of data IRIs that stands for a file's name.

    Example:
        >>> slug("Some Report (2).txt")
        'some-report-2'
    """
    return re.sub(r"[^a-z0-9]+", "-", PurePath(file_name).stem.casefold()).strip("-") or "document"


def document_iri(file_name: str) -> URIRef:
    """Return the IRI of a document, which is also the name of its graph.

    Example:
        >>> document_iri("report.txt")
        rdflib.term.URIRef('https://w3id.org/hfskg/data/report')
    """
    return DATA[slug(file_name)]
