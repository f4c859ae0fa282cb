"""``hfskg serve``: a graph folder over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hfskg.cli.options import QueriesOption

__all__ = ["register"]

HELP = """Serve a graph folder over HTTP.

SPARQL at /sparql, the canned questions as pages under /queries and as an API under /api, every IRI of the graph as a \
page or RDF, and a SPARQL editor. Every query has a limit of time, memory and rows; one that passes a limit is \
stopped, and the others go on. The server answers queries only: nothing can be changed through it."""

EXAMPLES = """Examples:

    hfskg serve build/ --port 8000

    hfskg serve build/ --sources seeds/ --seconds 10 --base https://example.org/hfskg"""

MEGABYTE = 1 << 20


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(serve)


def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The graph folder that a build wrote.")],
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; 0.0.0.0 is all of them.")
    ] = "127.0.0.1",
    base: Annotated[
        str | None, typer.Option("--base", metavar="URL", help="The public address, behind a proxy.")
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option("--sources", metavar="DIR", help="The source documents; shows their whole texts to everyone."),
    ] = None,
    queries: QueriesOption = None,
    docs: Annotated[
        Path | None, typer.Option("--docs", metavar="DIR", help="The pages that `hfskg ontology docs` wrote.")
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help="Longest time of a query.")] = 30.0,
    memory: Annotated[int, typer.Option("--memory", min=64, help="Memory of a query in MB, beyond the graph.")] = 1024,
    rows: Annotated[int, typer.Option("--rows", min=1, help="Most rows or triples of an answer.")] = 100_000,
    workers: Annotated[
        int | None, typer.Option("--workers", min=2, help="Processes that answer; four for each processor if left out.")
    ] = None,
) -> None:
    """Serve a graph folder."""
    from hfskg import server

    limits = server.Limits(seconds=seconds, memory=memory * MEGABYTE, rows=rows, workers=workers or 0)
    server.serve(folder, host=host, port=port, base=base, limits=limits, queries=queries, sources=sources, docs=docs)
