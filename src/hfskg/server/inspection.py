"""What the parser says of a query, where the engine would do what an open endpoint must not.

The engine follows SERVICE to any address, and leaves out FROM when all graphs together are the default graph. Queries
with one of these words are parsed by rdflib's parser, which tells where they stand; a query without the word cannot
have the clause, and costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pyoxigraph
from pyparsing import ParseException
from rdflib import URIRef
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import SPARQLError

from hfskg.binding import strip_comments

__all__ = ["Inspection", "inspect", "is_update"]

_FAULTS = (ParseException, SPARQLError, RecursionError, ValueError, TypeError, AttributeError, LookupError)
_PARSED = re.compile(r"service|from", re.IGNORECASE)
_CHANGING = re.compile(r"insert|delete|load|clear|create|drop|copy|move|add|with", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a query asks of its surroundings.

    Attributes:
        understood: Whether the parser could read it.
        calls: Whether it has a SERVICE.
        default_graphs: The IRIs behind FROM.
        named_graphs: The IRIs behind FROM NAMED.
    """

    understood: bool = True
    calls: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def has_dataset(self) -> bool:
        """Whether it names graphs."""
        return bool(self.default_graphs or self.named_graphs)


def inspect(text: str, base: str) -> Inspection:
    """Return what a query asks of its surroundings.

    Args:
        text: The query.
        base: What relative IRIs are relative to.

    Raises:
        SyntaxError: It has one of the words and is no valid query.

    Example:
        >>> inspect("SELECT * FROM <g> { SERVICE ?s { ?a ?b 'from' } }", "http://localhost/")
        Inspection(understood=True, calls=True, default_graphs=('http://localhost/g',), named_graphs=())
        >>> inspect("SELECT * { ?s ?p 'service' }", "http://localhost/").calls
        False
    """
    if not (_PARSED.search(text) and _PARSED.search(strip_comments(text))):
        return Inspection()
    _check(text, base)
    try:
        parsed = parseQuery(text)
        translated = translateQuery(parsed, base=base)
    except _FAULTS:
        return Inspection(understood=False)
    clauses = translated.algebra.datasetClause or ()
    return Inspection(
        calls=any(node.name == "ServiceGraphPattern" for node in _nodes(parsed[1])),
        default_graphs=tuple(str(clause.default) for clause in clauses if clause.default),
        named_graphs=tuple(str(clause.named) for clause in clauses if clause.named),
    )


def _check(text: str, base: str) -> None:
    """Have the engine parse a query, on an empty graph."""
    with suppress(ValueError, RuntimeError, OSError):
        pyoxigraph.Store().query(text, base_iri=base)


def is_update(text: str) -> bool:
    """Return whether a text that is no query is an update.

    Example:
        >>> is_update("LOAD <http://localhost/>"), is_update("SELECT")
        (True, False)
    """
    if not _CHANGING.search(text):
        return False
    try:
        parsed = parseUpdate(text)
    except _FAULTS:
        return False
    return bool(parsed.request)


def _nodes(tree: object) -> Iterator[CompValue]:
    """Yield the nodes of a parse tree; without recursion, as queries nest as deep as they please."""
    waiting: list[object] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, CompValue):
            yield node
            waiting.extend(node.values())
        elif not isinstance(node, str | URIRef) and hasattr(node, "__iter__"):
            waiting.extend(node)
