"""Runs of tokens, a sentence say, with what many stages ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Self

from hfskg.reading.brackets import enclosing_brackets
from hfskg.reading.tokens import Token

__all__ = ["HYPHENS", "Run"]

HYPHENS = frozenset("-–‐‑−")
"""The signs that join words."""

_FAR = 10_000


class Run(tuple[Token, ...]):
    """Tokens one after another.

    Args:
        tokens: The tokens.

    Attributes:
        folds: The form of each token that is compared.
        pairs: The folds of each token and the one behind it, of the last token nothing.
        hyphens: For each place where the next hyphen behind it stands, far away if none does; empty without any hyphen.
        hyphenated: Near a hyphen the places and openings of names that leave it out, or join what it stands between.
        openings: The words and pairs of words that a name may begin with, whatever hyphens stand between.

    Example:
        >>> from hfskg.reading.tokens import tokenize
        >>> Run(tokenize("Bone marrows")).folds
        ['bone', 'marrow']
    """

    folds: list[str]
    pairs: list[str]
    hyphens: list[int]
    hyphenated: list[tuple[int, str]]
    openings: set[str]

    def __new__(cls, tokens: Iterable[Token]) -> Self:
        """Return the run of some tokens."""
        run = super().__new__(cls, tokens)
        run.folds = folds = [token.fold for token in run]
        run.pairs = [*map(" ".join, zip(folds, folds[1:], strict=False)), ""]
        run.openings = set(folds)
        if HYPHENS.isdisjoint(run.openings):
            run.hyphens, run.hyphenated = [], []
        else:
            run.hyphens, run.hyphenated = _next_hyphens(folds), list(run._near_hyphens())
            run.openings.update(opening for _, opening in run.hyphenated)
        run.openings.update(run.pairs)
        return run

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens' lower-case texts."""
        return tuple([token.text.casefold() for token in self])

    @cached_property
    def numbers(self) -> list[int]:
        """The places of its numbers."""
        return [place for place, token in enumerate(self) if token.kind == "number"]

    @cached_property
    def brackets(self) -> list[tuple[tuple[int, int], ...]]:
        """The pairs of brackets around each token; see :func:`hfskg.reading.brackets.enclosing_brackets`."""
        return enclosing_brackets(self)

    def _near_hyphens(self) -> Iterator[tuple[int, str]]:
        near = {place for at, fold in enumerate(self.folds) if fold in HYPHENS for place in (at - 2, at - 1)}
        for place in sorted(near - {-2, -1}):
            for first, end in self.forms(place):
                yield place, first
                for second, _ in self.forms(self.past_hyphen(end)):
                    yield place, f"{first} {second}"

    def past_hyphen(self, at: int) -> int:
        """Return the place itself, or the next one where a hyphen stands."""
        return at + 1 if at < len(self) and self[at].text in HYPHENS else at

    def forms(self, at: int) -> list[tuple[str, int]]:
        """Return what may be compared from a place on, with the place behind: its word, and joined to one by a hyphen.

        Args:
            at: The place; beyond the end there is nothing.

        Example:
            >>> from hfskg.reading.tokens import tokenize
            >>> Run(tokenize("multi-organ failure")).forms(0)
            [('multi', 1), ('multiorgan', 3)]
        """
        folds = self.folds[at : at + 3]
        if len(folds) == 3 and self.joined(at + 1):
            return [(folds[0], at + 1), (self[at].text.casefold() + folds[2], at + 3)]
        return [(folds[0], at + 1)] if folds else []

    def joined(self, at: int) -> bool:
        """Tell whether a hyphen at a place joins two words: "higher-level"."""
        if not 0 < at < len(self) - 1 or self.folds[at] not in HYPHENS:
            return False
        before, sign, behind = self[at - 1 : at + 2]
        return before.kind == behind.kind == "word" and sign.start == before.end and behind.start == sign.end


def _next_hyphens(folds: Sequence[str]) -> list[int]:
    following = len(folds) + _FAR
    places: list[int] = []
    for place in range(len(folds) - 1, -1, -1):
        places.append(following)
        if folds[place] in HYPHENS:
            following = place
    return places[::-1]
