"""The catalogue as tools of a Model Context Protocol server: each canned query, look-up of terms, questions in words.

Nothing but canned queries is run, with parameters bound as terms, so the tools change nothing and run no query of
their caller's.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hfskg.api import KnowledgeGraph, ParameterValue, Rows
from hfskg.errors import HfskgError, LibraryError, QueryError
from hfskg.queries import Parameter, Query
from hfskg.version import __version__

if TYPE_CHECKING:
    from mcp.server import Server, ServerRequestContext
    from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams, Tool

__all__ = ["Toolbox", "agent_server", "serve_agents"]

MOST = 1000
"""The most rows that a call may ask for."""

USUAL = 50
"""How many rows a call gives if it does not say."""

TYPES = {"number": "number", "integer": "integer", "boolean": "boolean"}
"""The types of JSON for those of parameters; the others are strings."""

LIMIT = {
    "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL, "description": "The most rows to return.",
}  # fmt: skip

OFFSET = {"type": "integer", "minimum": 0, "default": 0, "description": "How many rows to leave out first."}

INSTRUCTIONS = """A knowledge graph read from published case reports. Each tool answers one question; \
ask_in_words finds the tool for a question. Rows carry the document and the words they were read from; the tool \
evidence gives the sentence behind a statement. What the documents do not say is null, and says nothing of the \
patient. Terms may be given by label, synonym, abbreviation, CURIE or IRI; find_terms completes them."""


class Toolbox:
    """The tools, without the protocol.

    Args:
        graph: The graph that they ask.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._own: dict[str, tuple[str, dict[str, Any], Callable[[dict[str, Any]], dict[str, Any]]]] = {
            "find_terms": (
                "Find terms of the ontology by a name or a part of one.",
                _schema(
                    {
                        "text": {"type": "string", "description": "A name, or a part of one."},
                        "below": {"type": "string", "default": "hfs:Term", "description": "The class they are below."},
                        "limit": LIMIT,
                    },
                    ["text"],
                ),
                self._find_terms,
            ),
            "ask_in_words": (
                "Find the tool that answers a question in English, and its answer.",
                _schema({"question": {"type": "string", "description": "The question."}, "limit": LIMIT}, ["question"]),
                self._ask,
            ),
        }

    def names(self) -> list[str]:
        """Return the names of the tools."""
        return [*self._own, *map(_tool_name, self._graph.queries)]

    def described(self, name: str) -> tuple[str, dict[str, Any]]:
        """Return what a tool does, and the JSON schema of its arguments.

        Raises:
            QueryError: There is no such tool.
        """
        if name in self._own:
            return self._own[name][:2]
        query = self._query(name)
        header = query.header
        columns = " ".join(f"{column}: {meaning}" for column, meaning in header.columns.items())
        text = f"{header.summary}\n\n{' '.join(header.description.split())}\n\nColumns: {columns}"
        properties = {p.name: _property(p) for p in header.parameters}
        required = [p.name for p in header.parameters if p.required]
        return text, _schema({**properties, "limit": LIMIT, "offset": OFFSET}, required)

    def call(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Run a tool.

        Args:
            name: The tool.
            arguments: What its schema asks for.

        Raises:
            QueryError: There is no such tool, or an argument is wrong.
            EndpointError: A remote endpoint fails.
        """
        if name in self._own:
            _, schema, run = self._own[name]
            _check(name, schema, arguments)
            return run(arguments)
        query = self._query(name)
        _check(name, self.described(name)[1], arguments)
        given: dict[str, ParameterValue] = {k: v for k, v in arguments.items() if k not in ("limit", "offset")}
        return _page(self._graph.query(query.name, **given), arguments)

    def _query(self, name: str) -> Query:
        known = {_tool_name(query): query for query in self._graph.queries}
        if name not in known:
            raise QueryError(f"There is no tool {name}.", "List the tools.")
        return self._graph.queries[known[name]]

    def _find_terms(self, arguments: dict[str, Any]) -> dict[str, Any]:
        limit = _number(arguments, "limit", USUAL)
        found = self._graph.terms(str(arguments["text"]), below=str(arguments.get("below", "hfs:Term")), limit=limit)
        return {"terms": [{"iri": str(term.iri), "label": term.label, "name": term.name} for term in found]}

    def _ask(self, arguments: dict[str, Any]) -> dict[str, Any]:
        found = self._graph.ask(str(arguments["question"]))
        others = [{"tool": _tool_name(o.query.name), "question": o.query.header.summary} for o in found.others]
        if found.best is None:
            return {"fits": False, "others": others}
        best = found.best
        answer = _page(self._graph.query(best.query.name, **best.parameters), arguments)
        chosen = {"tool": _tool_name(best.query.name), "question": best.query.header.summary}
        return {"fits": True, **chosen, "parameters": best.parameters, **answer, "others": others}


def agent_server(graph: KnowledgeGraph) -> Server[Any]:
    """Return a server whose tools ask a graph.

    Args:
        graph: The graph.

    Raises:
        LibraryError: The package mcp is not installed.
    """
    try:
        from mcp.server import Server
        from mcp.types import CallToolResult, ListToolsResult, TextContent, Tool, ToolAnnotations
    except ImportError as error:
        what = "A Model Context Protocol server needs the library mcp, which is not installed."
        raise LibraryError(what, "Install it with `pip install 'hfskg[mcp]'`.") from error
    toolbox = Toolbox(graph)
    harmless = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    def tool(name: str) -> Tool:
        description, schema = toolbox.described(name)
        return Tool(name=name, description=description, input_schema=schema, annotations=harmless)

    async def list_tools(context: ServerRequestContext[Any], params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[tool(name) for name in toolbox.names()])

    async def call_tool(context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        try:
            answer = toolbox.call(params.name, dict(params.arguments or {}))
        except HfskgError as error:
            return CallToolResult(content=[TextContent(type="text", text=str(error))], is_error=True)
        text = json.dumps(answer, ensure_ascii=False)
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=answer)

    return Server(
        "hfskg", version=__version__, instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool
    )


def serve_agents(graph: KnowledgeGraph) -> None:
    """Serve a graph to the agent at the other end of standard input and output, until it hangs up.

    Args:
        graph: The graph.

    Raises:
        LibraryError: The package mcp is not installed.
    """
    server = agent_server(graph)
    import anyio
    from mcp.server.stdio import stdio_server

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)


def _tool_name(query: str) -> str:
    return query.replace("-", "_")


def _schema(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _property(parameter: Parameter) -> dict[str, Any]:
    one: dict[str, Any] = {"type": TYPES.get(parameter.type, "string")}
    if parameter.values:
        one["enum"] = list(parameter.values)
    if parameter.type == "date":
        one["format"] = "date"
    place = f" A term below {parameter.below}." if parameter.below else ""
    unit = f" In {parameter.unit}." if parameter.unit else ""
    told: dict[str, Any] = {"description": f"{parameter.description}{place}{unit} Example: {parameter.example}."}
    if parameter.default is not None:
        told["default"] = _json(parameter.default, parameter.type)
    if parameter.list:
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}], **told}
    return {**one, **told}


def _json(value: str, kind: str) -> Any:
    """Return a default as JSON has it."""
    if kind == "boolean":
        return value == "true"
    return int(value) if kind == "integer" else float(value) if kind == "number" else value


def _check(name: str, schema: dict[str, Any], arguments: dict[str, Any]) -> None:
    unknown = arguments.keys() - schema["properties"].keys()
    if unknown:
        raise QueryError(f"The tool {name} has no argument {min(unknown)}.", "See its schema.")
    missing = set(schema["required"]) - arguments.keys()
    if missing:
        raise QueryError(f"The tool {name} needs the argument {min(missing)}.", "See its schema.")


def _number(arguments: dict[str, Any], name: str, usual: int) -> int:
    value = arguments.get(name, usual)
    least, most = (1, MOST) if name == "limit" else (0, None)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or value < least or (most is not None and value > most):
        what = f"{name} is to be a whole number from {least}, not {value}."
        raise QueryError(what, f"At most {MOST} rows come at once.")
    return int(value)


def _page(rows: Rows, arguments: dict[str, Any]) -> dict[str, Any]:
    limit, offset = _number(arguments, "limit", USUAL), _number(arguments, "offset", 0)
    shown = [{column: _plain(value) for column, value in row.items()} for row in rows[offset : offset + limit]]
    return {"columns": list(rows.columns), "rows": shown, "total": len(rows), "truncated": offset + limit < len(rows)}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
