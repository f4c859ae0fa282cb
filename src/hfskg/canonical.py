"""RDF statements in canonical form: their text, their order, and blank node labels that depend on content only.

Terms are written as the W3C's canonical N-Quads say. Blank nodes are labelled group by group: each group of
blank nodes that touch each other gets labels from the RDFC-1.0 canonical form of its own statements, so that a
change in one place renames nothing elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pyoxigraph
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.rdf import add_all, node_reader

__all__ = ["Triple", "canonical_lines", "canonical_triples", "read_nquads", "term"]

Triple = tuple[Node, Node, Node]

_Ox = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_IN_TEXT = re.compile(r'[\x00-\x1f"\\\x7f]')
_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def term(node: Node) -> str:
    r"""Return a term in canonical N-Quads form.

    Example:
        >>> term(Literal("two\nlines", lang="en"))
        '"two\\nlines"@en'
        >>> term(URIRef("https://example.org/a"))
        '<https://example.org/a>'
    """
    if isinstance(node, URIRef):
        return f"<{_IN_IRI.sub(_numeric, node)}>"
    if isinstance(node, Literal):
        text = f'"{_IN_TEXT.sub(_escape, node)}"'
        if node.language:
            return f"{text}@{node.language}"
        return text if node.datatype in (None, XSD.string) else f"{text}^^{term(node.datatype)}"
    return f"_:{node}"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or _numeric(found)


def _numeric(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"


def canonical_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples with canonical blank node labels, sorted by their canonical form.

    See :func:`canonical_lines`.
    """
    return list(canonical_lines(triples).values())


def canonical_lines(triples: Iterable[Triple]) -> dict[str, Triple]:
    """Return triples with canonical blank node labels by their canonical form, sorted by it.

    Args:
        triples: The triples of one graph; one that is repeated counts once.

    Returns:
        The same graph; the form is that of N-Triples without the full stop. Blank nodes are called by a digest of
        their group and a number; of groups that say the same, the second and further ones are numbered too.
    """
    known = set(triples)
    blank = [triple for triple in known if isinstance(triple[0], BNode) or isinstance(triple[2], BNode)]
    named = known.difference(blank)
    seen: Counter[str] = Counter()
    for group in _groups(blank):
        digest, canonical = _canonical_group(group)
        seen[digest] += 1
        stem = f"b{digest}{f't{seen[digest]}' if seen[digest] > 1 else ''}"
        named.update((_renamed(s, stem), p, _renamed(o, stem)) for s, p, o in canonical)
    known_terms: dict[Node, str] = {}
    lines: dict[str, Triple] = {}
    for triple in named:
        s, p, o = triple
        subject = known_terms.get(s) or known_terms.setdefault(s, term(s))
        predicate = known_terms.get(p) or known_terms.setdefault(p, term(p))
        value = term(o) if isinstance(o, Literal) else known_terms.get(o) or known_terms.setdefault(o, term(o))
        lines[f"{subject} {predicate} {value}"] = triple
    return {line: lines[line] for line in sorted(lines)}


def _renamed(node: Node, stem: str) -> Node:
    return BNode(f"{stem}n{node.removeprefix('c14n')}") if isinstance(node, BNode) else node


def _groups(triples: list[Triple]) -> list[list[Triple]]:
    """Split triples into groups that share no blank node."""
    leader: dict[Node, Node] = {}

    def find(node: Node) -> Node:
        root = node
        while (above := leader.setdefault(root, root)) is not root:
            root = above
        leader[node] = root
        return root

    for s, _, o in triples:
        if isinstance(s, BNode) and isinstance(o, BNode):
            leader[find(s)] = find(o)
    groups: dict[Node, list[Triple]] = defaultdict(list)
    for triple in triples:
        groups[find(triple[0] if isinstance(triple[0], BNode) else triple[2])].append(triple)
    return list(groups.values())


def _canonical_group(triples: list[Triple]) -> tuple[str, list[Triple]]:
    """Return a digest of a group and its triples with the labels of RDFC-1.0."""
    nodes: dict[_Ox, Node] = {}

    def foreign(node: Node) -> _Ox:
        found = _ox(node)
        nodes.setdefault(found, node)
        return found

    dataset = pyoxigraph.Dataset()
    for s, p, o in triples:
        dataset.add(pyoxigraph.Quad(foreign(s), foreign(p), foreign(o)))  # type: ignore[arg-type]
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)

    def own(node: object) -> Node:
        return BNode(node.value) if isinstance(node, pyoxigraph.BlankNode) else nodes[node]  # type: ignore[index]

    canonical = [(own(q.subject), own(q.predicate), own(q.object)) for q in dataset]
    lines = sorted(" ".join(map(term, triple)) for triple in canonical)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16], canonical


def _ox(node: Node) -> _Ox:
    if isinstance(node, URIRef):
        return pyoxigraph.NamedNode(node)
    if isinstance(node, Literal):
        datatype = pyoxigraph.NamedNode(node.datatype) if node.datatype and not node.language else None
        return pyoxigraph.Literal(str(node), datatype=datatype, language=node.language)
    return pyoxigraph.BlankNode(str(node))


def read_nquads(data: bytes) -> dict[URIRef, Graph]:
    """Return the named graphs of N-Quads, literals as written.

    Args:
        data: The N-Quads.

    Raises:
        SyntaxError: These are no N-Quads.
        ValueError: A statement stands in no named graph.
    """
    triples: dict[URIRef, list[Triple]] = defaultdict(list)
    node = node_reader()
    for quad in pyoxigraph.parse(data, pyoxigraph.RdfFormat.N_QUADS):
        if not isinstance(quad.graph_name, pyoxigraph.NamedNode):
            raise ValueError(f"the statement {quad} stands in no named graph")
        name = URIRef(quad.graph_name.value)
        triples[name].append((node(quad.subject), node(quad.predicate), node(quad.object)))
    graphs = {name: Graph(identifier=name) for name in triples}
    for name, graph in graphs.items():
        add_all(graph, triples[name])
    return graphs
