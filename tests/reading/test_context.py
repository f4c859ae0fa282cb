from __future__ import annotations

import pytest

from hfskg.reading.context import read_context
from hfskg.reading.runs import Run
from hfskg.reading.tokens import tokenize
from reading.helpers import annotated


def categories(text: str, word: str) -> set[str]:
    tokens = Run(tokenize(text))
    place = next(at for at, token in enumerate(tokens) if token.text.casefold() == word)
    return set(read_context(tokens).categories(place, place + 1))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        pytest.param("There was no rash or fever.", "fever", {"negated"}, id="forward to the end"),
        pytest.param("There was fever but no rash.", "fever", set(), id="not backward"),
        pytest.param("There was no rash but fever was seen.", "fever", set(), id="ended by a cue"),
        pytest.param("There was no rash; fever was seen.", "fever", set(), id="ended by a semicolon"),
        pytest.param("Lymphoma was ruled out.", "lymphoma", {"negative"}, id="backward"),
        pytest.param("Fever rose; lymphoma was ruled out.", "fever", set(), id="backward to a semicolon"),
        pytest.param("Rash was absent.", "rash", {"negated"}, id="backward with reach"),
        pytest.param("Rash, he said as he came to us yesterday, was absent.", "rash", set(), id="out of reach"),
        pytest.param("There was no suspicion of sepsis.", "sepsis", {"negated", "possible"}, id="two at once"),
        pytest.param("His mother had no asthma.", "asthma", {"family", "negated"}, id="family and negation"),
        pytest.param("Her parents noticed asthma.", "asthma", set(), id="what the family tells"),
        pytest.param("Marrow from his brother cured his asthma.", "asthma", set(), id="a donor"),
        pytest.param("A sibling who had died of sepsis had fever.", "fever", {"family"}, id="who goes on"),
        pytest.param("There was no rash, who had fever.", "fever", set(), id="who ends what is denied"),
        pytest.param("There was no rash, ferritin of 9 g/L, and fever.", "rash", {"negated"}, id="before a value"),
        pytest.param("There was no rash, ferritin of 9 g/L, and fever.", "fever", set(), id="behind a value"),
        pytest.param("There was no rash (ferritin of 9 g/L) or fever.", "fever", {"negated"}, id="value in brackets"),
        pytest.param("There was no rash, parvovirus 19, or fever.", "fever", {"negated"}, id="number of a name"),
        pytest.param("Lack of improvement showed asthma.", "asthma", set(), id="what did not improve"),
        pytest.param("She had an aspirin allergy.", "aspirin", {"undone"}, id="what she cannot take"),
        pytest.param("She had aspirin for allergy.", "aspirin", set(), id="what she takes for it"),
        pytest.param("As in patients with asthma it rose.", "asthma", {"ignore"}, id="other patients"),
        pytest.param("A history of asthma was told.", "asthma", {"history"}, id="history"),
        pytest.param("A two week history of fever was told.", "fever", set(), id="the present illness is no history"),
        pytest.param("Fever came.", "fever", set(), id="none"),
        pytest.param("Tests excluded lymphoma.", "lymphoma", {"negative"}, id="a verb with an object"),
        pytest.param("Tests excluded lymphoma.", "tests", set(), id="a verb with an object reaches not back"),
        pytest.param(
            "It showed a lump without fever, rash, and pain.", "rash", set(), id="without of one member of a list"
        ),
        pytest.param(
            "It showed a lump without fever, rash, or pain.", "rash", {"negated"}, id="without of a list closed by or"
        ),
        pytest.param("She came without fever, rash, and pain.", "rash", {"negated"}, id="without of a whole list"),
        pytest.param("Scans without contrast (due to pain) followed.", "pain", set(), id="a reason in brackets"),
        pytest.param("Lymphoma, excluded by tests, came later.", "lymphoma", {"negative"}, id="a participle"),
        pytest.param("Lymphoma was excluded on tests.", "tests", set(), id="a passive reaches not forward"),
        pytest.param("There was no rash; fever; or pain.", "fever", {"negated"}, id="a series with semicolons"),
        pytest.param("There was no rash; and fever; or pain.", "pain", {"negated"}, id="to its last member"),
        pytest.param("He had fever (no rash) and pain.", "pain", set(), id="no further than the bracket"),
        pytest.param("He had fever (details not seen).", "fever", set(), id="not out of a bracket"),
        pytest.param("Sepsis (suspected) was treated.", "sepsis", {"possible"}, id="alone in a bracket"),
        pytest.param("No rash (see below; but not here) or fever.", "fever", {"negated"}, id="over a bracket"),
    ],
)
def test_categories(text: str, word: str, expected: set[str]) -> None:
    assert categories(text, word) == expected


def test_the_longest_cue_wins() -> None:
    scopes = annotated("There was no recurrence of fever.").context.scopes
    assert [scope.category for scope in scopes] == ["ignore"]


def test_a_mention_must_be_in_scope_as_a_whole() -> None:
    context = read_context(Run(tokenize("Rash was absent.")))
    assert context.categories(0, 1) == {"negated"}
    assert context.categories(0, 3) == frozenset()


@pytest.mark.parametrize(("newborn", "expected"), [(False, {"family"}), (True, set())])
def test_an_infant_is_the_family_of_a_patient_who_is_none(newborn: bool, expected: set[str]) -> None:
    tokens = Run(tokenize("The infant was febrile."))
    assert set(read_context(tokens, newborn=newborn).categories(3, 4)) == expected
