"""Graphs as bytes, the same ones each time: N-Quads, N-Triples, Turtle, TriG and JSON-LD.

Nothing depends on the order in which a graph was filled or on the names of its blank nodes.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.canonical import Triple, canonical_lines, canonical_triples, read_nquads, term
from hfskg.errors import StoreError
from hfskg.namespaces import CATALOGUE_GRAPH, ONTOLOGY_GRAPH, RDF, document_iri
from hfskg.output import GRAPH_FILE, load_manifest
from hfskg.turtle import EXPORT_PREFIXES, TurtleWriter

__all__ = [
    "Format",
    "document_graphs",
    "read_graphs",
    "serialise",
    "to_jsonld",
    "to_nquads",
    "to_ntriples",
    "to_trig",
    "to_turtle",
]

Graphs = Mapping[URIRef, Graph]


class Format(StrEnum):
    """The formats of an export; N-Quads, TriG and JSON-LD keep the named graphs apart, the others merge them."""

    TURTLE = "turtle"
    NQUADS = "nquads"
    NTRIPLES = "ntriples"
    JSONLD = "jsonld"
    TRIG = "trig"


def to_nquads(graphs: Graphs) -> bytes:
    """Return named graphs as canonical N-Quads, sorted.

    Args:
        graphs: The graphs by name.

    Returns:
        One statement a line, UTF-8, the same bytes for the same graphs.
    """
    named = [(line, term(name)) for name, graph in graphs.items() for line in canonical_lines(graph)]
    lines = [f"{line} {name} .\n" for line, name in named]
    return "".join(sorted(lines)).encode()


def to_ntriples(graphs: Graphs) -> bytes:
    """Return the union of graphs as canonical N-Triples, sorted.

    Args:
        graphs: The graphs by name; the names are left out.
    """
    return "".join(f"{line} .\n" for line in canonical_lines(_union(graphs))).encode()


def to_turtle(graph: Iterable[Triple]) -> bytes:
    """Return a graph as Turtle: one block per subject in natural order, prefixes bound.

    Args:
        graph: The graph's triples.
    """
    writer = TurtleWriter()
    blocks = list(writer.blocks(graph))
    return "\n".join([writer.head(), *blocks]).encode()


def to_trig(graphs: Graphs) -> bytes:
    """Return named graphs as TriG: within each graph as in :func:`to_turtle`.

    Args:
        graphs: The graphs by name.
    """
    writer = TurtleWriter()
    parts = []
    for name in sorted(graphs):
        blocks = "\n".join(writer.blocks(graphs[name], "    "))
        parts.append(f"{term(name)} {{\n{blocks}}}\n")
    return "\n".join([writer.head(), *parts]).encode()


def to_jsonld(graphs: Graphs) -> bytes:
    """Return named graphs as flattened JSON-LD 1.1 with prefixes in the context.

    Args:
        graphs: The graphs by name.
    """
    named = [{"@id": _compact(name), "@graph": _json_nodes(canonical_triples(graphs[name]))} for name in sorted(graphs)]
    content = {"@context": EXPORT_PREFIXES, "@graph": named}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _json_nodes(triples: Iterable[Triple]) -> list[dict[str, object]]:
    nodes: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for s, p, o in triples:
        if p == RDF.type and not isinstance(o, Literal):
            nodes[_compact(s)]["@type"].append(_compact(o))
        else:
            nodes[_compact(s)][_compact(p)].append(_json_value(o))
    return [
        {"@id": name, **{key: values[0] if len(values) == 1 else values for key, values in properties.items()}}
        for name, properties in nodes.items()
    ]


def _json_value(node: Node) -> object:
    if not isinstance(node, Literal):
        return {"@id": _compact(node)}
    text = str(node)
    if node.language:
        return {"@value": text, "@language": node.language}
    if node.datatype in (None, XSD.string):
        return text
    if node.datatype == XSD.boolean and text in ("true", "false"):
        return text == "true"
    return {"@value": text, "@type": _compact(node.datatype)}


def _compact(node: Node) -> str:
    if isinstance(node, BNode):
        return f"_:{node}"
    for name, namespace in EXPORT_PREFIXES.items():
        if str(node).startswith(namespace) and not str(node)[len(namespace) :].startswith("//"):
            return f"{name}:{str(node)[len(namespace) :]}"
    return str(node)


def serialise(graphs: Graphs, form: Format) -> bytes:
    """Return named graphs in a format.

    Args:
        graphs: The graphs by name.
        form: The format.
    """
    match form:
        case Format.TURTLE:
            return to_turtle(_union(graphs))
        case Format.NQUADS:
            return to_nquads(graphs)
        case Format.NTRIPLES:
            return to_ntriples(graphs)
        case Format.JSONLD:
            return to_jsonld(graphs)
        case Format.TRIG:
            return to_trig(graphs)


def _union(graphs: Graphs) -> list[Triple]:
    """Return the triples of all graphs, their blank nodes kept apart."""
    union: set[Triple] = set()
    for number, name in enumerate(sorted(graphs)):
        for s, p, o in graphs[name]:
            union.add((_apart(s, number), p, _apart(o, number)))
    return list(union)


def _apart(node: Node, number: int) -> Node:
    return BNode(f"g{number}x{node}") if isinstance(node, BNode) else node


def read_graphs(directory: Path, *, intact: bool = True) -> dict[URIRef, Graph]:
    """Return the named graphs of a graph folder.

    Args:
        directory: The folder that a build wrote.
        intact: Whether the graph has to be, byte for byte, the one that the build wrote.

    Raises:
        StoreError: The folder is missing, no graph folder, or its graph is damaged.
    """
    manifest = load_manifest(directory)
    path = directory / GRAPH_FILE
    cure = "Build the folder again."
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}.", cure) from error
    if intact and hashlib.sha256(data).hexdigest() != manifest.files.get(GRAPH_FILE):
        raise StoreError(f"{path} is not what the build wrote: its digest differs from the manifest's.", cure)
    try:
        return read_nquads(data)
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"{path} is damaged: {error}.", cure) from error


def document_graphs(graphs: Graphs, name: str | None = None) -> dict[URIRef, Graph]:
    """Return the graphs of documents, without the ontology and the catalogue of queries.

    Args:
        graphs: The graphs of a graph folder.
        name: A document: its file name, slug or IRI; all documents if left out.

    Raises:
        StoreError: There is no such document.
    """
    documents = {iri: graph for iri, graph in graphs.items() if iri not in (ONTOLOGY_GRAPH, CATALOGUE_GRAPH)}
    if name is None:
        return documents
    wanted = URIRef(name) if name.startswith("https://") else document_iri(name)
    found = {iri: graph for iri, graph in documents.items() if iri == wanted or iri.startswith(f"{wanted}/")}
    if not found:
        known = ", ".join(sorted(iri for iri in documents if not iri.endswith(("/criteria", "/derived")))) or "none"
        raise StoreError(f"The graph has no document {name}.", f"Its documents are: {known}.")
    return found
