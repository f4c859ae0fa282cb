"""What is recognisably a drug or a disease but in no vocabulary: kept by its look, for curators to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from hfskg.reading.document import Document, Sentence
from hfskg.reading.evidence import evidence_of
from hfskg.reading.mentions import MentionFinder
from hfskg.reading.shapes import shape_of
from hfskg.reading.tokens import Token
from hfskg.record import Evidence, UngroundedMention

__all__ = ["read_ungrounded"]

Category = Literal["drug", "disease"]

_CATEGORIES: dict[str, Category] = {"drug": "drug", "disease": "disease"}
_SHORTEST = 6
_UNREAD = frozenset({"references"})


def read_ungrounded(document: Document, finder: MentionFinder) -> Iterator[UngroundedMention]:
    """Yield the words that look like the name of a drug or disease and belong to no mention, each with all its places.

    Args:
        document: The document.
        finder: Finds the mentions of its sentences.
    """
    found: dict[tuple[str, Category], list[Evidence]] = defaultdict(list)
    labels: dict[tuple[str, Category], str] = {}
    for sentence in document.sentences:
        for token, category in _candidates(document, sentence, finder):
            key = token.fold, category
            labels.setdefault(key, token.text if token.text.isupper() else token.text.casefold())
            found[key] += evidence_of(document, [token])
    for key, evidence in found.items():
        yield UngroundedMention(label=labels[key], category=key[1], evidence=tuple(evidence))


def _candidates(document: Document, sentence: Sentence, finder: MentionFinder) -> Iterator[tuple[Token, Category]]:
    long = [(at, token.fold) for at, token in enumerate(sentence.tokens) if len(token.fold) >= _SHORTEST]
    found = [(at, _CATEGORIES[shape]) for at, fold in long if (shape := shape_of(fold)) in _CATEGORIES]
    if not found or document.blocks[sentence.block].role in _UNREAD:
        return
    covered = {place for m in finder.find(sentence) for place in range(m.first, m.last)}
    for at, category in found:
        if at not in covered and sentence.tokens[at].kind == "word":
            yield sentence.tokens[at], category
