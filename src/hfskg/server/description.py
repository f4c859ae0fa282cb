"""What the endpoint and its data are, in SPARQL Service Description and VoID, in a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
from rdflib import FOAF, RDF, VOID, XSD, Namespace, URIRef

from hfskg.namespaces import DATA, DCTERMS, HFS, ONTOLOGY
from hfskg.server.answering import compressed, serialised_triples
from hfskg.server.graph import ServedGraph
from hfskg.server.media import GRAPH_FORMATS, choose
from hfskg.server.messages import Answer, Job, refused

__all__ = ["answer_description"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")

W3C_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV") + (
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)

COUNTS = """
SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph
"""

CLASSES = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?entities) WHERE { GRAPH ?graph { ?thing a ?class } }
GROUP BY ?class ORDER BY ?class
"""


def answer_description(graph: ServedGraph, job: Job) -> Answer:
    """Describe the endpoint, or with the argument ``void`` its data.

    Args:
        graph: The graph.
        job: The job.
    """
    form = choose(job.accept, GRAPH_FORMATS)
    if form is None:
        return refused(406, "The description comes as Turtle, N-Triples, JSON-LD or RDF/XML.")
    triples = _void(graph) if job.arguments["void"] else _service(graph)
    body = serialised_triples(triples, form, graph.limits.rows, graph.limits.answer_bytes)
    return compressed(Answer(200, form.content_type, body, {"Vary": "Accept, Accept-Encoding"}), job)


def _service(graph: ServedGraph) -> Iterator[pyoxigraph.Triple]:
    service, dataset = f"{graph.endpoint}#service", f"{graph.endpoint}#dataset"
    default = f"{graph.endpoint}#default-graph"
    yield _is(service, RDF.type, SD.Service)
    yield _is(service, SD.endpoint, graph.endpoint)
    yield _is(service, SD.supportedLanguage, SD.SPARQL11Query)
    yield _is(service, SD.feature, SD.UnionDefaultGraph)
    for name in W3C_FORMATS:
        yield _is(service, SD.resultFormat, FORMATS[name])
    yield _is(service, SD.defaultDataset, dataset)
    yield _is(dataset, RDF.type, SD.Dataset)
    yield _is(dataset, SD.defaultGraph, default)
    yield _is(default, RDF.type, SD.Graph)
    yield _counts(default, VOID.triples, len(graph.store))
    for iri in sorted(graph.graphs):
        node = f"{graph.endpoint}#graph-{sorted(graph.graphs).index(iri) + 1}"
        yield _is(dataset, SD.namedGraph, node)
        yield _is(node, RDF.type, SD.NamedGraph)
        yield _is(node, SD.name, iri)


def _void(graph: ServedGraph) -> Iterator[pyoxigraph.Triple]:
    dataset = f"{graph.base}/.well-known/void#dataset"
    yield _is(dataset, RDF.type, VOID.Dataset)
    yield _says(dataset, DCTERMS.title, "HFS-KG")
    yield _says(dataset, DCTERMS.description, "Hyperferritinemic syndromes, read from published case reports")
    yield _is(dataset, FOAF.homepage, f"{graph.base}/")
    yield _is(dataset, VOID.sparqlEndpoint, graph.endpoint)
    yield _says(dataset, VOID.uriSpace, str(DATA))
    yield _is(dataset, VOID.vocabulary, ONTOLOGY)
    yield _counts(dataset, VOID.triples, len(graph.store))
    yield _counts(dataset, VOID.documents, sum(entry.status == "built" for entry in graph.manifest.documents))
    for number, (name, triples) in enumerate(graph.store.select(COUNTS, {}).rows, 1):
        part = f"{dataset}-{number}"
        yield _is(dataset, VOID.subset, part)
        yield _is(part, RDF.type, VOID.Dataset)
        yield _is(part, DCTERMS.source, str(name))
        yield _counts(part, VOID.triples, triples)
    for name, entities in graph.store.select(CLASSES, {}).rows:
        if str(name).startswith(HFS):
            part = f"{dataset}-{str(name).removeprefix(HFS)}"
            yield _is(dataset, VOID.classPartition, part)
            yield _is(part, VOID["class"], str(name))
            yield _counts(part, VOID.entities, entities)


def _is(subject: str, predicate: URIRef, value: str) -> pyoxigraph.Triple:
    return pyoxigraph.Triple(_node(subject), _node(predicate), _node(value))


def _says(subject: str, predicate: URIRef, value: str) -> pyoxigraph.Triple:
    return pyoxigraph.Triple(_node(subject), _node(predicate), pyoxigraph.Literal(value))


def _counts(subject: str, predicate: URIRef, value: object) -> pyoxigraph.Triple:
    number = pyoxigraph.Literal(str(value), datatype=_node(XSD.integer))
    return pyoxigraph.Triple(_node(subject), _node(predicate), number)


def _node(iri: str) -> pyoxigraph.NamedNode:
    return pyoxigraph.NamedNode(str(iri))
