"""``hfskg criteria``: what the criteria come to for a patient, item by item with the words behind them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hfskg.cli.console import write
from hfskg.cli.options import GraphOption, OutputOption
from hfskg.errors import QueryError

__all__ = ["ReadingName", "register"]

HELP = """Show what the criteria come to for a patient.

Prints for each criteria set and time point the verdict and the items: met, not met or unknown, with the words that \
answer each or the reason why nothing does. CASE is a patient as the query cases prints it, or as \
data:report/case/1."""

EXAMPLES = """Examples:

    hfskg criteria data:report/case/1 --graph build/

    hfskg criteria data:report/case/1 --graph build/ --set MAS-2016 --reading lenient

    hfskg criteria --sets"""


class ReadingName(StrEnum):
    """How strictly words are taken."""

    STRICT = "strict"
    LENIENT = "lenient"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(criteria)


def criteria(
    case: Annotated[str | None, typer.Argument(metavar="CASE", help="The patient.")] = None,
    graph: GraphOption = None,
    wanted: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME", help="Only this set; may be repeated.")
    ] = None,
    reading: Annotated[ReadingName, typer.Option("--reading", help="How strictly words are taken.")] = (
        ReadingName.STRICT
    ),
    settled: Annotated[bool, typer.Option("--settled", help="Leave out undetermined verdicts.")] = False,
    sets: Annotated[bool, typer.Option("--sets", help="List the criteria sets instead.")] = False,
    output: OutputOption = None,
) -> None:
    """Show what the criteria come to for a patient."""
    from hfskg.store import open_graph
    from hfskg.verdicts import describe_case, describe_sets
    from hfskg.vocabulary import load_vocabulary

    if sets:
        return write(describe_sets(load_vocabulary().graph), output)
    if case is None or graph is None:
        raise QueryError("No patient or no graph is named.", "Give CASE and --graph DIR, or --sets.")
    text = describe_case(open_graph(graph), case, sets=wanted or (), reading=reading.value, settled=settled)
    write(text, output)
