"""Running a canned query: its parameters become terms, its answer a table or a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from rdflib import Graph, Literal, URIRef

from hfskg.binding import bind
from hfskg.errors import QueryError
from hfskg.queries.header import Parameter
from hfskg.queries.parsing import Query, did_you_mean
from hfskg.store import Bindings, Store, Value
from hfskg.tables import Table
from hfskg.terms import bound_term

__all__ = ["Given", "bind_parameters", "explain", "run", "run_graph"]

Given = Mapping[str, str | Sequence[str]]
"""What the user gives for parameters, by their names: a value, or several where the parameter takes a list."""


def bind_parameters(query: Query, store: Store, parameters: Given | None = None) -> tuple[Bindings, ...]:
    """Return the terms that the parameters are bound to, once for each combination of their values.

    Args:
        query: The query.
        store: Where terms are looked up.
        parameters: What the user gives; defaults stand for the rest.

    Raises:
        QueryError: A parameter is unknown, missing, not of its type, or has several values and takes one.
        EndpointError: A remote endpoint fails.
    """
    given = dict(parameters or {})
    known = {parameter.name: parameter for parameter in query.header.parameters}
    for name in given:
        if name not in known:
            cure = f"It takes: {', '.join(known)}." if known else "It takes none."
            raise QueryError(f"The query {query.name} has no parameter {name}.{did_you_mean(name, known)}", cure)
    choices = {p.variable: _terms(query, p, given.get(p.name, p.default), store) for p in known.values()}
    bound = {variable: terms for variable, terms in choices.items() if terms}
    return tuple(dict(zip(bound, terms, strict=True)) for terms in product(*bound.values()))


def _terms(
    query: Query, parameter: Parameter, given: str | Sequence[str] | None, store: Store
) -> list[URIRef | Literal]:
    """Return the terms that a parameter is bound to in turn; none for an optional one that is not given."""
    values = [given] if isinstance(given, str) else list(given or ())
    if not values:
        if parameter.optional:
            return []
        what = f"The query {query.name} needs the parameter {parameter.name}: {parameter.description}"
        raise QueryError(what, f"Give it, for example --param {parameter.name}={parameter.example}.")
    if len(values) > 1 and not parameter.list:
        raise QueryError(f"The parameter {parameter.name} of {query.name} takes one value.", "Give it once.")
    for value in values:
        if parameter.values and value not in parameter.values:
            allowed = ", ".join(parameter.values)
            what = f"The parameter {parameter.name} takes one of {allowed}, not {value}."
            raise QueryError(what, "Give one of these.")
    bound = (
        bound_term(parameter.name, parameter.type, value, store, below=parameter.below, of=parameter.of)
        for value in values
    )
    return list(dict.fromkeys(bound))


def run(query: Query, store: Store, parameters: Given | None = None) -> Table:
    """Run a query that gives rows.

    Args:
        query: The query.
        store: Where it runs.
        parameters: What the user gives, by the parameters' names; defaults stand for the rest. For several values of
            a parameter, the rows of each follow one another, and a row that several give comes once.

    Returns:
        The rows, in the query's order, with one value per column of the header.

    Raises:
        QueryError: A parameter is unknown, missing or not of its type, or the query is broken or gives no rows.
        EndpointError: A remote endpoint fails.
    """
    if query.form != "SELECT":
        raise QueryError(f"The query {query.name} gives a graph, not rows.", "Ask for Turtle.")
    rows: dict[tuple[Value, ...], None] = {}
    answers = [_rows(query, store, bindings) for bindings in bind_parameters(query, store, parameters)]
    if len(answers) == 1:
        return Table(tuple(query.header.columns), answers[0], frozenset(query.header.details))
    for answer in answers:
        rows.update(dict.fromkeys(answer))
    return Table(tuple(query.header.columns), tuple(rows), frozenset(query.header.details))


def run_graph(query: Query, store: Store, parameters: Given | None = None) -> Graph:
    """Run a query that gives a graph.

    Args:
        query: The query.
        store: Where it runs.
        parameters: What the user gives; for several values of a parameter the graphs are merged.

    Raises:
        QueryError: A parameter is unknown, missing or not of its type, or the query is broken or gives rows.
        EndpointError: A remote endpoint fails.
    """
    merged = Graph()
    for bindings in bind_parameters(query, store, parameters):
        answer = store.answer(query.sparql, bindings)
        if not isinstance(answer, Graph):
            raise QueryError(f"The query {query.name} gives rows, not a graph.", "Ask for a table.")
        merged += answer
    return merged


def explain(query: Query, store: Store, parameters: Given | None = None) -> str:
    """Return the SPARQL of a query with the terms of its parameters in their places, once for each combination.

    Args:
        query: The query.
        store: Where terms are looked up.
        parameters: What the user gives; defaults stand for the rest.

    Raises:
        QueryError: A parameter is unknown, missing or not of its type.
        EndpointError: A remote endpoint fails.
    """
    return "\n".join(bind(query.sparql, bindings) for bindings in bind_parameters(query, store, parameters))


def _rows(query: Query, store: Store, bindings: Bindings) -> tuple[tuple[Value, ...], ...]:
    solutions = store.select(query.sparql, bindings)
    hidden = {parameter.variable for parameter in query.header.parameters}
    places = [place for place, name in enumerate(solutions.variables) if name not in hidden]
    columns = tuple(query.header.columns)
    if tuple(solutions.variables[place] for place in places) != columns:
        what = f"The query {query.name} does not give the columns of its header: {', '.join(columns)}."
        raise QueryError(what, "Bring the SELECT clause and the header into line.")
    lists = {place for place, name in zip(places, columns, strict=True) if name in query.header.lists}
    return tuple(
        tuple(_sorted(row[place]) if place in lists else row[place] for place in places) for row in solutions.rows
    )


def _sorted(value: Value) -> Value:
    """The order in which a store joins the members of a group is its own business; ours is fixed."""
    members = {member for member in str(value or "").split("|") if member}
    return "|".join(sorted(members, key=lambda member: (member.casefold(), member))) or None
