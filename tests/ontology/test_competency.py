"""The questions that the ontology answers by itself; the expected rows stand in ``expected/NAME.tsv``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from hfskg.ontology import Ontology, open_ontology
from hfskg.queries import load_catalogue, run
from hfskg.resources import ontology_directory
from hfskg.tables import to_tsv

EXPECTED = Path(__file__).parent / "expected"
QUESTIONS = load_catalogue(ontology_directory() / "competency")


@cache
def ontology(*, with_inferred: bool) -> Ontology:
    return open_ontology(with_inferred=with_inferred)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_answer_that_is_pinned(name: str) -> None:
    answer = to_tsv(run(QUESTIONS[name], ontology(with_inferred=True).store))
    assert answer == (EXPECTED / f"{name}.tsv").read_text(encoding="utf-8")


def test_every_pinned_answer_has_its_question() -> None:
    assert {path.stem for path in EXPECTED.glob("*.tsv")} == set(QUESTIONS)


def test_at_least_twelve_need_inference_to_be_right() -> None:
    asserted, inferred = ontology(with_inferred=False).store, ontology(with_inferred=True).store
    needing = {name for name, query in QUESTIONS.items() if run(query, asserted).rows != run(query, inferred).rows}
    assert len(needing) >= 12
