"""The names of the ontology's terms in a graph, and which term a user means by one."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from rdflib import RDFS, Literal, URIRef

from hfskg.store import Store
from hfskg.wording import folded_name

__all__ = ["FoundTerm", "TermIndex", "find_terms", "member_index", "term_index", "terms_called"]

HEAD = """
PREFIX hfs: <https://w3id.org/hfskg/ontology#>
PREFIX obo: <http://purl.obolibrary.org/obo/>
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

NAMES = f"""{HEAD}
SELECT ?term ?label ?name ?_below WHERE {{
  {{ SELECT DISTINCT ?term ?_below WHERE {{ ?term rdfs:subClassOf* ?_below }} }}
  VALUES ?kind {{
    rdfs:label oboInOwl:hasExactSynonym oboInOwl:hasNarrowSynonym hfs:abbreviation hfs:brandName
  }}
  ?term ?kind ?name .
  BIND(?kind = rdfs:label AS ?label)
}}
"""

REPLACED = f"""{HEAD}
SELECT ?old ?term ?name WHERE {{
  ?old owl:deprecated true .
  OPTIONAL {{
    ?old obo:IAO_0100001+ ?term .
    VALUES ?kind {{
      rdfs:label oboInOwl:hasExactSynonym oboInOwl:hasNarrowSynonym hfs:abbreviation hfs:brandName
    }}
    ?old ?kind ?name .
  }}
}}
"""

CALLED = f"""{HEAD}
SELECT ?named ?term ?kind ?_name ?_below WHERE {{
  VALUES ?kind {{
    rdfs:label oboInOwl:hasExactSynonym oboInOwl:hasNarrowSynonym hfs:abbreviation hfs:brandName
  }}
  ?named ?kind ?name .
  FILTER(REPLACE(LCASE(STR(?name)), "[\\\\s_-]+", " ") = ?_name)
  ?named obo:IAO_0100001* ?term .
  FILTER NOT EXISTS {{ ?term owl:deprecated true }}
  ?term rdfs:subClassOf* ?_below .
}}
"""
"""Finds by one name what an index does, where a store is not worth an index: names are folded as far as SPARQL can."""

MEMBERS = f"""{HEAD}
SELECT DISTINCT ?member ?label ?_class WHERE {{ ?member a ?_class ; rdfs:label ?label }}
"""


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term that a search found.

    Attributes:
        iri: The term.
        label: Its label.
        name: The name that fits best.
    """

    iri: URIRef
    label: str
    name: str


@dataclass(frozen=True)
class TermIndex:
    """What a class of terms, or of other resources, is called.

    Attributes:
        labels: The label of each term.
        names: All names of each term, its label first.
    """

    labels: dict[str, str]
    names: dict[str, tuple[str, ...]]

    @cached_property
    def _by_label(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for term, label in self.labels.items():
            found[folded_name(label)].add(term)
        return found

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for term, names in self.names.items():
            for name in names:
                found[folded_name(name)].add(term)
        return found

    def called(self, name: str) -> list[str]:
        """Return the terms of a name: those with this label, else those with this synonym, in order of IRIs."""
        folded = folded_name(name)
        return sorted(self._by_label.get(folded) or self._by_name.get(folded) or set())

    def nearest(self, name: str, number: int = 3) -> list[str]:
        """Return the names that are spelled most like one."""
        return difflib.get_close_matches(
            folded_name(name), list(dict.fromkeys([*self._by_label, *self._by_name])), n=number
        )

    def search(self, text: str, limit: int = 10) -> list[FoundTerm]:
        """Return the terms with a name that holds a text: the whole name, then its start, a word's start, the rest.

        Args:
            text: What a user has typed so far.
            limit: The greatest number of terms.
        """
        folded = folded_name(text)
        ranked = sorted(self._ranked(folded))
        return [FoundTerm(URIRef(iri), label, name) for *_, label, iri, name in ranked[:limit]]

    def _ranked(self, folded: str) -> Iterator[tuple[int, int, str, str, str]]:
        for term, names in self.names.items():
            fits = [(rank, len(name), name) for name in names if (rank := _rank(folded, folded_name(name))) is not None]
            if fits:
                rank, length, name = min(fits)
                yield rank, length, self.labels[term], term, name


def _rank(text: str, name: str) -> int | None:
    if text == name:
        return 0
    if name.startswith(text):
        return 1
    return 2 if f" {text}" in name else 3 if text in name else None


_INDEXES: WeakKeyDictionary[Store, dict[tuple[str, URIRef], TermIndex]] = WeakKeyDictionary()


def term_index(store: Store, below: URIRef) -> TermIndex:
    """Return the names of a class and all classes below it; deprecated terms lend theirs to what replaces them.

    It is kept as long as the store.

    Args:
        store: Where the ontology is.
        below: The class.
    """
    return _kept("term", store, below)


def terms_called(name: str, store: Store, below: URIRef) -> list[str]:
    """Return the terms of a class with a name: those with this label, else those with this synonym, in order of IRIs.

    The index of the class answers if it has been made, else the store is asked for this one name, which spares an
    endpoint the sending of all; what it does not find, or may not be asked for a backslash, the index is made for.

    Args:
        name: The name.
        store: Where the ontology is.
        below: The class.
    """
    if ("term", below) not in _INDEXES.get(store, {}) and "\\" not in name:
        rows = store.select(CALLED, {"_name": Literal(folded_name(name)), "_below": below}).rows
        labelled = {str(term) for named, term, kind in rows if named == term and kind == str(RDFS.label)}
        found = labelled or {str(term) for _, term, _ in rows}
        if found:
            return sorted(found)
    return term_index(store, below).called(name)


def member_index(store: Store, kind: URIRef) -> TermIndex:
    """Return the labels of the members of a class, such as the patients; kept as long as the store."""
    return _kept("member", store, kind)


def _kept(what: str, store: Store, top: URIRef) -> TermIndex:
    kept = _INDEXES.setdefault(store, {})
    if (what, top) not in kept:
        kept[what, top] = _term_index(store, top) if what == "term" else _member_index(store, top)
    return kept[what, top]


def _term_index(store: Store, below: URIRef) -> TermIndex:
    lent: dict[str, set[str]] = defaultdict(set)
    deprecated: set[str] = set()
    for old, term, name in store.select(REPLACED, {}).rows:
        deprecated.add(str(old))
        if name is not None:
            lent[str(term)].add(str(name))
    labels: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for term, is_label, name in store.select(NAMES, {"_below": below}).rows:
        if str(term) not in deprecated:
            names[str(term)].add(str(name))
            if is_label:
                labels[str(term)] = min(str(name), labels.get(str(term), str(name)))
    known = {iri: (label, *sorted((names[iri] | lent[iri]) - {label})) for iri, label in sorted(labels.items())}
    return TermIndex({iri: labels[iri] for iri in known}, known)


def _member_index(store: Store, kind: URIRef) -> TermIndex:
    rows = store.select(MEMBERS, {"_class": kind}).rows
    labels = {str(member): str(label) for member, label in sorted(rows, key=str)}
    return TermIndex(labels, {iri: (label,) for iri, label in labels.items()})


def find_terms(text: str, store: Store, *, below: URIRef, limit: int = 10) -> list[FoundTerm]:
    """Return the terms of a class with a name that holds a text, the best first; for completion while typing.

    Args:
        text: What a user has typed so far.
        store: Where the ontology is.
        below: The class.
        limit: The greatest number of terms.
    """
    return term_index(store, below).search(text, limit) if text.strip() else []
