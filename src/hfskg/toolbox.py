"""The catalogue as tools that programs call with JSON: each canned query, look-up of terms, questions in words.

Nothing but canned queries is run, with parameters bound as terms, so the tools change nothing and run no query of
their caller's.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hfskg.api import KnowledgeGraph, ParameterValue, Rows
from hfskg.errors import QueryError
from hfskg.queries import Catalogue, Parameter, Query

__all__ = ["Toolbox", "describe_tool", "tool_names"]

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

OWN: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "find_terms": (
        "Find terms of the ontology by a name or a part of one.",
        {
            "text": {"type": "string", "description": "A name, or a part of one."},
            "below": {"type": "string", "default": "hfs:Term", "description": "The class they are below."},
            "limit": LIMIT,
        },
        ["text"],
    ),
    "ask_in_words": (
        "Find the tool that answers a question in English, and its answer.",
        {"question": {"type": "string", "description": "The question."}, "limit": LIMIT},
        ["question"],
    ),
}
"""The tools that are no queries: what they do, the properties of their arguments, and which are required."""


def tool_names(queries: Catalogue) -> list[str]:
    """Return the names of the tools.

    Args:
        queries: The canned queries.
    """
    return [*OWN, *map(_tool_name, queries)]


def describe_tool(queries: Catalogue, name: str) -> tuple[str, dict[str, Any]]:
    """Return what a tool does, and the JSON schema of its arguments.

    Args:
        queries: The canned queries.
        name: The tool.

    Raises:
        QueryError: There is no such tool.
    """
    if name in OWN:
        text, properties, required = OWN[name]
        return text, _schema(properties, required)
    header = _query(queries, name).header
    columns = " ".join(f"{column}: {meaning}" for column, meaning in header.columns.items())
    text = f"{header.summary}\n\n{' '.join(header.description.split())}\n\nColumns: {columns}"
    properties = {p.name: _property(p) for p in header.parameters}
    required = [p.name for p in header.parameters if p.required]
    return text, _schema({**properties, "limit": LIMIT, "offset": OFFSET}, required)


class Toolbox:
    """The tools on a graph.

    Args:
        graph: The graph that they ask.
        rows: The most rows that an answer may have before it is cut into pages; any number if left out.
    """

    def __init__(self, graph: KnowledgeGraph, *, rows: int | None = None) -> None:
        self._graph = graph
        self._rows = rows

    def call(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Run a tool.

        Args:
            name: The tool.
            arguments: What its schema asks for.

        Raises:
            QueryError: There is no such tool, an argument is wrong, or the answer has too many rows.
            EndpointError: A remote endpoint fails.
        """
        _check(name, describe_tool(self._graph.queries, name)[1], arguments)
        if name == "find_terms":
            return self._find_terms(arguments)
        if name == "ask_in_words":
            return self._ask(arguments)
        query = _query(self._graph.queries, name)
        given: dict[str, ParameterValue] = {k: v for k, v in arguments.items() if k not in ("limit", "offset")}
        return self._page(self._graph.query(query.name, **given), arguments)

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
        answer = self._page(self._graph.query(best.query.name, **best.parameters), arguments)
        chosen = {"tool": _tool_name(best.query.name), "question": best.query.header.summary}
        return {"fits": True, **chosen, "parameters": best.parameters, **answer, "others": others}

    def _page(self, rows: Rows, arguments: dict[str, Any]) -> dict[str, Any]:
        if self._rows is not None and len(rows) > self._rows:
            raise QueryError(f"The answer has more than {self._rows:,} rows.", "Ask for less.")
        limit, offset = _number(arguments, "limit", USUAL), _number(arguments, "offset", 0)
        shown = [{column: _plain(value) for column, value in row.items()} for row in rows[offset : offset + limit]]
        more = offset + limit < len(rows)
        return {"columns": list(rows.columns), "rows": shown, "total": len(rows), "truncated": more}


def _query(queries: Catalogue, name: str) -> Query:
    known = {_tool_name(query): query for query in queries}
    if name not in known:
        raise QueryError(f"There is no tool {name}.", "List the tools.")
    return queries[known[name]]


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


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
