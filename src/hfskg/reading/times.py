"""When: phrases of time in sentences and in the heads of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hfskg.reading.cues import opening, phrases
from hfskg.reading.document import Document, Sentence
from hfskg.reading.evidence import sentence_text
from hfskg.reading.numbers import parse_integer
from hfskg.record import Time

__all__ = ["TimeSpan", "column_time", "find_times", "nearest_time"]

_CLOSE = 15
_TABLE = re.compile(r"\(\s*(?:see\s+)?Tables?\b[^()]*\Z", re.I)
_SIGN = str.maketrans({"−": "-", "–": "-", " ": None, "+": None})


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A phrase of time and its characters in the source.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        time: What it says.
        reference: Whether it stands in a reference to a table ("(Table 1, T + 14)"), which tells of results only.
    """

    start: int
    end: int
    time: Time
    reference: bool = False


def find_times(document: Document, sentence: Sentence) -> list[TimeSpan]:
    """Return the phrases of time in a sentence, from left to right; an earlier row of the cue table wins."""
    text, offsets = sentence_text(document, sentence)
    found: list[tuple[int, int, Time]] = []
    for match, row in phrases("times", text):
        time = _time(match, row["kind"])
        if time and all(match.end() <= start or match.start() >= end for start, end, _ in found):
            found.append((match.start(), match.end(), time))
    return [
        TimeSpan(offsets[start], offsets[end - 1] + 1, time, _TABLE.search(text[:start]) is not None)
        for start, end, time in sorted(found, key=lambda f: f[0])
    ]


def column_time(head: str, days: bool) -> Time | None:
    """Return the time that the head of a table's column tells, or None if it tells none.

    Args:
        head: The head's text.
        days: Whether a bare number counts days, because the head of the row says so.

    Example:
        >>> column_time("+ 45a", days=True).earliest_day
        45
    """
    for match, row in opening("table_times", head.strip()):
        kind = row["kind"]
        if kind != "bare" or days:
            return _time(match, "day" if kind == "bare" else kind)
    return None


def _time(match: re.Match[str], kind: str) -> Time | None:
    phrase = match[0].strip()
    if kind == "phrase":
        return Time(phrase=phrase)
    digits = match["n"].translate(_SIGN)
    number = int(digits) if re.fullmatch(r"-?\d+", digits) else parse_integer(match["n"])
    if number is None:
        return None
    if kind == "week":
        return Time(phrase=phrase, earliest_day=7 * number - 6, latest_day=7 * number)
    return Time(phrase=phrase, earliest_day=number, latest_day=number)


def nearest_time(times: Sequence[TimeSpan], start: int, end: int, text: str) -> Time | None:
    """Return the time that belongs to a span of the same sentence.

    It is the one in brackets right behind the span, else the last before it, else the first behind it.

    Args:
        times: The times of the sentence.
        start: Offset of the span's first character.
        end: Offset behind its last.
        text: The text of the document.
    """
    if len(times) == 1:
        return times[0].time
    near = (span for span in times if 0 <= span.start - end <= _CLOSE)
    close = next((span for span in near if text[end : span.start].strip()[:1] in ("", "(")), None)
    if close is not None:
        return close.time
    before = [span for span in times if span.end <= start]
    if before:
        return before[-1].time
    behind = [span for span in times if span.start >= end]
    return behind[0].time if behind else None
