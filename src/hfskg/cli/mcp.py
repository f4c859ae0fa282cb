"""``hfskg mcp``: the catalogue as tools of a Model Context Protocol server."""

from __future__ import annotations

from typing import Annotated

import typer

from hfskg.cli.options import EndpointOption, GraphOption, QueriesOption, TimeoutOption
from hfskg.cli.query import open_store

__all__ = ["register"]

MEGABYTE = 1 << 20

WORKERS = 4
"""How many calls of an agent run at the same time."""

HELP = """Serve a graph to an agent by the Model Context Protocol, over standard input and output.

Each canned query is a tool with its parameters; find_terms looks up terms, ask_in_words answers questions in words. \
Nothing can be changed, and no query but the canned ones is run. A call on a folder that takes too long, too much \
memory or too many rows is stopped; an endpoint has limits of its own. Needs the optional library: \
pip install 'hfskg\\[mcp]'."""

EXAMPLES = """Example, for the settings of an agent:

    {"command": "hfskg", "args": ["mcp", "--graph", "build/"]}"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(mcp)


def mcp(
    graph: GraphOption = None,
    endpoint: EndpointOption = None,
    timeout: TimeoutOption = 60,
    queries: QueriesOption = None,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help="Longest time of a call.")] = 30.0,
    memory: Annotated[int, typer.Option("--memory", min=64, help="Memory of a call in MB, beyond the graph.")] = 1024,
    rows: Annotated[int, typer.Option("--rows", min=1, help="Most rows of an answer, on all its pages.")] = 100_000,
) -> None:
    """Serve a graph to an agent."""
    from hfskg import agents
    from hfskg.api import KnowledgeGraph
    from hfskg.queries import load_catalogue
    from hfskg.server import Limits

    if graph is not None and endpoint is None:
        limits = Limits(seconds=seconds, memory=memory * MEGABYTE, rows=rows, workers=WORKERS, long_workers=WORKERS - 1)
        return agents.serve_folder(graph, limits=limits, queries=queries)
    agents.serve_graph(KnowledgeGraph(open_store(graph, endpoint, timeout), load_catalogue(queries)))
