"""What is recognisably a drug or a disease but in no vocabulary: kept by its ending, for curators to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Literal

from hfskg.reading.background import common_words
from hfskg.reading.cues import rows
from hfskg.reading.document import Document, Sentence
from hfskg.reading.evidence import evidence_of
from hfskg.reading.mentions import MentionFinder
from hfskg.reading.tokens import Token
from hfskg.record import Evidence, UngroundedMention

__all__ = ["read_ungrounded"]

Category = Literal["drug", "disease"]

_STEM = 4
_UNREAD = frozenset({"references"})


@cache
def _endings() -> tuple[tuple[str, ...], dict[str, Category]]:
    categories: dict[str, Category] = {
        row["ending"]: "drug" if row["category"] == "drug" else "disease" for row in rows("endings")
    }
    return tuple(sorted(categories, key=len, reverse=True)), categories


def read_ungrounded(document: Document, finder: MentionFinder) -> Iterator[UngroundedMention]:
    """Yield the words that end like the name of a drug or disease and belong to no mention, each with all its places.

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
    endings, _ = _endings()
    places = [at for at, token in enumerate(sentence.tokens) if token.fold.endswith(endings)]
    places = [at for at in places if (sentence.tokens[at].kind == "word" and _category(sentence.tokens[at].fold))]
    if not places or document.blocks[sentence.block].role in _UNREAD:
        return
    covered = {place for m in finder.find(sentence) for place in range(m.first, m.last)}
    for at in places:
        category = _category(sentence.tokens[at].fold)
        if category is not None and at not in covered:
            yield sentence.tokens[at], category


@cache
def _category(fold: str) -> Category | None:
    """Return what a folded word ends like, or None."""
    endings, categories = _endings()
    if fold in common_words():
        return None
    return next((categories[e] for e in endings if fold.endswith(e) and len(fold) - len(e) >= _STEM - 1), None)
