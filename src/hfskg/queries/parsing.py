"""Reading a query file: the header in the lines that start with ``#+``, and the SPARQL below it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from hfskg.binding import Form, query_form
from hfskg.errors import QueryError
from hfskg.queries.header import Header, Parameter

__all__ = ["Query", "did_you_mean", "parse_query"]

MARK = "#+"

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads every plain word as the text that is written; the one in C where PyYAML has it."""

CURE = "docs/queries.md describes the header."


@dataclass(frozen=True)
class Query:
    """A canned query.

    Attributes:
        name: The file's name without ``.rq``.
        header: What its header says.
        text: The whole file.
    """

    name: str
    header: Header
    text: str

    @cached_property
    def sparql(self) -> str:
        """The query without its header."""
        return "\n".join(line for line in self.text.splitlines() if not line.startswith(MARK)).strip() + "\n"

    @cached_property
    def form(self) -> Form:
        """``SELECT`` for a query that gives rows, ``CONSTRUCT`` for one that gives a graph."""
        return query_form(self.sparql)

    @property
    def example(self) -> dict[str, str]:
        """The parameters of the example call."""
        return {parameter.name: parameter.example for parameter in self.header.parameters}


def parse_query(name: str, text: str, path: Path | None = None) -> Query:
    """Read a query and its header.

    Args:
        name: The query's name.
        text: The content of the file.
        path: The file, for messages.

    Raises:
        QueryError: The header is missing, is no YAML, lacks a key or has one that is unknown or wrong; or the text
            below it is no query that gives rows or a graph. The message names the file, the line and the cure.

    Example:
        >>> text = '''#+ title: Names
        ... #+ summary: What is called what?
        ... #+ description: Lists all labels.
        ... #+ columns: {label: The label.}
        ... SELECT ?label { ?term <http://www.w3.org/2000/01/rdf-schema#label> ?label }'''
        >>> parse_query("names", text).header.columns
        {'label': 'The label.'}
    """
    where = str(path) if path else f"The query {name}"
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.startswith(MARK)]
    if not lines:
        what = f"{where}, line 1: there is no header; its lines start with {MARK}."
        raise QueryError(what, f"Write title, summary, description and columns. {CURE}")
    source = "\n".join(line.removeprefix(MARK).removeprefix(" ") for _, line in lines)
    numbers = [at for at, _ in lines]
    try:
        loader = LOADER(source)
        node = loader.get_single_node()
        header = None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = numbers[min(error.problem_mark.line, len(numbers) - 1)] if error.problem_mark else numbers[0]
        told = " ".join(str(error.problem or error.context or error).split())
        cure = f"Put a text that holds a colon into quotes, or write it as a block (|). {CURE}"
        raise QueryError(f"{where}, line {line}: the header is no YAML: {told}.", cure) from error
    try:
        query = Query(name, Header.model_validate(header if header is not None else {}), text)
    except ValidationError as error:
        raise _wrong(error, where, node, numbers) from error
    _check_form(query, where, numbers)
    return query


def _check_form(query: Query, where: str, numbers: Sequence[int]) -> None:
    below = numbers[-1] + 1
    try:
        form = query.form
    except QueryError as error:
        what = f"{where}, line {below}: below the header there is no SELECT or CONSTRUCT query."
        raise QueryError(what, "Write it there.") from error
    if form not in ("SELECT", "CONSTRUCT"):
        what = f"{where}, line {below}: the query is of the form {form}."
        raise QueryError(what, "Write a SELECT query for rows, or a CONSTRUCT query for a graph.")
    if (form == "SELECT") != bool(query.header.columns):
        wanted = "Add `columns` with each column and what it holds." if form == "SELECT" else "Remove `columns`."
        raise QueryError(f"{where}, line {numbers[0]}: the columns do not fit a {form} query.", f"{wanted} {CURE}")
    for parameter in query.header.parameters:
        if f"?{parameter.variable}" not in query.sparql:
            what = f"{where}, line {below}: the query has no variable ?{parameter.variable}."
            raise QueryError(what, f"Use it for the parameter {parameter.name}, or remove the parameter.")


def _wrong(error: ValidationError, where: str, node: Any, numbers: Sequence[int]) -> QueryError:
    """The first thing that is wrong, with the line where it stands."""
    first = error.errors()[0]
    loc = [part for part in first["loc"] if part != "[key]"]
    line = numbers[min(_line(node, loc), len(numbers) - 1)]
    place = ".".join(map(str, loc))
    told = first["msg"].removeprefix("Value error, ")
    key = str(loc[-1]) if loc else ""
    model = Parameter if len(loc) > 2 and loc[0] == "parameters" else Header
    if first["type"] == "missing":
        cure = f"Add the key `{key}`. {CURE}"
    elif first["type"] == "extra_forbidden":
        told = "there is no such key"
        close = did_you_mean(key, model.model_fields)
        cure = f"{close or 'Remove it.'} {CURE}".strip()
    else:
        cure = CURE
    return QueryError(f"{where}, line {line}: {f'{place}: ' if place else ''}{told}.", cure)


def _line(node: Any, loc: Sequence[str | int]) -> int:
    """Return the line, from 0, of what stands at a place of the header, or of the last thing before it."""
    line = node.start_mark.line if node is not None else 0
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(part)]
            if not found:
                break
            line, node = found[0][0].start_mark.line, found[0][1]
            continue
        else:
            break
        line = node.start_mark.line
    return int(line)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return a question that names what is spelled like a name, with a blank before it; nothing if nothing is."""
    close = difflib.get_close_matches(name, list(names), n=3)
    return f" Did you mean {' or '.join(close)}?" if close else ""
