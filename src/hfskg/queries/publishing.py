"""The catalogue as linked data, in the form of SIB's sparql-examples, so that SPARQL editors show our queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set

from rdflib import RDF, RDFS, SDO, SH, Graph, Literal, URIRef
from rdflib import XSD as XSD_TERMS

from hfskg.binding import bind
from hfskg.namespaces import CATALOGUE_GRAPH, HFS, OBOINOWL, PREFIXES, PUBLIC_ENDPOINT
from hfskg.queries.catalogue import Catalogue
from hfskg.queries.header import Parameter
from hfskg.queries.parsing import Query
from hfskg.terms import bound_literal, expand
from hfskg.wording import folded_name

__all__ = ["catalogue_graph"]

FORMS = {"SELECT": (SH.SPARQLSelectExecutable, SH.select), "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct)}

LABELS = (RDFS.label,)
SYNONYMS = (OBOINOWL.hasExactSynonym, OBOINOWL.hasNarrowSynonym, HFS.abbreviation, HFS.brandName)


def catalogue_graph(catalogue: Catalogue, ontology: Graph) -> Graph:
    """Return the catalogue as a graph: each query as a ``sh:SPARQLExecutable`` with the terms of its example.

    Args:
        catalogue: The queries.
        ontology: The ontology with its inferred hierarchy, in which the terms of the examples are looked up. A query
            whose example names no term of it, or several, is left out.
    """
    graph = Graph()
    prefixes = URIRef(f"{CATALOGUE_GRAPH}/prefixes")
    names = _Names(ontology)
    for query in catalogue.values():
        text = _example(query, names)
        if text is None:
            continue
        iri = URIRef(f"{CATALOGUE_GRAPH}/{query.name}")
        kind, predicate = FORMS[query.form]
        graph.add((iri, RDF.type, SH.SPARQLExecutable))
        graph.add((iri, RDF.type, kind))
        graph.add((iri, RDFS.label, Literal(query.header.title, lang="en")))
        graph.add((iri, RDFS.comment, Literal(query.header.summary, lang="en")))
        graph.add((iri, SH.prefixes, prefixes))
        graph.add((iri, predicate, Literal(text)))
        graph.add((iri, SDO.target, PUBLIC_ENDPOINT))
        for tag in query.header.tags:
            graph.add((iri, SDO.keywords, Literal(tag)))
    for prefix, namespace in PREFIXES.items():
        declaration = URIRef(f"{prefixes}/{prefix}")
        graph.add((prefixes, SH.declare, declaration))
        graph.add((declaration, SH.prefix, Literal(prefix)))
        graph.add((declaration, SH.namespace, Literal(namespace, datatype=XSD_TERMS.anyURI)))
    return graph


def _example(query: Query, names: _Names) -> str | None:
    """Return the SPARQL of a query with the examples of its parameters in their places; None if one is no term."""
    bindings = {p.variable: _bound(p, names) for p in query.header.parameters}
    known = {variable: term for variable, term in bindings.items() if term is not None}
    return bind(query.sparql, known) if len(known) == len(bindings) else None


def _bound(parameter: Parameter, names: _Names) -> URIRef | Literal | None:
    if parameter.type not in ("term", "iri"):
        return bound_literal(parameter.name, parameter.type, parameter.example)
    iri = expand(parameter.example)
    if iri is not None:
        return iri
    found = names.called(parameter.example, expand(parameter.below or "hfs:Term"))
    return found.pop() if len(found) == 1 else None


class _Names:
    """The names of an ontology's terms."""

    def __init__(self, ontology: Graph) -> None:
        self._ontology = ontology
        self._tables = [self._table(LABELS), self._table(SYNONYMS)]

    def _table(self, predicates: tuple[URIRef, ...]) -> dict[str, set[URIRef]]:
        found: dict[str, set[URIRef]] = defaultdict(set)
        for predicate in predicates:
            for term, name in self._ontology.subject_objects(predicate):
                if isinstance(term, URIRef):
                    found[folded_name(str(name))].add(term)
        return found

    def called(self, name: str, below: URIRef | None) -> set[URIRef]:
        """Return the terms of a name that are a class or below it: those with the label, else with a synonym."""
        for table in self._tables:
            fitting = {term for term in table.get(folded_name(name), set()) if below in self._above(term)}
            if fitting:
                return fitting
        return set()

    def _above(self, term: URIRef) -> Set[object]:
        return set(self._ontology.transitive_objects(term, RDFS.subClassOf))
