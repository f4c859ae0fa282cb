from __future__ import annotations

import pytest

from casebook import example_store
from hfskg.asking import find_query
from hfskg.queries import load_catalogue
from hfskg.store import LocalStore

CATALOGUE = load_catalogue()


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return example_store()


@pytest.mark.parametrize(
    ("question", "query", "parameters"),
    [
        ("Who was given Kineret?", "patients-by-drug", {"drug": ["hfs:Anakinra"]}),
        ("Which patients have MAS?", "patients-by-syndrome", {"syndrome": ["hfs:MacrophageActivationSyndrome"]}),
        (
            "Who received at most 2.5 mg per kg per day of anakinra?",
            "doses-per-kilogram",
            {"drug": ["hfs:Anakinra"], "maxDose": ["2.5"], "unit": ["mg/kg/day"]},
        ),
        ("What happened to patient 2?", "timeline", {"case": ["patient 2"]}),
        ("Compare the routes of anakinra and prednisone.", "routes", {"drug": ["hfs:Anakinra", "hfs:Prednisone"]}),
        ("Show the evidence of data:example/case/1", "evidence", {"statement": ["data:example/case/1"]}),
    ],
)
def test_a_question_finds_its_query_and_parameters(
    question: str, query: str, parameters: dict[str, list[str]], store: LocalStore
) -> None:
    found = find_query(question, store, CATALOGUE)
    assert found.best is not None
    assert (found.best.query.name, found.best.parameters) == (query, parameters)
    assert found.best.query.name not in [other.query.name for other in found.others]


def test_the_chosen_query_is_told_in_words(store: LocalStore) -> None:
    best = find_query("Who was given Kineret?", store, CATALOGUE).best
    assert best is not None
    assert best.in_words() == f"patients-by-drug: {best.query.header.summary} [drug = hfs:Anakinra]"


@pytest.mark.parametrize("question", ["", "?", "What is the weather in Paris?", "asdf", "How do I install it?", "7"])
def test_nothing_fits_what_is_no_question_of_ours(question: str, store: LocalStore) -> None:
    assert find_query(question, store, CATALOGUE).best is None


def test_a_name_that_may_mean_several_is_left_to_the_query(store: LocalStore) -> None:
    best = find_query("Who was given CSA?", store, CATALOGUE).best
    assert best is not None
    assert best.parameters == {"drug": ["CSA"]}


def test_the_same_question_gives_the_same_answer(store: LocalStore) -> None:
    question = "Which patients improved on anakinra?"
    assert find_query(question, store, CATALOGUE) == find_query(question, example_store(), CATALOGUE)
