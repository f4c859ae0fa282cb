"""Language knowledge as data: one tab-separated table per theme.

Each table starts with ``#`` lines that say what it holds, then a head, then a row per cue. The column
``example`` holds a sentence that the tests run. ``(a|b)`` in a cue of words stands for either.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

__all__ = ["alternatives", "any_of", "fitting", "opening", "phrases", "rows", "tables"]


_GROUP = re.compile(r"\(\?P<\w+>")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a cue table.

    Args:
        table: The file's name without ``.tsv``.

    Example:
        >>> rows("spelling")[0]["to"]
        'e'
    """
    text = resources.files(__name__).joinpath(f"{table}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))


class _Patterns(NamedTuple):
    """The patterns of a table with their rows, and one that fits where any of them does."""

    rows: tuple[tuple[re.Pattern[str], dict[str, str]], ...]
    either: re.Pattern[str]


@cache
def _patterns(table: str) -> _Patterns:
    own = tuple((re.compile(row["pattern"], re.I), row) for row in rows(table))
    return _Patterns(own, any_of(row["pattern"] for row in rows(table)))


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern that fits where any of several does, which is quicker than to try each of them.

    Args:
        patterns: The patterns; their names of groups are left out, because several may have the same.

    Example:
        >>> any_of(["(?P<n>[0-9]) days", "(?P<n>[0-9]) weeks"]).search("for 3 weeks")[0]
        '3 weeks'
    """
    return re.compile("|".join(f"(?:{_GROUP.sub('(?:', pattern)})" for pattern in patterns), re.I)


def fitting(table: str, column: str, text: str) -> str:
    """Return what a column of a cue table says in the first row whose pattern is the whole text, or an empty string.

    Args:
        table: The file's name without ``.tsv``.
        column: The column.
        text: The text, in which white space is one blank.

    Example:
        >>> fitting("table_heads", "kind", "Reference range"), fitting("table_heads", "kind", "Ferritin")
        ('reference', '')
    """
    patterns = _patterns(table)
    if not patterns.either.fullmatch(text):
        return ""
    return next(row[column] for pattern, row in patterns.rows if pattern.fullmatch(text))


def opening(table: str, text: str) -> Iterator[tuple[re.Match[str], dict[str, str]]]:
    """Yield what patterns of a cue table fit at the beginning of a text, each with its row, row by row.

    Args:
        table: The file's name without ``.tsv``.
        text: The text.

    Example:
        >>> [row["kind"] for _, row in opening("table_times", "Week 3")]
        ['week', 'phrase']
    """
    patterns = _patterns(table)
    if patterns.either.match(text):
        for pattern, row in patterns.rows:
            match = pattern.match(text)
            if match:
                yield match, row


class _Phrases(NamedTuple):
    """The patterns of a table with their rows.

    Attributes:
        patterns: In the order of the table.
        anchored: By each anchor the places of those that have it.
        free: The places of those that have none.
        any_free: Fits where any of these does.
    """

    patterns: tuple[tuple[re.Pattern[str], dict[str, str]], ...]
    anchored: dict[str, frozenset[int]]
    free: frozenset[int]
    any_free: re.Pattern[str]


@cache
def _phrases(table: str) -> _Phrases:
    told = [(rf"(?<!\w)(?:{row['pattern']})(?!\w)", row) for row in rows(table)]
    anchored: dict[str, frozenset[int]] = {}
    for place, (_, row) in enumerate(told):
        for anchor in row.get("anchor", "").split("|"):
            anchored[anchor] = anchored.get(anchor, frozenset()) | {place}
    free = anchored.pop("", frozenset())
    patterns = tuple((re.compile(pattern, re.I), row) for pattern, row in told)
    return _Phrases(patterns, anchored, free, any_of(told[place][0] for place in sorted(free)))


def phrases(table: str, text: str) -> Iterator[tuple[re.Match[str], dict[str, str]]]:
    """Yield where patterns of a cue table stand in a text, each with its row, row by row.

    A pattern stands for whole words. Where a row has an ``anchor``, letters of which the phrase has one, a text without
    them is not looked at more closely.

    Args:
        table: The file's name without ``.tsv``.
        text: The text, in which white space is one blank.

    Example:
        >>> [match[0] for match, _ in phrases("weights", "The boy weighed 24.5 kg.")]
        ['weighed 24.5 kg']
    """
    folded = text.casefold()
    known = _phrases(table)
    places = {place for anchor in known.anchored if anchor in folded for place in known.anchored[anchor]}
    if known.free and known.any_free.search(text):
        places |= known.free
    for place in sorted(places):
        pattern, row = known.patterns[place]
        for match in pattern.finditer(text):
            yield match, row


def alternatives(cue: str) -> list[str]:
    """Return the cues that one cue with alternatives stands for.

    Args:
        cue: Words; ``(a|b)`` stands for either, an empty alternative for nothing.

    Example:
        >>> alternatives("(was|were) (|clearly )not seen")
        ['was not seen', 'was clearly not seen', 'were not seen', 'were clearly not seen']
    """
    parts = [part.split("|") for part in _CHOICE.split(cue)]
    return [" ".join("".join(chosen).split()) for chosen in itertools.product(*parts)]


def tables() -> list[str]:
    """Return the names of all cue tables, sorted."""
    return sorted(f.name.removesuffix(".tsv") for f in resources.files(__name__).iterdir() if f.name.endswith(".tsv"))
