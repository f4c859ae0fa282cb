"""Named diseases and findings with their status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hfskg.reading.annotated import Annotated
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.record import ClinicalFinding, Diagnosis
from hfskg.vocabulary import Kind, NameKind, Term, Vocabulary

__all__ = ["composed_terms", "further_sites", "indicated", "read_conditions", "status_of"]

_DOUBTS = frozenset({"negated", "negative", "possible", "considered", "sought"})
_OTHERS = frozenset({"family", "planned", "prevented"})
_HEADS = (Kind.PROCEDURE, Kind.PANEL, Kind.ORGANISM)
_SITE_REACH = 14
_SITE_REACH_BEFORE = 6
_SERIES = frozenset({",", "and", "&", "the", "or", "/"})


def read_conditions(annotated: Annotated, vocabulary: Vocabulary) -> Iterator[Draft]:
    """Yield the diseases and findings that a sentence names of the patient.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
    """
    mentions = annotated.of_kind(Kind.DISEASE, Kind.FINDING)
    if not mentions:
        return
    answers = {
        place
        for match in annotated.cues("responses")
        if dict(match.values[0])["place"] == "before"
        for place in range(match.first, match.last)
    }
    for mention in mentions:
        if answers.issuperset(range(mention.first, mention.last)):
            continue
        status = status_of(annotated, mention)
        if status is None:
            continue
        evidence = annotated.evidence(range(mention.first, mention.last))
        time = annotated.time_at(mention.first, mention.last, results=True)
        if mention.term.kind is Kind.DISEASE:
            yield Draft(Diagnosis, {"condition": mention.term.ref, "status": _CONDITION[status]}, evidence, time)
        elif status != "suspected":
            lasting = any(match.last == mention.first for match in annotated.cues("lasting"))
            for term in composed_terms(annotated, mention, vocabulary):
                fields = {"finding": term.ref, "status": _FINDING[status]}
                yield Draft(ClinicalFinding, fields, evidence, time, lasting=lasting)


def indicated(draft: Draft, vocabulary: Vocabulary) -> Iterator[Draft]:
    """Yield the infection that a positive result of a specific test shows, or that a negative one speaks against.

    Args:
        draft: A draft of any event.
        vocabulary: The vocabulary, which tells what a finding indicates.
    """
    status = {"present": "present", "absent": "excluded"}.get(draft.fields.get("status", ""))
    if draft.event is ClinicalFinding and status:
        for disease in vocabulary.related(draft.fields["finding"].iri, "indicates"):
            fields = {"condition": vocabulary.terms[disease].ref, "status": status}
            yield Draft(Diagnosis, fields, draft.evidence, draft.time)


_CONDITION = {
    "present": "present",
    "absent": "excluded",
    "suspected": "suspected",
    "history": "history",
    "resolved": "present",
}
_FINDING = {"present": "present", "absent": "absent", "history": "present", "resolved": "resolved"}


def status_of(annotated: Annotated, mention: Mention) -> str | None:
    """Return what a sentence says of a mention: present, absent, suspected, history, resolved, or None.

    None means that the sentence does not say it of the patient (a criterion, a test, the family, a plan).
    """
    categories = annotated.context.categories(mention.first, mention.last)
    if "given" in categories:
        categories -= _DOUBTS
    if _is_compound(annotated, mention):
        return None
    if categories & _OTHERS or ("ignore" in categories and "negative" not in categories):
        return None
    if "sought" in categories and mention.term.kind is Kind.DISEASE and not categories & {"negated", "negative"}:
        return None
    if mention.name.kind is NameKind.ABSENCE:
        return "absent"
    if mention.name.kind is NameKind.RESOLUTION:
        return "resolved"
    if categories & {"negated", "negative"}:
        return None if "again" in categories else "absent"
    if categories & {"possible", "considered"}:
        return "suspected"
    if "resolved" in categories:
        return "resolved"
    if _qualifies(annotated, mention):
        return None
    return "history" if "history" in categories else "present"


def _is_compound(annotated: Annotated, mention: Mention) -> bool:
    """Tell whether a name is only part of the name of something else: "infectious disease clinic"."""
    behind = (dict(row) for match in annotated.cues("compounds") if match.first == mention.last for row in match.values)
    return any(row["of"] == "any" or mention.term.kind is Kind.FINDING for row in behind)


def _qualifies(annotated: Annotated, mention: Mention) -> bool:
    """Tell whether an adjective belongs to a test or germ behind it: "septic panel", "hemolytic streptococci"."""
    heads = annotated.of_kind(*_HEADS) if mention.name.kind is NameKind.ADJECTIVE else ()
    return any(head.first == mention.last for head in heads)


def composed_terms(annotated: Annotated, mention: Mention, vocabulary: Vocabulary) -> list[Term]:
    """Return the site-specific terms of a general finding or procedure, or the general term where no site is near.

    A series of sites gives one term each: "biopsies of marrow, liver and lung". A procedure may name the site:
    "haemophagocytosis on lymph node biopsy".

    Args:
        annotated: The sentence.
        mention: The general term.
        vocabulary: The vocabulary.
    """
    near = [
        (other, terms)
        for other in annotated.of_kind(Kind.BODY_SITE, Kind.PROCEDURE)
        if other is not mention and (terms := _composed(other, mention, vocabulary))
    ]
    before = [(o, terms) for o, terms in reversed(near) if o.last <= mention.first]
    behind = [(o, terms) for o, terms in near if o.first >= mention.last]
    found = _series(annotated, before, mention.first, _SITE_REACH_BEFORE) or _series(
        annotated, behind, mention.last, _SITE_REACH
    )
    return found or [mention.term]


def further_sites(annotated: Annotated, mention: Mention, vocabulary: Vocabulary) -> list[Term]:
    """Return the terms that further sites beside a site-specific one stand for: "culture of urine, sputum and blood".

    Args:
        annotated: The sentence.
        mention: The site-specific term, whose general method the ontology names.
        vocabulary: The vocabulary.
    """
    found: list[Term] = []
    for method in vocabulary.related(mention.term.iri, "method"):
        sites = [s for s in annotated.of_kind(Kind.BODY_SITE) if s.last <= mention.first or s.first >= mention.last]
        made = [
            (s, [vocabulary.terms[c]])
            for s in sites
            if (c := vocabulary.composed.get((method, s.term.iri), "")) in vocabulary.terms
        ]
        before = [(s, terms) for s, terms in reversed(made) if s.last <= mention.first]
        behind = [(s, terms) for s, terms in made if s.first >= mention.last]
        for near, edge in ((before, mention.first), (behind, mention.last)):
            if near and _SERIES.issuperset(_between(annotated, near[0][0], edge)):
                found += _series(annotated, near, edge, _SITE_REACH_BEFORE)
    return [term for term in found if term is not mention.term]


def _between(annotated: Annotated, mention: Mention, edge: int) -> tuple[str, ...]:
    return annotated.words[mention.last : edge] if mention.last <= edge else annotated.words[edge : mention.first]


def _composed(other: Mention, mention: Mention, vocabulary: Vocabulary) -> list[Term]:
    """Return the site-specific terms that a mention of a site, or of a procedure at a site, makes of a general one."""
    sites = [other.term.iri] if other.term.kind is Kind.BODY_SITE else vocabulary.related(other.term.iri, "site")
    composed = (vocabulary.composed.get((mention.term.iri, site)) for site in sites)
    return [vocabulary.terms[term] for term in composed if term and term in vocabulary.terms]


def _series(annotated: Annotated, near: Sequence[tuple[Mention, list[Term]]], edge: int, reach: int) -> list[Term]:
    """Return the terms of the series of sites that begins nearest to an edge, if it is within reach."""
    found: list[Term] = []
    for other, terms in near:
        between = _between(annotated, other, edge)
        if len(between) > reach or ";" in between or (found and not _SERIES.issuperset(between)):
            break
        found.extend(term for term in terms if term not in found)
        edge = other.first if other.last <= edge else other.last
    return found
