"""The questions that the ontology answers by itself; the expected rows stand in ``expected/NAME.tsv``."""

from __future__ import annotations

from pathlib import Path

import pytest

from hfskg.queries import load_catalogue, run
from hfskg.resources import ontology_directory
from hfskg.tables import to_tsv
from support import packaged_ontology

EXPECTED = Path(__file__).parent / "expected"
QUESTIONS = load_catalogue(ontology_directory() / "competency")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_answer_that_is_pinned(name: str) -> None:
    answer = to_tsv(run(QUESTIONS[name], packaged_ontology().store))
    assert answer == (EXPECTED / f"{name}.tsv").read_text(encoding="utf-8")


def test_every_pinned_answer_has_its_question() -> None:
    assert {path.stem for path in EXPECTED.glob("*.tsv")} == set(QUESTIONS)


def test_at_least_twelve_need_inference_to_be_right() -> None:
    asserted, inferred = packaged_ontology(with_inferred=False).store, packaged_ontology().store
    needing = {name for name, query in QUESTIONS.items() if run(query, asserted).rows != run(query, inferred).rows}
    assert len(needing) >= 12
