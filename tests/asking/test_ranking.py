from __future__ import annotations

from casebook import example_store
from hfskg.asking.ranking import Ranking
from hfskg.asking.understanding import understand
from hfskg.queries import load_catalogue


def test_all_queries_are_ranked_and_what_is_missing_is_told() -> None:
    catalogue, store = load_catalogue(), example_store()
    ranked = Ranking(catalogue).rank(understand("What happened to the patient?", store, catalogue))
    assert {suggestion.query.name for suggestion in ranked} == set(catalogue)
    scores = [suggestion.score for suggestion in ranked]
    assert scores == sorted(scores, reverse=True)
    assert next(s.missing for s in ranked if s.query.name == "timeline") == ("case",)


def test_a_number_with_a_unit_that_a_query_does_not_take_counts_against_it() -> None:
    catalogue, store = load_catalogue(), example_store()
    for text, unit in (("Who had a ferritin above 500 ng/mL?", True), ("Who had a ferritin above 500 mg/dL?", False)):
        ranked = Ranking(catalogue).rank(understand(text, store, catalogue))
        given = next(s.parameters for s in ranked if s.query.name == "hyperferritinemia")
        assert ("threshold" in given) == unit
