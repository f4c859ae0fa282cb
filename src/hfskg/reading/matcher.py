"""Finding the names of many terms in one pass over the tokens of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from hfskg.reading.runs import HYPHENS, Run
from hfskg.reading.tokens import Token, fold_word, tokenize

__all__ = ["Entry", "Match", "Matcher", "add_length", "entry_of", "name_keys", "phrase_folds"]

T = TypeVar("T")
Entry: TypeAlias = tuple[str | None, T]
"""What stands under a key: the letters as they must be, None where capitals do not matter, and a value."""


class Match(NamedTuple, Generic[T]):
    """A name found in a sequence of tokens.

    Attributes:
        first: Place of its first token.
        last: Place behind its last token.
        values: What the name stands for, in the order in which it was added.
    """

    first: int
    last: int
    values: tuple[T, ...]


def entry_of(surface: str, value: T) -> Entry[T]:
    """Return an entry.

    Args:
        surface: The name where capitals must be as in it; empty where they need not.
        value: What it stands for.
    """
    return surface.replace("-", "").replace(" ", "") if surface else None, value


def add_length(lengths: dict[str, int], key: str) -> None:
    """Note how many words a key has, under what opens it: its only word, or the first two.

    Example:
        >>> lengths: dict[str, int] = {}
        >>> add_length(lengths, "bone marrow biopsy")
        >>> lengths
        {'bone marrow': 4}
    """
    words = key.split(" ", 2)
    opening = " ".join(words[:2])
    lengths[opening] = lengths.get(opening, 0) | 1 << key.count(" ")


def phrase_folds(phrase: str) -> list[str]:
    """Return the folded words and signs of a phrase, hyphens left out.

    Example:
        >>> phrase_folds("Anti-viral therapies")
        ['anti', 'viral', 'therapy']
    """
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return [fold_word(word) for word in phrase.split()]
    return [token.fold for token in tokenize(phrase) if token.text not in HYPHENS]


class Matcher(Generic[T]):
    """A table of names by their folded words.

    Hyphens do not matter: ``multi-organ``, ``multi organ`` and ``multiorgan`` are found by each other's name.
    Names that are told apart by case (abbreviations) match only as written, a plural s aside.

    Args:
        kept: Returns what stands under a key in a table that is kept elsewhere, or None; asked when a text has the key.
        lengths: For what opens its keys, a number in which bit n is set if one has n words more than the first; see
            :func:`add_length`.
    """

    def __init__(
        self, kept: Callable[[str], list[Entry[T]] | None] | None = None, lengths: Mapping[str, int] | None = None
    ) -> None:
        self._entries: dict[str, list[Entry[T]]] = {}
        self._lengths = dict(lengths or {})
        self._kept = kept
        self._under = self._entries.get if kept is None else self._under_kept

    def _under_kept(self, key: str) -> list[Entry[T]] | None:
        """Return what stands under a key, whether added or kept elsewhere."""
        entries = self._entries.get(key)
        if entries is None and self._kept is not None:
            entries = self._kept(key)
            if entries is not None:
                self._entries[key] = entries
        return entries

    def add(self, name: str, value: T, *, exact_case: bool = False, keys: Sequence[str] | None = None) -> None:
        """Add a name.

        Args:
            name: The name as one would print it.
            value: What it stands for.
            exact_case: Whether capitals must be as in the name.
            keys: The name's keys where they are known already; see :func:`name_keys`.
        """
        entry = entry_of(name if exact_case else "", value)
        for key in name_keys(name) if keys is None else keys:
            entries = self._under(key)
            if entries is None:
                add_length(self._lengths, key)
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
        run = tokens if isinstance(tokens, Run) else Run(tokens)
        lengths = self._lengths
        matches: list[Match[T]] = []
        hits = lengths.keys() & run.openings
        if not hits:
            return matches
        opened = enumerate(zip(run.folds, run.pairs, strict=True))
        places = [at for at, (fold, pair) in opened if fold in hits or pair in hits]
        if run.hyphenated:
            places = sorted({*places, *(at for at, opening in run.hyphenated if opening in hits)})
        done = 0
        for at in places:
            if at < done:
                continue
            match = self._longest(run, at)
            if match is None:
                continue
            if match.last > at + 1:
                inside = (self._longest(run, place) for place in places if at < place < match.last)
                better = (m for m in inside if m and m.last > match.last and m.last - m.first >= match.last - at)
                match = next(better, match)
            matches.append(match)
            done = match.last
        return matches

    def whole(self, tokens: Sequence[Token]) -> Match[T] | None:
        """Return the match that takes in all of some tokens, hyphens left out, or None.

        Args:
            tokens: The tokens.
        """
        entries = self._under(" ".join([token.fold for token in tokens if token.text not in HYPHENS]))
        values = _values(entries, tokens) if entries else ()
        return Match(0, len(tokens), values) if values else None

    def _longest(self, run: Run, first: int) -> Match[T] | None:
        lengths = self._lengths.get(run.pairs[first], 0) | self._lengths.get(run.folds[first], 0)
        if run.hyphens and run.hyphens[first] <= first + max(2, lengths.bit_length()):
            return self._longest_hyphenated(run, first)
        while lengths:
            more = lengths.bit_length()
            lengths ^= 1 << more - 1
            last = first + more
            if last <= len(run):
                entries = self._under(" ".join(run.folds[first:last]))
                if entries and (values := _values(entries, run[first:last])):
                    return Match(first, last, values)
        return None

    def _longest_hyphenated(self, run: Run, first: int) -> Match[T] | None:
        """Return the longest match where hyphens may be left out, or join two words to one."""
        best: Match[T] | None = None
        pending: list[tuple[str, int, int]] = [(form, 1, end) for form, end in run.forms(first)]
        while pending:
            key, longer, at = pending.pop()
            entries = self._under(key)
            if entries and (best is None or at > best.last) and (values := _values(entries, run[first:at])):
                best = Match(first, at, values)
            if not longer:
                continue
            for fold, end in run.forms(run.past_hyphen(at)):
                opening = f"{key} {fold}"
                if " " in key:
                    pending.append((opening, longer >> 1, end))
                elif opening in self._lengths:
                    pending.append((opening, self._lengths[opening] >> 2, end))
        return best


def _values(entries: Sequence[tuple[str | None, T]], tokens: Sequence[Token]) -> tuple[T, ...]:
    for exact, _ in entries:
        if exact is not None:
            break
    else:
        return tuple([value for _, value in entries])
    surface = "".join(token.text for token in tokens if token.text not in HYPHENS)
    forms = (surface, surface.removesuffix("s"), surface.removesuffix("'s").removesuffix("’s"))
    return tuple(value for exact, value in entries if exact is None or exact in forms)


def name_keys(name: str) -> list[str]:
    """Return what a name is found by: its folded words with hyphens left out, and with hyphenated words joined.

    Example:
        >>> name_keys("multi-organ failure")
        ['multi organ failure', 'multiorgan failure']
    """
    forms = [phrase_folds(name)]
    joined = name
    for hyphen in sorted(HYPHENS):
        joined = joined.replace(hyphen, "")
    if joined != name:
        forms.append(phrase_folds(joined))
    return list(dict.fromkeys(" ".join(form) for form in forms if form))
