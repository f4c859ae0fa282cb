"""``hfskg reason``: which patients belong to the classes that the ontology defines, and who contradicts itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hfskg.cli.console import OVERLAY_HELP, write
from hfskg.errors import ConformanceError

__all__ = ["register"]

HELP = """Find the patients that belong to the classes which the ontology defines over patients and events.

Prints each class with its patients and the words by which they belong to it. Patients in two classes that exclude \
each other, such as alive and deceased, are contradictions: they are printed with their words, and the exit code is 1. \
With --case, HermiT judges one patient by the same definitions; that needs Java and the extra ontology."""

EXAMPLES = """Examples:

    hfskg reason --graph build/

    hfskg reason --graph build/ --output types.ttl

    hfskg reason --graph build/ --case data:report/case/1"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(reason)


def reason(
    graph: Annotated[Path, typer.Option("--graph", "-g", metavar="DIR", help="The graph folder that a build wrote.")],
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help="Let HermiT judge this patient instead.")
    ] = None,
    overlay: Annotated[list[Path] | None, typer.Option("--overlay", metavar="FILE", help=OVERLAY_HELP)] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the memberships as Turtle as well.")
    ] = None,
) -> None:
    """Find the members of defined classes."""
    from hfskg.export import to_turtle
    from hfskg.reasoning import contradictions, definitions, describe, members, membership_graph
    from hfskg.store import open_graph
    from hfskg.vocabulary import load_vocabulary

    ontology = load_vocabulary(overlays=overlay or ()).graph
    if case is not None:
        from hfskg.ontology.cases import judge

        return write(judge(graph, ontology, case), None)
    known = definitions(ontology)
    found = members(open_graph(graph), known)
    if output is not None:
        write(to_turtle(membership_graph(found)), output)
    broken = contradictions(found, known)
    write(describe(found, broken), None)
    if broken:
        raise ConformanceError("There are contradictions.", "Read the words above, and curate what was misread.")
