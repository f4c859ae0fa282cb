"""The canned queries: their catalogue, their parameters and their answers.

A canned query is a file ``NAME.rq`` with a SELECT query under a header in YAML, each line of which starts with
``#+``. The header holds the documentation, the columns and the parameters; ``docs/queries.md`` describes it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hfskg.errors import QueryError
from hfskg.resources import queries_directory
from hfskg.store import Store, Value
from hfskg.tables import Table
from hfskg.terms import bound_term

__all__ = ["Catalogue", "Header", "Parameter", "Query", "load_catalogue", "parse_query", "run"]

MARK = "#+"

Name = Annotated[str, Field(pattern=r"^[a-z][A-Za-z0-9]*$")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Parameter(_Model):
    """A parameter of a query; its variable is its name behind ``?_``.

    Attributes:
        name: What the user calls it.
        type: ``term`` (a term of the ontology), ``resource`` (anything the graph describes), ``string``,
            ``decimal``, ``integer`` or ``boolean``.
        description: What it means.
        below: For a term: the class (as ``hfs:Drug``) that it must be, or be below; ``hfs:Term`` if left out.
        default: What it is where the user does not say; without a default, the user has to.
        example: A value that gives rows.
    """

    name: Name
    type: Literal["term", "resource", "string", "decimal", "integer", "boolean"]
    description: str
    below: str | None = None
    default: str | None = None
    example: str

    @property
    def variable(self) -> str:
        """The variable of the query that the parameter stands for, without ``?``."""
        return f"_{self.name}"

    @model_validator(mode="after")
    def _fits(self) -> Parameter:
        if self.below is not None and self.type != "term":
            raise ValueError(f"the parameter {self.name} has `below` but is no term")
        return self


class Header(_Model):
    """The header of a query.

    Attributes:
        title: A few words.
        summary: The question that the query answers.
        description: How it answers it, and what to beware of.
        tags: Words to group queries by.
        columns: The columns and what they hold, in the order of the projection.
        lists: Columns whose values are lists, joined by ``|``; they are sorted.
        details: Columns that a table on a terminal leaves out.
        parameters: The parameters.
    """

    title: str
    summary: str
    description: str
    tags: tuple[str, ...] = ()
    columns: dict[Name, str]
    lists: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()

    @model_validator(mode="after")
    def _names_fit(self) -> Header:
        unknown = {*self.lists, *self.details} - self.columns.keys()
        if unknown:
            raise ValueError(f"{min(unknown)} is no column")
        names = [parameter.name for parameter in self.parameters]
        if len(set(names)) != len(names):
            raise ValueError("two parameters have the same name")
        return self


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


class Catalogue(Mapping[str, Query]):
    """Queries by their names, in alphabetical order.

    Args:
        queries: The queries.
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = dict(sorted(queries.items()))

    def __getitem__(self, name: str) -> Query:
        return self._queries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)

    def find(self, name: str) -> Query:
        """Return a query by its name.

        Raises:
            QueryError: There is none; the message names those that are spelled alike.
        """
        if name not in self._queries:
            raise QueryError(f"There is no query {name}.{_did_you_mean(name, self)}", "See `hfskg query --list`.")
        return self._queries[name]


def load_catalogue(directory: Path | None = None) -> Catalogue:
    """Read the canned queries of a folder.

    Args:
        directory: The folder with ``*.rq`` files; the one that comes with the package if left out.

    Raises:
        QueryError: A file is no query with a complete header.
        InputError: The installation is incomplete.
    """
    directory = directory or queries_directory()
    queries = {path.stem: parse_query(path.stem, _text(path)) for path in sorted(directory.glob("*.rq"))}
    if not queries:
        raise QueryError(f"There is no query (*.rq) in {directory}.", "Name the project's folder of queries.")
    return Catalogue(queries)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path} cannot be read: {error}.", "Restore it as a UTF-8 text file.") from error


def parse_query(name: str, text: str) -> Query:
    """Read a query and its header.

    Args:
        name: The query's name, for messages.
        text: The content of the file.

    Raises:
        QueryError: The header is missing, is no YAML, lacks a key or has one that is unknown.

    Example:
        >>> text = '''#+ title: Names
        ... #+ summary: What is called what?
        ... #+ description: Lists all labels.
        ... #+ columns: {label: The label.}
        ... SELECT ?label { ?term <http://www.w3.org/2000/01/rdf-schema#label> ?label }'''
        >>> parse_query("names", text).header.columns
        {'label': 'The label.'}
    """
    lines = [line.removeprefix(MARK) for line in text.splitlines() if line.startswith(MARK)]
    cure = "docs/queries.md describes the header."
    try:
        header = yaml.safe_load("\n".join(line.removeprefix(" ") for line in lines))
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
        raise QueryError(f"The header of the query {name} is no YAML: {told}.", cure) from error
    try:
        return Query(name, Header.model_validate(header if header is not None else {}), text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise QueryError(f"The header of the query {name} is wrong: {where}: {first['msg']}.", cure) from error


def run(query: Query, store: Store, parameters: Mapping[str, str] | None = None) -> Table:
    """Run a query.

    Args:
        query: The query.
        store: Where it runs.
        parameters: What the user says, by the parameters' names; defaults stand for the rest.

    Returns:
        The rows, in the query's order, with one value per column of the header.

    Raises:
        QueryError: A parameter is unknown, missing or not of its type, or the query is broken.
        EndpointError: A remote endpoint fails.
    """
    given = dict(parameters or {})
    known = {parameter.name: parameter for parameter in query.header.parameters}
    for name in given:
        if name not in known:
            cure = f"It takes: {', '.join(known)}." if known else "It takes none."
            raise QueryError(f"The query {query.name} has no parameter {name}.{_did_you_mean(name, known)}", cure)
    bindings = {}
    for parameter in known.values():
        value = given.get(parameter.name, parameter.default)
        if value is None:
            what = f"The query {query.name} needs the parameter {parameter.name}: {parameter.description}"
            raise QueryError(what, f"Give it, for example --param {parameter.name}={parameter.example}.")
        bindings[parameter.variable] = bound_term(parameter.name, parameter.type, value, store, below=parameter.below)
    solutions = store.select(query.sparql, bindings)
    columns = tuple(query.header.columns)
    if solutions.variables != columns:
        what = f"The query {query.name} does not give the columns of its header: {', '.join(columns)}."
        raise QueryError(what, "Bring the SELECT clause and the header into line.")
    lists = [name in query.header.lists for name in columns]
    rows = (
        tuple(_sorted(value) if is_list else value for value, is_list in zip(row, lists, strict=True))
        for row in solutions.rows
    )
    return Table(columns, tuple(rows), frozenset(query.header.details))


def _sorted(value: Value) -> Value:
    """The order in which a store joins the members of a group is its own business; ours is fixed."""
    members = {member for member in str(value or "").split("|") if member}
    return "|".join(sorted(members, key=lambda member: (member.casefold(), member))) or None


def _did_you_mean(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(names), n=3)
    return f" Did you mean {' or '.join(close)}?" if close else ""
