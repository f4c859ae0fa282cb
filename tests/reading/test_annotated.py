from __future__ import annotations

import pytest

from hfskg.reading.annotated import cue_matcher
from hfskg.vocabulary import Kind
from reading.helpers import annotated


def test_what_the_first_stages_found() -> None:
    sentence = annotated("On day 3 she had no fever and ferritin was 1,200 ng/mL.")
    assert [m.term.label for m in sentence.mentions] == ["fever", "ferritin"]
    assert [str(a.value) for a in sentence.amounts if a.unit] == ["1200"]
    assert [s.category for s in sentence.context.scopes] == ["negated"]
    assert [t.time.earliest_day for t in sentence.times] == [3]
    assert sentence.words[:3] == ("on", "day", "3")


def test_mentions_of_a_kind() -> None:
    sentence = annotated("Fever and ferritin fell.")
    assert [m.term.label for m in sentence.of_kind(Kind.ANALYTE)] == ["ferritin"]
    assert len(sentence.of_kind(Kind.ANALYTE, Kind.FINDING)) == 2
    assert sentence.of_kind(Kind.GENE) == []


def test_evidence_reaches_over_the_places() -> None:
    assert [e.quote for e in annotated("Then fever and rash came.").evidence([3, 1])] == ["fever and rash"]


@pytest.mark.parametrize(
    ("text", "concluding"),
    [("At discharge ferritin was normal.", True), ("On arrival ferritin was normal.", False)],
)
def test_concluding(text: str, concluding: bool) -> None:
    assert annotated(text).concluding is concluding


def test_cue_matcher_gives_the_row() -> None:
    sentence = annotated("The fever resolved.")
    rows = [dict(row) for match in cue_matcher("context").find(sentence.tokens) for row in match.values]
    assert [row["category"] for row in rows] == ["resolved"]


@pytest.mark.parametrize(
    ("joints", "labels"),
    [
        ((",", "and"), ["fever", "skin rash"]),
        ((",", "and", "then"), ["fever", "skin rash", "ferritin"]),
        ((), ["fever"]),
    ],
)
def test_a_series_ends_at_a_word_that_joins_nothing(joints: tuple[str, ...], labels: list[str]) -> None:
    sentence = annotated("Fever, and rash then ferritin.")
    assert [m.term.label for m in sentence.series(sentence.mentions, joints)] == labels


def test_nothing_is_a_series_of_nothing() -> None:
    assert annotated("Fever came.").series([], ("and",)) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        pytest.param("She had fever on day 3.", "on day 3", id="behind"),
        pytest.param("On day 3 she was ill, and fever was seen.", "On day 3", id="before"),
        pytest.param("She had fever, and the rash was gone on day 3.", None, id="of a further clause"),
        pytest.param("She had fever; the rash was gone on day 3.", None, id="behind a semicolon"),
        pytest.param("She had fever, rash and chills on day 3.", "on day 3", id="of a series"),
    ],
)
def test_the_time_of_a_mention(text: str, phrase: str | None) -> None:
    sentence = annotated(text)
    fever = next(m for m in sentence.mentions if m.term.label == "fever")
    time = sentence.time_at(fever.first, fever.last)
    assert (time.phrase if time else None) == phrase


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param("The pressure was 80/40 mm Hg.", [], id="behind a number"),
        pytest.param("A pressure of 80s mm Hg was low.", [], id="behind a word"),
        pytest.param("Hg was low.", ["hemoglobin"], id="an analyte"),
    ],
)
def test_the_end_of_a_unit_is_no_mention(text: str, labels: list[str]) -> None:
    assert [m.term.label for m in annotated(text).of_kind(Kind.ANALYTE)] == labels
