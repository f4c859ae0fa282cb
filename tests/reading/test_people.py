from __future__ import annotations

import pytest

from hfskg.reading.people import (
    age_spans,
    introduces_patient,
    opens_with_patient,
    read_age,
    read_outcome,
    read_sex,
    read_weight,
)
from reading.helpers import document, one_sentence


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("A 9-year-old girl came.", "9", "year"),
        ("A 9 year old girl came.", "9", "year"),
        ("A 9–year–old girl came.", "9", "year"),
        ("A nine-year-old girl came.", "9", "year"),
        ("A twenty-one-year-old man came.", "21", "year"),
        ("An 11-month-old girl came.", "11", "month"),
        ("A 3-week-old boy came.", "3", "week"),
        ("A 12-day-old boy came.", "12", "day"),
        ("A girl aged 9 years came.", "9", "year"),
        ("A girl of 9 years of age came.", "9", "year"),
        ("The patient, a boy of three months, came.", "3", "month"),
        ("A boy of one and a half years came.", "1.5", "year"),
        ("A 2.5-year-old boy came.", "2.5", "year"),
        ("A 34 y/o woman came.", "34", "year"),
        ("A 34yo woman came.", "34", "year"),
        ("A 9-year-\nold girl came.", "9", "year"),
        ("A 21M came.", "21", "year"),
        ("A 44‐year‐old man came.", "44", "year"),
        ("She came at 28 days of life.", "28", "day"),
        ("An 81 F came.", "81", "year"),
        ("A 45 y/o F came.", "45", "year"),
    ],
)
def test_age(text: str, number: str, unit: str) -> None:
    parsed, sentence = one_sentence(text)
    age = read_age(parsed, [sentence])
    assert age
    assert (age.value, age.unit) == (number, unit)
    assert introduces_patient(parsed, sentence)
    assert parsed.text[age.evidence[0].start : age.evidence[0].end] == age.evidence[0].quote


@pytest.mark.parametrize(
    "text", ["She came for 9 years.", "A few-year-old habit.", "Old age.", "She had 9 days of fever."]
)
def test_no_age(text: str) -> None:
    parsed, sentence = one_sentence(text)
    assert read_age(parsed, [sentence]) is None


def test_the_first_age_counts() -> None:
    parsed = document("A 9-year-old girl came. Her 40-year-old mother was well.")
    age = read_age(parsed, parsed.sentences)
    assert age
    assert age.value == "9"


def test_all_ages_of_a_text() -> None:
    assert sorted(age_spans("a 9-year-old girl and a boy aged 3 months")) == [
        (2, 12, "9", "year"),
        (28, 41, "3", "month"),
    ]


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("A 9-year-old girl came.", True),
        ("A previously healthy 40-year-old man came.", True),
        ("This 9-year-old patient came.", True),
        ("A 9-year-old habit was given up.", False),
        ("A year later she came.", False),
        ("She came to see a 9-year-old girl.", False),
        ("A girl came.", False),
    ],
)
def test_a_text_that_opens_with_a_patient(text: str, opens: bool) -> None:
    assert opens_with_patient(text) is opens


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("A 9-year-old girl came with his brother.", "female"),
        ("A male infant came.", "male"),
        ("The patient came. She was ill. Her rash came. He, the doctor, left.", "female"),
        ("The patient came. He left.", "male"),
    ],
)
def test_sex(text: str, sex: str) -> None:
    parsed = document(text)
    told = read_sex(parsed, parsed.sentences)
    assert told
    assert told.value == sex
    assert told.evidence[0].quote in text


def test_no_sex() -> None:
    parsed = document("The patient came.")
    assert read_sex(parsed, parsed.sentences) is None


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [
        ("The boy weighed 24.5 kg.", "24.5", "weighed 24.5 kg"),
        ("She came. Her body weight on admission was 52 kg (height 160 cm).", "52", "weight on admission was 52 kg"),
        ("A 9-year-old, 30-kg girl came.", "30", "30-kg girl"),
        ("His weight: 7,5 kg. Later he weighed 8 kg.", "7.5", "weight: 7,5 kg"),
        ("She (weight 61 kg) was given 100 mg.", "61", "weight 61 kg"),
    ],
)
def test_weight(text: str, value: str, quote: str) -> None:
    parsed = document(text)
    told = read_weight(parsed, parsed.sentences)
    assert told
    assert (told.value, told.unit, told.evidence[0].quote) == (value, "kg", quote)


@pytest.mark.parametrize(
    "text",
    [
        "He had lost 8 kg of weight.",
        "She had lost 11 kg of body weight.",
        "Two girls were born weighing 2 kg each.",
        "The birth weight was 3.2 kg.",
        "She was given 2 mg/kg body weight.",
        "A weight loss of 12 kg was noted.",
        "Her brother weighed 40 kg.",
        "Children who weigh 40 kg or more are given 162 mg per 10 kg body weight.",
        "Her weight fell from 60 to 52 kg.",
    ],
)
def test_what_is_no_weight_of_the_patient(text: str) -> None:
    parsed = document(text)
    assert read_weight(parsed, parsed.sentences) is None


@pytest.mark.parametrize(
    ("text", "outcome", "quote"),
    [
        pytest.param("She was discharged home.", "alive", "discharged home", id="discharged"),
        pytest.param("She was stable. She died.", "died", "died", id="death"),
        pytest.param("He died of sepsis. The family remained.", "died", "died of", id="death decides"),
        pytest.param("She was discharged. At follow-up she was well.", "alive", "follow-up", id="the last"),
    ],
)
def test_outcome(text: str, outcome: str, quote: str) -> None:
    parsed = document(text)
    told = read_outcome(parsed, parsed.sentences)
    assert told
    assert (told[0], told[1].quote) == (outcome, quote)


def test_no_outcome() -> None:
    parsed = document("She came with fever.")
    assert read_outcome(parsed, parsed.sentences) is None


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        pytest.param("A 21M came.", "male", id="letter"),
        pytest.param("A 45 y/o F came.", "female", id="letter behind an abbreviated age"),
        pytest.param("A 9-year-old came for M and F.", None, id="letters of something else"),
    ],
)
def test_sex_by_a_letter(text: str, sex: str | None) -> None:
    parsed, sentence = one_sentence(text)
    found = read_sex(parsed, [sentence])
    assert (found.value if found else None) == sex


def test_a_death_that_only_threatened_is_none() -> None:
    parsed, sentence = one_sentence("It was a disease with potentially fatal outcome.")
    assert read_outcome(parsed, [sentence]) is None
