from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from casebook import example, example_store, graph, second, third, write_folder
from hfskg.agents import Toolbox, agent_server
from hfskg.api import KnowledgeGraph
from hfskg.errors import LibraryError, QueryError
from hfskg.queries import load_catalogue
from hfskg.tables import to_json


@pytest.fixture(scope="module")
def opened() -> KnowledgeGraph:
    return KnowledgeGraph(example_store())


@pytest.fixture(scope="module")
def toolbox(opened: KnowledgeGraph) -> Toolbox:
    return Toolbox(opened)


def talk(opened: KnowledgeGraph, do: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(agent_server(opened)) as client:
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
    assert set(found) == {"find_terms", "ask_in_words", *(name.replace("-", "_") for name in load_catalogue())}
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


def test_the_examples_fit_the_schemas(toolbox: Toolbox) -> None:
    for name, query in load_catalogue().items():
        given = {p.name: float(p.example) if p.type == "number" else p.example for p in query.header.parameters}
        Draft202012Validator(toolbox.described(name.replace("-", "_"))[1]).validate(given)


def test_long_answers_come_in_pages(toolbox: Toolbox) -> None:
    first = toolbox.call("lab_results", {"limit": 2})
    second = toolbox.call("lab_results", {"limit": 1000, "offset": 2})
    assert (len(first["rows"]), first["truncated"], second["truncated"]) == (2, True, False)
    assert first["rows"] + second["rows"] == toolbox.call("lab_results", {"limit": 1000})["rows"]


def test_terms_are_looked_up(toolbox: Toolbox) -> None:
    (term,) = toolbox.call("find_terms", {"text": "kine", "below": "hfs:Drug"})["terms"]
    assert (term["label"], term["name"]) == ("anakinra", "Kineret")


def test_questions_in_words_are_answered(toolbox: Toolbox) -> None:
    answer = toolbox.call("ask_in_words", {"question": "Who was given Kineret?"})
    assert (answer["fits"], answer["tool"], answer["parameters"]) == (
        True,
        "patients_by_drug",
        {"drug": ["hfs:Anakinra"]},
    )
    assert answer["rows"]
    assert toolbox.call("ask_in_words", {"question": "Who won the cup?"})["fits"] is False


def test_evidence_of_a_row_is_a_tool(toolbox: Toolbox) -> None:
    statement = toolbox.call("treatments", {"drug": "anakinra"})["rows"][0]["statement"]
    assert toolbox.call("evidence", {"statement": statement})["rows"][0]["quote"] == "Anakinra 2 given"


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("nothing", {}, "There is no tool nothing"),
        ("cases", {"drug": "anakinra"}, "has no argument drug"),
        ("timeline", {}, "needs the argument case"),
        ("treatments", {"drug": "anakinre"}, "Did you mean anakinra"),
        ("treatments", {"drug": "x> . ?s ?p ?o . <x"}, "none called"),
        ("cases", {"limit": 0}, "limit is to be a whole number from 1"),
        ("cases", {"limit": 100000}, "At most 1000 rows"),
        ("cases", {"offset": -1}, "offset is to be a whole number from 0"),
        ("find_terms", {"text": "a", "below": "drugs"}, "drugs is no IRI"),
    ],
)
def test_a_wrong_call_is_told_to_the_agent(
    opened: KnowledgeGraph, toolbox: Toolbox, name: str, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        toolbox.call(name, arguments)
    result = called(opened, name, arguments)
    assert result.is_error
    assert message.split()[-1] in str(result.content)
    assert "Traceback" not in str(result.content)


def test_without_the_library_the_cure_is_told(monkeypatch: pytest.MonkeyPatch, opened: KnowledgeGraph) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(LibraryError, match="needs the library mcp.*hfskg.mcp"):
        agent_server(opened)


@pytest.mark.slow
def test_the_command_serves_over_standard_input_and_output(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph", graph(example(), second(), third()))
    server = StdioServerParameters(command=sys.executable, args=["-m", "hfskg", "mcp", "--graph", str(folder)])

    async def run() -> Any:
        async with Client(server) as client:
            return await client.call_tool("cases", {})

    assert anyio.run(run).structured_content["total"] == 4
