"""Terms of background vocabularies as RDF: label, identifier and superclasses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import Literal, URIRef
from rdflib.term import Node

from hfskg.background import Background
from hfskg.namespaces import DCTERMS, HFS, OWL, RDF, RDFS
from hfskg.record import TermRef

__all__ = ["TOPS", "term_triples"]

TOPS: Mapping[str, URIRef] = {"finding": HFS.Finding, "disease": HFS.Disease, "drug": HFS.Drug}
"""The ontology's top classes by the words of the record."""

_RANGES: Mapping[URIRef, URIRef] = {
    HFS.condition: HFS.Disease,
    HFS.finding: HFS.Finding,
    HFS.adverseEffect: HFS.Finding,
    HFS.drug: HFS.Drug,
}


def term_triples(term: TermRef, relation: URIRef, background: Background) -> Iterator[tuple[Node, Node, Node]]:
    """Yield what a graph tells of a background term that it uses.

    Args:
        term: The term.
        relation: The property by which it is used; says what it is where its vocabulary is not at hand.
        background: The background vocabularies.
    """
    lineage = list(background.lineage(term.iri))
    for above, parents in lineage:
        node = URIRef(above.iri)
        yield node, RDF.type, OWL.Class
        yield node, RDFS.label, Literal(above.label, lang="en")
        yield node, DCTERMS.identifier, Literal(above.identifier)
        yield node, HFS.vocabulary, Literal(above.vocabulary)
        for parent in parents or (str(HFS[above.kind.value]),):
            yield node, RDFS.subClassOf, URIRef(parent)
    if not lineage:
        node = URIRef(term.iri)
        yield node, RDF.type, OWL.Class
        yield node, RDFS.label, Literal(term.label, lang="en")
        yield node, HFS.vocabulary, Literal(term.vocabulary)
        yield node, RDFS.subClassOf, _RANGES.get(relation, HFS.Finding)
