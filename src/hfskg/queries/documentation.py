"""The catalogue and its queries as text that people read."""

from __future__ import annotations

from textwrap import fill

from hfskg.queries.catalogue import Catalogue
from hfskg.queries.header import Parameter
from hfskg.queries.parsing import Query

__all__ = ["document_query", "list_queries"]

WIDTH = 110


def list_queries(catalogue: Catalogue) -> str:
    """Return a line for each query: its name and the question that it answers."""
    width = max(map(len, catalogue))
    return "".join(f"{name:{width}}  {query.header.summary}\n" for name, query in catalogue.items())


def document_query(query: Query, *, sparql: bool = False) -> str:
    """Return the documentation of a query: question, columns, parameters, an example, and its SPARQL if wanted."""
    header = query.header
    lines = [f"{query.name}: {header.summary}", "", fill(" ".join(header.description.split()), WIDTH)]
    if header.parameters:
        lines += ["", "Parameters (-p NAME=VALUE):"]
    for parameter in header.parameters:
        lines += [f"  {parameter.name} ({'; '.join(_rules(parameter))})", f"    {parameter.description}"]
    if header.columns:
        lines += ["", "Columns:"]
        width = max(map(len, header.columns))
        lines += [f"  {name:{width}}  {meaning}" for name, meaning in header.columns.items()]
    given = "".join(f" -p {name}={_quoted(value)}" for name, value in query.example.items())
    lines += ["", "Example:", f"  hfskg query {query.name} --graph build/{given}"]
    if sparql:
        lines += ["", query.sparql.rstrip()]
    return "\n".join(lines) + "\n"


def _rules(parameter: Parameter) -> list[str]:
    place = f" below {parameter.below}" if parameter.below else f" of {parameter.of}" if parameter.of else ""
    unit = f" in {parameter.unit}" if parameter.unit else ""
    rules = [f"{parameter.type}{place}{unit}"]
    rules += [f"one of {', '.join(parameter.values)}"] if parameter.values else []
    rules += ["may be given several times"] if parameter.list else []
    if parameter.default is not None:
        return [*rules, f"default {parameter.default}"]
    return [*rules, "optional" if parameter.optional else "required"]


def _quoted(value: str) -> str:
    return f"'{value}'" if set(value) & set(" /|()") else value
