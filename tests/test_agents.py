from __future__ import annotations

import json
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from casebook import example, example_store, graph, second, third, write_folder
from hfskg.agents import agent_server
from hfskg.api import KnowledgeGraph
from hfskg.errors import LibraryError
from hfskg.queries import load_catalogue
from hfskg.tables import to_json
from hfskg.toolbox import Toolbox, tool_names
from serving import write_folder as write_lines


@pytest.fixture(scope="module")
def opened() -> KnowledgeGraph:
    return KnowledgeGraph(example_store())


def talk(opened: KnowledgeGraph, do: Callable[[Client], Awaitable[Any]]) -> Any:
    async def call(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return Toolbox(opened).call(name, arguments)

    async def run() -> Any:
        async with Client(agent_server(opened.queries, call)) as client:
            return await do(client)

    return anyio.run(run)


def called(opened: KnowledgeGraph, name: str, arguments: dict[str, Any]) -> CallToolResult:
    async def call(client: Client) -> Any:
        return await client.call_tool(name, arguments)

    result = talk(opened, call)
    assert isinstance(result, CallToolResult)
    return result


def test_every_query_is_a_tool_that_only_reads(opened: KnowledgeGraph) -> None:
    async def tools(client: Client) -> Any:
        return (await client.list_tools()).tools

    found = {tool.name: tool for tool in talk(opened, tools)}
    assert set(found) == set(tool_names(load_catalogue()))
    for tool in found.values():
        Draft202012Validator.check_schema(tool.input_schema)
        assert tool.description
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint


def test_a_tool_gives_the_rows_of_its_query(opened: KnowledgeGraph) -> None:
    for name, query in load_catalogue().items():
        given = {p.name: float(p.example) if p.type == "number" else p.example for p in query.header.parameters}
        answer = called(opened, name.replace("-", "_"), {**given, "limit": 1000}).structured_content
        assert answer is not None
        rows = opened.query(name, **query.example)
        assert answer["rows"] == json.loads(to_json(rows.table))
        assert (answer["total"], answer["truncated"]) == (len(rows), False)


def test_a_wrong_call_is_told_to_the_agent(opened: KnowledgeGraph) -> None:
    result = called(opened, "treatments", {"drug": "anakinre"})
    assert result.is_error
    assert "Did you mean anakinra" in str(result.content)
    assert "Traceback" not in str(result.content)


def test_without_the_library_the_cure_is_told(monkeypatch: pytest.MonkeyPatch, opened: KnowledgeGraph) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(LibraryError, match="needs the library mcp.*hfskg.mcp"):
        talk(opened, lambda client: client.list_tools())


def served(folder: Path, *options: str, calls: dict[str, dict[str, Any]]) -> list[tuple[CallToolResult, float]]:
    """Return the answers of `hfskg mcp` to calls, one after the other, and the seconds that each took."""
    server = StdioServerParameters(command=sys.executable, args=["-m", "hfskg", "mcp", "-g", str(folder), *options])

    async def run() -> list[tuple[CallToolResult, float]]:
        told = []
        async with Client(server) as client:
            for name, arguments in calls.items():
                start = time.monotonic()
                result = await client.call_tool(name, arguments)
                assert isinstance(result, CallToolResult)
                told.append((result, time.monotonic() - start))
        return told

    return anyio.run(run)


@pytest.mark.slow
def test_the_command_serves_over_standard_input_and_output(tmp_path: Path, opened: KnowledgeGraph) -> None:
    folder = write_folder(tmp_path / "graph", graph(example(), second(), third()))
    calls: dict[str, dict[str, Any]] = {
        "cases": {},
        "treatments": {"drug": "Kineret"},
        "find_terms": {"text": "kine"},
        "ask_in_words": {"question": "Who was given Kineret?"},
    }
    answers = served(folder, calls=calls)
    assert [answer.structured_content for answer, _ in answers] == [
        Toolbox(opened).call(name, arguments) for name, arguments in calls.items()
    ]


QUERY = """#+ title: {0}
#+ summary: What is slow or large?
#+ description: Joins everything with everything.
#+ columns: {{n: A value.}}
{1}
"""

OWN = {
    "endless": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }",
    "hungry": "SELECT ?n { ?a ?b ?c . ?d ?e ?f . ?g ?h ?n } ORDER BY ?n ?a ?d",
    "long": "SELECT ?n { ?n ?b ?c . ?d ?e ?f }",
    "quick": "SELECT ?n { ?n ?b ?c } LIMIT 1",
}


@pytest.mark.slow
def test_what_passes_a_limit_is_stopped_and_the_next_call_is_answered(tmp_path: Path) -> None:
    lines = "".join(f"<x:{n}> <x:p> <x:{n}> <x:g> .\n" for n in range(500))
    folder, queries = write_lines(tmp_path / "graph", lines), tmp_path / "queries"
    queries.mkdir()
    for name, text in OWN.items():
        (queries / f"{name}.rq").write_text(QUERY.format(name, text), encoding="utf-8")
    options = ["--queries", str(queries), "--seconds", "4", "--memory", "64", "--rows", "1000"]
    endless, hungry, long, quick = served(folder, *options, calls={name: {} for name in OWN})
    assert endless[0].is_error and "longer than 4 seconds" in str(endless[0].content)
    assert hungry[0].is_error and "needed more memory" in str(hungry[0].content)
    assert long[0].is_error and "more than 1,000 rows" in str(long[0].content)
    assert quick[0].structured_content is not None and len(quick[0].structured_content["rows"]) == 1
    assert max(seconds for _, seconds in (endless, hungry, long, quick)) < 15
