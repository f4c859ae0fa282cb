"""What is recognisably a drug or a disease but in no vocabulary: kept by its look, for curators to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
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
    shapes = _shapes(document)
    for sentence in document.sentences:
        for token, category in _candidates(document, sentence, finder, shapes):
            key = token.fold, category
            labels.setdefault(key, token.text if token.text.isupper() else token.text.casefold())
            found[key] += evidence_of(document, [token])
    for key, evidence in found.items():
        yield UngroundedMention(label=labels[key], category=key[1], evidence=tuple(evidence))


def _shapes(document: Document) -> dict[str, Category]:
    """Return the folds of a document that look like the name of a drug or disease."""
    folds = {token.fold for sentence in document.sentences for token in sentence.tokens}
    shapes = {fold: shape_of(fold) for fold in folds if len(fold) >= _SHORTEST}
    return {fold: _CATEGORIES[shape] for fold, shape in shapes.items() if shape in _CATEGORIES}


def _candidates(
    document: Document, sentence: Sentence, finder: MentionFinder, shapes: Mapping[str, Category]
) -> Iterator[tuple[Token, Category]]:
    tokens = sentence.tokens
    if tokens.openings.isdisjoint(shapes) or document.blocks[sentence.block].role in _UNREAD:
        return
    named = finder.named(sentence)
    places = [
        at for at, token in enumerate(tokens) if token.fold in shapes and token.kind == "word" and at not in named
    ]
    covered = {place for m in finder.find(sentence) for place in range(m.first, m.last)} if places else set()
    for at in places:
        if at not in covered:
            yield tokens[at], shapes[tokens[at].fold]
