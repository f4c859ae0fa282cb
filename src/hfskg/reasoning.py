"""Patients by what happened to them: members of the classes that the ontology defines over patients and events.

A class such as "patient refractory to glucocorticoids" is defined in OWL. Its definition is turned into a SPARQL query,
which finds the patients of a whole graph in one pass, and the events that make them members. Patients in two classes
that are disjoint are contradictions. :mod:`hfskg.ontology.cases` lets a reasoner judge single patients by the same
definitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, groupby

from rdflib import Graph, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from hfskg.errors import VocabularyError
from hfskg.namespaces import HFS, OA, OWL, RDF, RDFS
from hfskg.store import Store
from hfskg.terms import shorten

__all__ = [
    "Contradiction",
    "Definition",
    "Membership",
    "contradictions",
    "definitions",
    "describe",
    "members",
    "membership_graph",
]


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined class of patients.

    Attributes:
        iri: The class.
        label: Its label.
        query: The SELECT query that finds its members, as ``?x``, and their events.
        disjoint: The classes that no member may belong to.
    """

    iri: URIRef
    label: str
    query: str
    disjoint: frozenset[URIRef] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Membership:
    """That a patient belongs to a class.

    Attributes:
        patient: The patient.
        label: Label of the class.
        cls: The class.
        quotes: The words of the events by which the patient belongs to it.
    """

    patient: str
    label: str
    cls: URIRef
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """That a patient belongs to two classes that are disjoint."""

    first: Membership
    second: Membership

    def __str__(self) -> str:
        told = " and ".join(
            f"{one.label} ({', '.join(f'«{quote}»' for quote in one.quotes)})" for one in (self.first, self.second)
        )
        return f"{self.first.patient}: {told}"


def definitions(ontology: Graph) -> list[Definition]:
    """Return the classes of patients that an ontology defines, in the order of their IRIs.

    Args:
        ontology: The merged ontology.

    Raises:
        VocabularyError: A definition uses what cannot be turned into a query.
    """
    found = []
    for iri in sorted(c for c in ontology.subjects(RDFS.subClassOf, HFS.Patient) if isinstance(c, URIRef)):
        for body in ontology.objects(iri, OWL.equivalentClass):
            compiler = _Compiler(ontology, iri)
            patterns = "\n".join(compiler.patterns(body, "?x"))
            query = f"SELECT DISTINCT ?x {' '.join(compiler.events)} WHERE {{\n{patterns}\n}}"
            pairs = (*ontology.objects(iri, OWL.disjointWith), *ontology.subjects(OWL.disjointWith, iri))
            disjoint = frozenset(other for other in pairs if isinstance(other, URIRef))
            found.append(Definition(iri, str(ontology.value(iri, RDFS.label) or iri), query, disjoint))
    return found


class _Compiler:
    """Turns a class expression into the patterns of a query."""

    def __init__(self, graph: Graph, owner: URIRef) -> None:
        self._graph = graph
        self._owner = owner
        self.events: list[str] = []

    def patterns(self, node: Node, variable: str) -> Iterator[str]:
        graph = self._graph
        members, choices = graph.value(node, OWL.intersectionOf), graph.value(node, OWL.unionOf)
        if members is not None:
            for member in RdfList(graph, members):
                yield from self.patterns(member, variable)
        elif choices is not None:
            groups = ("\n".join(self.patterns(choice, variable)) for choice in RdfList(graph, choices))
            yield " UNION ".join(f"{{ {group} }}" for group in groups)
        elif isinstance(node, URIRef):
            yield f"{variable} a <{node}> ."
        else:
            yield from self._restriction(node, variable)

    def _restriction(self, node: Node, variable: str) -> Iterator[str]:
        graph = self._graph
        relation, filler = graph.value(node, OWL.onProperty), graph.value(node, OWL.someValuesFrom)
        if isinstance(relation, URIRef) and self._is_below(filler, HFS.Term):
            yield f"{variable} <{relation}>/<{RDFS.subClassOf}>* <{filler}> ."
        elif isinstance(relation, URIRef) and self._is_below(filler, HFS.Value):
            yield f"{variable} <{relation}>/<{RDF.type}>/<{RDFS.subClassOf}>* <{filler}> ."
        elif isinstance(relation, URIRef) and filler is not None:
            inverse = graph.value(relation, OWL.inverseOf)
            path = f"<{relation}>" if inverse is None else f"^<{inverse}>"
            event = f"?e{len(self.events) + 1}"
            self.events.append(event)
            yield f"{variable} {path} {event} ."
            yield from self.patterns(filler, event)
        else:
            raise VocabularyError(
                f"The definition of {self._owner} uses what cannot be asked of a graph.",
                "Use named classes, intersections, unions and someValuesFrom only.",
            )

    def _is_below(self, cls: Node | None, kind: URIRef) -> bool:
        """Tell whether a class is of a kind: events point at terms themselves, and at members of values."""
        return isinstance(cls, URIRef) and kind in self._graph.transitive_objects(cls, RDFS.subClassOf)


def members(store: Store, known: Iterable[Definition]) -> list[Membership]:
    """Return who belongs to which class, by class and patient.

    Args:
        store: The graph.
        known: The definitions.
    """
    found = []
    for definition in known:
        events: dict[str, set[str]] = {}
        for patient, *told in store.select(definition.query, {}).rows:
            events.setdefault(str(patient), set()).update(str(event) for event in told if event is not None)
        for patient in sorted(events):
            quotes = tuple(sorted({quote for event in events[patient] for quote in _quotes(store, event)}))
            found.append(Membership(patient, definition.label, definition.iri, quotes))
    return found


_QUOTE = f"""SELECT ?quote ?event WHERE {{
  ?event <{HFS.primaryEvidence}>/<{OA.hasSelector}>/<{OA.exact}> ?quote .
}}"""


def _quotes(store: Store, event: str) -> Iterator[str]:
    for (quote,) in store.select(_QUOTE, {"event": URIRef(event)}).rows:
        yield " ".join(str(quote).split())


def contradictions(found: Iterable[Membership], known: Iterable[Definition]) -> list[Contradiction]:
    """Return the pairs of memberships of one patient in disjoint classes.

    Args:
        found: The memberships.
        known: The definitions.
    """
    disjoint = {definition.iri: definition.disjoint for definition in known}
    return [
        Contradiction(first, second)
        for first, second in combinations(sorted(found, key=lambda one: (one.patient, one.cls)), 2)
        if first.patient == second.patient and second.cls in disjoint.get(first.cls, frozenset())
    ]


def describe(found: Iterable[Membership], broken: Iterable[Contradiction] = ()) -> str:
    """Return the memberships by class, each patient with the words that it rests on, then the contradictions.

    Args:
        found: The memberships.
        broken: The contradictions.
    """
    lines: list[str] = []
    for label, group in groupby(sorted(found, key=lambda one: (one.label, one.patient)), key=lambda one: one.label):
        lines.append(label)
        lines += [f"  {shorten(one.patient)}  {' '.join(f'«{quote}»' for quote in one.quotes)}" for one in group]
    lines += [f"contradiction: {shorten(str(one))}" for one in broken]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def membership_graph(found: Iterable[Membership]) -> Graph:
    """Return the memberships as types of the patients."""
    graph = Graph()
    for membership in found:
        graph.add((URIRef(membership.patient), RDF.type, membership.cls))
    return graph
