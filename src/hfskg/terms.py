"""What a user gives for a parameter, as a term of RDF."""

from __future__ import annotations

import difflib
import re
from datetime import date
from decimal import Decimal, InvalidOperation

from rdflib import XSD, Literal, URIRef

from hfskg.curies import expand_mapped
from hfskg.errors import QueryError
from hfskg.lookup import TermIndex, member_index, term_index, terms_called
from hfskg.namespaces import PREFIXES
from hfskg.store import Store

__all__ = ["bound_literal", "bound_term", "expand", "in_use", "shorten"]

LARGEST = 100
"""The greatest power of ten of a number that a parameter takes."""

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")

IS_BELOW = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?label ?_term ?_below WHERE { ?_term rdfs:subClassOf* ?_below ; rdfs:label ?label } LIMIT 1
"""

MAPPED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?term ?_iri ?_below WHERE { ?term skos:exactMatch ?_iri ; rdfs:subClassOf* ?_below }
"""

REPLACEMENT = """
PREFIX obo: <http://purl.obolibrary.org/obo/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?term ?_term WHERE {
  ?_term owl:deprecated true ; obo:IAO_0100001+ ?term .
  FILTER NOT EXISTS { ?term owl:deprecated true }
} ORDER BY ?term LIMIT 1
"""

EXISTS = """
SELECT ?property ?_resource WHERE { ?_resource ?property ?value } LIMIT 1
"""

IS_MEMBER = """
SELECT ?type ?_resource ?_class WHERE { ?_resource a ?_class ; a ?type } LIMIT 1
"""

BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}


def bound_term(
    name: str, kind: str, value: str, store: Store, *, below: str | None = None, of: str | None = None
) -> URIRef | Literal:
    """Return the term that a parameter is bound to.

    Args:
        name: The parameter's name, for messages.
        kind: The parameter's type: ``term``, ``iri``, or one that :func:`bound_literal` takes.
        value: What the user gives. For a term: a label, a synonym, an abbreviation, a CURIE such as ``hfs:Ferritin``
            or of a vocabulary that terms are mapped to, such as ``MONDO:0015540``, or an IRI. For an IRI: the IRI, its
            CURIE, or with ``of`` its label.
        store: Where terms and resources are looked up.
        below: The class (as CURIE) that a term must be, or be below; ``hfs:Term`` if left out.
        of: The class (as CURIE) that the thing with the IRI is a member of; any if left out.

    Raises:
        QueryError: The value is not of the type; or no term has this name, or several have.
    """
    if kind == "term":
        return _term(name, value, store, below or "hfs:Term")
    if kind == "iri":
        return _resource(name, value, store, of)
    return bound_literal(name, kind, value)


def bound_literal(name: str, kind: str, value: str) -> Literal:
    """Return the literal that a parameter is bound to.

    Args:
        name: The parameter's name, for messages.
        kind: The parameter's type: ``string``, ``number``, ``integer``, ``boolean`` or ``date`` (``2024-01-31``).
        value: What the user gives.

    Raises:
        QueryError: The value is not of the type.

    Example:
        >>> bound_literal("minDose", "number", "2.50").n3()
        '"2.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if kind == "string":
        return Literal(value)
    if kind == "boolean":
        if value.casefold() not in BOOLEANS:
            raise _not_of_type(name, value, "true or false")
        return Literal(BOOLEANS[value.casefold()])
    if kind == "date":
        try:
            return Literal(date.fromisoformat(value).isoformat(), datatype=XSD.date)
        except ValueError as error:
            raise _not_of_type(name, value, "a date such as 2024-01-31") from error
    try:
        if kind == "integer":
            return Literal(int(value))
        number = Decimal(value)
    except (ValueError, InvalidOperation) as error:
        raise _not_of_type(name, value, f"a number such as {'7' if kind == 'integer' else '0.5'}") from error
    if not number.is_finite() or abs(number.adjusted()) > LARGEST:
        raise _not_of_type(name, value, "a finite number")
    return Literal(f"{number:f}", datatype=XSD.decimal)


def expand(text: str) -> URIRef | None:
    """Return the IRI that a CURIE with a known prefix, or a full IRI, stands for; None for other texts.

    Known are the prefixes of queries and those of the vocabularies that terms are mapped to.

    Example:
        >>> expand("hfs:Ferritin")
        rdflib.term.URIRef('https://w3id.org/hfskg/ontology#Ferritin')
        >>> expand("ferritin") is None
        True
    """
    text = text.removeprefix("<").removesuffix(">") if text.startswith("<") else text
    if not IRI.fullmatch(text):
        return None
    prefix, _, local = text.partition(":")
    if prefix in PREFIXES:
        return URIRef(PREFIXES[prefix] + local)
    if local.startswith("//") or prefix == "urn":
        return URIRef(text)
    mapped = expand_mapped(text)
    return URIRef(mapped) if mapped else None


def in_use(iri: URIRef | None, store: Store) -> URIRef | None:
    """Return the term that replaces a deprecated one; other terms, and what is no term, as they are.

    Args:
        iri: The term.
        store: Where it is looked up.
    """
    if iri is None:
        return None
    found = store.select(REPLACEMENT, {"_term": iri}).rows
    return URIRef(str(found[0][0])) if found else iri


def shorten(text: str) -> str:
    """Return an IRI as CURIE where one of our prefixes begins it; other texts as they are.

    Example:
        >>> shorten("https://w3id.org/hfskg/data/report/case/1")
        'data:report/case/1'
    """
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace) and len(text) > len(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text


def _term(name: str, value: str, store: Store, below: str) -> URIRef:
    top = expand(below)
    if top is None:
        raise QueryError(f"The parameter {name} is to be below {below}, which is no term.", "Mend the query's header.")
    told = f"The parameter {name} takes a term below {below}"
    iri = in_use(expand(value), store)
    if iri is not None:
        if store.select(IS_BELOW, {"_term": iri, "_below": top}).rows:
            return iri
        found = sorted(str(row[0]) for row in store.select(MAPPED, {"_iri": iri, "_below": top}).rows)
    else:
        found = terms_called(value, store, top)
    if len(found) == 1:
        return URIRef(found[0])
    index = term_index(store, top)
    if found:
        raise _ambiguous(told, value, found, index)
    if iri is None:
        close = index.nearest(value)
    else:
        close = difflib.get_close_matches(shorten(iri), [shorten(term) for term in index.labels], n=3)
    cure = f"Did you mean {' or '.join(close)}?" if close else "Give a label, a synonym, a CURIE or an IRI."
    raise QueryError(f"{told}, and the graph has none called {value}.", cure)


def _resource(name: str, value: str, store: Store, of: str | None) -> URIRef:
    iri, kind = expand(value), expand(of) if of else None
    if of and kind is None:
        raise QueryError(f"The parameter {name} is to be of {of}, which is no class.", "Mend the query's header.")
    if iri is None and kind is not None:
        return _member(name, value, store, kind)
    if iri is None:
        cure = "Give it as other queries print it, such as data:report/case/1."
        raise QueryError(f"The parameter {name} takes an IRI, and {value} is none.", cure)
    if not store.select(EXISTS, {"_resource": iri}).rows:
        raise QueryError(f"The graph says nothing about {iri}, given for the parameter {name}.", "Check its spelling.")
    if kind is not None and not store.select(IS_MEMBER, {"_resource": iri, "_class": kind}).rows:
        raise QueryError(f"The parameter {name} takes a member of {of}, and {iri} is none.", "Check its spelling.")
    return iri


def _member(name: str, value: str, store: Store, kind: URIRef) -> URIRef:
    told = f"The parameter {name} takes a member of {shorten(kind)}"
    index = member_index(store, kind)
    found = index.called(value)
    if len(found) == 1:
        return URIRef(found[0])
    if found:
        raise _ambiguous(told, value, found, index)
    close = index.nearest(value)
    cure = f"Did you mean {' or '.join(close)}?" if close else "Give a label or an IRI, as other queries print them."
    raise QueryError(f"{told}, and the graph has none called {value}.", cure)


def _ambiguous(told: str, value: str, found: list[str], index: TermIndex) -> QueryError:
    terms = ", ".join(f"{index.labels.get(term, term)} ({shorten(term)})" for term in found)
    return QueryError(f"{told}, and {value} means several: {terms}.", "Give one of these.")


def _not_of_type(name: str, value: str, wanted: str) -> QueryError:
    return QueryError(f"The parameter {name} takes {wanted}, not {value}.", "See its description with --help.")
