"""How often and how long a drug was given, as the phrases tell that stand around its mention."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from hfskg.reading.annotated import Annotated
from hfskg.reading.cues import any_of, rows
from hfskg.reading.mentions import Mention
from hfskg.reading.numbers import parse_integer
from hfskg.reading.quantities import Amount
from hfskg.vocabulary import Kind

__all__ = ["Phrase", "doses_per_day", "find_duration", "find_frequency", "stretches"]

_REACH = 45
_FURTHER = re.compile(r"[,;]? (?:which|then|and then|followed by)\b", re.I)
_WORDS_BEFORE = 4
_CONJUNCTIONS = frozenset({"and", ",", "with", "plus", "or"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in a sentence.

    Attributes:
        text: Its characters on one line.
        first: Place of its first token.
        last: Place behind its last token.
        per_day: For a frequency the number of doses a day, where one follows.
    """

    text: str
    first: int
    last: int
    per_day: Decimal | None = None


def stretches(annotated: Annotated, mention: Mention, amount: Amount | None) -> list[tuple[int, int]]:
    """Return where a sentence's line may tell how often and how long a drug was given, the likeliest first.

    Args:
        annotated: The sentence.
        mention: The drug.
        amount: The dose, if one was told.
    """
    return [*_behind(annotated, mention, amount), _before(annotated, mention)]


def find_frequency(annotated: Annotated, places: Iterable[tuple[int, int]]) -> Phrase | None:
    """Return how often a drug was given: told behind it or its dose, else in the words before it.

    Args:
        annotated: The sentence.
        places: Where it may be told; see :func:`stretches`.
    """
    for first, last in places:
        if not _any_frequency().search(annotated.line[0], first, last):
            continue
        found = [(m, per_day) for p, per_day in _frequencies() if (m := p.search(annotated.line[0], first, last))]
        match, told = min(found, key=lambda pair: (pair[0].start(), -pair[0].end()))
        return _phrase(annotated, match, _per_day(match, told))
    return None


def find_duration(annotated: Annotated, places: Iterable[tuple[int, int]]) -> Phrase | None:
    """Return how long a drug was given, told behind it or its dose.

    Args:
        annotated: The sentence.
        places: Where it may be told; see :func:`stretches`.
    """
    for first, last in places:
        for pattern in _durations():
            match = pattern.search(annotated.line[0], first, last)
            if match:
                return _phrase(annotated, match, None)
    return None


def doses_per_day(frequency: str) -> Decimal | None:
    """Return the number of doses a day that a frequency tells, or None.

    Args:
        frequency: The frequency as told, such as ``twice a day``.
    """
    for pattern, per_day in _frequencies():
        match = pattern.search(frequency)
        if match:
            return _per_day(match, per_day)
    return None


@cache
def _frequencies() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b(?:{row['pattern']})", re.I), row["per_day"]) for row in rows("frequencies"))


@cache
def _any_frequency() -> re.Pattern[str]:
    return any_of(pattern.pattern for pattern, _ in _frequencies())


@cache
def _durations() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"], re.I) for row in rows("durations"))


def _behind(annotated: Annotated, mention: Mention, amount: Amount | None) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the sentence's line behind a dose and behind its drug, up to the next drug or course."""
    ends = [mention.last]
    if amount is not None:
        ends.insert(0, amount.last)
    for last in ends:
        later = [m.first for m in annotated.of_kind(Kind.DRUG) if m.first >= last]
        start = _at(annotated, annotated.tokens[last - 1].end - 1) + 1
        if later:
            joined = [at for at in range(last, later[0]) if annotated.words[at] in _CONJUNCTIONS]
            stop = _at(annotated, annotated.tokens[joined[-1] if joined else later[0]].start)
        else:
            stop = len(annotated.line[0])
        further = _FURTHER.search(annotated.line[0], start, stop)
        yield start, min(further.start() if further else stop, start + _REACH)


def _before(annotated: Annotated, mention: Mention) -> tuple[int, int]:
    """Return the stretch of a few words before a drug; what a conjunction parts from it is another drug's."""
    first = max(0, mention.first - _WORDS_BEFORE)
    apart = (at + 1 for at in range(mention.first - 1, first - 1, -1) if annotated.words[at] in _CONJUNCTIONS)
    first = next(apart, first)
    return _at(annotated, annotated.tokens[first].start), _at(annotated, annotated.tokens[mention.first].start)


def _at(annotated: Annotated, offset: int) -> int:
    """Return the place in the sentence's line of a character of the source."""
    return bisect_right(annotated.line[1], offset) - 1


def _phrase(annotated: Annotated, match: re.Match[str], per_day: Decimal | None) -> Phrase:
    offsets: Sequence[int] = annotated.line[1]
    begin, end = offsets[match.start()], offsets[match.end() - 1]
    places = [place for place, token in enumerate(annotated.tokens) if token.end > begin and token.start <= end]
    return Phrase(match[0].strip(), places[0], places[-1] + 1, per_day)


def _per_day(match: re.Match[str], per_day: str) -> Decimal | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    if not per_day:
        return None
    if per_day in ("n", "h", "d", "w"):
        number = next((parse_integer(value) for name, value in groups.items() if name.startswith(per_day)), None)
        if not number:
            return None
        times = {"n": Decimal(number), "h": Decimal(24) / number, "d": 1 / Decimal(number)}
        return times.get(per_day, 1 / Decimal(7 * number))
    numerator, _, denominator = per_day.partition("/")
    return Decimal(numerator) / Decimal(denominator or 1)
