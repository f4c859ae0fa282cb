"""Canonical terms, order and blank node labels."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from hfskg.canonical import Triple, canonical_triples, read_nquads, term
from hfskg.namespaces import XSD

EX = "https://example.org/"
P, Q = URIRef(f"{EX}p"), URIRef(f"{EX}q")


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Literal("plain"), '"plain"'),
        (Literal("typed", datatype=XSD.string), '"typed"'),
        (Literal('say "no" \\ \t\n\r\f\b'), '"say \\"no\\" \\\\ \\t\\n\\r\\f\\b"'),
        (Literal("\x01\x7f µ 漢"), '"\\u0001\\u007F µ 漢"'),
        (Literal("1.50", datatype=XSD.decimal), '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (Literal("deux", lang="fr"), '"deux"@fr'),
        (URIRef(f"{EX}a b"), f"<{EX}a\\u0020b>"),
        (BNode("x"), "_:x"),
    ],
)
def test_terms(node: URIRef | BNode | Literal, text: str) -> None:
    assert term(node) == text


def test_the_two_kinds_of_plain_text_are_one() -> None:
    triples: list[Triple] = [(P, Q, Literal("a")), (P, Q, Literal("a", datatype=XSD.string))]
    assert len(canonical_triples(triples)) == 1


def test_a_change_in_one_place_renames_nothing_elsewhere() -> None:
    first: list[Triple] = [(P, Q, BNode("a")), (BNode("a"), P, Literal("one"))]
    second: list[Triple] = [(P, Q, BNode("b")), (BNode("b"), P, Literal("two"))]
    alone = set(canonical_triples(first))
    assert alone < set(canonical_triples(first + second))


def test_groups_that_say_the_same_stay_apart() -> None:
    twins: list[Triple] = [(P, Q, BNode("a")), (P, Q, BNode("b"))]
    found = canonical_triples(twins)
    assert len({o for _, _, o in found}) == 2
    assert found == canonical_triples([(P, Q, BNode("c")), (P, Q, BNode("d"))])


def test_cycles_of_blank_nodes() -> None:
    ring: list[Triple] = [(BNode("a"), P, BNode("b")), (BNode("b"), P, BNode("c")), (BNode("c"), P, BNode("a"))]
    renamed: list[Triple] = [(BNode("z"), P, BNode("x")), (BNode("x"), P, BNode("y")), (BNode("y"), P, BNode("z"))]
    assert canonical_triples(ring) == canonical_triples(renamed)


NODES = st.sampled_from([P, Q, *(BNode(f"n{number}") for number in range(6))])
VALUES = NODES | st.builds(Literal, st.text(st.characters(exclude_categories=["Cs"]), max_size=5))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NODES, st.sampled_from([P, Q]), VALUES), max_size=12), st.randoms())
def test_names_and_order_do_not_matter(triples: list[Triple], chance: random.Random) -> None:
    names = [BNode(f"other{number}") for number in range(6)]
    chance.shuffle(names)
    table = {BNode(f"n{number}"): name for number, name in enumerate(names)}
    turned: list[Triple] = [(table.get(s, s), p, table.get(o, o)) for s, p, o in triples]  # type: ignore[call-overload]
    chance.shuffle(turned)
    canonical = canonical_triples(triples)
    assert canonical == canonical_triples(turned)
    assert len(canonical) == len(set(triples))
    before, after = Graph(), Graph()
    for triple in triples:
        before.add(triple)
    for triple in canonical:
        after.add(triple)
    assert isomorphic(before, after)


def test_reading_nquads_keeps_literals_as_written() -> None:
    data = f'<{EX}s> <{EX}p> "1.50"^^<{XSD.decimal}> <{EX}g> .\n<{EX}s> <{EX}p> "a"@en <{EX}g> .\n'
    graphs = read_nquads(data.encode())
    assert set(graphs) == {URIRef(f"{EX}g")}
    values = set(graphs[URIRef(f"{EX}g")].objects())
    assert values == {Literal("1.50", datatype=XSD.decimal), Literal("a", lang="en")}


@pytest.mark.parametrize("data", [b"nonsense", b"<https://e.org/s> <https://e.org/p> <https://e.org/o> .\n"])
def test_what_is_no_named_graph_is_refused(data: bytes) -> None:
    with pytest.raises((SyntaxError, ValueError)):
        read_nquads(data)
