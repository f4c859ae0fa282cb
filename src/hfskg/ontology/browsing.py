"""Terms by their names, and the hierarchy below them."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import URIRef

from hfskg.errors import QueryError
from hfskg.namespaces import HFS
from hfskg.store import Store
from hfskg.terms import expand, in_use, shorten
from hfskg.wording import folded_name

__all__ = ["Node", "find_term", "hierarchy", "labels", "tree"]

_HEAD = """
PREFIX hfs: <https://w3id.org/hfskg/ontology#>
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_NAMES = f"""{_HEAD}
SELECT ?term ?name ?label WHERE {{
  ?term a owl:Class ; rdfs:label ?label ;
    rdfs:label|oboInOwl:hasExactSynonym|oboInOwl:hasNarrowSynonym|hfs:abbreviation|hfs:brandName ?name .
}}
"""
_IS_CLASS = f"{_HEAD} SELECT ?kind ?_term WHERE {{ ?_term a owl:Class, ?kind }} LIMIT 1"
_LABELS = f"{_HEAD} SELECT ?term ?label WHERE {{ ?term rdfs:label ?label }}"
_ABOVE = f"""{_HEAD}
SELECT DISTINCT ?child ?parent WHERE {{
  ?child rdfs:subClassOf ?parent .
  FILTER(ISIRI(?parent) && ?child != ?parent)
  FILTER NOT EXISTS {{ ?child owl:deprecated true }}
}}
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A class in a tree.

    Attributes:
        iri: The class.
        label: Its label.
        depth: How many steps it stands below the top of the tree.
        hidden: How many classes below it are not drawn, because of the depth asked for.
        repeated: Whether its classes stand at another place of the tree already.
    """

    iri: str
    label: str
    depth: int
    hidden: int = 0
    repeated: bool = False


def find_term(name: str, store: Store, *, follow: bool = True) -> URIRef:
    """Return the class that a label, synonym, abbreviation, brand name, CURIE or IRI means.

    Classes of this ontology come before those of others that it is aligned with.

    Args:
        name: What the user gives.
        store: The ontology, or a graph that holds it.
        follow: Whether the replacement of a deprecated term is returned, rather than the term itself.

    Raises:
        QueryError: No class has this name, or several have.
    """
    iri = expand(name)
    if iri is not None and store.select(_IS_CLASS, {"_term": iri}).rows:
        return (in_use(iri, store) if follow else None) or iri
    told: dict[str, str] = {}
    by_label: dict[str, set[str]] = defaultdict(set)
    by_name: dict[str, set[str]] = defaultdict(set)
    for term, text, label in store.select(_NAMES, {}).rows:
        told[str(term)] = str(label)
        (by_label if text == label else by_name)[folded_name(str(text))].add(str(term))
    found = by_label.get(folded_name(name)) or by_name.get(folded_name(name)) or set()
    found = {term for term in found if term.startswith(str(HFS))} or found
    if len(found) == 1:
        only = URIRef(min(found))
        return (in_use(only, store) if follow else None) or only
    if found:
        terms = ", ".join(f"{told[term]} ({shorten(term)})" for term in sorted(found))
        raise QueryError(f"{name} means several classes: {terms}.", "Give one of these.")
    if iri is not None:
        close = difflib.get_close_matches(shorten(iri), [shorten(term) for term in told], n=3)
    else:
        close = difflib.get_close_matches(folded_name(name), [*by_label, *by_name], n=3)
    cure = f"Did you mean {' or '.join(close)}?" if close else "Give a label, a synonym, a CURIE or an IRI."
    raise QueryError(f"The ontology has no class called {name}.", cure)


def labels(store: Store) -> Mapping[str, str]:
    """Return the labels of everything that has one, by IRI."""
    return {str(term): str(label) for term, label in sorted(store.select(_LABELS, {}).rows, key=str)}


def hierarchy(store: Store) -> Mapping[str, tuple[str, ...]]:
    """Return the direct subclasses of each class, inferred ones included and detours left out, by IRI.

    A class that stands below another one by way of a third is listed below the third only.
    """
    parents: dict[str, set[str]] = defaultdict(set)
    for child, parent in store.select(_ABOVE, {}).rows:
        parents[str(child)].add(str(parent))
    above: dict[str, set[str]] = {}
    for start in parents:
        found, pending = set[str](), list(parents[start])
        while pending:
            one = pending.pop()
            if one not in found:
                found.add(one)
                pending += parents.get(one, ())
        above[start] = found - {start}
    children: dict[str, list[str]] = defaultdict(list)
    for child, direct in parents.items():
        for parent in direct:
            between = (other for other in direct if other != parent and child not in above.get(other, ()))
            if not any(parent in above.get(other, ()) and other not in above.get(parent, ()) for other in between):
                children[parent].append(child)
    return {parent: tuple(sorted(found)) for parent, found in children.items()}


def tree(term: URIRef, store: Store, *, depth: int | None = None) -> Iterator[Node]:
    """Yield the classes below a class in the order in which a tree is drawn, the class itself first.

    Args:
        term: The class at the top.
        store: The ontology with its inferred hierarchy.
        depth: How many steps down; all if left out.
    """
    children, names = hierarchy(store), labels(store)
    drawn: set[str] = set()

    def walk(iri: str, at: int) -> Iterator[Node]:
        below = sorted(children.get(iri, ()), key=lambda one: (names.get(one, one).casefold(), one))
        label = names.get(iri, shorten(iri))
        if below and iri in drawn:
            yield Node(iri, label, at, repeated=True)
        elif depth is not None and at >= depth:
            yield Node(iri, label, at, hidden=len(_all_below(iri, children)))
        else:
            drawn.add(iri)
            yield Node(iri, label, at)
            for one in below:
                yield from walk(one, at + 1)

    yield from walk(str(term), 0)


def _all_below(iri: str, children: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    pending = [iri]
    while pending:
        for child in children.get(pending.pop(), ()):
            if child not in found:
                found.add(child)
                pending.append(child)
    return found - {iri}
