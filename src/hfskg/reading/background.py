"""Names of background vocabularies in sentences, behind those of the curated ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from hfskg.background import Background, BackgroundTerm, Source, read_terms
from hfskg.cache import Cache, content_digest
from hfskg.errors import VocabularyError
from hfskg.namespaces import SKOS
from hfskg.rdf import uncollected
from hfskg.reading.cues import rows
from hfskg.reading.matcher import Matcher, name_keys
from hfskg.reading.tokens import fold_word
from hfskg.vocabulary import Kind, Name, NameKind, Term, Vocabulary

__all__ = ["BackgroundNames", "common_words"]

_SHORTEST = 4
_SHORT = 6
_MOST_WORDS = 12
_GROUNDINGS = ("exact", "broader", "narrower")


@cache
def common_words() -> frozenset[str]:
    """Return the words, folded, that are no name of a background term by themselves."""
    return frozenset(fold_word(row["word"]) for row in rows("common_words"))


class BackgroundNames:
    """The names of background vocabularies, to be looked for where the ontology has none.

    What is worked out from the files is kept in the cache. Of a name that several vocabularies have, the vocabulary
    given first wins, and within it an exact name. Too short names, numbers and common words are left out.

    Args:
        sources: The vocabularies, the preferred first.
        vocabulary: The curated ontology; background terms that it maps to its own are read as these.

    Raises:
        VocabularyError: A file cannot be read.
    """

    def __init__(self, sources: Sequence[Source], vocabulary: Vocabulary) -> None:
        terms: dict[str, BackgroundTerm] = {}
        curated = _mapped(vocabulary)
        self.matcher: Matcher[tuple[Term, Name]] = Matcher()
        known: dict[tuple[str, int], tuple[Term, Name]] = {}
        taken: dict[str, int] = {}
        with uncollected():
            for place, source in enumerate(sources):
                compiled = _compiled(source)
                found = [
                    BackgroundTerm(iri, identifier, label, Kind(kind), source.name, tuple(parents))
                    for iri, identifier, label, kind, parents in compiled["terms"]
                ]
                for term in found:
                    terms.setdefault(term.iri, term)
                names = (compiled[part] for part in ("keys", "surfaces", "numbers", "codes"))
                for key, surface, number, code in zip(*names, strict=True):
                    if taken.setdefault(key, place) != place:
                        continue
                    value = known.get((found[number].iri, code))
                    if value is None:
                        value = _value(found[number], _GROUNDINGS[code], vocabulary, curated)
                        known[found[number].iri, code] = value
                    self.matcher.add(surface, value, exact_case=bool(surface), keys=(key,))
        self.background = Background(terms, curated)


def _value(term: BackgroundTerm, grounding: Any, vocabulary: Vocabulary, curated: dict[str, str]) -> tuple[Term, Name]:
    own = vocabulary.terms.get(curated.get(term.iri, ""))
    iri, label, kind = (own.iri, own.label, own.kind) if own else (term.iri, term.label, term.kind)
    read = Term(iri, label, kind, (), vocabulary=term.vocabulary, grounding=grounding)
    return read, Name(term.label, NameKind.NARROW if grounding == "broader" else NameKind.EXACT)


def _mapped(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the curated terms that say to mean exactly what a foreign term means, by the latter."""
    pairs = vocabulary.graph.subject_objects(SKOS.exactMatch)
    return {str(foreign): str(own) for own, foreign in sorted(pairs, reverse=True) if str(own) in vocabulary.terms}


def _compiled(source: Source) -> dict[str, Any]:
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
    read = read_terms(source, data)
    names: dict[tuple[str, str], tuple[int, int]] = {}
    for number, (term, _) in enumerate(read):
        told = [(term.label, 0), *((s.text, _GROUNDINGS.index(s.grounding)) for s in term.synonyms)]
        for text, code in told:
            for key, surface in _keys(text):
                best = names.get((key, surface))
                if best is None or code < best[1]:
                    names[key, surface] = number, code
    return {
        "terms": [[t.iri, t.identifier, t.label, kind.value, list(t.parents)] for t, kind in read],
        "keys": [key for key, _ in names],
        "surfaces": [surface for _, surface in names],
        "numbers": [number for number, _ in names.values()],
        "codes": [code for _, code in names.values()],
    }


def _keys(text: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of a name, each with the letters where capitals matter; nothing for a name of no use."""
    if len(text) < _SHORTEST:
        return
    capitals = sum(letter.isupper() for letter in text)
    surface = text if len(text) <= _SHORT and capitals > 1 else ""
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
