"""Infections that a test shows or speaks against: an organism that was isolated, grew, or was not found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hfskg.reading.annotated import Annotated
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.record import Diagnosis
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["read_isolations"]

_REACH = 8
_NEGATIVE = frozenset({"negated", "negative"})
_OTHERS = frozenset({"family", "planned", "possible"})
_SKIPPED = frozenset({"negated", "negative", "family", "planned", "possible", "ignore"})


def read_isolations(annotated: Annotated, vocabulary: Vocabulary) -> Iterator[Draft]:
    """Yield the infections by the organisms that a sentence says were found in the patient, or were not.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary, which knows the infection that an organism causes.
    """
    organisms = annotated.of_kind(Kind.ORGANISM)
    if not organisms:
        return
    yield from _not_found(annotated, organisms, vocabulary)
    for match in annotated.cues("isolations"):
        place = dict(match.values[0])["place"]
        if place == "none":
            continue
        behind = place == "behind"
        for organism in organisms:
            disease = vocabulary.infections.get(organism.term.iri)
            if disease is None or not _governs(annotated, match.first, match.last, organism, behind=behind):
                continue
            if annotated.context.categories(organism.first, organism.last) & _SKIPPED:
                continue
            places = (min(organism.first, match.first), max(organism.last, match.last) - 1)
            yield Draft(
                Diagnosis,
                {"condition": vocabulary.terms[disease].ref, "status": "present"},
                annotated.evidence(places),
                annotated.time_at(places[0], places[1] + 1),
            )


def _not_found(annotated: Annotated, organisms: Sequence[Mention], vocabulary: Vocabulary) -> Iterator[Draft]:
    """Yield the infections by the organisms for which tests were negative."""
    for organism in organisms:
        disease = vocabulary.infections.get(organism.term.iri)
        categories = annotated.context.categories(organism.first, organism.last)
        if disease is not None and categories & _NEGATIVE and not categories & _OTHERS:
            yield Draft(
                Diagnosis,
                {"condition": vocabulary.terms[disease].ref, "status": "excluded"},
                annotated.evidence(range(organism.first, organism.last)),
                annotated.time_at(organism.first, organism.last),
            )


def _governs(annotated: Annotated, first: int, last: int, organism: Mention, *, behind: bool) -> bool:
    start, end = (organism.last, first) if behind else (last, organism.first)
    opened = annotated.words[last - 1] == "("
    inside = not opened or any(opening == last - 1 for opening, _ in annotated.brackets[organism.first])
    return 0 <= end - start <= _REACH and ";" not in annotated.words[start:end] and inside
