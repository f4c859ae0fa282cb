"""The statements of a graph laid out by subject, with the blank nodes that can stand inside others."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from rdflib import BNode, URIRef
from rdflib.term import Node

from hfskg.canonical import Triple, canonical_triples, term
from hfskg.namespaces import RDF

__all__ = ["Nesting", "natural_order"]

_DIGITS = re.compile(r"(\d+)")


class Nesting:
    """A graph by subject; blank nodes have their canonical labels.

    Args:
        triples: The triples of one graph.

    Attributes:
        triples: The triples of each subject.
        uses: How many triples each blank node is the object of.
        nested: The blank nodes that stand inside the one statement that refers to them.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples: dict[Node, list[Triple]] = defaultdict(list)
        self.uses: Counter[Node] = Counter()
        for triple in canonical_triples(triples):
            self.triples[triple[0]].append(triple)
            if isinstance(triple[2], BNode):
                self.uses[triple[2]] += 1
        self.nested = self._nestable()

    def roots(self) -> list[Node]:
        """Return the subjects that stand in no other, in natural order."""
        return sorted((s for s in self.triples if s not in self.nested), key=natural_order)

    def values(self, subject: Node) -> dict[Node, list[Node]]:
        """Return the values of each property of a subject, in natural order."""
        values: dict[Node, list[Node]] = defaultdict(list)
        for _, predicate, value in self.triples.get(subject, ()):
            values[predicate].append(value)
        return {predicate: sorted(found, key=natural_order) for predicate, found in values.items()}

    def items(self, node: Node) -> list[Node] | None:
        """Return the members of a list, or None if a node begins no well-formed list."""
        items: list[Node] = []
        while node != RDF.nil:
            found = {p: o for _, p, o in self.triples.get(node, ())}
            if node not in self.nested or len(self.triples[node]) != 2 or found.keys() != {RDF.first, RDF.rest}:
                return None
            items.append(found[RDF.first])
            node = found[RDF.rest]
        return items

    def _nestable(self) -> set[Node]:
        candidates = {node for node in self.triples if isinstance(node, BNode) and self.uses[node] == 1}
        reached: set[Node] = set()
        pending = [node for node in self.triples if node not in candidates]
        while pending:
            inside = [o for _, _, o in self.triples[pending.pop()] if o in candidates]
            reached.update(inside)
            pending += inside
        return reached


def natural_order(node: Node) -> tuple[int, list[tuple[int, int, str]], str]:
    """Return the key of natural order: IRIs before blank nodes before literals, 9 before 10."""
    kind = 0 if isinstance(node, URIRef) else 1 if isinstance(node, BNode) else 2
    parts = [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(str(node)) if part]
    return kind, parts, term(node)
