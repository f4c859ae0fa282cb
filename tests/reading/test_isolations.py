from __future__ import annotations

import pytest

from reading.helpers import conditions, read

INFECTION = ("Escherichia coli infection", "present")
HEADING = ("infection", "present")
EXCLUDED = ("Escherichia coli infection", "excluded")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The blood culture grew Escherichia coli.", {INFECTION}, id="organism behind the cue"),
        pytest.param("Escherichia coli was isolated.", {INFECTION}, id="organism before the cue"),
        pytest.param("Cultures were positive for Escherichia coli.", {INFECTION}, id="a longer cue"),
        pytest.param("The culture was negative for Escherichia coli.", {EXCLUDED}, id="nothing found"),
        pytest.param("Testing for Escherichia coli was negative.", {EXCLUDED}, id="negative test"),
        pytest.param("No growth of Escherichia coli was seen.", {EXCLUDED}, id="denied"),
        pytest.param("Cultures for Escherichia coli were possibly negative.", set(), id="uncertain"),
        pytest.param("Infections (Escherichia coli) followed.", {INFECTION, HEADING}, id="in brackets"),
        pytest.param("Infections (ABSSSI) with Escherichia coli?", {HEADING}, id="behind brackets"),
        pytest.param("It covers infections (e.g. Escherichia coli).", {HEADING}, id="an example"),
        pytest.param("Escherichia coli is a bacterium.", set(), id="no test"),
    ],
)
def test_an_organism_that_was_found_is_an_infection(text: str, expected: set[tuple[str, str]]) -> None:
    assert conditions(read(text)) == expected
