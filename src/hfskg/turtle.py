"""Turtle that does not reorder itself: one block per subject, sorted, so that a diff shows what changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from hfskg.canonical import Triple, term
from hfskg.namespaces import DATA, PREFIXES, RDF, RDFS
from hfskg.nesting import Nesting, natural_order

__all__ = ["EXPORT_PREFIXES", "TurtleWriter"]

EXPORT_PREFIXES: dict[str, str] = {
    **PREFIXES,
    "obo": "http://purl.obolibrary.org/obo/",
    "vann": "http://purl.org/vocab/vann/",
    "sh": "http://www.w3.org/ns/shacl#",
}
"""The prefixes of exports, by name."""

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_RELATIVE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
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
        self._nesting = Nesting(())

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
        self._nesting = nesting = Nesting(triples)
        for subject in nesting.roots():
            head = "[]" if isinstance(subject, BNode) and not nesting.uses[subject] else self._term(subject)
            yield f"{indent}{head}{self._properties(subject, indent + '    ')} .\n"

    def _properties(self, subject: Node, indent: str) -> str:
        values = self._nesting.values(subject)
        parts = []
        between = f" ,\n{indent}    "
        for predicate in sorted(values, key=lambda p: (_FIRST.get(p, 2), natural_order(p))):
            verb = "a" if predicate == RDF.type else self._term(predicate)
            objects = [self._object(value, indent) for value in values[predicate]]
            parts.append(f"{verb} {between.join(objects)}")
        separator = f" ;\n{indent}"
        return f" {separator.join(parts)}"

    def _object(self, node: Node, indent: str) -> str:
        if node not in self._nesting.nested:
            return "[]" if isinstance(node, BNode) and node not in self._nesting.triples else self._term(node)
        items = self._nesting.items(node)
        if items is not None:
            return f"( {' '.join(self._object(item, indent) for item in items)} )"
        return f"[{self._properties(node, indent + '    ')} ]"

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
