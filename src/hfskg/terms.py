"""What a user gives for a parameter, as a term of RDF."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from decimal import Decimal, InvalidOperation

from rdflib import XSD, Literal, URIRef

from hfskg.errors import QueryError
from hfskg.namespaces import PREFIXES
from hfskg.store import Store
from hfskg.wording import folded_name

__all__ = ["bound_term", "expand", "in_use", "shorten"]

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")

HEAD = """
PREFIX hfs: <https://w3id.org/hfskg/ontology#>
PREFIX obo: <http://purl.obolibrary.org/obo/>
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

IS_BELOW = f"""{HEAD}
SELECT ?label ?_term ?_below WHERE {{ ?_term rdfs:subClassOf* ?_below ; rdfs:label ?label }} LIMIT 1
"""

REPLACEMENT = f"""{HEAD}
SELECT ?term ?_term WHERE {{
  ?_term owl:deprecated true ; obo:IAO_0100001+ ?term .
  FILTER NOT EXISTS {{ ?term owl:deprecated true }}
}} ORDER BY ?term LIMIT 1
"""

NAMES = f"""{HEAD}
SELECT ?term ?label ?name ?_below WHERE {{
  {{ SELECT DISTINCT ?term ?_below WHERE {{ ?term rdfs:subClassOf* ?_below }} }}
  FILTER NOT EXISTS {{ ?term owl:deprecated true }}
  OPTIONAL {{ ?term rdfs:label ?label }}
  OPTIONAL {{
    ?term (^obo:IAO_0100001)*/(
      rdfs:label|oboInOwl:hasExactSynonym|oboInOwl:hasNarrowSynonym|hfs:abbreviation|hfs:brandName
    ) ?name
  }}
}}
"""

EXISTS = """
SELECT ?property ?_resource WHERE { ?_resource ?property ?value } LIMIT 1
"""

BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}


def bound_term(name: str, kind: str, value: str, store: Store, *, below: str | None = None) -> URIRef | Literal:
    """Return the term that a parameter is bound to.

    Args:
        name: The parameter's name, for messages.
        kind: The parameter's type: ``term``, ``resource``, ``string``, ``decimal``, ``integer`` or ``boolean``.
        value: What the user gives. For a term: a label, a synonym, a CURIE such as ``hfs:Ferritin`` or an IRI.
        store: Where terms and resources are looked up.
        below: The class (as CURIE) that a term must be, or be below; ``hfs:Term`` if left out.

    Raises:
        QueryError: The value is not of the type; or no term has this name, or several have.
    """
    if kind == "term":
        return _term(name, value, store, below or "hfs:Term")
    if kind == "resource":
        return _resource(name, value, store)
    if kind == "string":
        return Literal(value)
    if kind == "boolean":
        if value.casefold() not in BOOLEANS:
            raise _not_of_type(name, value, "true or false")
        return Literal(BOOLEANS[value.casefold()])
    try:
        if kind == "integer":
            return Literal(int(value))
        number = Decimal(value)
    except (ValueError, InvalidOperation) as error:
        raise _not_of_type(name, value, f"a number such as {'7' if kind == 'integer' else '0.5'}") from error
    if not number.is_finite():
        raise _not_of_type(name, value, "a finite number")
    return Literal(f"{number:f}", datatype=XSD.decimal)


def expand(text: str) -> URIRef | None:
    """Return the IRI that a CURIE with one of our prefixes, or a full IRI, stands for; None for other texts.

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
    return URIRef(text) if local.startswith("//") or prefix == "urn" else None


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
    iri = in_use(expand(value), store)
    if iri is not None and store.select(IS_BELOW, {"_term": iri, "_below": top}).rows:
        return iri
    labels: dict[str, str] = {}
    by_label: dict[str, set[str]] = defaultdict(set)
    by_name: dict[str, set[str]] = defaultdict(set)
    for term, label, text in store.select(NAMES, {"_below": top}).rows:
        if text is not None:
            labels[str(term)] = str(label)
            (by_label if text == label else by_name)[folded_name(str(text))].add(str(term))
    told = f"The parameter {name} takes a term below {below}"
    if iri is None:
        found = by_label.get(folded_name(value)) or by_name.get(folded_name(value)) or set()
        if len(found) == 1:
            return URIRef(min(found))
        if found:
            terms = ", ".join(f"{labels[term]} ({shorten(term)})" for term in sorted(found))
            raise QueryError(f"{told}, and {value} means several: {terms}.", "Give one of these.")
        close = difflib.get_close_matches(folded_name(value), [*by_label, *by_name], n=3)
    else:
        close = difflib.get_close_matches(shorten(iri), [shorten(term) for term in labels], n=3)
    cure = f"Did you mean {' or '.join(close)}?" if close else "Give a label, a synonym, a CURIE or an IRI."
    raise QueryError(f"{told}, and the graph has none called {value}.", cure)


def _resource(name: str, value: str, store: Store) -> URIRef:
    iri = expand(value)
    if iri is None:
        cure = "Give it as other queries print it, such as data:report/case/1."
        raise QueryError(f"The parameter {name} takes an IRI, and {value} is none.", cure)
    if not store.select(EXISTS, {"_resource": iri}).rows:
        raise QueryError(f"The graph says nothing about {iri}, given for the parameter {name}.", "Check its spelling.")
    return iri


def _not_of_type(name: str, value: str, wanted: str) -> QueryError:
    return QueryError(f"The parameter {name} takes {wanted}, not {value}.", "See its description with --show.")
