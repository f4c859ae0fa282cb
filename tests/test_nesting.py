from __future__ import annotations

from rdflib import BNode, Graph, Literal, URIRef

from hfskg.namespaces import HFS, RDF
from hfskg.nesting import Nesting, natural_order

STONES = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> .
hfs:Stone10 hfs:near hfs:Stone9 .
hfs:Stone9 hfs:mark [ hfs:inside [ hfs:depth 2 ] ] .
hfs:Stone9 hfs:row ( hfs:Stone10 [ hfs:depth 1 ] ) .
_:shared hfs:depth 3 . hfs:Stone9 hfs:first _:shared . hfs:Stone10 hfs:second _:shared .
_:one hfs:to _:two . _:two hfs:to _:one .
"""


def nesting() -> Nesting:
    return Nesting(Graph().parse(data=STONES, format="turtle"))


def test_numbers_in_names_count_as_numbers() -> None:
    named = [root for root in nesting().roots() if isinstance(root, URIRef)]
    assert named == [HFS.Stone9, HFS.Stone10]


def test_a_blank_node_stands_inside_the_one_statement_that_refers_to_it() -> None:
    found = nesting()
    (mark,) = found.values(HFS.Stone9)[HFS.mark]
    (inside,) = found.values(mark)[HFS.inside]
    assert {mark, inside} <= found.nested


def test_a_blank_node_with_two_references_or_in_a_circle_stands_on_its_own() -> None:
    assert len([root for root in nesting().roots() if isinstance(root, BNode)]) == 3


def test_the_members_of_a_list_are_told_in_their_order() -> None:
    found = nesting()
    (row,) = found.values(HFS.Stone9)[HFS.row]
    items = found.items(row)
    assert items is not None
    assert items[0] == HFS.Stone10
    assert found.items(HFS.Stone9) is None
    assert found.items(RDF.nil) == []


def test_iris_come_before_blank_nodes_and_those_before_literals() -> None:
    nodes = [Literal("a"), BNode("a"), URIRef("a")]
    assert sorted(nodes, key=natural_order) == nodes[::-1]
