"""RDF/XML that is the same on every run: one element per subject, in natural order, blank nodes inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from hfskg.canonical import Triple
from hfskg.namespaces import OWL, RDF, RDFS
from hfskg.nesting import Nesting, natural_order
from hfskg.turtle import EXPORT_PREFIXES

__all__ = ["to_rdfxml"]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_SPLIT = re.compile(r"(.*?)([A-Za-z_][A-Za-z0-9._-]*)", re.DOTALL)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIRST: dict[Node, int] = {RDF.type: 0, RDFS.label: 1}


def to_rdfxml(triples: Iterable[Triple], base: URIRef) -> bytes:
    """Return a graph as RDF/XML.

    Args:
        triples: The graph's triples.
        base: The base IRI; terms ``base#name`` are written as ``#name``.

    Raises:
        ValueError: A literal holds a control character, or a property's IRI ends in no XML name; RDF/XML has no way
            to write either.
    """
    return "".join(_Writer(Nesting(triples), base).lines()).encode()


class _Writer:
    def __init__(self, nesting: Nesting, base: URIRef) -> None:
        self._nesting = nesting
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._names: dict[Node, str] = {}

    def lines(self) -> Iterator[str]:
        """Yield the lines of the document."""
        roots = sorted(self._nesting.roots(), key=lambda node: (self._type(node) != OWL.Ontology, natural_order(node)))
        body = [line for root in roots for line in ("\n", *self._node(root, "    "))]
        self._prefixes["rdf"] = str(RDF)
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f"<rdf:RDF xml:base={quoteattr(self._base)}"
        for prefix, namespace in sorted(self._prefixes.items()):
            yield f"\n    xmlns:{prefix}={quoteattr(namespace)}"
        yield ">\n"
        yield from body
        yield "\n</rdf:RDF>\n"

    def _node(self, node: Node, indent: str) -> Iterator[str]:
        """Yield the element of a node with its properties."""
        kind = self._type(node)
        tag = self._name(kind) if kind is not None else "rdf:Description"
        values = self._nesting.values(node)
        if kind is not None:
            values[RDF.type].remove(kind)
        head = f"{indent}<{tag}{self._identity(node)}"
        inner = [
            line
            for predicate in sorted(values, key=lambda p: (_FIRST.get(p, 2), natural_order(p)))
            for value in values[predicate]
            for line in self._property(predicate, value, indent + "    ")
        ]
        if not inner:
            yield f"{head}/>\n"
            return
        yield f"{head}>\n"
        yield from inner
        yield f"{indent}</{tag}>\n"

    def _identity(self, node: Node) -> str:
        if isinstance(node, URIRef):
            return f" rdf:about={self._iri(node)}"
        return f' rdf:nodeID="{node}"' if self._nesting.uses[node] and node not in self._nesting.nested else ""

    def _property(self, predicate: Node, value: Node, indent: str) -> Iterator[str]:
        tag = self._name(predicate)
        if isinstance(value, Literal):
            yield f"{indent}<{tag}{self._kind(value)}>{_text(value)}</{tag}>\n"
        elif isinstance(value, URIRef):
            yield f"{indent}<{tag} rdf:resource={self._iri(value)}/>\n"
        elif value not in self._nesting.nested:
            yield f'{indent}<{tag} rdf:nodeID="{value}"/>\n'
        else:
            items = self._nesting.items(value)
            members = [value] if items is None or any(isinstance(item, Literal) for item in items) else items
            collection = "" if items is not members else ' rdf:parseType="Collection"'
            yield f"{indent}<{tag}{collection}>\n"
            for member in members:
                yield from self._member(member, indent + "    ")
            yield f"{indent}</{tag}>\n"

    def _member(self, node: Node, indent: str) -> Iterator[str]:
        """Yield an element inside a property: a nested blank node in full, anything else by its identity."""
        if node in self._nesting.nested:
            yield from self._node(node, indent)
        elif isinstance(node, BNode):
            yield f'{indent}<rdf:Description rdf:nodeID="{node}"/>\n'
        else:
            yield f"{indent}<rdf:Description rdf:about={self._iri(node)}/>\n"

    def _kind(self, literal: Literal) -> str:
        if literal.language:
            return f' xml:lang="{literal.language}"'
        if literal.datatype in (None, XSD.string):
            return ""
        return f" rdf:datatype={self._iri(literal.datatype)}"

    def _type(self, node: Node) -> URIRef | None:
        """Return the type that names the element of a node: the first, those of OWL before others."""
        types = self._nesting.values(node).get(RDF.type, [])
        named = [kind for kind in types if isinstance(kind, URIRef) and _SPLIT.fullmatch(kind)]
        return min(named, key=lambda kind: (not kind.startswith(str(OWL)), natural_order(kind)), default=None)

    def _iri(self, iri: Node) -> str:
        text = str(iri)
        return quoteattr(text.removeprefix(self._base) if text.startswith(f"{self._base}#") else text)

    def _name(self, iri: Node) -> str:
        """Return the name of an element for an IRI, its prefix bound."""
        if iri not in self._names:
            self._names[iri] = self._qualified(str(iri))
        return self._names[iri]

    def _qualified(self, iri: str) -> str:
        for prefix, namespace in EXPORT_PREFIXES.items():
            if iri.startswith(namespace) and _NAME.fullmatch(iri, len(namespace)):
                self._prefixes[prefix] = namespace
                return f"{prefix}:{iri[len(namespace) :]}"
        found = _SPLIT.fullmatch(iri)
        if found is None:
            raise ValueError(f"the property <{iri}> ends in no XML name")
        known = {namespace: prefix for prefix, namespace in self._prefixes.items()}
        prefix = known.get(found[1]) or f"ns{sum(name.startswith('ns') for name in self._prefixes) + 1}"
        self._prefixes[prefix] = found[1]
        return f"{prefix}:{found[2]}"


def _text(literal: Literal) -> str:
    if _FORBIDDEN.search(literal):
        raise ValueError(f"the literal {str(literal)[:40]!r} holds a control character")
    return escape(str(literal), {"\r": "&#13;"})
