from __future__ import annotations

from decimal import Decimal

import pytest

from casebook import example_store
from hfskg.asking.understanding import Question, understand
from hfskg.namespaces import DATA, HFS
from hfskg.queries import load_catalogue
from hfskg.store import LocalStore


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return example_store()


def told(text: str, store: LocalStore) -> Question:
    return understand(text, store, load_catalogue())


def test_names_are_found_with_what_they_mean(store: LocalStore) -> None:
    question = told("Did intravenous ANK help MAS patients?", store)
    assert [mention.iris for mention in question.mentions] == [
        (str(HFS.IntravenousRoute),), (str(HFS.Anakinra),), (str(HFS.MacrophageActivationSyndrome),),
    ]  # fmt: skip
    assert {str(HFS.Drug), str(HFS.Term)} <= question.mentions[1].classes
    assert "intravenous" not in question.words


def test_numbers_are_found_with_their_comparison_and_unit(store: LocalStore) -> None:
    amounts = told("over 1,000 ng/mL, at least 2 mg per kg per day, and 5", store).amounts
    assert [(a.value, a.comparator, a.unit) for a in amounts] == [
        (Decimal(1000), ">", "ng/mL"), (Decimal(2), ">=", "mg/kg/day"), (Decimal(5), "=", ""),
    ]  # fmt: skip


def test_a_number_in_a_name_is_none(store: LocalStore) -> None:
    question = told("interleukin-1 inhibitor for patient 2", store)
    assert question.amounts == ()
    assert len(question.mentions) == 2


def test_iris_are_taken_as_they_are(store: LocalStore) -> None:
    assert told("evidence of data:example/case/1?", store).iris == (str(DATA["example/case/1"]),)


def test_a_class_of_parameters_is_no_name(store: LocalStore) -> None:
    assert [mention.own for mention in told("which drugs beside anakinra?", store).mentions] == [True, False]
