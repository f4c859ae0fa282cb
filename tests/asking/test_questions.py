"""How often the right query comes first, and with the right parameters, on the graph of the seeds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import Literal, URIRef

from hfskg.asking import find_query
from hfskg.queries import Query, bind_parameters, load_catalogue
from hfskg.store import LocalStore, open_graph

CATALOGUE = load_catalogue()

QUERY, PARAMETERS = 0.90, 0.85
"""The share of questions whose query, and whose parameters too, have to be right."""


@cache
def questions() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (Path(__file__).parent / "questions.yaml").read_text(encoding="utf-8")
    )
    return loaded


@pytest.fixture(scope="module")
def store(built: Path) -> LocalStore:
    return open_graph(built)


def bound(query: Query, given: dict[str, Any], store: LocalStore) -> Sequence[dict[str, URIRef | Literal]]:
    told = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return [dict(bindings) for bindings in bind_parameters(query, store, told)]


@pytest.mark.slow
@pytest.mark.parametrize("part", ["building", "kept"])
def test_the_right_query_comes_first_with_the_right_parameters(part: str, store: LocalStore) -> None:
    wrong, otherwise = [], []
    for entry in questions()[part]:
        best = find_query(entry["ask"], store, CATALOGUE).best
        query = CATALOGUE[entry["query"]]
        if best is None or best.query.name != query.name:
            wrong.append(entry["ask"])
        elif bound(query, best.parameters, store) != bound(query, entry["parameters"], store):
            otherwise.append(entry["ask"])
    number = len(questions()[part])
    assert (number - len(wrong)) / number >= QUERY, wrong
    assert (number - len(wrong) - len(otherwise)) / number >= PARAMETERS, [*wrong, *otherwise]


def test_there_are_sixty_questions_two_for_each_query() -> None:
    asked = {part: [entry["query"] for entry in entries] for part, entries in questions().items()}
    assert [len(queries) for queries in asked.values()] == [30, 30]
    assert sorted(asked["building"]) == sorted(asked["kept"])
    assert len(set(asked["kept"])) == 30
    assert len({entry["ask"] for entries in questions().values() for entry in entries}) == 60


def test_no_question_is_a_wording_of_its_query() -> None:
    for entry in questions()["kept"]:
        header = CATALOGUE[entry["query"]].header
        assert entry["ask"] not in (header.summary, *header.questions)
