"""The inferred hierarchy of the ontology, worked out without a reasoner.

Some classes are defined by what their members do ("a drug that has the target interleukin 1 beta or its receptor").
:func:`materialise` finds the classes that fall under such definitions and adds the ``rdfs:subClassOf`` triples, so that
whoever queries the graph needs no reasoner.

It is structural subsumption: a class falls under ``A and (p some B)`` when A is among its superclasses and one of its
restrictions, own or inherited, says ``p some C`` with C falling under B. Conclusions feed further ones until nothing
changes. Understood are named classes, ``someValuesFrom``, ``intersectionOf`` and ``unionOf``, the hierarchy of
properties and transitive properties. Whatever else stands in an axiom (``allValuesFrom``, ``complementOf``,
cardinalities, individuals) supports no conclusion: every triple that is added follows from the ontology (the method
is sound), and for an ontology that keeps to these constructs nothing that a reasoner would find is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from hfskg.cache import Cache
from hfskg.namespaces import OWL, RDF, RDFS
from hfskg.rdf import add_all, uncollected

__all__ = ["inferred_hierarchy", "materialise"]


@dataclass(frozen=True, slots=True)
class _Some:
    """A restriction: at least one value of a property is in a class."""

    property: Node
    filler: _Expression


@dataclass(frozen=True, slots=True)
class _All:
    """An intersection."""

    parts: tuple[_Expression, ...]


@dataclass(frozen=True, slots=True)
class _Any:
    """A union."""

    parts: tuple[_Expression, ...]


@dataclass(frozen=True, slots=True)
class _Opaque:
    """An expression that is not understood; it is above and below nothing but itself."""

    node: Node


_Expression = URIRef | _Some | _All | _Any | _Opaque


def materialise(graph: Graph, digest: str | None = None) -> Graph:
    """Return a copy of an ontology with its inferred hierarchy of named classes.

    Added are the direct inferred superclasses only: a class that falls under a definition gets one
    ``rdfs:subClassOf`` triple to it, unless a class between the two already leads there. Queries follow
    ``rdfs:subClassOf*``. The asserted triples stay, and the graph given is not changed.

    Args:
        graph: The merged ontology.
        digest: Digest of the files it was loaded from, by which the inferred hierarchy is kept in the cache.

    Example:
        >>> ontology = Graph().parse(format="turtle", data='''
        ...     @prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        ...     @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        ...     :Stone a owl:Class . :Quartz a owl:Class ; rdfs:subClassOf :Stone ,
        ...         [ a owl:Restriction ; owl:onProperty :contains ; owl:someValuesFrom :Silicon ] .
        ...     :Silicate a owl:Class ; owl:equivalentClass [ owl:intersectionOf ( :Stone
        ...         [ a owl:Restriction ; owl:onProperty :contains ; owl:someValuesFrom :Silicon ] ) ] .''')
        >>> added = materialise(ontology) - ontology
        >>> sorted((child.fragment or str(child), str(parent)) for child, parent in added.subject_objects())
        [('http://example.org/Quartz', 'http://example.org/Silicate'), \
('http://example.org/Silicate', 'http://example.org/Stone')]
    """
    result = Graph(store="SimpleMemory")
    for prefix, namespace in graph.namespaces():
        result.bind(prefix, namespace)
    add_all(result, graph)
    add_all(result, ((child, RDFS.subClassOf, parent) for child, parent in inferred_hierarchy(graph, digest)))
    return result


def inferred_hierarchy(graph: Graph, digest: str | None = None) -> list[tuple[URIRef, URIRef]]:
    """Return what :func:`materialise` adds to an ontology: classes and their direct inferred superclasses, sorted.

    Args:
        graph: The merged ontology.
        digest: Digest of the files it was loaded from, by which the answer is kept in the cache.
    """
    inferred = Cache.default().remember("hierarchy", digest, lambda: _inferred(graph))
    return [(URIRef(child), URIRef(parent)) for child, parent in inferred]


def _inferred(graph: Graph) -> list[list[str]]:
    with uncollected():
        return [[str(child), str(parent)] for child, parent in _Subsumption(graph).inferred()]


class _Subsumption:
    """The superclasses of each named class, asserted and inferred."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._above: dict[URIRef, set[URIRef]] = {}
        self._parents: dict[URIRef, set[URIRef]] = defaultdict(set)
        self._some: dict[URIRef, set[_Some]] = defaultdict(set)
        self._definitions: dict[URIRef, set[_Expression]] = defaultdict(set)
        self._super_properties = self._closed_properties()
        self._transitive = set(graph.subjects(RDF.type, OWL.TransitiveProperty))
        for child, parent in graph.subject_objects(RDFS.subClassOf):
            if isinstance(child, URIRef):
                self._assert(child, self._expression(parent))
        for left, right in graph.subject_objects(OWL.equivalentClass):
            self._read_equivalence(self._expression(left), self._expression(right))

    def inferred(self) -> list[tuple[URIRef, URIRef]]:
        """Return the direct inferred pairs of class and superclass that are not asserted, sorted."""
        self._close()
        while self._file_under_definitions():
            self._close()
        pairs: list[tuple[URIRef, URIRef]] = []
        for child in self._above:
            told = set(self._graph.objects(child, RDFS.subClassOf))
            inferred = self._above[child] - told - {child}
            pairs += [(child, parent) for parent in inferred if not self._is_bridged(child, parent, told)]
        return sorted(pairs)

    def _expression(self, node: Node) -> _Expression:
        if isinstance(node, URIRef):
            return node
        graph = self._graph
        for predicate, kind in ((OWL.intersectionOf, _All), (OWL.unionOf, _Any)):
            members = graph.value(node, predicate)
            if members is not None:
                return kind(tuple(self._expression(member) for member in Collection(graph, members)))
        filler, on = graph.value(node, OWL.someValuesFrom), graph.value(node, OWL.onProperty)
        if filler is not None and on is not None:
            return _Some(on, self._expression(filler))
        return _Opaque(node)

    def _closed_properties(self) -> dict[Node, set[Node]]:
        above: dict[Node, set[Node]] = defaultdict(set)
        for start in set(self._graph.subjects(RDFS.subPropertyOf)):
            above[start] = {p for p in self._graph.transitive_objects(start, RDFS.subPropertyOf) if p is not None}
        return above

    def _assert(self, child: URIRef, parent: _Expression) -> None:
        """Note that a class lies below an expression."""
        if isinstance(parent, URIRef):
            self._parents[child].add(parent)
        elif isinstance(parent, _Some):
            self._some[child].add(parent)
        elif isinstance(parent, _All):
            for part in parent.parts:
                self._assert(child, part)

    def _read_equivalence(self, left: _Expression, right: _Expression) -> None:
        for one, other in ((left, right), (right, left)):
            if isinstance(one, URIRef):
                self._assert(one, other)
                self._definitions[one].add(other)

    def _close(self) -> None:
        """Bring the superclasses of each class up to date."""
        above: dict[URIRef, set[URIRef]] = {}
        for start in {*self._parents, *self._some, *self._definitions}:
            found, pending = {start}, [start]
            while pending:
                for parent in self._parents.get(pending.pop(), ()):
                    if parent not in found:
                        found.add(parent)
                        pending.append(parent)
            above[start] = found
        self._above = above

    def _is_bridged(self, child: URIRef, parent: URIRef, told: AbstractSet[Node]) -> bool:
        """Tell whether a class lies strictly between the two, or is a told superclass equivalent to the upper one."""
        return any(
            parent in self._named_above(between)
            and child not in self._named_above(between)
            and (between in told or between not in self._named_above(parent))
            for between in self._above[child] - {parent}
        )

    def _named_above(self, name: URIRef) -> set[URIRef]:
        return self._above.get(name, {name})

    def _file_under_definitions(self) -> bool:
        """File each class under the definitions it meets; tell whether anything new came of it."""
        bearers = self._bearers()
        changed = False
        for defined, expressions in self._definitions.items():
            for expression in expressions:
                for child in self._candidates(expression, bearers):
                    if defined not in self._above[child] and self._is_below(child, expression):
                        self._parents[child].add(defined)
                        changed = True
        return changed

    def _bearers(self) -> dict[tuple[Node, Node | None], set[URIRef]]:
        """Return the classes with a restriction, own or inherited, by property and class of the values.

        All that have a restriction on the property stand under ``owl:Thing``, those whose values are told by an
        expression rather than a name under None as well.
        """
        bearers: dict[tuple[Node, Node | None], set[URIRef]] = defaultdict(set)
        for child in self._above:
            for some in self._restrictions(child):
                named = self._named_above(some.filler) if isinstance(some.filler, URIRef) else {None}
                for on in self._properties_above(some.property):
                    for name in (OWL.Thing, *named):
                        bearers[on, name].add(child)
        return bearers

    def _candidates(self, expression: _Expression, bearers: dict[tuple[Node, Node | None], set[URIRef]]) -> set[URIRef]:
        """Return the classes that may fall under an expression."""
        if isinstance(expression, _Some):
            named = expression.filler if isinstance(expression.filler, URIRef) else OWL.Thing
            return bearers[expression.property, named] | bearers[expression.property, None]
        if isinstance(expression, _All):
            return min((self._candidates(part, bearers) for part in expression.parts), key=len, default=set())
        if isinstance(expression, _Any):
            return set().union(*(self._candidates(part, bearers) for part in expression.parts))
        return set(self._above)

    def _properties_above(self, on: Node) -> set[Node]:
        return self._super_properties.get(on, {on})

    def _is_below(self, child: _Expression, parent: _Expression) -> bool:
        """Tell whether an expression falls under another."""
        if parent in (child, OWL.Thing):
            return True
        if isinstance(parent, _All):
            return all(self._is_below(child, part) for part in parent.parts)
        if isinstance(child, _Any):
            return all(self._is_below(part, parent) for part in child.parts)
        if isinstance(parent, _Any):
            return any(self._is_below(child, part) for part in parent.parts)
        if isinstance(child, _All):
            return any(self._is_below(part, parent) for part in child.parts)
        if isinstance(parent, _Some):
            return any(
                parent.property in self._properties_above(some.property) and self._is_below(some.filler, parent.filler)
                for some in self._restrictions(child)
            )
        return isinstance(child, URIRef) and parent in self._named_above(child)

    def _restrictions(self, child: _Expression) -> Iterator[_Some]:
        """Yield the restrictions of an expression, inherited ones and those along transitive properties included."""
        seen: set[_Some] = set()
        pending = self._own_restrictions(child)
        while pending:
            some = pending.pop()
            if some in seen:
                continue
            seen.add(some)
            yield some
            for on in self._properties_above(some.property) & self._transitive:
                further = self._own_restrictions(some.filler)
                pending += [_Some(on, f.filler) for f in further if on in self._properties_above(f.property)]

    def _own_restrictions(self, child: _Expression) -> list[_Some]:
        if isinstance(child, _Some):
            return [child]
        if isinstance(child, URIRef):
            return [some for name in self._named_above(child) for some in self._some.get(name, ())]
        if isinstance(child, _All):
            return [some for part in child.parts for some in self._own_restrictions(part)]
        return []
