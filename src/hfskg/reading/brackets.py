"""Brackets: which tokens stand inside which pair, broken pairs left out."""

from __future__ import annotations

from collections.abc import Sequence

from hfskg.reading.tokens import Token

__all__ = ["enclosing_brackets"]

_PAIRS = {")": "(", "]": "["}
_SIGNS = frozenset("()[]")
_MAX_TOKENS = 80


def enclosing_brackets(tokens: Sequence[Token]) -> list[tuple[tuple[int, int], ...]]:
    """Return for each token the pairs of brackets around it, from the outside in, as places of their tokens.

    A bracket that is never closed, or only very far away, is none: prints forget them.

    Args:
        tokens: The tokens of a sentence or block.

    Example:
        >>> from hfskg.reading.tokens import tokenize
        >>> [len(pairs) for pairs in enclosing_brackets(list(tokenize("a [ b (c) d")))]
        [0, 0, 0, 1, 1, 1, 0]
    """
    around: list[tuple[tuple[int, int], ...]] = [()] * len(tokens)
    signs = [(place, token.text) for place, token in enumerate(tokens) if token.text in _SIGNS]
    open_: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, sign in signs:
        if sign not in _PAIRS:
            open_.append((sign, place))
        else:
            at = next((i for i in range(len(open_) - 1, -1, -1) if open_[i][0] == _PAIRS[sign]), None)
            if at is not None:
                first = open_[at][1]
                del open_[at:]
                if place - first <= _MAX_TOKENS:
                    pairs.append((first, place))
    for first, last in sorted(pairs):
        for place in range(first, last + 1):
            around[place] += ((first, last),)
    return around
