"""``hfskg query``: ask a canned question of a graph folder or an endpoint."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from hfskg.cli.console import write
from hfskg.errors import QueryError

if TYPE_CHECKING:
    from hfskg.queries import Catalogue, Query
    from hfskg.store import Store
    from hfskg.tables import Table

__all__ = ["Format", "register"]

PIPE_WIDTH = 160
"""Characters in a line of a table that goes to a file or a pipe."""

HELP = """Ask a canned question of a graph.

Runs one of the queries that --list shows on a graph folder, or on a SPARQL endpoint that holds such a graph. \
Prints a table on a terminal and CSV into a pipe or a file, unless --format says otherwise; a table leaves out the \
columns of detail, the other formats have them all."""

EXAMPLES = """Examples:

    hfskg query --list

    hfskg query cases --graph build/

    hfskg query max-dose-per-kilogram --graph build/ --param drug=anakinra --format csv --output doses.csv

    hfskg query hyperferritinemia --show"""


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(query)


def query(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The query; --list shows them all.")] = None,
    graph: Annotated[
        Path | None, typer.Option("--graph", "-g", metavar="DIR", help="The graph folder that a build wrote.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", metavar="URL", help="A SPARQL endpoint to ask instead of a folder.")
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; may be repeated.")
    ] = None,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="How to print; a table on a terminal, else CSV.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of the terminal.")
    ] = None,
    timeout: Annotated[int, typer.Option("--timeout", min=1, help="Seconds to wait for an endpoint.")] = 60,
    list_queries: Annotated[bool, typer.Option("--list", "-l", help="List the queries and what they answer.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print a query's documentation, parameters and SPARQL.")] = False,
    queries: Annotated[
        Path | None, typer.Option("--queries", metavar="DIR", help="A folder with your own queries (*.rq).")
    ] = None,
) -> None:
    """Run a canned query, or tell about them."""
    from hfskg.queries import load_catalogue, run

    catalogue = load_catalogue(queries)
    if list_queries:
        return write(_listing(catalogue), output)
    if name is None:
        raise QueryError("No query is named.", "Name one of `hfskg query --list`.")
    wanted = catalogue.find(name)
    if show:
        return write(_documentation(wanted), output)
    table = run(wanted, _store(graph, endpoint, timeout), _parameters(param or []))
    on_terminal = output is None and sys.stdout.isatty()
    write(_written(table, format or (Format.TABLE if on_terminal else Format.CSV), on_terminal), output)


def _store(graph: Path | None, endpoint: str | None, timeout: int) -> Store:
    if graph is not None and endpoint is None:
        from hfskg.store import open_graph

        return open_graph(graph)
    if endpoint is not None and graph is None:
        from hfskg.endpoint import RemoteStore

        return RemoteStore(endpoint, timeout=timeout)
    what = (
        "Both a graph folder and an endpoint are named."
        if graph
        else "Neither a graph folder nor an endpoint is named."
    )
    raise QueryError(what, "Give either --graph DIR or --endpoint URL.")


def _parameters(given: list[str]) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals:
            raise QueryError(f"--param {item} has no value.", "Write --param NAME=VALUE.")
        if name.strip() in parameters:
            raise QueryError(f"The parameter {name.strip()} is given twice.", "Give it once.")
        parameters[name.strip()] = value.strip()
    return parameters


def _written(table: Table, format: Format, on_terminal: bool) -> str:
    from hfskg.tables import to_csv, to_json, to_table, to_tsv

    if format is Format.TABLE:
        return to_table(table, width=get_terminal_size().columns if on_terminal else PIPE_WIDTH, color=on_terminal)
    writers: dict[Format, Callable[[Table], str]] = {Format.CSV: to_csv, Format.TSV: to_tsv, Format.JSON: to_json}
    return writers[format](table)


def _listing(catalogue: Catalogue) -> str:
    width = max(map(len, catalogue))
    return "".join(f"{name:{width}}  {query.header.summary}\n" for name, query in catalogue.items())


def _documentation(query: Query) -> str:
    header = query.header
    lines = [f"{query.name}: {header.summary}", "", header.description.strip(), "", "Columns:"]
    width = max(map(len, header.columns))
    lines += [f"  {name:{width}}  {meaning}" for name, meaning in header.columns.items()]
    if header.parameters:
        lines += ["", "Parameters (--param NAME=VALUE):"]
    for parameter in header.parameters:
        kind = f"{parameter.type} below {parameter.below}" if parameter.below else parameter.type
        default = "required" if parameter.default is None else f"default {parameter.default}"
        lines += [f"  {parameter.name} ({kind}; {default})", f"    {parameter.description}"]
        lines += [f"    Example: --param {parameter.name}='{parameter.example}'"]
    return "\n".join([*lines, "", query.sparql.rstrip()]) + "\n"
