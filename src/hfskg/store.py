"""Where queries run: one small interface, and the graph folder behind it.

A store answers queries with typed rows or a graph and changes nothing. :class:`LocalStore` holds the graph folder of a
build in memory; :class:`hfskg.endpoint.RemoteStore` asks a SPARQL endpoint. To both, the default graph is the union
of all named graphs, and both bind parameters as terms, never as text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Protocol

import pyoxigraph
from rdflib import XSD, Graph

from hfskg.binding import Bindings, bind, query_form
from hfskg.errors import QueryError, StoreError
from hfskg.output import GRAPH_FILE, load_manifest

__all__ = ["Answer", "Bindings", "Iri", "LocalStore", "Solutions", "Store", "Value", "open_graph", "typed_value"]


class Iri(str):
    """An IRI in a cell of a result; equal to the plain string."""

    __slots__ = ()


Value = str | int | bool | Decimal | None
"""A cell of a result: texts are strings, IRIs are :class:`Iri`, an unbound variable is None."""

INTEGERS = frozenset(str(XSD[name]) for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger"))
DECIMALS = frozenset(str(XSD[name]) for name in ("decimal", "double", "float"))
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT query.

    Attributes:
        variables: The projected variables that are not bound, without ``?``.
        rows: One value per variable, in the order of the answer.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


Answer = Solutions | bool | Graph
"""What a query gives: rows for SELECT, true or false for ASK, a graph for CONSTRUCT and DESCRIBE."""


class Store(Protocol):
    """Answers queries; there is no way to change what it holds."""

    def select(self, text: str, bindings: Bindings) -> Solutions:
        """Run a SELECT query.

        Args:
            text: The query.
            bindings: The terms that take the place of variables; these are left out of the answer.

        Raises:
            QueryError: The query is no valid SELECT query, or lacks a bound variable.
            EndpointError: A remote endpoint is down, refuses the query or answers nonsense.
        """

    def answer(self, text: str, bindings: Bindings | None = None) -> Answer:
        """Run a query of any form.

        Args:
            text: The query.
            bindings: The terms that take the place of variables, as for :meth:`select`.

        Raises:
            QueryError: The query is broken, or is an update.
            EndpointError: A remote endpoint is down, refuses the query or answers nonsense.
        """


class LocalStore:
    """A graph in memory, read-only.

    Args:
        nquads: The graph as N-Quads.

    Raises:
        StoreError: These are no N-Quads.
    """

    def __init__(self, nquads: bytes) -> None:
        self._store = pyoxigraph.Store()
        try:
            self._store.bulk_load(nquads, pyoxigraph.RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"The graph is not valid N-Quads: {error}", "Build the folder again.") from error

    def __len__(self) -> int:
        return len(self._store)

    @property
    def engine(self) -> pyoxigraph.Store:
        """The engine behind it, for those who answer more than SELECT; it is only to be read."""
        return self._store

    def select(self, text: str, bindings: Bindings) -> Solutions:
        """Run a SELECT query.

        Raises:
            QueryError: The query is no valid SELECT query, or lacks a bound variable.
        """
        answer = self._answer(text, bindings)
        if not isinstance(answer, Solutions):
            raise QueryError("The query is no SELECT query.", "Only SELECT queries give a table.")
        return answer

    def answer(self, text: str, bindings: Bindings | None = None) -> Answer:
        """Run a query of any form.

        Raises:
            QueryError: The query is broken, or is an update, or lacks a bound variable.
        """
        query_form(text)
        return self._answer(text, bindings or {})

    def _answer(self, text: str, bindings: Bindings) -> Answer:
        try:
            found = self._store.query(bind(text, bindings), use_default_graph_as_union=True)
            if isinstance(found, pyoxigraph.QuerySolutions):
                return _solutions(found, bindings)
            if isinstance(found, pyoxigraph.QueryBoolean):
                return bool(found)
            triples = found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
        except (SyntaxError, RuntimeError, OSError) as error:
            raise QueryError(f"The query cannot be run: {error}", "Mend the query.") from error
        return Graph().parse(data=triples, format="nt")


def open_graph(directory: Path) -> LocalStore:
    """Load the graph folder that a build wrote.

    Args:
        directory: The folder, with its manifest.

    Returns:
        The store, in memory; what becomes of the folder later does not matter to it.

    Raises:
        StoreError: The folder is missing, was not written by a build of this version, or its graph is damaged.
    """
    manifest = load_manifest(directory)
    path = directory / GRAPH_FILE
    cure = "Build the folder again."
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}.", cure) from error
    if hashlib.sha256(data).hexdigest() != manifest.files.get(GRAPH_FILE):
        raise StoreError(f"{path} is not what the build wrote: its digest differs from the manifest's.", cure)
    return LocalStore(data)


def typed_value(lexical: str, datatype: str | None) -> Value:
    """Return the value of a literal; what its datatype does not allow stays text.

    Args:
        lexical: The literal as written.
        datatype: The datatype's IRI, or None for a plain text.

    Example:
        >>> typed_value("1.50", "http://www.w3.org/2001/XMLSchema#decimal")
        Decimal('1.5')
        >>> typed_value("12", "http://www.w3.org/2001/XMLSchema#integer")
        12
        >>> typed_value("twelve", "http://www.w3.org/2001/XMLSchema#integer")
        'twelve'
    """
    try:
        if datatype in INTEGERS:
            return int(lexical)
        if datatype in DECIMALS:
            return _shortest(Decimal(lexical))
    except (ValueError, InvalidOperation):
        return lexical
    if datatype == str(XSD.boolean):
        return BOOLEANS.get(lexical, lexical)
    return lexical


def _shortest(number: Decimal) -> Value:
    """Stores drop or keep zeros at the end as they please: drop them always."""
    return Decimal(f"{number.normalize():f}") if number.is_finite() else str(number)


def _solutions(found: pyoxigraph.QuerySolutions, bindings: Bindings) -> Solutions:
    variables = tuple(variable.value for variable in found.variables if variable.value not in bindings)
    return Solutions(variables, tuple(tuple(_value(solution[name]) for name in variables) for solution in found))


def _value(term: object) -> Value:
    if isinstance(term, pyoxigraph.Literal):
        return typed_value(term.value, term.datatype.value)
    if isinstance(term, pyoxigraph.NamedNode):
        return Iri(term.value)
    return None if term is None else str(term)
