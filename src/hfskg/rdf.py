"""Reading RDF files fast: parsed by pyoxigraph, as terms of rdflib."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

__all__ = ["add_all", "node_reader", "parse_rdf", "uncollected"]

_Term: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple

_STRING = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#string")


def parse_rdf(data: bytes, form: pyoxigraph.RdfFormat, base: Path, graph: Graph) -> None:
    """Add the statements of a file to a graph, and bind its prefixes there.

    Args:
        data: The file's bytes.
        form: Their format.
        base: The file, against which relative IRIs are resolved.
        graph: Where they are added.

    Raises:
        SyntaxError: The bytes are not of that format.
    """
    parser = pyoxigraph.parse(data, format=form, base_iri=base.absolute().as_uri(), rename_blank_nodes=True)
    node = node_reader()
    add_all(graph, ((node(q.subject), node(q.predicate), node(q.object)) for q in parser))
    for prefix, namespace in parser.prefixes.items():
        graph.bind(prefix, namespace)


def node_reader() -> Callable[[_Term], Node]:
    """Return a function that gives terms of pyoxigraph as terms of rdflib, the same one for the same each time."""
    known: dict[object, Node] = {}

    def node(term: _Term) -> Node:
        found = known.get(term)
        if found is None:
            known[term] = found = _node(term)
        return found

    return node


def _node(term: _Term) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=None if term.datatype == _STRING else URIRef(term.datatype.value))
    raise SyntaxError("a statement about a statement stands where a term must")


def add_all(graph: Graph, triples: Iterable[tuple[Node, Node, Node]]) -> None:
    """Add triples to a graph without the checks that :meth:`rdflib.Graph.add` makes for each."""
    add = graph.store.add
    with uncollected():
        for triple in triples:
            add(triple, graph)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking, again and again, at the many objects that a block makes to stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
