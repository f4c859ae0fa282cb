"""What the graph says of a resource, ready to be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph

from hfskg.namespaces import IAO, OA, PROV, RDF, RDFS
from hfskg.server.graph import ServedGraph
from hfskg.server.passages import Span
from hfskg.terms import shorten

__all__ = ["Description", "Property", "Shown", "describe", "evidence_of", "label_of", "span_of", "triples_of"]

Subject = pyoxigraph.NamedNode | pyoxigraph.BlankNode

MOST_SHOWN = 200
"""How many values of a property a page shows."""


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """A value as people read it.

    Attributes:
        text: A literal's text, or a resource's label.
        iri: The resource's IRI, or empty for a literal.
        note: Language or datatype of a literal, where it tells something.
    """

    text: str
    iri: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values, or with the resources that point here by it.

    Attributes:
        name: The property.
        values: The values, those shown.
        count: How many there are.
    """

    name: Shown
    values: tuple[Shown, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says of a resource.

    Attributes:
        iri: Its IRI.
        label: Its label, or its shortened IRI.
        kinds: Its classes.
        definition: Its definition, for terms.
        properties: What it points at.
        incoming: What points at it.
        evidence: The characters that it was read from.
    """

    iri: str
    label: str
    kinds: tuple[Shown, ...]
    definition: str
    properties: tuple[Property, ...]
    incoming: tuple[Property, ...]
    evidence: tuple[Span, ...]


def triples_of(graph: ServedGraph, iri: str) -> Iterator[pyoxigraph.Triple]:
    """Yield what describes a resource: the whole graph of its name, or its triples and those of what it is made of.

    Blank nodes and what lies below its IRI count as parts; what points at it comes last.
    """
    engine, node = graph.store.engine, pyoxigraph.NamedNode(iri)
    if iri in graph.graphs:
        for quad in engine.quads_for_pattern(None, None, None, node):
            yield quad.triple
        return
    seen: set[pyoxigraph.Triple] = set()
    waiting: list[Subject] = [node]
    done: set[Subject] = set()
    while waiting:
        subject = waiting.pop()
        if subject in done:
            continue
        done.add(subject)
        for quad in engine.quads_for_pattern(subject, None, None, None):
            if quad.triple not in seen:
                seen.add(quad.triple)
                yield quad.triple
                waiting += _parts(quad.object, iri)
    for quad in engine.quads_for_pattern(None, None, node, None):
        if isinstance(quad.subject, pyoxigraph.NamedNode) and quad.triple not in seen:
            seen.add(quad.triple)
            yield quad.triple


def _parts(node: object, iri: str) -> list[Subject]:
    """Return a node in a list if it is part of the resource, else an empty list."""
    if isinstance(node, pyoxigraph.NamedNode):
        return [node] if node.value.startswith(f"{iri}/") else []
    return [node] if isinstance(node, pyoxigraph.BlankNode) else []


def describe(graph: ServedGraph, iri: str) -> Description | None:
    """Return what the graph says of a resource, or None if it says nothing."""
    engine, node = graph.store.engine, pyoxigraph.NamedNode(iri)
    outgoing: dict[str, set[Shown]] = defaultdict(set)
    for quad in engine.quads_for_pattern(node, None, None, None):
        if not isinstance(quad.object, pyoxigraph.BlankNode):
            outgoing[quad.predicate.value].add(_shown(graph, quad.object))
    incoming: dict[str, set[Shown]] = defaultdict(set)
    for quad in engine.quads_for_pattern(None, None, node, None):
        if isinstance(quad.subject, pyoxigraph.NamedNode):
            incoming[quad.predicate.value].add(_shown(graph, quad.subject))
    if not outgoing and not incoming:
        return None
    definition = " ".join(value.text for value in sorted(outgoing.pop(str(IAO["0000115"]), ())))
    kinds = tuple(sorted(outgoing.pop(str(RDF.type), ())))
    outgoing.pop(str(RDFS.label), None)
    evidence = evidence_of(graph, iri)
    return Description(
        iri, label_of(graph, iri), kinds, definition, _listed(graph, outgoing), _listed(graph, incoming), evidence
    )


def _listed(graph: ServedGraph, found: dict[str, set[Shown]]) -> tuple[Property, ...]:
    named = [(Shown(label_of(graph, name), name), sorted(values)) for name, values in found.items()]
    return tuple(Property(name, tuple(values[:MOST_SHOWN]), len(values)) for name, values in sorted(named))


def _shown(graph: ServedGraph, node: object) -> Shown:
    if isinstance(node, pyoxigraph.NamedNode):
        return Shown(label_of(graph, node.value), node.value)
    if isinstance(node, pyoxigraph.Literal):
        return Shown(node.value, note=node.language or "")
    return Shown(str(node))


def label_of(graph: ServedGraph, iri: str) -> str:
    """Return the label of a resource, the first by the alphabet, or its shortened IRI if it has none."""
    quads = graph.store.engine.quads_for_pattern(pyoxigraph.NamedNode(iri), _RDFS_LABEL, None, None)
    labels = (quad.object.value for quad in quads if isinstance(quad.object, pyoxigraph.Literal))
    return min(labels, default=shorten(iri))


def evidence_of(graph: ServedGraph, iri: str) -> tuple[Span, ...]:
    """Return the evidence that a statement was derived from, or the one that an IRI names, in order."""
    nodes = {*_objects(graph, iri, _DERIVED), iri}
    spans = (span_of(graph, node) for node in nodes)
    return tuple(sorted(span for span in spans if span is not None))


def span_of(graph: ServedGraph, iri: str) -> Span | None:
    """Return the characters and the words around them that an evidence node stands for; None for other nodes."""
    told: dict[str, str] = {}
    for selector in _objects(graph, iri, _SELECTOR):
        for quad in graph.store.engine.quads_for_pattern(pyoxigraph.NamedNode(selector), None, None, None):
            if isinstance(quad.object, pyoxigraph.Literal):
                told[quad.predicate.value] = quad.object.value
    source = next(iter(_objects(graph, iri, _SOURCE)), "")
    start, end = told.get(str(OA.start), ""), told.get(str(OA.end), "")
    if not (source and start.isdecimal() and end.isdecimal()):
        return None
    words = (told.get(str(name), "") for name in (OA.exact, OA.prefix, OA.suffix))
    return Span(source, int(start), int(end), *words)


def _objects(graph: ServedGraph, iri: str, predicate: pyoxigraph.NamedNode) -> Iterable[str]:
    quads = graph.store.engine.quads_for_pattern(pyoxigraph.NamedNode(iri), predicate, None, None)
    return {quad.object.value for quad in quads if isinstance(quad.object, pyoxigraph.NamedNode)}


_RDFS_LABEL = pyoxigraph.NamedNode(str(RDFS.label))
_DERIVED = pyoxigraph.NamedNode(str(PROV.wasDerivedFrom))
_SELECTOR = pyoxigraph.NamedNode(str(OA.hasSelector))
_SOURCE = pyoxigraph.NamedNode(str(OA.hasSource))
