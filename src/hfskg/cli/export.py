"""``hfskg export``: a graph folder as one file in a standard format."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hfskg.cli.console import write

__all__ = ["FormatName", "register"]

HELP = """Export a graph folder as one file.

Writes the documents' graphs, and the ontology if asked to, always as the same bytes. N-Quads, TriG and JSON-LD keep
the named graphs apart (one per document); Turtle and N-Triples merge them."""

EXAMPLES = """Examples:

    hfskg export build/ --format turtle --output build.ttl

    hfskg export build/ --format jsonld --document report.txt

    hfskg export build/ --format nquads --with-ontology --output all.nq"""


class FormatName(StrEnum):
    """The names of the formats, known without loading what writes them."""

    turtle = "turtle"
    nquads = "nquads"
    ntriples = "ntriples"
    jsonld = "jsonld"
    trig = "trig"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(export)


def export(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="The graph folder that a build wrote.")],
    form: Annotated[FormatName, typer.Option("--format", "-f", help="The format.")] = FormatName.turtle,
    document: Annotated[
        str | None, typer.Option("--document", metavar="NAME", help="Only this document: its file name or IRI.")
    ] = None,
    with_ontology: Annotated[
        bool, typer.Option("--with-ontology", help="Add the ontology with its inferred hierarchy.")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    """Export the graphs of a folder."""
    from hfskg.export import Format, document_graphs, read_graphs, serialise
    from hfskg.namespaces import ONTOLOGY_GRAPH

    graphs = read_graphs(graph)
    wanted = document_graphs(graphs, document)
    if with_ontology and ONTOLOGY_GRAPH in graphs:
        wanted[ONTOLOGY_GRAPH] = graphs[ONTOLOGY_GRAPH]
    write(serialise(wanted, Format(form.value)), output)
