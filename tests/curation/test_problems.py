from __future__ import annotations

import pytest

from hfskg.curation.problems import Problems, did_you_mean
from hfskg.errors import CurationError


def test_close_names_are_suggested_whatever_their_capitals() -> None:
    assert did_you_mean("FEVR", ["Fever", "rash"]) == " Did you mean Fever?"
    assert did_you_mean("zzz", ["Fever"]) == ""


def test_problems_are_told_together_and_each_once() -> None:
    problems = Problems("a.yaml")
    problems.raise_any()
    for _ in range(2):
        problems.add("line 1", "it is dim.")
    problems.add("line 2", "it is dark.")
    assert len(problems) == 2
    with pytest.raises(CurationError, match="a.yaml has 2 problems:\n  line 1: it is dim.\n  line 2: it is dark."):
        problems.raise_any()
