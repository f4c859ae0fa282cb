"""A server of the Model Context Protocol, whose tools are those of the toolbox.

A folder's tools run in the workers of the HTTP server, within their limits of time, memory and rows; a call that passes
one is stopped and told so, and the next finds a worker. An endpoint has limits of its own.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hfskg.api import KnowledgeGraph
from hfskg.errors import HfskgError, LibraryError, QueryError
from hfskg.namespaces import ONTOLOGY
from hfskg.queries import Catalogue, load_catalogue
from hfskg.server.limits import Limits
from hfskg.server.messages import Job
from hfskg.server.nursery import Nursery
from hfskg.server.pool import Pool
from hfskg.toolbox import Toolbox, describe_tool, tool_names
from hfskg.version import __version__

if TYPE_CHECKING:
    from mcp.server import Server, ServerRequestContext
    from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams, Tool

__all__ = ["Call", "agent_server", "serve_folder", "serve_graph"]

Call = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
"""Runs a tool by its name and arguments; raises an :class:`hfskg.errors.HfskgError` that the agent is told."""

INSTRUCTIONS = """A knowledge graph read from published case reports. Each tool answers one question; \
ask_in_words finds the tool for a question. Rows carry the document and the words they were read from; the tool \
evidence gives the sentence behind a statement. What the documents do not say is null, and says nothing of the \
patient. Terms may be given by label, synonym, abbreviation, CURIE or IRI; find_terms completes them."""


def agent_server(queries: Catalogue, call: Call) -> Server[Any]:
    """Return a server of the tools.

    Args:
        queries: The canned queries.
        call: Runs a tool.

    Raises:
        LibraryError: The package mcp is not installed.
    """
    try:
        from mcp.server import Server
        from mcp.types import CallToolResult, ListToolsResult, TextContent, Tool, ToolAnnotations
    except ImportError as error:
        what = "A Model Context Protocol server needs the library mcp, which is not installed."
        raise LibraryError(what, "Install it with `pip install 'hfskg[mcp]'`.") from error
    harmless = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    def tool(name: str) -> Tool:
        description, schema = describe_tool(queries, name)
        return Tool(name=name, description=description, input_schema=schema, annotations=harmless)

    async def list_tools(context: ServerRequestContext[Any], params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[tool(name) for name in tool_names(queries)])

    async def call_tool(context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        try:
            answer = await call(params.name, dict(params.arguments or {}))
        except HfskgError as error:
            return CallToolResult(content=[TextContent(type="text", text=str(error))], is_error=True)
        text = json.dumps(answer, ensure_ascii=False)
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=answer)

    return Server(
        "hfskg", version=__version__, instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool
    )


def serve_folder(folder: Path, *, limits: Limits | None = None, queries: Path | None = None) -> None:
    """Serve a graph folder to the agent at the other end of standard input and output, until it hangs up.

    Args:
        folder: The folder that a build wrote.
        limits: The limits of answers.
        queries: A folder with canned queries; the package's own if left out.

    Raises:
        LibraryError: The package mcp is not installed.
        StoreError: The folder is missing or damaged.
        QueryError: A canned query is broken.
    """
    limits = limits or Limits()
    nursery = Nursery(folder, limits, str(ONTOLOGY), queries=queries)
    pool = Pool(nursery, limits)

    async def call(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        answer = await pool.run(Job("tool", {"name": name, "arguments": arguments}))
        if answer.status != 200:
            raise QueryError(answer.body.decode().strip())
        told: dict[str, Any] = json.loads(answer.body)
        return told

    async def start(stack: AsyncExitStack) -> None:
        stack.push_async_callback(pool.stop)
        await pool.start()

    server = agent_server(load_catalogue(queries), call)
    nursery.start()
    _serve(server, start)


def serve_graph(graph: KnowledgeGraph) -> None:
    """Serve a graph that has limits of its own, as :func:`serve_folder` does a folder.

    Args:
        graph: The graph.

    Raises:
        LibraryError: The package mcp is not installed.
    """
    toolbox = Toolbox(graph, rows=Limits().rows)

    async def call(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        from anyio.to_thread import run_sync

        return await run_sync(toolbox.call, name, arguments)

    _serve(agent_server(graph.queries, call))


def _serve(server: Server[Any], start: Callable[[AsyncExitStack], Awaitable[None]] | None = None) -> None:
    """Serve by standard input and output; ``start`` is called once the event loop runs."""
    import anyio
    from mcp.server.stdio import stdio_server

    async def serve() -> None:
        async with AsyncExitStack() as stack:
            if start is not None:
                await start(stack)
            incoming, outgoing = await stack.enter_async_context(stdio_server())
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)
