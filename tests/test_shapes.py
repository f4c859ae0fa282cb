"""Every shape objects to exactly what it is there for; ``shape_mutations`` holds the broken graphs."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import SH, Graph, URIRef

from criteria_mutations import ASSESSMENTS, DEFINITIONS
from curation_mutations import CURATED, CURATION
from derived_mutations import DERIVED
from hfskg.graph import record_graph
from hfskg.namespaces import HFS, RDF
from hfskg.resources import shapes_directory
from hfskg.validation import ONTOLOGY_SHAPES, Validator, load_shapes, spread_targets
from reference_mutations import INTERVALS, REFERENCE
from samples import ASSESSMENT, document, ontology, record
from shape_mutations import (
    DOCUMENTS,
    EVENTS,
    EVIDENCE,
    OF_DOCUMENTS,
    ONTOLOGY,
    PATIENTS,
    QUANTITIES,
    TERMS_OF_THE_DOCUMENT,
    Mutation,
)

SHAPES = "https://w3id.org/hfskg/shapes#"
TARGETS = {SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf}


def good_graph() -> Graph:
    graph = record_graph(record(), document(), ontology())
    return graph.parse(data=ASSESSMENT, format="turtle").parse(data=CURATED, format="turtle")


def whole_ontology() -> Graph:
    return copy(ontology()).parse(data=INTERVALS, format="turtle")


def copy(graph: Graph) -> Graph:
    result = Graph()
    for triple in graph:
        result.add(triple)
    return result


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator()


def local(node: object) -> str:
    assert str(node).startswith(SHAPES), f"{node} is no shape of ours"
    return str(node).removeprefix(SHAPES)


def test_a_good_document_gives_no_result(validator: Validator) -> None:
    assert validator.validate(good_graph(), ontology()).to_text() == "conforms\n"


def test_a_good_ontology_gives_no_result(validator: Validator) -> None:
    assert validator.validate_ontology(whole_ontology()).to_text() == "conforms\n"


@pytest.mark.parametrize("mutation", [*OF_DOCUMENTS, *ASSESSMENTS, *DERIVED, *CURATION], ids=str)
def test_a_broken_document_is_found_by_one_shape(mutation: Mutation, validator: Validator) -> None:
    graph = good_graph()
    agent = next(graph.subjects(HFS.version))
    changed = Mutation(mutation.shape, mutation.minus.replace("<AGENT>", f"<{agent}>"), mutation.plus)
    changed.apply(graph)
    assert {local(result.shape) for result in validator.validate(graph, ontology()).results} == {mutation.shape}


@pytest.mark.parametrize("mutation", TERMS_OF_THE_DOCUMENT, ids=str)
def test_a_document_that_uses_a_broken_term_is_found_by_one_shape(mutation: Mutation, validator: Validator) -> None:
    terms = copy(ontology())
    mutation.apply(terms)
    assert {local(result.shape) for result in validator.validate(good_graph(), terms).results} == {mutation.shape}


@pytest.mark.parametrize("mutation", [*ONTOLOGY, *DEFINITIONS, *REFERENCE], ids=str)
def test_a_broken_ontology_is_found_by_one_shape(mutation: Mutation, validator: Validator) -> None:
    terms = whole_ontology()
    mutation.apply(terms)
    assert {local(result.shape) for result in validator.validate_ontology(terms).results} == {mutation.shape}


def shape_files() -> list[Path]:
    return sorted(shapes_directory().rglob("*.ttl"))


def graph_of(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


def reporting(graph: Graph) -> list[URIRef]:
    """The shapes with a name that can object to something: those with more than targets and property shapes."""
    named = {s for kind in (SH.NodeShape, SH.PropertyShape) for s in graph.subjects(RDF.type, kind)}
    structure = {RDF.type, SH.property, *TARGETS}
    return sorted(s for s in named if isinstance(s, URIRef) and set(graph.predicates(s)) - structure)


@pytest.mark.parametrize("path", shape_files(), ids=lambda path: path.name)
def test_every_shape_tells_curators_what_is_wrong(path: Path) -> None:
    graph = graph_of(path)
    shapes = reporting(graph)
    assert shapes
    for shape in shapes:
        messages = list(graph.objects(shape, SH.message))
        assert len(messages) == 1, f"{shape} needs one message"
        assert str(messages[0]).endswith("."), f"the message of {shape} is no sentence"
        assert ":" not in str(messages[0]).replace(": ", ""), f"the message of {shape} names terms by their IRIs"
        severities = list(graph.objects(shape, SH.severity))
        assert severities in ([SH.Violation], [SH.Warning], [SH.Info]), f"{shape} needs one severity"


@pytest.mark.parametrize("path", shape_files(), ids=lambda path: path.name)
def test_every_property_shape_is_used(path: Path) -> None:
    graph = graph_of(path)
    named = {s for s in graph.subjects(RDF.type, SH.PropertyShape) if isinstance(s, URIRef)}
    used = {s for s in graph.objects(None, SH.property) if isinstance(s, URIRef)}
    targeted = {s for kind in TARGETS for s in graph.subjects(kind)}
    assert used <= named
    assert named - used <= targeted


def test_every_shape_is_exercised() -> None:
    directory = shapes_directory()
    expected = {local(shape) for shape in reporting(load_shapes(directory))}
    assert {
        mutation.shape for mutation in (*OF_DOCUMENTS, *ASSESSMENTS, *DERIVED, *CURATION, *TERMS_OF_THE_DOCUMENT)
    } == expected
    expected = {local(shape) for shape in reporting(load_shapes(directory / ONTOLOGY_SHAPES))}
    assert {mutation.shape for mutation in (*ONTOLOGY, *DEFINITIONS, *REFERENCE)} == expected
    assert len(OF_DOCUMENTS) + len(ONTOLOGY) > 100


def test_a_shape_has_one_home() -> None:
    homes = [shape for path in shape_files() for shape in reporting(graph_of(path))]
    assert len(homes) == len(set(homes))


def test_spread_targets_change_no_result() -> None:
    shapes = load_shapes(shapes_directory())
    slow, fast = Validator(), Validator()
    slow._shapes = shapes
    graph = good_graph()
    for mutation in (DOCUMENTS[0], PATIENTS[0], PATIENTS[-1], EVENTS[10], EVIDENCE[0], QUANTITIES[0]):
        mutation.apply(graph)
    results = slow.validate(graph, ontology()).results
    assert len(results) >= 6
    assert results == fast.validate(graph, ontology()).results
    assert len(spread_targets(shapes)) > len(shapes)
