"""A background vocabulary worked out for looking names up, as it is kept in the cache.

All is kept in columns of strings and numbers, which load fast; terms are made of them when a text names them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from hfskg.background import BackgroundTerm, Grounding, Source, read_terms
from hfskg.cache import Cache, content_digest
from hfskg.errors import VocabularyError
from hfskg.reading.cues import rows
from hfskg.reading.matcher import add_length, name_keys
from hfskg.reading.tokens import fold_word
from hfskg.vocabulary import Kind

__all__ = ["CompiledTerms", "CompiledVocabulary", "common_words"]

_SHORTEST = 4
_SHORT = 6
_MOST_WORDS = 12
_GROUNDINGS: tuple[Grounding, ...] = ("exact", "broader", "narrower")


@cache
def common_words() -> frozenset[str]:
    """Return the words, folded, that are no name of a background term by themselves."""
    return frozenset(fold_word(row["word"]) for row in rows("common_words"))


class CompiledVocabulary:
    """The terms and names of a background vocabulary.

    What is worked out from the file is kept in the cache. Too short names, numbers and common words are left out.

    Args:
        source: The vocabulary.

    Attributes:
        numbers: The number of each term by its IRI.
        lengths: How many words names have, by their first; see :class:`hfskg.reading.matcher.Matcher`.

    Raises:
        VocabularyError: The file cannot be read.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._columns = _columns(source)
        self.lengths: Mapping[str, int] = self._columns["lengths"]
        self.numbers = _first_places(self._columns["iris"])
        self._places = _first_places(self._columns["keys"])

    def term(self, number: int) -> BackgroundTerm:
        """Return the term of a number."""
        parts = (self._columns[name][number] for name in ("iris", "identifiers", "labels", "kinds", "parents"))
        iri, identifier, label, kind, parents = parts
        return BackgroundTerm(iri, identifier, label, Kind(kind), self._source.name, tuple(parents.split()))

    def named(self, key: str) -> list[tuple[str, str, Grounding]]:
        """Return which terms have a name of a key, the first in the file first.

        Args:
            key: What the name is found by; see :func:`hfskg.reading.matcher.name_keys`.

        Returns:
            The name's letters where capitals matter (else nothing), the term's IRI, and how it relates to the name.
        """
        place = self._places.get(key)
        found: list[tuple[str, str, Grounding]] = []
        if place is not None:
            keys, surfaces, terms, codes = (self._columns[name] for name in ("keys", "surfaces", "terms", "codes"))
            while place < len(keys) and keys[place] == key:
                found.append((surfaces[place], self._columns["iris"][terms[place]], _GROUNDINGS[codes[place]]))
                place += 1
        return found


class CompiledTerms(Mapping[str, BackgroundTerm]):
    """The terms of several vocabularies by IRI; of one that several have, what the first says counts.

    Args:
        vocabularies: The vocabularies, the preferred first.
    """

    def __init__(self, vocabularies: Sequence[CompiledVocabulary]) -> None:
        self._vocabularies = vocabularies

    def __getitem__(self, iri: str) -> BackgroundTerm:
        """Return a term."""
        for vocabulary in self._vocabularies:
            number = vocabulary.numbers.get(iri)
            if number is not None:
                return vocabulary.term(number)
        raise KeyError(iri)

    def __contains__(self, iri: object) -> bool:
        """Tell whether a vocabulary has a term."""
        return any(iri in vocabulary.numbers for vocabulary in self._vocabularies)

    def __iter__(self) -> Iterator[str]:
        """Yield the IRIs of all terms."""
        return iter(dict.fromkeys(iri for vocabulary in self._vocabularies for iri in reversed(vocabulary.numbers)))

    def __len__(self) -> int:
        """Return the number of terms."""
        return sum(1 for _ in self)


def _first_places(values: Sequence[str]) -> dict[str, int]:
    """Return the place of each value in a sequence, the first one if it has several; the last value stands first."""
    return dict(zip(reversed(values), range(len(values) - 1, -1, -1), strict=True))


def _columns(source: Source) -> dict[str, Any]:
    try:
        data = source.path.read_bytes()
    except OSError as error:
        what = f"The vocabulary {source.path} cannot be read: {error.strerror or error}."
        raise VocabularyError(what, "Check the file.") from error
    kind = source.kind.value if source.kind else ""
    digest = content_digest([source.path.name.encode(), kind.encode(), data])
    found: dict[str, Any] = Cache.default().remember("background", digest, lambda: _compile(source, data))
    return found


def _compile(source: Source, data: bytes) -> dict[str, Any]:
    """Return the columns: of the terms in the order of the file, and of the names, those of a key together."""
    read = read_terms(source, data)
    names: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    lengths: dict[str, int] = {}
    for number, (term, _) in enumerate(read):
        told = [(term.label, 0), *((s.text, _GROUNDINGS.index(s.grounding)) for s in term.synonyms)]
        for text, code in told:
            for key, surface in _keys(text):
                best = names[key].get(surface)
                if best is None or code < best[1]:
                    names[key][surface] = number, code
    for key in names:
        add_length(lengths, key)
    entries = [(key, surface, *best) for key, surfaces in names.items() for surface, best in surfaces.items()]
    return {
        "iris": [term.iri for term, _ in read],
        "identifiers": [term.identifier for term, _ in read],
        "labels": [term.label for term, _ in read],
        "kinds": [kind.value for _, kind in read],
        "parents": [" ".join(term.parents) for term, _ in read],
        "keys": [key for key, *_ in entries],
        "surfaces": [surface for _, surface, *_ in entries],
        "terms": [number for _, _, number, _ in entries],
        "codes": [code for *_, code in entries],
        "lengths": lengths,
    }


def _keys(text: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of a name, each with the letters where capitals matter; nothing for a name of no use."""
    if len(text) < _SHORTEST:
        return
    surface = text if len(text) <= _SHORT and sum(letter.isupper() for letter in text) > 1 else ""
    for key in name_keys(text):
        words = key.split(" ")
        if len(words) > _MOST_WORDS or not _tells(words):
            continue
        yield key, surface


def _tells(words: Iterable[str]) -> bool:
    """Tell whether words are more than numbers, signs and common words."""
    return any(len(word) >= _SHORTEST and word.isalpha() and word not in common_words() for word in words) or (
        any(word.isalpha() and len(word) > 2 for word in words) and any(word.isdigit() for word in words)
    )
