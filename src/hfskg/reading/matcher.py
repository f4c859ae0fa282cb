"""Finding the names of many terms in one pass over the tokens of a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hfskg.reading.tokens import Token, tokenize

__all__ = ["Match", "Matcher", "name_keys", "phrase_folds"]

_HYPHENS = "-–‐‑"
_HYPHEN_SET = frozenset(_HYPHENS)
_FAR = 10_000
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


def phrase_folds(phrase: str) -> list[str]:
    """Return the folded words and signs of a phrase, hyphens left out.

    Example:
        >>> phrase_folds("Anti-viral therapies")
        ['anti', 'viral', 'therapy']
    """
    return [token.fold for token in tokenize(phrase) if token.text not in _HYPHENS]


class Matcher(Generic[T]):
    """A table of names by their folded words.

    Hyphens do not matter: ``multi-organ``, ``multi organ`` and ``multiorgan`` are found by each other's name.
    Names that are told apart by case (abbreviations) match only as written, a plural s aside.
    """

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[str | None, T]]] = {}
        self._lengths: dict[str, int] = {}

    def add(self, name: str, value: T, *, exact_case: bool = False, keys: Sequence[str] | None = None) -> None:
        """Add a name.

        Args:
            name: The name as one would print it.
            value: What it stands for.
            exact_case: Whether capitals must be as in the name.
            keys: The name's keys where they are known already; see :func:`name_keys`.
        """
        entry = name.replace("-", "").replace(" ", "") if exact_case else None, value
        for key in name_keys(name) if keys is None else keys:
            entries = self._entries.get(key)
            if entries is None:
                first, *others = key.split(" ")
                self._lengths[first] = self._lengths.get(first, 0) | 1 << len(others)
                self._entries[key] = [entry]
            elif entry not in entries:
                entries.append(entry)

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
        lengths = self._lengths
        folds, hyphens = _folded(tokens)
        if hyphens:
            places = [at for at, fold in enumerate(folds) if fold in lengths or hyphens[at] == at + 1]
        else:
            places = [at for at, fold in enumerate(folds) if fold in lengths]
        done = 0
        for at in places:
            match = self._longest(tokens, folds, at, hyphens) if at >= done else None
            if match is None:
                continue
            inside = (self._longest(tokens, folds, place, hyphens) for place in range(at + 1, match.last))
            better = (m for m in inside if m and m.last > match.last and m.last - m.first >= match.last - match.first)
            match = next(better, match)
            matches.append(match)
            done = match.last
        return matches

    def _longest(
        self, tokens: Sequence[Token], folds: Sequence[str], first: int, hyphens: Sequence[int]
    ) -> Match[T] | None:
        lengths = self._lengths.get(folds[first], 0)
        if hyphens and hyphens[first] <= first + max(1, lengths.bit_length()):
            return self._longest_hyphenated(tokens, folds, first)
        while lengths:
            more = lengths.bit_length()
            lengths ^= 1 << more - 1
            last = first + more
            if last <= len(folds):
                entries = self._entries.get(" ".join(folds[first:last]))
                if entries and (values := _values(entries, tokens[first:last])):
                    return Match(first, last, values)
        return None

    def _longest_hyphenated(self, tokens: Sequence[Token], folds: Sequence[str], first: int) -> Match[T] | None:
        """Return the longest match where hyphens may be left out, or join two words to one."""
        best: Match[T] | None = None
        pending: list[tuple[str, int, int]] = [("", 0, first)]
        while pending:
            key, longer, at = pending.pop()
            entries = self._entries.get(key)
            if entries and (best is None or at > best.last) and (values := _values(entries, tokens[first:at])):
                best = Match(first, at, values)
            if at > first and at < len(tokens) and tokens[at].text in _HYPHENS:
                at += 1
            if at >= len(tokens) or (key and not longer):
                continue
            forms = [(folds[at], at + 1)]
            if _hyphen_follows(tokens, at):
                forms.append((tokens[at].text.casefold() + folds[at + 2], at + 3))
            for fold, end in forms:
                if key:
                    pending.append((f"{key} {fold}", longer >> 1, end))
                elif fold in self._lengths:
                    pending.append((fold, self._lengths[fold] >> 1, end))
        return best


_last_folded: tuple[Sequence[Token], list[str], list[int]] = ((), [], [])


def _folded(tokens: Sequence[Token]) -> tuple[list[str], list[int]]:
    """Return the folds of tokens, and for each place where the next hyphen behind it stands (nothing if there is none).

    Many matchers look at one sentence after another, so those of the last sentence are kept.
    """
    global _last_folded
    known, folds, hyphens = _last_folded
    if known is tokens:
        return folds, hyphens
    folds = [token.fold for token in tokens]
    hyphens = []
    if not _HYPHEN_SET.isdisjoint(folds):
        following = 2 * len(folds) + _FAR
        for place in range(len(folds) - 1, -1, -1):
            hyphens.append(following)
            if folds[place] in _HYPHEN_SET:
                following = place
        hyphens.reverse()
    if isinstance(tokens, tuple):
        _last_folded = tokens, folds, hyphens
    return folds, hyphens


def _values(entries: Sequence[tuple[str | None, T]], tokens: Sequence[Token]) -> tuple[T, ...]:
    if all(exact is None for exact, _ in entries):
        return tuple([value for _, value in entries])
    surface = "".join(token.text for token in tokens if token.text not in _HYPHENS)
    forms = (surface, surface.removesuffix("s"), surface.removesuffix("'s").removesuffix("’s"))
    return tuple(value for exact, value in entries if exact is None or exact in forms)


def _hyphen_follows(tokens: Sequence[Token], at: int) -> bool:
    return (
        at + 2 < len(tokens)
        and tokens[at + 1].text in _HYPHENS
        and tokens[at].kind == "word"
        and tokens[at + 2].kind == "word"
        and tokens[at + 1].start == tokens[at].end
        and tokens[at + 2].start == tokens[at + 1].end
    )


def name_keys(name: str) -> list[str]:
    """Return what a name is found by: its folded words with hyphens left out, and with hyphenated words joined.

    Example:
        >>> name_keys("multi-organ failure")
        ['multi organ failure', 'multiorgan failure']
    """
    forms = [phrase_folds(name)]
    joined = name
    for hyphen in _HYPHENS:
        joined = joined.replace(hyphen, "")
    if joined != name:
        forms.append(phrase_folds(joined))
    return list(dict.fromkeys(" ".join(form) for form in forms if form))
