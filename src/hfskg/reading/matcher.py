"""Finding the names of many terms in one pass over the tokens of a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from hfskg.reading.tokens import Token, tokenize

__all__ = ["Match", "Matcher", "phrase_folds"]

_HYPHENS = "-–‐‑"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A name found in a sequence of tokens.

    Attributes:
        first: Place of its first token.
        last: Place behind its last token.
        values: What the name stands for, in the order in which it was added.
    """

    first: int
    last: int
    values: tuple[T, ...]


@dataclass(slots=True)
class _Node(Generic[T]):
    children: dict[str, _Node[T]] = field(default_factory=dict)
    entries: list[tuple[str | None, T]] = field(default_factory=list)


def phrase_folds(phrase: str) -> list[str]:
    """Return the folded words and signs of a phrase, hyphens left out.

    Example:
        >>> phrase_folds("Anti-viral therapies")
        ['anti', 'viral', 'therapy']
    """
    return [token.fold for token in tokenize(phrase) if token.text not in _HYPHENS]


class Matcher(Generic[T]):
    """A trie of names over folded words.

    Hyphens do not matter: ``multi-organ``, ``multi organ`` and ``multiorgan`` are found by each other's name.
    Names that are told apart by case (abbreviations) match only as written, a plural s aside.
    """

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, name: str, value: T, *, exact_case: bool = False) -> None:
        """Add a name.

        Args:
            name: The name as one would print it.
            value: What it stands for.
            exact_case: Whether capitals must be as in the name.
        """
        surface = name.replace("-", "") if exact_case else None
        for folds in _variants(name):
            node = self._root
            for fold in folds:
                node = node.children.setdefault(fold, _Node())
            if (surface, value) not in node.entries:
                node.entries.append((surface, value))

    def extended(self, names: Mapping[str, Iterable[T]]) -> Matcher[T]:
        """Return a matcher of further names that are told apart by case, such as a document's abbreviations."""
        matcher: Matcher[T] = Matcher()
        for name, values in names.items():
            for value in values:
                matcher.add(name, value, exact_case=True)
        return matcher

    def find(self, tokens: Sequence[Token]) -> list[Match[T]]:
        """Return the longest matches from left to right, none overlapping another.

        A match gives way to one that begins inside it, reaches beyond it and is no shorter: of "raised lactate
        dehydrogenase" the last two words count, not the first two.

        Args:
            tokens: The tokens of a sentence.
        """
        matches: list[Match[T]] = []
        at = 0
        while at < len(tokens):
            match = self._longest(tokens, at)
            if match:
                inside = (self._longest(tokens, place) for place in range(at + 1, match.last))
                better = (
                    m for m in inside if m and m.last > match.last and m.last - m.first >= match.last - match.first
                )
                match = next(better, match)
                matches.append(match)
                at = match.last
            else:
                at += 1
        return matches

    def _longest(self, tokens: Sequence[Token], first: int) -> Match[T] | None:
        best: Match[T] | None = None
        if tokens[first].fold not in self._root.children and not _hyphen_follows(tokens, first):
            return None
        pending: list[tuple[_Node[T], int]] = [(self._root, first)]
        while pending:
            node, at = pending.pop()
            values = self._values(node, tokens[first:at]) if node.entries else ()
            if values and (best is None or at > best.last):
                best = Match(first, at, values)
            if at > first and at < len(tokens) and tokens[at].text in _HYPHENS:
                at += 1
            if at >= len(tokens):
                continue
            child = node.children.get(tokens[at].fold)
            if child is not None:
                pending.append((child, at + 1))
            if _hyphen_follows(tokens, at):
                child = node.children.get(tokens[at].text.casefold() + tokens[at + 2].fold)
                if child is not None:
                    pending.append((child, at + 3))
        return best

    @staticmethod
    def _values(node: _Node[T], tokens: Sequence[Token]) -> tuple[T, ...]:
        surface = "".join(token.text for token in tokens if token.text not in _HYPHENS)
        forms = (surface, surface.removesuffix("s"), surface.removesuffix("'s").removesuffix("’s"))
        return tuple(value for exact, value in node.entries if exact is None or exact.replace(" ", "") in forms)


def _hyphen_follows(tokens: Sequence[Token], at: int) -> bool:
    return (
        at + 2 < len(tokens)
        and tokens[at + 1].text in _HYPHENS
        and tokens[at].kind == "word"
        and tokens[at + 2].kind == "word"
        and tokens[at + 1].start == tokens[at].end
        and tokens[at + 2].start == tokens[at + 1].end
    )


def _variants(name: str) -> list[list[str]]:
    """Return the folded forms of a name: hyphens left out, and hyphened words joined."""
    forms = [phrase_folds(name)]
    joined = name
    for hyphen in _HYPHENS:
        joined = joined.replace(hyphen, "")
    if joined != name:
        forms.append(phrase_folds(joined))
    return [form for form in forms if form]
