from __future__ import annotations

import pytest

from reading.helpers import conditions, read

INFECTION = ("Escherichia coli infection", "present")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The blood culture grew Escherichia coli.", {INFECTION}, id="organism behind the cue"),
        pytest.param("Escherichia coli was isolated.", {INFECTION}, id="organism before the cue"),
        pytest.param("The culture was negative for Escherichia coli.", set(), id="nothing found"),
        pytest.param("No growth of Escherichia coli was seen.", set(), id="denied"),
        pytest.param("Escherichia coli is a bacterium.", set(), id="no test"),
    ],
)
def test_an_organism_that_was_found_is_an_infection(text: str, expected: set[tuple[str, str]]) -> None:
    assert conditions(read(text)) == expected
