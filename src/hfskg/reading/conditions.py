"""Named diseases and findings with their status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hfskg.reading.annotated import Annotated
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.record import ClinicalFinding, Diagnosis
from hfskg.vocabulary import Kind, NameKind, Term, Vocabulary

__all__ = ["compose_site", "read_conditions", "status_of"]

_NOT_THE_PATIENTS = frozenset({"ignore", "family", "planned"})
_SITE_REACH = 14


def read_conditions(annotated: Annotated, vocabulary: Vocabulary) -> Iterator[Draft]:
    """Yield the diseases and findings that a sentence names of the patient.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
    """
    for mention in annotated.of_kind(Kind.DISEASE, Kind.FINDING):
        status = status_of(annotated, mention)
        if status is None:
            continue
        term = compose_site(annotated, mention, vocabulary)
        evidence = annotated.evidence(range(mention.first, mention.last))
        time = annotated.time_at(mention.first, mention.last)
        if term.kind is Kind.DISEASE:
            yield Draft(Diagnosis, {"condition": term.ref, "status": _CONDITION[status]}, evidence, time)
        elif status != "suspected":
            yield Draft(ClinicalFinding, {"finding": term.ref, "status": _FINDING[status]}, evidence, time)


_CONDITION = {"present": "present", "absent": "excluded", "suspected": "suspected", "history": "history", "resolved": "present"}
_FINDING = {"present": "present", "absent": "absent", "history": "present", "resolved": "resolved"}


def status_of(annotated: Annotated, mention: Mention) -> str | None:
    """Return what a sentence says of a mention: present, absent, suspected, history, resolved, or None.

    None means that the sentence does not say it of the patient (a criterion, a test, the family, a plan).
    """
    categories = annotated.context.categories(mention.first, mention.last)
    if categories & _NOT_THE_PATIENTS:
        return None
    if mention.name.kind is NameKind.ABSENCE:
        return "absent"
    if mention.name.kind is NameKind.RESOLUTION:
        return "resolved"
    if "negated" in categories:
        return "absent"
    if "possible" in categories:
        return "suspected"
    if "resolved" in categories:
        return "resolved"
    return "history" if "history" in categories else "present"


def compose_site(annotated: Annotated, mention: Mention, vocabulary: Vocabulary) -> Term:
    """Return the site-specific term of a general finding or procedure, where the sentence names the site.

    "Haemophagocytosis demonstrated on lymph node biopsy" names the site through the procedure.
    """
    for site in _sites(annotated, mention, vocabulary):
        composed = vocabulary.composed.get((mention.term.iri, site))
        if composed and composed in vocabulary.terms:
            return vocabulary.terms[composed]
    return mention.term


def _sites(annotated: Annotated, mention: Mention, vocabulary: Vocabulary) -> list[str]:
    found: list[tuple[int, str]] = []
    for other in annotated.of_kind(Kind.BODY_SITE, Kind.PROCEDURE):
        distance = other.first - mention.last if other.first >= mention.last else mention.first - other.last
        if other is mention or distance < 0 or distance > _SITE_REACH:
            continue
        sites: Sequence[str] = (
            [other.term.iri] if other.term.kind is Kind.BODY_SITE else vocabulary.related(other.term.iri, "site")
        )
        found.extend((distance, site) for site in sites)
    return [site for _, site in sorted(found)]
