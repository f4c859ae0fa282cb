"""``hfskg mcp``: the catalogue as tools of a Model Context Protocol server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hfskg.cli.query import open_store

__all__ = ["register"]

HELP = """Serve a graph to an agent by the Model Context Protocol, over standard input and output.

Each canned query is a tool with its parameters; find_terms looks up terms, ask_in_words answers questions in words. \
Nothing can be changed, and no query but the canned ones is run. Needs the optional library: \
pip install 'hfskg\\[mcp]'."""

EXAMPLES = """Example, for the settings of an agent:

    {"command": "hfskg", "args": ["mcp", "--graph", "build/"]}"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(mcp)


def mcp(
    graph: Annotated[
        Path | None, typer.Option("--graph", "-g", metavar="DIR", help="The graph folder that a build wrote.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", metavar="URL", help="A SPARQL endpoint to ask instead of a folder.")
    ] = None,
    timeout: Annotated[int, typer.Option("--timeout", min=1, help="Seconds to wait for an endpoint.")] = 60,
    queries: Annotated[
        Path | None, typer.Option("--queries", metavar="DIR", help="A folder with your own queries (*.rq).")
    ] = None,
) -> None:
    """Serve a graph to an agent."""
    from hfskg.agents import serve_agents
    from hfskg.api import KnowledgeGraph
    from hfskg.queries import load_catalogue

    serve_agents(KnowledgeGraph(open_store(graph, endpoint, timeout), load_catalogue(queries)))
