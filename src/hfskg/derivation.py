"""What follows from the events of a patient by rules: maxima, changes, doses, classes.

Each rule is a CONSTRUCT query in the folder ``rules`` of the ontology, and its constants are terms of the ontology. A
rule mints a node for each statement, from the events that it rests on, and links it to these and to itself. Rules are
applied in the order of their names, and a rule sees what those before it derived.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
from rdflib import Graph, URIRef
from rdflib.term import Literal, Node

from hfskg.errors import InputError
from hfskg.namespaces import HFS, ONTOLOGY, RDF, RDFS
from hfskg.resources import ontology_directory

__all__ = ["RULES", "Deriver"]

RULES = "rules"
"""The folder within the ontology's folder that holds the rules."""


class Deriver:
    """Applies the rules of an ontology to the graphs of documents.

    Args:
        ontology: The merged ontology with its hierarchy, which holds the constants of the rules.
        directory: The folder with the rules; that of the package's ontology if left out.

    Raises:
        InputError: There is no rule, or one is broken.
    """

    def __init__(self, ontology: Graph, directory: Path | None = None) -> None:
        folder = directory or ontology_directory() / RULES
        self._rules = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.rq"))}
        if not self._rules:
            raise InputError(f"{folder} has no rule (*.rq).", "Name a folder with rules.")
        self._store = pyoxigraph.Store()
        self._store.extend(quad for quad in (_quad(triple, None) for triple in ontology if _is_used(triple)) if quad)
        self.derive(Graph())

    def derive(self, graph: Graph) -> Graph:
        """Return what follows from the graph of a document, without the graph itself.

        Args:
            graph: The document's graph.

        Raises:
            InputError: A rule is broken.
        """
        result = Graph(store="SimpleMemory")
        self._store.extend(quad for quad in (_quad(triple, _DOCUMENT) for triple in graph) if quad)
        try:
            for name, rule in self._rules.items():
                derived = self._apply(name, rule)
                self._store.extend(pyoxigraph.Quad(t.subject, t.predicate, t.object, _DOCUMENT) for t in derived)
                for triple in derived:
                    result.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
        finally:
            self._store.clear_graph(_DOCUMENT)
        return result

    def _apply(self, name: str, rule: str) -> list[pyoxigraph.Triple]:
        try:
            found = self._store.query(rule, use_default_graph_as_union=True)
            if isinstance(found, pyoxigraph.QueryTriples):
                return list(found)
        except (SyntaxError, ValueError) as error:
            raise InputError(f"The rule {name} cannot be applied: {error}.", "Correct its SPARQL.") from error
        raise InputError(f"The rule {name} is no CONSTRUCT query.", "Let it construct what it derives.")


_DOCUMENT = pyoxigraph.NamedNode(f"{ONTOLOGY}/derivation")
_Triple = tuple[Node, Node, Node]


def _is_used(triple: _Triple) -> bool:
    """Tell whether a triple of the ontology may matter to a rule: its own properties and the hierarchy."""
    return str(triple[1]).startswith(str(HFS)) or triple[1] in (RDFS.subClassOf, RDF.type)


def _quad(triple: _Triple, graph: pyoxigraph.NamedNode | None) -> pyoxigraph.Quad | None:
    """Return a triple for the store, or None for what rules do not see: blank nodes."""
    subject, predicate, value = triple
    if isinstance(value, URIRef):
        term: pyoxigraph.NamedNode | pyoxigraph.Literal = pyoxigraph.NamedNode(value)
    elif isinstance(value, Literal) and value.language is not None:
        term = pyoxigraph.Literal(str(value), language=value.language)
    elif isinstance(value, Literal):
        datatype = None if value.datatype is None else pyoxigraph.NamedNode(value.datatype)
        term = pyoxigraph.Literal(str(value), datatype=datatype)
    else:
        return None
    if not isinstance(subject, URIRef) or not isinstance(predicate, URIRef):
        return None
    return pyoxigraph.Quad(pyoxigraph.NamedNode(subject), pyoxigraph.NamedNode(predicate), term, graph)


def _node(term: object) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        return Literal(term.value, datatype=None if term.language else URIRef(term.datatype.value), lang=term.language)
    raise InputError("A rule constructs blank nodes.", "Mint an IRI for what it derives.")
