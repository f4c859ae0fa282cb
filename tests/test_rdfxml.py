from __future__ import annotations

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.canonical import canonical_triples
from hfskg.namespaces import HFS, ONTOLOGY, OWL, RDF, RDFS
from hfskg.rdfxml import to_rdfxml
from support import packaged_vocabulary

LAMPS = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix shop: <http://example.org/shop/> .
<https://w3id.org/hfskg/ontology> a owl:Ontology .
hfs:Lamp a owl:Class ; rdfs:label "lamp & <light>"@en , "two\\r\\nlines" ; shop:price 1.50 ; hfs:glows true ;
    rdfs:subClassOf [ a owl:Restriction ; owl:onProperty hfs:has ; owl:someValuesFrom hfs:Bulb ] ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( hfs:Thing [ a owl:Class ; owl:complementOf hfs:Sun ] ) ] .
hfs:red a owl:NamedIndividual , hfs:Lamp ; hfs:beside _:a . hfs:blue hfs:beside _:a ; hfs:row ( "one" 2 ) , () .
_:a hfs:beside _:a .
[] a owl:AllDisjointClasses ; owl:members ( hfs:Lamp hfs:Sun ) .
"""


def graph() -> Graph:
    return Graph().parse(data=LAMPS, format="turtle")


def test_it_says_the_same_as_the_graph() -> None:
    written = to_rdfxml(graph(), ONTOLOGY)
    assert canonical_triples(Graph().parse(data=written, format="xml")) == canonical_triples(graph())


@pytest.mark.slow
def test_the_whole_ontology_comes_back() -> None:
    ontology = packaged_vocabulary().graph
    written = to_rdfxml(ontology, ONTOLOGY)
    assert canonical_triples(Graph().parse(data=written, format="xml")) == canonical_triples(ontology)


def test_order_and_names_of_blank_nodes_change_nothing() -> None:
    other = Graph()
    names: dict[Node, Node] = {node: BNode() for node in graph().all_nodes() if isinstance(node, BNode)}
    for s, p, o in sorted(graph(), reverse=True):
        other.add((names.get(s, s), p, names.get(o, o)))
    assert to_rdfxml(other, ONTOLOGY) == to_rdfxml(graph(), ONTOLOGY)


def test_the_ontology_comes_first_and_terms_are_relative_to_it() -> None:
    lines = to_rdfxml(graph(), ONTOLOGY).decode().splitlines()
    elements = [line.strip() for line in lines if line.startswith("    <")]
    assert elements[0] == '<owl:Ontology rdf:about="https://w3id.org/hfskg/ontology"/>'
    assert elements[1] == '<owl:Class rdf:about="#Lamp">'


def test_an_element_is_named_by_a_type_of_owl() -> None:
    text = to_rdfxml(graph(), ONTOLOGY).decode()
    assert '<owl:NamedIndividual rdf:about="#red">\n        <rdf:type rdf:resource="#Lamp"/>' in text


def test_lists_are_collections() -> None:
    assert '<owl:members rdf:parseType="Collection">' in to_rdfxml(graph(), ONTOLOGY).decode()


def test_a_control_character_is_refused() -> None:
    bell = Graph()
    bell.add((HFS.Lamp, RDFS.label, Literal("ding \x07")))
    with pytest.raises(ValueError, match="control character"):
        to_rdfxml(bell, ONTOLOGY)


def test_a_property_without_an_xml_name_is_refused() -> None:
    odd = Graph()
    odd.add((HFS.Lamp, URIRef("http://example.org/1"), OWL.Thing))
    with pytest.raises(ValueError, match="no XML name"):
        to_rdfxml(odd, ONTOLOGY)


def test_a_type_without_an_xml_name_names_no_element() -> None:
    odd = Graph()
    odd.add((HFS.Lamp, RDF.type, URIRef("http://example.org/1")))
    assert list(Graph().parse(data=to_rdfxml(odd, ONTOLOGY), format="xml")) == list(odd)
