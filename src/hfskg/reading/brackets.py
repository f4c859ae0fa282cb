"""Brackets: which tokens stand inside which pair, broken pairs left out."""

from __future__ import annotations

from collections.abc import Sequence

from hfskg.reading.tokens import Token

__all__ = ["enclosing_brackets"]

_PAIRS = {")": "(", "]": "["}
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
    if not any(token.text in _PAIRS for token in tokens):
        return [()] * len(tokens)
    open_: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, token in enumerate(tokens):
        if token.text in _PAIRS.values():
            open_.append((token.text, place))
        elif token.text in _PAIRS:
            at = next((i for i in range(len(open_) - 1, -1, -1) if open_[i][0] == _PAIRS[token.text]), None)
            if at is not None:
                first = open_[at][1]
                del open_[at:]
                if place - first <= _MAX_TOKENS:
                    pairs.append((first, place))
    around: list[tuple[tuple[int, int], ...]] = [()] * len(tokens)
    for first, last in sorted(pairs):
        for place in range(first, last + 1):
            around[place] += ((first, last),)
    return around
