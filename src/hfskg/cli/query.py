"""``hfskg query``: ask a canned question, or one's own, of a graph folder or an endpoint."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from hfskg.cli.console import write
from hfskg.cli.options import EndpointOption, GraphOption, OutputOption, QueriesOption, TimeoutOption
from hfskg.errors import QueryError

if TYPE_CHECKING:
    from rdflib import Graph

    from hfskg.queries import Query
    from hfskg.store import Store
    from hfskg.tables import Table

__all__ = ["Format", "open_store", "register", "write_answer"]

PIPE_WIDTH = 160
"""Characters in a line of a table that goes to a file or a pipe."""

PASSWORD = "HFSKG_ENDPOINT_PASSWORD"
"""The environment variable with the password of an endpoint's user."""

HELP = """Ask a canned question of a graph.

Without a name, lists the queries; NAME --help documents one. Runs on a graph folder, or on a SPARQL endpoint that \
holds such a graph. Prints a table on a terminal and CSV into a pipe or a file, unless --format says otherwise; a \
table leaves out the columns of detail, the other formats have them all. json is SPARQL results, records a list of \
objects; a query that gives a graph is printed as Turtle."""

EXAMPLES = """Examples:

    hfskg query

    hfskg query max-dose-per-kilogram --help

    hfskg query doses-per-kilogram --graph build/ -p drug=anakinra -p minDose=10

    hfskg query --file my.rq --graph build/ --format json"""


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    RECORDS = "records"
    PARQUET = "parquet"
    XLSX = "xlsx"
    TURTLE = "turtle"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES, context_settings={"help_option_names": []})(query)


def query(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The query; all are listed without it.")] = None,
    graph: GraphOption = None,
    endpoint: EndpointOption = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; may be repeated.")
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="A query of your own; - reads it from standard input.")
    ] = None,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="How to print; a table on a terminal, else CSV.")
    ] = None,
    output: OutputOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the SPARQL with its terms instead of running.")
    ] = False,
    timeout: TimeoutOption = 60,
    user: Annotated[
        str | None, typer.Option("--user", help=f"The endpoint's user; the password is read from {PASSWORD}.")
    ] = None,
    list_all: Annotated[bool, typer.Option("--list", "-l", help="List the queries and what they answer.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Document a query, with its SPARQL.")] = False,
    queries: QueriesOption = None,
    help_: Annotated[bool, typer.Option("--help", "-h", help="Document the query, or this command.")] = False,
) -> None:
    """Run a canned query, or tell about them."""
    from hfskg.queries import document_query, list_queries, load_catalogue
    from hfskg.queries import explain as explained

    if help_ and name is None and file is None:
        return typer.echo(context.get_help())
    if file is not None:
        wanted = _own(file, name)
    elif name is None or list_all:
        return write(list_queries(load_catalogue(queries)), output)
    else:
        wanted = load_catalogue(queries).find(name)
    if isinstance(wanted, str):
        return _run_text(wanted, open_store(graph, endpoint, timeout, user), param, format, output, explain)
    if help_ or show:
        return write(document_query(wanted, sparql=show), output)
    store, given = open_store(graph, endpoint, timeout, user), _parameters(param or [])
    if explain:
        return write(explained(wanted, store, given), output)
    write_answer(_run(wanted, store, given), format, output)


def open_store(graph: Path | None, endpoint: str | None, timeout: int = 60, user: str | None = None) -> Store:
    """Open the graph folder or the endpoint, whichever of the two is named.

    Raises:
        QueryError: Both or neither is named.
    """
    if graph is not None and endpoint is None:
        from hfskg.store import open_graph

        return open_graph(graph)
    if endpoint is not None and graph is None:
        import os

        from hfskg.endpoint import RemoteStore

        login = (user, os.environ.get(PASSWORD, "")) if user else None
        return RemoteStore(endpoint, timeout=timeout, login=login)
    what = (
        "Both a graph folder and an endpoint are named."
        if graph
        else "Neither a graph folder nor an endpoint is named."
    )
    raise QueryError(what, "Give either --graph DIR or --endpoint URL.")


def write_answer(answer: Table | Graph | bool, format: Format | None, output: Path | None) -> None:
    """Write what a query gives, in a format that fits it.

    Raises:
        QueryError: The format does not fit.
        LibraryError: A library that the format needs is missing.
    """
    from hfskg.tables import Table

    on_terminal = output is None and sys.stdout.isatty()
    if isinstance(answer, bool):
        return write("true\n" if answer else "false\n", output)
    if isinstance(answer, Table):
        return write(_written(answer, format or (Format.TABLE if on_terminal else Format.CSV), on_terminal), output)
    if format not in (None, Format.TURTLE):
        raise QueryError(f"The query gives a graph, which cannot be written as {format}.", "Use --format turtle.")
    from hfskg.export import to_turtle

    write(to_turtle(answer), output)


def _own(file: str, name: str | None) -> Query | str:
    """Read one's own query: with a header it is as good as a canned one, without it is mere SPARQL."""
    from hfskg.queries import parse_query

    if name is not None:
        raise QueryError(f"Both the query {name} and the file {file} are named.", "Name one of them.")
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file} cannot be read: {error}.", "Name a UTF-8 text file with a query.") from error
    path = Path("standard-input.rq" if file == "-" else file)
    return parse_query(path.stem, text, path) if text.lstrip().startswith("#+") else text


def _run(query: Query, store: Store, given: dict[str, list[str]]) -> Table | Graph:
    from hfskg.queries import run, run_graph

    return run(query, store, given) if query.form == "SELECT" else run_graph(query, store, given)


def _run_text(
    text: str, store: Store, param: list[str] | None, format: Format | None, output: Path | None, explain: bool
) -> None:
    from hfskg.store import Solutions
    from hfskg.tables import Table

    if param:
        raise QueryError("A query without a header takes no parameters.", "docs/queries.md describes headers.")
    if explain:
        return write(text, output)
    answer = store.answer(text)
    write_answer(Table(answer.variables, answer.rows) if isinstance(answer, Solutions) else answer, format, output)


def _parameters(given: list[str]) -> dict[str, list[str]]:
    parameters: dict[str, list[str]] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals:
            raise QueryError(f"--param {item} has no value.", "Write --param NAME=VALUE.")
        parameters.setdefault(name.strip(), []).append(value.strip())
    return parameters


def _written(table: Table, format: Format, on_terminal: bool) -> str | bytes:
    from hfskg.frames import to_parquet, to_xlsx
    from hfskg.tables import to_csv, to_json, to_sparql_json, to_table, to_tsv

    if format is Format.TABLE:
        return to_table(table, width=get_terminal_size().columns if on_terminal else PIPE_WIDTH, color=on_terminal)
    writers: dict[Format, Callable[[Table], str | bytes]] = {
        Format.CSV: to_csv,
        Format.TSV: to_tsv,
        Format.JSON: to_sparql_json,
        Format.RECORDS: to_json,
        Format.PARQUET: to_parquet,
        Format.XLSX: to_xlsx,
    }
    if format not in writers:
        raise QueryError(f"The query gives rows, which cannot be written as {format}.", "Use another --format.")
    return writers[format](table)
