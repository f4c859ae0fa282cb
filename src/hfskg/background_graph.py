"""Terms of background vocabularies as RDF: label, identifier and superclasses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import Graph, Literal, URIRef

from hfskg.background import Background
from hfskg.namespaces import DCTERMS, HFS, OWL, RDF, RDFS
from hfskg.record import TermRef, UngroundedMention

__all__ = ["add_mention", "add_term"]

_TOPS: Mapping[str, URIRef] = {"finding": HFS.Finding, "disease": HFS.Disease, "drug": HFS.Drug}

_RANGES: Mapping[URIRef, URIRef] = {
    HFS.condition: HFS.Disease,
    HFS.finding: HFS.Finding,
    HFS.adverseEffect: HFS.Finding,
    HFS.drug: HFS.Drug,
}


def add_mention(graph: Graph, node: URIRef, source: URIRef, mention: UngroundedMention) -> None:
    """Add a word that is in no vocabulary to a graph, its evidence aside.

    Args:
        graph: The graph.
        node: The IRI of the mention.
        source: The IRI of the document.
        mention: The word.
    """
    graph.add((node, RDF.type, HFS.UngroundedMention))
    graph.add((node, HFS.mentionedIn, source))
    graph.add((node, RDFS.label, Literal(mention.label)))
    graph.add((node, HFS.recognisedAs, _TOPS[mention.category]))


def add_term(graph: Graph, term: TermRef, relation: URIRef, background: Background) -> None:
    """Add what is known of a background term to the graph that uses it.

    Args:
        graph: The graph.
        term: The term.
        relation: The property by which it is used; says what it is where its vocabulary is not at hand.
        background: The background vocabularies.
    """
    lineage = list(background.lineage(term.iri))
    for above, parents in lineage:
        node = URIRef(above.iri)
        graph.add((node, DCTERMS.identifier, Literal(above.identifier)))
        tops = [URIRef(parent) for parent in parents] or [HFS[above.kind.value]]
        _add_class(graph, node, above.label, above.vocabulary, tops)
    if not lineage:
        top = _RANGES.get(relation, HFS.Finding)
        _add_class(graph, URIRef(term.iri), term.label, term.vocabulary, [top])


def _add_class(graph: Graph, node: URIRef, label: str, vocabulary: str | None, above: Iterable[URIRef]) -> None:
    graph.add((node, RDF.type, OWL.Class))
    graph.add((node, RDFS.label, Literal(label, lang="en")))
    graph.add((node, HFS.vocabulary, Literal(vocabulary)))
    for parent in above:
        graph.add((node, RDFS.subClassOf, parent))
