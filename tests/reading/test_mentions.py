from __future__ import annotations

import pytest

from hfskg.vocabulary import NameKind
from reading.helpers import annotated, annotated_all


def labels(text: str) -> list[str]:
    return [mention.term.label for sentence in annotated_all(text) for mention in sentence.mentions]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("Fever and a rash came.", ["fever", "skin rash"], id="label and synonym"),
        pytest.param("Kineret was given.", ["anakinra"], id="brand name"),
        pytest.param("He was febrile.", ["fever"], id="adjective"),
        pytest.param("Hyperferritinaemia was striking.", ["hyperferritinemia"], id="British spelling"),
        pytest.param("CRP rose.", ["C-reactive protein"], id="abbreviation"),
        pytest.param("A liver biopsy was done.", ["liver biopsy"], id="the longest name"),
        pytest.param("A mas of papers came.", [], id="a word spelled like an abbreviation"),
        pytest.param("PRF1 was sequenced.", ["PRF1"], id="gene"),
        pytest.param("Nothing of note.", [], id="nothing"),
        pytest.param("A sepsis-like picture.", [], id="likened"),
        pytest.param("A macrophage activation syndrome-like picture.", [], id="a likened phrase"),
        pytest.param("Adult-onset Still’s disease was known.", ["adult-onset Still disease"], id="possessive"),
    ],
)
def test_mentions(text: str, terms: list[str]) -> None:
    assert labels(text) == terms


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He was afebrile.", NameKind.ABSENCE),
        ("He defervesced.", NameKind.RESOLUTION),
        ("He was febrile.", NameKind.ADJECTIVE),
        ("Fever came.", NameKind.LABEL),
        ("Pyrexia came.", NameKind.EXACT),
    ],
)
def test_the_name_says_what_kind_it_is(text: str, kind: NameKind) -> None:
    assert [m.name.kind for m in annotated(text).mentions] == [kind]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param(
            "We gave cyclosporine A (CSA). CSA helped.", ["cyclosporine", "cyclosporine"], id="defined in brackets"
        ),
        pytest.param("CSA helped. It was cyclosporine (CSA).", ["cyclosporine", "cyclosporine"], id="used before"),
        pytest.param("CSA helped.", [], id="not defined"),
        pytest.param(
            "CSA: cyclosporine, XY: nothing. CSA helped.", ["cyclosporine", "cyclosporine"], id="explained by a legend"
        ),
        pytest.param(
            "Abbreviations: HLH, a syndrome; CSA = cyclosporine; NK, a cell.\n\nCSA helped.",
            ["cyclosporine"],
            id="explained by a legend apart from the text",
        ),
        pytest.param("Given so far: cyclosporine. CSA helped.", ["cyclosporine"], id="nothing short before a colon"),
        pytest.param("CSA: etoposide. CSA helped.", ["etoposide"], id="a legend whose initials do not fit"),
        pytest.param("We gave cyclosporine (Rome). Rome is far.", ["cyclosporine"], id="a word in brackets is none"),
        pytest.param(
            "We gave etoposide (CSA). CSA helped.", ["etoposide"], id="initials do not fit the name before it"
        ),
        pytest.param(
            "There was malignancy (MAS). MAS was bad.",
            ["malignancy", "malignancy"],
            id="the document's own meaning wins",
        ),
    ],
)
def test_abbreviations_that_a_document_defines(text: str, terms: list[str]) -> None:
    found = [m.term.label for s in annotated_all(text) for m in s.mentions if m.name.kind is not NameKind.ABBREVIATION]
    local = [m.term.label for s in annotated_all(text) for m in s.mentions if m.name.text in ("CSA", "MAS")]
    assert sorted([*found, *dict.fromkeys(local)]) == sorted(terms)


def test_places_of_a_mention() -> None:
    sentence = annotated("The C-reactive protein rose.")
    mention = sentence.mentions[0]
    assert sentence.words[mention.first : mention.last] == ("c", "-", "reactive", "protein")


@pytest.mark.parametrize("text", ["A non-lymphoma tumor was seen.", "An anti-lymphoma effect was seen."])
def test_the_opposite_of_a_term_does_not_mention_it(text: str) -> None:
    assert "lymphoma" not in {mention.term.label for mention in annotated(text).mentions}
