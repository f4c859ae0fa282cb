from __future__ import annotations

import pytest

from hfskg.reading.times import column_time, find_times, nearest_time
from reading.helpers import one_sentence


@pytest.mark.parametrize(
    ("text", "phrase", "days"),
    [
        ("On day 20 she worsened.", "On day 20", (20, 20)),
        ("On hospital day 9 she worsened.", "On hospital day 9", (9, 9)),
        ("On the fifth day of admission she worsened.", "On the fifth day of admission", (5, 5)),
        ("On the 45th day of hospitalization she worsened.", "On the 45th day of hospitalization", (45, 45)),
        ("It rose (T + 14).", "T + 14", (14, 14)),
        ("It rose (Table 1, T14).", "T14", (14, 14)),
        ("It rose (T0).", "T0", (0, 0)),
        ("During week 3 she worsened.", "During week 3", (15, 21)),
        ("On the third week of hospitalization she worsened.", "On the third week of hospitalization", (15, 21)),
        ("On admission she was well.", "On admission", None),
        ("Six months later she was well.", "Six months later", None),
        ("Within 5 days she was well.", "Within 5 days", None),
        ("In May 2012 she was well.", "In May 2012", None),
        ("On day\n20 she worsened.", "On day 20", (20, 20)),
    ],
)
def test_times_in_prose(text: str, phrase: str, days: tuple[int, int] | None) -> None:
    spans = find_times(*one_sentence(text))
    assert [span.time.phrase for span in spans] == [phrase]
    time = spans[0].time
    assert (time.earliest_day, time.latest_day) == (days or (None, None))
    assert " ".join(text[spans[0].start : spans[0].end].split()) == phrase


@pytest.mark.parametrize(
    "text",
    [
        "She was well.",
        "T2 lesions and low T4 were seen.",
        "Troponin T 0.05 ng/mL was seen.",
        "The vertebra T12 was broken.",
        "She weighed 20 kg.",
        "A 9-day course was given.",
        "By daylight.",
    ],
)
def test_no_times(text: str) -> None:
    assert find_times(*one_sentence(text)) == []


def test_times_from_left_to_right_without_overlap() -> None:
    spans = find_times(*one_sentence("On day 3 she worsened, on day 5 she died, six days later than feared."))
    assert [span.time.earliest_day for span in spans] == [3, 5, None]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Day 15", 15),
        ("day 0", 0),
        ("Day -2", -2),
        ("Day −2", -2),
        ("HD 16", 16),
        ("D7", 7),
        ("T+14", 14),
        ("5th day", 5),
        ("+ 45a", 45),
        ("7", 7),
        ("12*", 12),
    ],
)
def test_days_in_heads(head: str, day: int) -> None:
    time = column_time(head, days=True)
    assert time
    assert (time.earliest_day, time.latest_day) == (day, day)


@pytest.mark.parametrize(
    "head", ["On admission", "At discharge", "Before treatment", "12 March", "March 12, 2019", "2019-05-03", "3 months"]
)
def test_phrases_in_heads(head: str) -> None:
    time = column_time(head, days=False)
    assert time
    assert (time.phrase, time.earliest_day) == (head, None)


@pytest.mark.parametrize("head", ["", "Ferritin", "Result", "Reference", "Patient 1", "ng/mL", "7"])
def test_heads_that_tell_no_time(head: str) -> None:
    assert column_time(head, days=False) is None


def test_a_week_in_a_head_is_seven_days() -> None:
    time = column_time("Week 2", days=False)
    assert time
    assert (time.earliest_day, time.latest_day) == (8, 14)


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        pytest.param("On day 3 she had fever.", "fever", 3, id="the only one"),
        pytest.param("She had fever on day 3.", "fever", 3, id="the only one behind"),
        pytest.param("On day 3 fever came which then was seen for long, on day 5 rash.", "fever", 3, id="before"),
        pytest.param("On day 3 fever came which then was seen for long, on day 5 rash.", "rash", 5, id="last before"),
        pytest.param("She had fever on day 3 and rash on day 5.", "fever", 3, id="right behind"),
        pytest.param("On day 3 she had fever, on day 5 rash.", "fever", 3, id="not beyond a comma"),
        pytest.param("On day 3 she had fever (Table 2, T + 5).", "fever", 5, id="in brackets behind"),
        pytest.param("She had fever on day 3 and rash on day 5.", "rash", 5, id="right behind, again"),
    ],
)
def test_the_time_of_a_mention(text: str, word: str, day: int) -> None:
    start = text.index(word)
    time = nearest_time(find_times(*one_sentence(text)), start, start + len(word), text)
    assert time
    assert time.earliest_day == day


def test_no_time_of_a_mention() -> None:
    assert nearest_time([], 0, 5, "Fever") is None
