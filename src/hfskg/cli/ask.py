"""``hfskg ask``: a question in words, answered by the canned query that fits it best."""

from __future__ import annotations

from typing import Annotated

import typer

from hfskg.cli.console import note
from hfskg.cli.options import EndpointOption, GraphOption, OutputOption, QueriesOption, TimeoutOption
from hfskg.cli.query import Format, open_store, write_answer
from hfskg.errors import QueryError

__all__ = ["register"]

HELP = """Ask a question in words.

Finds the names of drugs, diseases, analytes and genes in the question, its numbers and units, and the canned query \
that fits it best; tells which query that is before its rows, and which ones come next. No model is used: the same \
question always gives the same answer."""

EXAMPLES = """Examples:

    hfskg ask "which patients improved on intravenous anakinra above 10 mg/kg/day?" --graph build/

    hfskg ask "ferritin before and after canakinumab" --graph build/ --format csv --output ferritin.csv"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(ask)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in English.")],
    graph: GraphOption = None,
    endpoint: EndpointOption = None,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="How to print; a table on a terminal, else CSV.")
    ] = None,
    output: OutputOption = None,
    timeout: TimeoutOption = 60,
    queries: QueriesOption = None,
) -> None:
    """Answer a question in words."""
    from hfskg.asking import find_query
    from hfskg.queries import load_catalogue, run

    store, catalogue = open_store(graph, endpoint, timeout), load_catalogue(queries)
    found = find_query(question, store, catalogue)
    near = "; ".join(other.in_words() for other in found.others)
    if found.best is None:
        what = "No query fits the question." + (f" The nearest: {near}." if near else "")
        raise QueryError(what, "Say it otherwise, or choose one of `hfskg query`.")
    note(found.best.in_words())
    write_answer(run(found.best.query, store, found.best.parameters), format, output)
    if near:
        note(f"Others that fit: {near}.")
