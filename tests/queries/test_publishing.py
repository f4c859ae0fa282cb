from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SDO, SH, BNode, Graph, URIRef

from casebook import ONTOLOGY_FILE
from hfskg.export import document_graphs, read_graphs
from hfskg.namespaces import CATALOGUE_GRAPH
from hfskg.queries import Catalogue, catalogue_graph, load_catalogue, parse_query
from hfskg.store import open_graph
from little_query import little, parameter


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY_FILE)


@pytest.fixture(scope="module")
def published(ontology: Graph) -> Graph:
    return catalogue_graph(load_catalogue(), ontology)


def test_every_query_is_an_executable_with_its_question(published: Graph) -> None:
    for name, query in load_catalogue().items():
        iri = URIRef(f"{CATALOGUE_GRAPH}/{name}")
        assert set(published.objects(iri, RDF.type)) == {SH.SPARQLExecutable, SH.SPARQLSelectExecutable}
        assert str(published.value(iri, RDFS.comment)) == query.header.summary
        assert {str(tag) for tag in published.objects(iri, SDO.keywords)} == set(query.header.tags)
        assert published.value(iri, SH.prefixes) is not None
        assert "?_" not in str(published.value(iri, SH.select))


def test_the_prefixes_are_declared(published: Graph) -> None:
    declared = {str(published.value(d, SH.prefix)) for d in published.objects(None, SH.declare)}
    assert {"hfs", "data", "prov"} <= declared


def test_it_has_no_blank_nodes_and_is_the_same_each_time(published: Graph, ontology: Graph) -> None:
    assert not [node for node in published.all_nodes() if isinstance(node, BNode)]
    assert set(catalogue_graph(load_catalogue(), ontology)) == set(published)


def test_a_query_for_a_graph_is_a_construct_executable(ontology: Graph) -> None:
    query = parse_query("g", "#+ title: A\n#+ summary: B?\n#+ description: C.\nCONSTRUCT WHERE { ?s a ?o }")
    published = catalogue_graph(Catalogue({"g": query}), ontology)
    assert (URIRef(f"{CATALOGUE_GRAPH}/g"), RDF.type, SH.SPARQLConstructExecutable) in published


def test_a_query_whose_example_names_no_one_term_is_left_out(ontology: Graph) -> None:
    catalogue = Catalogue({"names": little(parameter("term")), "others": little(parameter("term", default="CSA"))})
    assert not list(catalogue_graph(catalogue, ontology).subjects(RDF.type, SH.SPARQLExecutable))


@pytest.mark.slow
def test_a_build_holds_the_catalogue_and_its_examples_give_their_rows(built: Path) -> None:
    graphs = read_graphs(built)
    assert CATALOGUE_GRAPH not in document_graphs(graphs)
    store = open_graph(built)
    for name, query in load_catalogue().items():
        text = str(graphs[CATALOGUE_GRAPH].value(URIRef(f"{CATALOGUE_GRAPH}/{name}"), SH.select))
        rows = store.select(text, {}).rows
        assert query.header.rows is None or len(rows) == query.header.rows, name
