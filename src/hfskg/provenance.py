"""From a node of a document's graph back to its case, its statement and the words that this was read from."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.namespaces import DATA, HFS, OA, ONTOLOGY_GRAPH, PROV, QUDT, RDF, RDFS

__all__ = ["Origin", "Statements", "natural"]

_OWNERS = (HFS.patient, HFS.describedIn, HFS.claimedIn)
_SHARED = (HFS.SourceDocument, PROV.Activity, PROV.SoftwareAgent)
_SILENT = frozenset(
    (RDF.type, RDFS.label, *_OWNERS, HFS.order, HFS.caseNumber, HFS.earliestDay, HFS.latestDay)
    + (HFS.primaryEvidence, PROV.wasDerivedFrom, HFS.age, HFS.bodyWeight, HFS.timePhrase, QUDT.numericValue, QUDT.unit)
    + (PROV.wasGeneratedBy, HFS.curationNote, HFS.formerReading)
)
_WORD_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a node comes from; what is not known, or does not apply, is None.

    Attributes:
        node: The statement's node.
        case: Label of the case.
        statement: The statement in words.
        sentence: The sentence around the quote, line ends as blanks.
        quote: The characters that the statement was read from.
        start: Offset of the quote's first character.
        end: Offset behind its last.
    """

    node: Node | None = None
    case: str | None = None
    statement: str | None = None
    sentence: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None


def natural(text: str) -> list[tuple[int, int, str]]:
    """Return the key of natural order, in which 9 comes before 10.

    Example:
        >>> sorted(["case 10", "case 9"], key=natural)
        ['case 9', 'case 10']
    """
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(text) if part]


class Statements:
    """The statements of a graph.

    Args:
        graph: A document's graph, merged with what it uses of the ontology.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def origin(self, *nodes: Node | None) -> Origin:
        """Return where the first of some nodes that belongs to a statement comes from.

        Args:
            nodes: Nodes of the graph, the one that tells most first.
        """
        for node in nodes:
            chain = self._chain(node)
            if chain:
                return self._origin(chain)
        return Origin()

    def named(self, node: Node) -> Node:
        """Return a node itself, or for a blank one the first node with an IRI that refers to it, at any distance."""
        seen = {node}
        pending = deque([node])
        while pending:
            here = pending.popleft()
            if not isinstance(here, BNode):
                return here
            above = sorted(set(self._graph.subjects(None, here)) - seen, key=_key)
            seen.update(above)
            pending += above
        return node

    def label(self, node: Node) -> str:
        """Return a node in words: its label, its number and unit, its text, or its IRI."""
        if isinstance(node, Literal):
            return str(node)
        number = self._graph.value(node, QUDT.numericValue)
        if number is not None:
            unit = self._graph.value(node, QUDT.unit)
            return f"{number} {self.label(unit)}" if unit is not None else str(number)
        label = self._graph.value(node, RDFS.label)
        if label is not None:
            return str(label)
        if isinstance(node, BNode):
            return "an unnamed node"
        return str(node).removeprefix(f"{ONTOLOGY_GRAPH}#").removeprefix(str(DATA))

    def _chain(self, node: Node | None) -> list[Node]:
        """Return the nodes from the nearest statement down to a node, the statement first."""
        if node is None or isinstance(node, Literal):
            return []
        below: dict[Node, Node | None] = {node: None}
        pending = deque([node])
        while pending:
            here = pending.popleft()
            if any((here, RDF.type, kind) in self._graph for kind in _SHARED):
                continue
            if any((here, owner, None) in self._graph for owner in _OWNERS):
                chain = [here]
                while (following := below[chain[-1]]) is not None:
                    chain.append(following)
                return chain
            for above in sorted({s for s, p in self._graph.subject_predicates(here) if p != RDF.type}, key=_key):
                if above not in below:
                    below[above] = here
                    pending.append(above)
        return []

    def _origin(self, chain: list[Node]) -> Origin:
        graph, statement = self._graph, chain[0]
        is_patient = (statement, RDF.type, HFS.Patient) in graph
        patient = statement if is_patient else graph.value(statement, HFS.patient)
        evidence = next((node for node in chain if (node, RDF.type, HFS.Evidence) in graph), None)
        if evidence is None:
            evidence = graph.value(statement, HFS.primaryEvidence) or graph.value(statement, PROV.wasDerivedFrom)
        quote = prefix = suffix = start = end = None
        for selector in graph.objects(evidence, OA.hasSelector) if evidence is not None else ():
            quote = quote or graph.value(selector, OA.exact)
            prefix = prefix or graph.value(selector, OA.prefix)
            suffix = suffix or graph.value(selector, OA.suffix)
            start = start or graph.value(selector, OA.start)
            end = end or graph.value(selector, OA.end)
        return Origin(
            node=statement,
            case=self.label(patient) if patient is not None else None,
            statement=self._words(statement),
            sentence=" ".join(f"{prefix or ''}{quote}{suffix or ''}".split()) if quote is not None else None,
            quote=str(quote) if quote is not None else None,
            start=_number(start),
            end=_number(end),
        )

    def _words(self, statement: Node) -> str:
        graph = self._graph
        kinds = sorted(graph.objects(statement, RDF.type), key=_key)
        name = " / ".join(_spaced(kind) for kind in kinds) or "statement"
        number = graph.value(statement, HFS.order)
        parts = [
            f"{_spaced(predicate)} {self.label(value)}"
            for predicate, value in sorted(graph.predicate_objects(statement), key=lambda pair: tuple(map(_key, pair)))
            if predicate not in _SILENT
        ]
        if graph.value(statement, QUDT.numericValue) is not None:
            parts.append(self.label(statement))
        first, last = graph.value(statement, HFS.earliestDay), graph.value(statement, HFS.latestDay)
        if first is not None:
            parts.append(f"day {first}" if last in (None, first) else f"day {first} to {last}")
        told = f": {', '.join(parts)}" if parts else ""
        return f"{name}{f' {number}' if number is not None else ''}{told}"


def _key(node: Node) -> list[tuple[int, int, str]]:
    return natural(str(node))


def _spaced(node: Node) -> str:
    """Return the local name of an IRI as words."""
    local = re.split(r"[#/]", str(node))[-1] if isinstance(node, URIRef) else str(node)
    return _WORD_BORDER.sub(" ", local).lower()


def _number(node: Node | None) -> int | None:
    value = node.toPython() if isinstance(node, Literal) else None
    return value if isinstance(value, int) else None
