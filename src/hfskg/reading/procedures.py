"""Procedures that were carried out, one per site that the sentence names."""

from __future__ import annotations

from collections.abc import Iterator

from hfskg.reading.annotated import Annotated
from hfskg.reading.conditions import composed_terms, further_sites
from hfskg.reading.drafts import Draft
from hfskg.record import Procedure
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["read_procedures"]

_NOT_DONE = frozenset({"negated", "undone", "ignore", "family", "planned", "considered"})


def read_procedures(annotated: Annotated, vocabulary: Vocabulary) -> Iterator[Draft]:
    """Yield the procedures that a sentence says the patient had.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
    """
    for mention in annotated.of_kind(Kind.PROCEDURE):
        if annotated.context.categories(mention.first, mention.last) & _NOT_DONE:
            continue
        for term in (*composed_terms(annotated, mention, vocabulary), *further_sites(annotated, mention, vocabulary)):
            yield Draft(
                Procedure,
                {"procedure": term.ref},
                annotated.evidence(range(mention.first, mention.last)),
                annotated.time_at(mention.first, mention.last),
            )
