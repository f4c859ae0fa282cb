"""Which specimen a value was measured in: what is counted in a fluid that was tapped says nothing of the blood.

The ontology knows the specimens, which panels and procedures examine them, and what an analyte is called in each.
"""

from __future__ import annotations

from typing import NamedTuple

from hfskg.reading.annotated import Annotated, CueMatch
from hfskg.reading.context import FINITE
from hfskg.reading.mentions import Mention
from hfskg.reading.quantities import Amount
from hfskg.vocabulary import Kind, Term, Vocabulary

__all__ = ["Specimen", "measured_term", "specimen_of"]

_LEADING = frozenset({"in", "of", "from"})
_ARTICLES = frozenset({"the", "a", "her", "his"})
_SEPARATORS = frozenset({",", ";", "and", "but", "while", "because", "as", "since", "when"})
_BEHIND = 3


class Specimen(NamedTuple):
    """A specimen other than blood.

    Attributes:
        iri: What it is.
        whole: Whether all that is told with it was measured in it; else only what has a name of its own there.
    """

    iri: str
    whole: bool


def specimen_of(
    annotated: Annotated, mention: Mention, vocabulary: Vocabulary, amount: Amount | None = None
) -> Specimen | None:
    """Return the specimen other than blood that an analyte is told of, or None.

    It is named right behind the analyte or its value ("glucose in the cerebrospinal fluid"), or before it in the same
    clause, and no word has come back to the blood since.

    Args:
        annotated: The sentence.
        mention: The analyte.
        vocabulary: The vocabulary.
        amount: The value, if one was told.
    """
    named = [(m, s) for m in annotated.mentions if (s := _named(annotated, m, vocabulary))]
    if not named:
        return None
    inner = {place for m in annotated.mentions for place in range(m.first + 1, m.last)}
    back = [m for m in _cues(annotated, "blood") if m.first < mention.last and m.first not in inner]
    if any(m.last > mention.first for m in back) or vocabulary.related(mention.term.iri, "specimen"):
        return None
    ends = [mention.last] if amount is None else [mention.last, amount.last]
    behind = next((s for m, s in named if any(_is_behind(annotated, end, m) for end in ends)), None)
    if behind is not None:
        return behind
    border = max((m.last for m in back), default=0)
    around = set(annotated.brackets[mention.first])
    before = [
        (m, s)
        for m, s in named
        if border <= m.first
        and m.last <= mention.first
        and around.issuperset(annotated.brackets[m.first])
        and (s.whole or m.term.kind is Kind.ANALYTE)
    ]
    if not before or annotated.clause_end(before[-1][0].last) < annotated.tokens[mention.first].start:
        return None
    last, specimen = before[-1]
    if last.term.kind is Kind.PROCEDURE:
        told = any(last.last <= m.first < mention.first for m in _cues(annotated, "result"))
        return specimen if told else None
    return specimen


def _cues(annotated: Annotated, kind: str) -> list[CueMatch]:
    return [match for match in annotated.cues("specimens") if dict(match.values[0])["kind"] == kind]


def measured_term(
    annotated: Annotated, mention: Mention, vocabulary: Vocabulary, amount: Amount | None = None
) -> Term | None:
    """Return what an analyte's value measures: the analyte itself, what it is in another specimen, or None.

    Args:
        annotated: The sentence.
        mention: The analyte.
        vocabulary: The vocabulary.
        amount: The value, if one was told.
    """
    specimen = specimen_of(annotated, mention, vocabulary, amount)
    if specimen is None:
        return mention.term
    own = vocabulary.measured_in.get((mention.term.iri, specimen.iri))
    unit = amount.unit if amount else None
    if own is not None and (unit is None or annotated.units.allows(own, unit)):
        return vocabulary.terms[own]
    return None if specimen.whole and not _is_subject(annotated, mention) else mention.term


def _is_subject(annotated: Annotated, mention: Mention) -> bool:
    """Tell whether an analyte begins a clause of its own, which may tell of the blood again: ", hemoglobin was"."""
    start = mention.first - (annotated.words[mention.first - 1 : mention.first] == ("the",))
    opened = start > 0 and annotated.words[start - 1] in _SEPARATORS
    return opened and annotated.words[mention.last : mention.last + 1] != () and annotated.words[mention.last] in FINITE


def _named(annotated: Annotated, mention: Mention, vocabulary: Vocabulary) -> Specimen | None:
    """Return the specimen that a mention names or examines; one that something is merely in heads no list."""
    if mention.term.kind is Kind.BODY_SITE:
        before = mention.first - 1
        while before >= 0 and annotated.words[before] in _ARTICLES:
            before -= 1
        heads = before < 0 or annotated.words[before] not in _LEADING
        return Specimen(mention.term.iri, heads or before == 0) if mention.term.iri in vocabulary.specimens else None
    examined = vocabulary.related(mention.term.iri, "specimen")
    return Specimen(examined[0], mention.term.kind is not Kind.ANALYTE) if examined else None


def _is_behind(annotated: Annotated, end: int, specimen: Mention) -> bool:
    """Tell whether a specimen is named right behind a place: "in (the) urine"."""
    between = annotated.words[end : specimen.first] if specimen.first >= end else ()
    return 0 < len(between) <= _BEHIND and between[0] in _LEADING and _ARTICLES.issuperset(between[1:])
