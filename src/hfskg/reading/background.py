"""Names of background vocabularies in sentences, behind those of the curated ontology."""

from __future__ import annotations

from collections.abc import Sequence

from hfskg.background import Background, Grounding, Source
from hfskg.namespaces import SKOS
from hfskg.rdf import uncollected
from hfskg.reading.compiled import CompiledTerms, CompiledVocabulary
from hfskg.reading.matcher import Entry, Matcher, entry_of
from hfskg.vocabulary import Name, NameKind, Term, Vocabulary

__all__ = ["BackgroundNames"]


class BackgroundNames:
    """The names of background vocabularies, to be looked for where the ontology has none.

    Of a name that several vocabularies have, the vocabulary given first wins, and within it an exact name.

    Args:
        sources: The vocabularies, the preferred first.
        vocabulary: The curated ontology; background terms that it maps to its own are read as these.

    Raises:
        VocabularyError: A file cannot be read.
    """

    def __init__(self, sources: Sequence[Source], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        with uncollected():
            self._compiled = [CompiledVocabulary(source) for source in sources]
        self.background = Background(CompiledTerms(self._compiled), _mapped(vocabulary))
        lengths: dict[str, int] = {}
        for compiled in self._compiled:
            for first, more in compiled.lengths.items():
                lengths[first] = lengths.get(first, 0) | more
        self.matcher: Matcher[tuple[Term, Name]] = Matcher(self._named, lengths)

    def _named(self, key: str) -> list[Entry[tuple[Term, Name]]] | None:
        """Return what a name stands for, by its key, in the first vocabulary that has it."""
        for compiled in self._compiled:
            found = compiled.named(key)
            if found:
                entries = (entry_of(surface, self._value(iri, grounding)) for surface, iri, grounding in found)
                return list(dict.fromkeys(entries))
        return None

    def _value(self, iri: str, grounding: Grounding) -> tuple[Term, Name]:
        term = self.background.terms[iri]
        own = self._vocabulary.terms.get(self.background.curated.get(iri, ""))
        shown, label, kind = (own.iri, own.label, own.kind) if own else (iri, term.label, term.kind)
        read = Term(shown, label, kind, (), vocabulary=term.vocabulary, grounding=grounding)
        return read, Name(term.label, NameKind.NARROW if grounding == "broader" else NameKind.EXACT)


def _mapped(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the curated terms that say to mean exactly what a foreign term means, by the latter."""
    pairs = vocabulary.graph.subject_objects(SKOS.exactMatch)
    return {str(foreign): str(own) for own, foreign in sorted(pairs, reverse=True) if str(own) in vocabulary.terms}
