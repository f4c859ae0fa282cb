"""Single patients before a reasoner: HermiT finds the defined classes that a patient falls under.

A patient is told to the reasoner as a class of its own: a patient with such an event and such another one, each with
what it points at. What the reasoner puts it under is what :mod:`hfskg.reasoning` should find by queries; a class that
can have no member is a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import BNode, Graph, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from hfskg.errors import ConformanceError, QueryError
from hfskg.export import document_graphs, read_graphs
from hfskg.inference import materialise
from hfskg.namespaces import HFS, OWL, RDF, RDFS
from hfskg.ontology.reasoners import Reasoner, classify
from hfskg.terms import expand

__all__ = ["classes_of", "judge"]


def classes_of(graph: Graph, ontology: Graph, patient: URIRef, reasoner: Reasoner = Reasoner.HERMIT) -> set[URIRef]:
    """Return the defined classes of patients that a reasoner puts a patient under.

    Args:
        graph: The document's graph.
        ontology: The merged ontology with its hierarchy.
        patient: The patient.
        reasoner: The reasoner.

    Raises:
        QueryError: The graph does not tell of the patient.
        ConformanceError: What is told of the patient contradicts itself.
        ReasonerError: Java or the reasoner is missing, or it fails.
    """
    events = sorted(event for event in graph.subjects(HFS.patient, patient) if isinstance(event, URIRef))
    if not events:
        raise QueryError(f"The graph tells nothing of the patient {patient}.", "Check its spelling.")
    told, case = Graph(), URIRef(f"{patient}#class")
    told.add((case, RDF.type, OWL.Class))
    told.add((case, RDFS.subClassOf, HFS.Patient))
    used: set[URIRef] = {HFS.Patient}
    for event in events:
        parts = list(_event(told, graph, ontology, event, used))
        told.add((case, RDFS.subClassOf, _some(told, HFS.hasEvent, _all(told, parts))))
    defined = {c for c in ontology.subjects(RDFS.subClassOf, HFS.Patient) if isinstance(c, URIRef)}
    for triple in _slice(ontology, used | defined):
        told.add(triple)
    try:
        taxonomy = classify(told, reasoner)
    except ConformanceError as error:
        raise ConformanceError(f"What is told of {patient} contradicts itself.", "See hfskg reason.") from error
    above, pending = set(), [str(case)]
    while pending:
        for parent in taxonomy.parents.get(pending.pop(), frozenset()):
            if parent not in above:
                above.add(parent)
                pending.append(parent)
    same = {name for group in taxonomy.equivalents if str(case) in group for name in group}
    return {cls for cls in defined if str(cls) in above | same}


def judge(folder: Path, ontology: Graph, case: str) -> str:
    """Return the labels of the defined classes that HermiT puts a patient of a graph folder under, a line each.

    Args:
        folder: The graph folder that a build wrote.
        ontology: The merged ontology.
        case: The patient, as an IRI or CURIE.

    Raises:
        QueryError: ``case`` is no patient of the folder.
        ConformanceError: What is told of the patient contradicts itself.
        ReasonerError: Java or the reasoner is missing, or it fails.
        StoreError: The folder cannot be read.
    """
    patient = expand(case)
    documents = document_graphs(read_graphs(folder))
    merged = Graph()
    for iri, graph in documents.items():
        if patient is not None and patient.startswith(f"{iri}/case/"):
            merged += graph
    if patient is None or not merged:
        raise QueryError(f"There is no patient {case} in {folder}.", "Name one as the query cases prints it.")
    found = classes_of(merged, materialise(ontology), patient)
    return "".join(f"{label}\n" for label in sorted(str(ontology.value(cls, RDFS.label)) for cls in found))


def _event(told: Graph, graph: Graph, ontology: Graph, event: URIRef, used: set[URIRef]) -> Iterator[Node]:
    """Yield what an event is: its kinds, and restrictions for the terms and words that it points at."""
    for predicate, value in sorted(graph.predicate_objects(event)):
        if not isinstance(value, URIRef) or not isinstance(predicate, URIRef) or not value.startswith(str(HFS)):
            continue
        if predicate == RDF.type:
            used.add(value)
            yield value
        elif (predicate, RDF.type, OWL.ObjectProperty) in ontology:
            used.add(predicate)
            for kind in sorted(_kinds(ontology, value)):
                used.add(kind)
                yield _some(told, predicate, kind)


def _kinds(ontology: Graph, value: URIRef) -> Iterator[URIRef]:
    """Yield the classes that stand for what an event points at: a term itself, or the classes of a value."""
    if HFS.Term in ontology.transitive_objects(value, RDFS.subClassOf):
        yield value
    for kind in ontology.objects(value, RDF.type):
        if isinstance(kind, URIRef) and HFS.Value in ontology.transitive_objects(kind, RDFS.subClassOf):
            yield kind


def _some(told: Graph, relation: URIRef, filler: Node) -> Node:
    node = BNode()
    told.add((node, RDF.type, OWL.Restriction))
    told.add((node, OWL.onProperty, relation))
    told.add((node, OWL.someValuesFrom, filler))
    return node


def _all(told: Graph, parts: list[Node]) -> Node:
    node, members = BNode(), BNode()
    RdfList(told, members, parts)
    told.add((node, RDF.type, OWL.Class))
    told.add((node, OWL.intersectionOf, members))
    return node


def _slice(ontology: Graph, terms: set[URIRef]) -> Iterator[tuple[Node, Node, Node]]:
    """Yield what the ontology says of some terms, of what is above them and of what their definitions name."""
    pending: list[Node] = [*terms, HFS.hasEvent, HFS.patient]
    seen = set(pending)
    logical = {
        RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith, OWL.intersectionOf,
        OWL.unionOf, OWL.onProperty, OWL.someValuesFrom, OWL.inverseOf,
    }  # fmt: skip
    while pending:
        subject = pending.pop()
        for predicate, value in ontology.predicate_objects(subject):
            if predicate in logical:
                yield subject, predicate, value
                if value not in seen and predicate != RDF.type:
                    seen.add(value)
                    pending.append(value)
