"""Turtle that does not reorder itself: one block per subject, sorted, so that a diff shows what changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from hfskg.canonical import Triple, canonical_triples, term
from hfskg.namespaces import DATA, PREFIXES, RDF, RDFS

__all__ = ["EXPORT_PREFIXES", "TurtleWriter"]

EXPORT_PREFIXES: dict[str, str] = {
    **PREFIXES,
    "obo": "http://purl.obolibrary.org/obo/",
    "sh": "http://www.w3.org/ns/shacl#",
}
"""The prefixes of exports, by name."""

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_RELATIVE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_DIGITS = re.compile(r"(\d+)")
_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]*\.[0-9]+")
_FIRST: dict[Node, int] = {RDF.type: 0, RDFS.label: 1}


class TurtleWriter:
    """Writes graphs as Turtle blocks, and the prefixes that they need.

    IRIs of data are written relative to the base, other IRIs with prefixes where their local name allows. A blank
    node that is the object of one statement stands there in brackets, a list in parentheses.
    """

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._based = False
        self._triples: dict[Node, list[Triple]] = {}
        self._nested: set[Node] = set()

    def head(self) -> str:
        """Return the base and the prefixes that what has been written needs."""
        lines = [f"@base <{DATA}> .\n"] if self._based else []
        lines += [f"@prefix {name}: <{EXPORT_PREFIXES[name]}> .\n" for name in sorted(self._used)]
        return "".join(lines)

    def blocks(self, triples: Iterable[Triple], indent: str = "") -> Iterator[str]:
        """Yield the block of each subject, in natural order of their IRIs.

        Args:
            triples: The triples of one graph.
            indent: What each line begins with.
        """
        by_subject: dict[Node, list[Triple]] = defaultdict(list)
        uses: Counter[Node] = Counter()
        for triple in canonical_triples(triples):
            by_subject[triple[0]].append(triple)
            if isinstance(triple[2], BNode):
                uses[triple[2]] += 1
        self._triples = by_subject
        self._nested = self._nestable(uses)
        for subject in sorted((s for s in by_subject if s not in self._nested), key=_order):
            head = "[]" if isinstance(subject, BNode) and not uses[subject] else self._term(subject)
            yield f"{indent}{head}{self._properties(by_subject[subject], indent + '    ')} .\n"

    def _nestable(self, uses: Counter[Node]) -> set[Node]:
        """Return the blank nodes that can stand inside the one statement that refers to them."""
        candidates = {node for node in self._triples if isinstance(node, BNode) and uses[node] == 1}
        reached: set[Node] = set()
        pending = [node for node in self._triples if node not in candidates]
        while pending:
            inside = [o for _, _, o in self._triples[pending.pop()] if o in candidates]
            reached.update(inside)
            pending += inside
        return reached

    def _properties(self, triples: Sequence[Triple], indent: str) -> str:
        values: dict[Node, list[Node]] = defaultdict(list)
        for _, predicate, value in triples:
            values[predicate].append(value)
        parts = []
        between = f" ,\n{indent}    "
        for predicate in sorted(values, key=lambda p: (_FIRST.get(p, 2), _order(p))):
            verb = "a" if predicate == RDF.type else self._term(predicate)
            objects = [self._object(value, indent) for value in sorted(values[predicate], key=_order)]
            parts.append(f"{verb} {between.join(objects)}")
        separator = f" ;\n{indent}"
        return f" {separator.join(parts)}"

    def _object(self, node: Node, indent: str) -> str:
        if node not in self._nested:
            return "[]" if isinstance(node, BNode) and node not in self._triples else self._term(node)
        items = self._items(node)
        if items is not None:
            return f"( {' '.join(self._object(item, indent) for item in items)} )"
        return f"[{self._properties(self._triples[node], indent + '    ')} ]"

    def _items(self, node: Node) -> list[Node] | None:
        """Return the members of a list, or None if a node begins no well-formed list."""
        items: list[Node] = []
        while node != RDF.nil:
            found = {p: o for _, p, o in self._triples.get(node, ())}
            if node not in self._nested or len(self._triples[node]) != 2 or found.keys() != {RDF.first, RDF.rest}:
                return None
            items.append(found[RDF.first])
            node = found[RDF.rest]
        return items

    def _term(self, node: Node) -> str:
        if isinstance(node, URIRef):
            return self._iri(node)
        if not isinstance(node, Literal) or node.language or node.datatype is None:
            return term(node)
        text = str(node)
        short = {XSD.integer: _INTEGER.fullmatch, XSD.decimal: _DECIMAL.fullmatch}.get(node.datatype)
        if (short and short(text)) or (node.datatype == XSD.boolean and text in ("true", "false")):
            return text
        plain = term(Literal(text))
        return plain if node.datatype == XSD.string else f"{plain}^^{self._iri(node.datatype)}"

    def _iri(self, iri: URIRef) -> str:
        if iri.startswith(DATA) and _RELATIVE.fullmatch(iri, len(DATA)):
            self._based = True
            return f"<{iri[len(DATA) :]}>"
        for name, namespace in EXPORT_PREFIXES.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self._used.add(name)
                return f"{name}:{iri[len(namespace) :]}"
        return term(iri)


def _order(node: Node) -> tuple[int, list[tuple[int, int, str]], str]:
    """Return the key of natural order: IRIs before blank nodes before literals, 9 before 10."""
    kind = 0 if isinstance(node, URIRef) else 1 if isinstance(node, BNode) else 2
    parts = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(str(node)) if part]
    return kind, parts, term(node)
