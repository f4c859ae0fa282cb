"""What the criteria come to for a patient, as text."""

from __future__ import annotations

import pytest

from casebook import example_store
from hfskg.errors import QueryError
from hfskg.verdicts import describe_case, describe_sets
from hfskg.vocabulary import load_vocabulary

CASE = "data:example/case/1"


def test_each_item_stands_with_its_words_or_the_reason_why_it_is_unknown() -> None:
    assert describe_case(example_store(), CASE) == (
        "data:example/case/1, strict reading\n\n"
        "MAS-2016, day 0: undetermined\n"
        "  enlarged spleen  unknown  (not told)\n"
        "  fever            met      2 points «Fever seen»\n"
    )


def test_settled_leaves_undetermined_verdicts_out() -> None:
    assert describe_case(example_store(), CASE, settled=True) == "data:example/case/1, strict reading\n"


@pytest.mark.parametrize("name", ["MAS-2016", "MAS2016"])
def test_a_set_is_named_by_its_label_or_its_name(name: str) -> None:
    assert describe_case(example_store(), CASE, sets=[name]) == describe_case(example_store(), CASE)


@pytest.mark.parametrize(
    ("case", "options", "message"),
    [
        (CASE, {"sets": ["other"]}, "no criteria set other"),
        (CASE, {"reading": "loose"}, "no reading loose"),
        ("data:example/case/2", {}, "no criteria for"),
        ("data:example/case/9", {}, "says nothing about"),
    ],
)
def test_what_cannot_be_shown_is_told(case: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        describe_case(example_store(), case, **options)  # type: ignore[arg-type]


def test_the_sets_are_listed_with_version_source_and_what_is_provisional() -> None:
    lines = describe_sets(load_vocabulary().graph).splitlines()
    assert len(lines) == 18
    named = {line.split()[0]: line for line in lines}
    assert "HLH-2024, version 1 (provisional)" in named["HLH2024"]
    assert named["MAS2016"].endswith(
        "https://doi.org/10.1002/art.39332, https://doi.org/10.1136/annrheumdis-2015-208982"
    )
    assert all(line.split("  ")[-1].strip() for line in lines)
