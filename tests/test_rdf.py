from __future__ import annotations

import gc
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from hfskg.rdf import add_all, parse_rdf, uncollected

TURTLE = """
@prefix : <https://example.org/> .
:lamp a :Thing ; :says "glow"@en , "glow" ; :many 3 , 1.50 , true , 2e3 , "x"^^:odd ;
    :has [ :part ( :bulb [ a :Wire ] ) ] ; :near <other> .
"""


def parsed(text: str) -> Graph:
    graph = Graph(store="SimpleMemory")
    parse_rdf(text.encode(), RdfFormat.TURTLE, Path("lamps.ttl"), graph)
    return graph


def test_a_file_gives_what_rdflib_reads() -> None:
    expected = Graph().parse(data=TURTLE, format="turtle", publicID=Path("lamps.ttl").absolute().as_uri())
    assert isomorphic(parsed(TURTLE), expected)


def test_an_explicit_string_is_a_plain_literal() -> None:
    graph = parsed('<https://example.org/a> a "x"^^<http://www.w3.org/2001/XMLSchema#string> .')
    assert list(graph.objects()) == [Literal("x")]


def test_prefixes_are_bound() -> None:
    assert dict(parsed(TURTLE).namespaces())[""] == URIRef("https://example.org/")


def test_blank_nodes_of_two_files_stay_apart() -> None:
    graph = parsed("_:a a <https://example.org/A> .")
    parse_rdf(b"_:a a <https://example.org/B> .", RdfFormat.TURTLE, Path("b.ttl"), graph)
    assert len(set(graph.subjects(RDF.type))) == 2


@pytest.mark.parametrize("text", [":lamp a", "<a> <b> <<( <c> <d> <e> )>> ."])
def test_what_is_not_of_the_format_is_refused(text: str) -> None:
    with pytest.raises(SyntaxError):
        parsed(text)


def test_adding_is_adding() -> None:
    graph = Graph()
    add_all(graph, parsed(TURTLE))
    assert isomorphic(graph, parsed(TURTLE))


def test_the_collector_is_as_it_was() -> None:
    for before in (True, False, True):
        (gc.enable if before else gc.disable)()
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() is before
