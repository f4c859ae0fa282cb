from __future__ import annotations

import pytest

from hfskg.reading.conditions import composed_terms, status_of
from hfskg.vocabulary import Kind, Vocabulary
from reading.helpers import annotated, conditions, findings, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She had sepsis.", {("sepsis", "present")}, id="present"),
        pytest.param("Sepsis was suspected.", {("sepsis", "suspected")}, id="suspected"),
        pytest.param("Lymphoma was ruled out.", {("lymphoma", "excluded")}, id="ruled out"),
        pytest.param("No cause of the sepsis was found.", {("sepsis", "present")}, id="its cause denied"),
        pytest.param("Sepsis prophylaxis was given.", set(), id="prevented"),
        pytest.param("There was no evidence of sepsis.", {("sepsis", "excluded")}, id="negated"),
        pytest.param("She had a history of asthma.", {("asthma", "history")}, id="history"),
        pytest.param("The sepsis resolved.", {("sepsis", "present")}, id="resolved"),
        pytest.param("Her mother had asthma.", set(), id="family"),
        pytest.param("She was tested for tuberculosis.", set(), id="test"),
        pytest.param("She was seen for evaluation of asthma.", set(), id="sought"),
        pytest.param("Biopsy for asthma was not done.", {("asthma", "present")}, id="not done is said of the biopsy"),
        pytest.param("Tests for evaluation of asthma were negative.", {("asthma", "excluded")}, id="sought, not found"),
        pytest.param("There was no lymphoma relapse.", set(), id="no relapse is no absence"),
        pytest.param(
            "Tests excluded lymphoma and sepsis.", {("lymphoma", "excluded"), ("sepsis", "excluded")}, id="active"
        ),
        pytest.param("She met five of eight criteria for sepsis.", {("sepsis", "present")}, id="criteria met"),
        pytest.param("The criteria for sepsis were not met.", set(), id="criteria not met"),
        pytest.param("Sepsis could not be ruled out.", {("sepsis", "suspected")}, id="not ruled out"),
        pytest.param("She had a positive virus test.", {("influenza", "present")}, id="shown by a test"),
        pytest.param("There was no positive virus test.", {("influenza", "excluded")}, id="not shown by a test"),
        pytest.param("Drugs to prevent infection were given.", set(), id="plan"),
        pytest.param("She was septic.", {("sepsis", "present")}, id="adjective"),
        pytest.param(
            "A man with a history of asthma presented with sepsis.",
            {("asthma", "history"), ("sepsis", "present")},
            id="history ends",
        ),
    ],
)
def test_diseases(text: str, expected: set[tuple[str, str]]) -> None:
    assert conditions(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She had fever and a rash.", {("fever", "present"), ("skin rash", "present")}, id="present"),
        pytest.param("She had no fever or rash.", {("fever", "absent"), ("skin rash", "absent")}, id="absent"),
        pytest.param("No rash but fever was seen.", {("skin rash", "absent"), ("fever", "present")}, id="but"),
        pytest.param("The fever resolved.", {("fever", "resolved")}, id="resolved"),
        pytest.param("She was afebrile.", {("fever", "absent")}, id="word of absence"),
        pytest.param("She defervesced.", {("fever", "resolved")}, id="word of resolution"),
        pytest.param("Hepatomegaly was suspected.", set(), id="suspected findings are not told"),
        pytest.param("She had a history of seizures.", {("seizure", "present")}, id="history"),
        pytest.param("She was seen for evaluation of fever.", {("fever", "present")}, id="the reason to look is there"),
        pytest.param(
            "Hemophagocytosis was seen in the bone marrow.",
            {("bone marrow hemophagocytosis", "present")},
            id="site behind",
        ),
        pytest.param(
            "Marrow hemophagocytosis was seen.", {("bone marrow hemophagocytosis", "present")}, id="site before"
        ),
        pytest.param(
            "Hemophagocytosis was seen on lymph node biopsy.",
            {("lymph node hemophagocytosis", "present")},
            id="site of the procedure",
        ),
        pytest.param("Hemophagocytosis was seen in the liver.", {("hemophagocytosis", "present")}, id="no such term"),
    ],
)
def test_findings(text: str, expected: set[tuple[str, str]]) -> None:
    assert findings(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("She had sepsis.", "present"),
        ("She had no sepsis.", "absent"),
        ("Sepsis was suspected.", "suspected"),
        ("She had a history of sepsis.", "history"),
        ("The sepsis resolved.", "resolved"),
        ("Her mother had sepsis.", None),
        ("No possible sepsis was found.", "absent"),
        ("Due to lack of improvement, there was sepsis.", "present"),
        ("There might be sepsis.", "suspected"),
        ("She was seen by the sepsis team.", None),
        ("The septic blood culture grew nothing.", None),
    ],
)
def test_status(text: str, status: str | None) -> None:
    sentence = annotated(text)
    assert status_of(sentence, sentence.of_kind(Kind.DISEASE)[0]) == status


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Biopsies of bone marrow, lymph node and liver were taken.", 3),
        ("Biopsies of bone marrow were taken, later the liver swelled.", 1),
        ("Biopsies were taken.", 1),
    ],
)
def test_a_series_of_sites_gives_one_term_each(text: str, terms: int, vocabulary: Vocabulary) -> None:
    sentence = annotated(text)
    mention = sentence.of_kind(Kind.PROCEDURE)[0]
    assert len(composed_terms(sentence, mention, vocabulary)) == terms


def test_the_quote_is_the_mention() -> None:
    event = read("Then fever came.").events[0]
    assert [e.quote for e in event.evidence] == ["fever"]
