"""Names whose words a series shares: "pleural and pericardial effusions", "hepatitis B and C"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from hfskg.reading.matcher import Match
from hfskg.reading.tokens import Token

__all__ = ["with_shared_names"]

_JOINTS = frozenset({"and", "or", "nor", ",", "/", "&"})
_MOST_JOINTS = 2
_LONGEST_SHARED = 2
_LONGEST_OWN = 2
_SHORT = 2
T = TypeVar("T")


def with_shared_names(
    tokens: Sequence[Token],
    matches: Sequence[Match[T]],
    whole: Callable[[Sequence[Token]], Match[T] | None],
    stands: Callable[[Match[T], Match[T]], bool],
) -> list[Match[T]]:
    """Return the names of a sentence with those that lack words which a name beside them in the series has.

    The last words are shared by what stands before ("oral and genital ulcers"), the first by a letter or number that
    stands behind ("hepatitis B and C"). Such a name spans the stretch of both; what its own words mean alone is left
    out. Words that belong to a longer name are none of their own.

    Args:
        tokens: The tokens of a sentence.
        matches: The names found as they stand.
        whole: Returns the name that some tokens are, or None.
        stands: Whether the first of two names needs none of the words that would make it the second.
    """
    kept = list(matches)
    for match in matches:
        if match.last - match.first > 1:
            for shared in (*_before(tokens, match, whole), *_behind(tokens, match, whole)):
                touched = [m for m in matches if m.first < shared.last and shared.first < m.last and m is not match]
                if all(_within(m, shared) and not stands(m, shared) for m in touched):
                    kept = [m for m in kept if m not in touched] + [shared]
    return kept


def _within(match: Match[T], other: Match[T]) -> bool:
    return other.first <= match.first and match.last <= other.last


def _before(
    tokens: Sequence[Token], match: Match[T], whole: Callable[[Sequence[Token]], Match[T] | None]
) -> Iterator[Match[T]]:
    at = match.first
    while (end := _without_joints(tokens, at, -1)) < at:
        found = None
        for own in range(min(_LONGEST_OWN, end), 0, -1):
            part = tokens[end - own : end]
            if all(token.kind == "word" and token.fold not in _JOINTS for token in part):
                shared = range(1, min(_LONGEST_SHARED, match.last - match.first - 1) + 1)
                found = next((f for n in shared if (f := whole([*part, *tokens[match.last - n : match.last]]))), None)
            if found is not None:
                break
        if found is None:
            return
        yield Match(end - own, match.last, found.values)
        at = end - own


def _behind(
    tokens: Sequence[Token], match: Match[T], whole: Callable[[Sequence[Token]], Match[T] | None]
) -> Iterator[Match[T]]:
    at = match.last
    while at < (start := _without_joints(tokens, at, 1)) < len(tokens):
        part = tokens[start]
        if len(part.text) > _SHORT or not (part.text.isupper() or part.kind == "number"):
            return
        found = whole([*tokens[match.first : match.last - 1], part])
        if found is None:
            return
        yield Match(match.first, start + 1, found.values)
        at = start + 1


def _without_joints(tokens: Sequence[Token], at: int, step: int) -> int:
    """Return the place beyond the joints that stand at a place, going forward or backward."""
    for _ in range(_MOST_JOINTS):
        place = at if step > 0 else at - 1
        if 0 <= place < len(tokens) and tokens[place].text.casefold() in _JOINTS:
            at += step
    return at
