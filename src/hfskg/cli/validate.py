"""``hfskg validate``: a graph folder against the shapes, and its quotes against their sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hfskg.cli.console import note, write

__all__ = ["register"]

HELP = """Validate a graph folder against the shapes.

Checks the graph of each document, the assessments of its patients included, and tells for each result the case, the
statement and the sentence it was read from. With the sources at hand, every quote is looked up in them again. Leaves
with exit code 1 if a shape is violated or a quote does not stand in its source; warnings alone do not matter."""

EXAMPLES = """Examples:

    hfskg validate build/

    hfskg validate build/ --sources seeds/

    hfskg validate build/ --shapes my-shapes/"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(validate)


def validate(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="The graph folder that a build wrote.")],
    shapes: Annotated[
        Path | None, typer.Option("--shapes", metavar="DIR", help="Shapes (.ttl) to use instead of the package's own.")
    ] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="DIR", help="Folder of the documents, to check the quotes in.")
    ] = None,
) -> None:
    """Print the validation report of each document of a graph folder."""
    from hfskg.revalidation import revalidate

    result = revalidate(graph, shapes=shapes, sources=sources)
    write(result.to_text(), None)
    if result.changed:
        note(f"hfskg: {graph} is not what the build wrote: its files were changed.")
    if not result.conforms:
        raise typer.Exit(1)
