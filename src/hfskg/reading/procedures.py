"""Procedures that were carried out, one per site that the sentence names."""

from __future__ import annotations

from collections.abc import Iterator

from hfskg.reading.annotated import Annotated
from hfskg.reading.conditions import composed_terms, further_sites
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.record import Procedure
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["read_procedures"]

_MEANS = frozenset("on by in via using during with at per from".split())
_ARTICLES = frozenset("the a an repeat repeated initial subsequent".split())
_DENIED = frozenset({"negated"})
_NOT_DONE = frozenset({"negated", "undone", "ignore", "family", "planned", "considered"})


def read_procedures(annotated: Annotated, vocabulary: Vocabulary) -> Iterator[Draft]:
    """Yield the procedures that a sentence says the patient had.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
    """
    for mention in annotated.of_kind(Kind.PROCEDURE):
        against = annotated.context.categories(mention.first, mention.last) & _NOT_DONE
        if against - _DENIED or (against and not _is_means(annotated, mention)):
            continue
        for term in (*composed_terms(annotated, mention, vocabulary), *further_sites(annotated, mention, vocabulary)):
            yield Draft(
                Procedure,
                {"procedure": term.ref},
                annotated.evidence(range(mention.first, mention.last)),
                annotated.time_at(mention.first, mention.last),
            )


def _is_means(annotated: Annotated, mention: Mention) -> bool:
    """Tell whether a procedure is the means by which something was sought: "no lesion was seen on the scan"."""
    at = mention.first
    while at and annotated.words[at - 1] in _ARTICLES:
        at -= 1
    return at > 0 and annotated.words[at - 1] in _MEANS
