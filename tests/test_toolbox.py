from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from casebook import example_store
from hfskg.api import KnowledgeGraph
from hfskg.errors import QueryError
from hfskg.queries import load_catalogue
from hfskg.toolbox import Toolbox, describe_tool, tool_names


@pytest.fixture(scope="module")
def toolbox() -> Toolbox:
    return Toolbox(KnowledgeGraph(example_store()))


def test_every_query_is_a_tool() -> None:
    queries = load_catalogue()
    assert set(tool_names(queries)) == {"find_terms", "ask_in_words", *(name.replace("-", "_") for name in queries)}


def test_the_examples_fit_the_schemas() -> None:
    queries = load_catalogue()
    for name, query in queries.items():
        given = {p.name: float(p.example) if p.type == "number" else p.example for p in query.header.parameters}
        Draft202012Validator(describe_tool(queries, name.replace("-", "_"))[1]).validate(given)


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


def test_an_answer_with_too_many_rows_is_refused() -> None:
    graph = KnowledgeGraph(example_store())
    rows = len(graph.query("lab-results"))
    assert Toolbox(graph, rows=rows).call("lab_results", {"limit": 1})["total"] == rows
    with pytest.raises(QueryError, match="more than"):
        Toolbox(graph, rows=rows - 1).call("lab_results", {"limit": 1})


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
def test_a_wrong_call_is_told(toolbox: Toolbox, name: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        toolbox.call(name, arguments)
