"""Finding the names of many terms in one pass over the tokens of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from hfskg.reading.tokens import Token, fold_word, tokenize

__all__ = ["Entry", "Match", "Matcher", "add_length", "entry_of", "name_keys", "phrase_folds"]

_HYPHENS = "-–‐‑−"
_HYPHEN_SET = frozenset(_HYPHENS)
_FAR = 10_000
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
    """Note how many words a key has, under the first of them.

    Example:
        >>> lengths: dict[str, int] = {}
        >>> add_length(lengths, "bone marrow")
        >>> lengths
        {'bone': 2}
    """
    first = key.split(" ", 1)[0]
    lengths[first] = lengths.get(first, 0) | 1 << key.count(" ")


def phrase_folds(phrase: str) -> list[str]:
    """Return the folded words and signs of a phrase, hyphens left out.

    Example:
        >>> phrase_folds("Anti-viral therapies")
        ['anti', 'viral', 'therapy']
    """
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return [fold_word(word) for word in phrase.split()]
    return [token.fold for token in tokenize(phrase) if token.text not in _HYPHENS]


class Matcher(Generic[T]):
    """A table of names by their folded words.

    Hyphens do not matter: ``multi-organ``, ``multi organ`` and ``multiorgan`` are found by each other's name.
    Names that are told apart by case (abbreviations) match only as written, a plural s aside.

    Args:
        kept: Returns what stands under a key in a table that is kept elsewhere, or None; asked when a text has the key.
        lengths: For the first word of each of its keys, a number in which bit n is set if n more words may follow.
    """

    def __init__(
        self, kept: Callable[[str], list[Entry[T]] | None] | None = None, lengths: Mapping[str, int] | None = None
    ) -> None:
        self._entries: dict[str, list[Entry[T]]] = {}
        self._lengths = dict(lengths or {})
        self._pairs: set[str] = set()
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
                if " " in key:
                    self._pairs.add(" ".join(key.split(" ", 2)[:2]))
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
        folds, hyphens, firsts = _folded(tokens)
        if lengths.keys().isdisjoint(firsts):
            return matches
        if hyphens:
            places = [at for at, fold in enumerate(folds) if fold in lengths or hyphens[at] == at + 1]
        elif self._kept is None:
            pairs = self._pairs
            places = [
                at
                for at, fold in enumerate(folds)
                if fold in lengths and (lengths[fold] & 1 or " ".join(folds[at : at + 2]) in pairs)
            ]
        else:
            places = [at for at, fold in enumerate(folds) if fold in lengths]
        done = 0
        for at in places:
            if at < done:
                continue
            match = self._longest(tokens, folds, at, hyphens)
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
        hyphen = hyphens[first] if hyphens else first + _FAR
        if (
            lengths > 1
            and hyphen > first + 2
            and self._kept is None
            and " ".join(folds[first : first + 2]) not in self._pairs
        ):
            lengths &= 1
        if hyphen <= first + max(1, lengths.bit_length()):
            return self._longest_hyphenated(tokens, folds, first)
        while lengths:
            more = lengths.bit_length()
            lengths ^= 1 << more - 1
            last = first + more
            if last <= len(folds):
                entries = self._under(" ".join(folds[first:last]))
                if entries and (values := _values(entries, tokens[first:last])):
                    return Match(first, last, values)
        return None

    def _longest_hyphenated(self, tokens: Sequence[Token], folds: Sequence[str], first: int) -> Match[T] | None:
        """Return the longest match where hyphens may be left out, or join two words to one."""
        best: Match[T] | None = None
        pending: list[tuple[str, int, int]] = [("", 0, first)]
        while pending:
            key, longer, at = pending.pop()
            entries = self._under(key)
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


_Folded: TypeAlias = tuple[list[str], list[int], frozenset[str]]
_last_folded: tuple[Sequence[Token], _Folded] = ((), ([], [], frozenset()))


def _folded(tokens: Sequence[Token]) -> _Folded:
    """Return the folds of tokens, for each place where the next hyphen behind it stands, and all words to begin with.

    The list of hyphens is empty where there is none; words that a hyphen joins count as one too. Many matchers look at
    one sentence after another, so what was found for the last one is kept.
    """
    global _last_folded
    known, folded = _last_folded
    if known is tokens:
        return folded
    folds = [token.fold for token in tokens]
    hyphens: list[int] = []
    firsts = set(folds)
    if not _HYPHEN_SET.isdisjoint(folds):
        following = 2 * len(folds) + _FAR
        for place in range(len(folds) - 1, -1, -1):
            hyphens.append(following)
            if folds[place] in _HYPHEN_SET:
                following = place
        hyphens.reverse()
        joined = (at for at, hyphen in enumerate(hyphens) if hyphen == at + 1 and _hyphen_follows(tokens, at))
        firsts.update(tokens[at].text.casefold() + folds[at + 2] for at in joined)
    folded = folds, hyphens, frozenset(firsts)
    if isinstance(tokens, tuple):
        _last_folded = tokens, folded
    return folded


def _values(entries: Sequence[tuple[str | None, T]], tokens: Sequence[Token]) -> tuple[T, ...]:
    for exact, _ in entries:
        if exact is not None:
            break
    else:
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
