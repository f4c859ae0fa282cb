"""Qualitative results: what is raised, low, abnormal, positive, normal or back to normal.

A direction word and an analyte, panel or test make a finding, because the ontology says which finding is the
abnormality of which analyte in which direction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from hfskg.reading.annotated import Annotated, cue_matcher
from hfskg.reading.cues import rows
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.record import ClinicalFinding
from hfskg.vocabulary import Abnormality, Kind, Vocabulary

__all__ = ["read_results"]

_TESTED = (Kind.ANALYTE, Kind.PANEL, Kind.PROCEDURE)
_COPULAS = frozenset("was were is are be been remained became being found turned".split())
_COPULA_REACH = 4
_REACH = 30


@dataclass(frozen=True, slots=True)
class _Direction:
    first: int
    last: int
    direction: str
    forward: bool


@cache
def _breaks() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("breaks"))


def read_results(annotated: Annotated, vocabulary: Vocabulary, present: Collection[str]) -> Iterator[Draft]:
    """Yield the findings that a sentence tells by a direction and an analyte, panel or test.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
        present: IRIs of the findings told as present before; a normal result resolves these.
    """
    directions = _directions(annotated)
    told: set[int] = set()
    for direction in directions:
        for mention in _governed(annotated, direction, directions):
            if mention.first in told:
                continue
            categories = annotated.context.categories(mention.first, mention.last)
            if categories & {"ignore", "family", "planned", "possible"}:
                continue
            told.add(mention.first)
            known = vocabulary.abnormalities.get(mention.term.iri, ())
            for finding, status in _findings(
                direction.direction, known, annotated.concluding, present, "negated" in categories
            ):
                places = [mention.first, mention.last - 1, direction.first, direction.last - 1]
                yield Draft(
                    ClinicalFinding,
                    {"finding": vocabulary.terms[finding].ref, "status": status},
                    annotated.evidence(places),
                    annotated.time_at(min(places), max(places) + 1),
                )


def _directions(annotated: Annotated) -> list[_Direction]:
    found: list[_Direction] = []
    for match in cue_matcher("directions").find(annotated.tokens):
        choices = {dict(row)["place"]: dict(row)["direction"] for row in match.values}
        window = annotated.words[max(0, match.first - _COPULA_REACH) : match.first]
        predicate = bool(_COPULAS.intersection(window)) and not any(w in (",", ";", "(") for w in window[-1:])
        if "after" in choices:
            found.append(_Direction(match.first, match.last, choices["after"], forward=False))
        elif "predicate" in choices and (predicate or "before" not in choices):
            found.append(_Direction(match.first, match.last, choices["predicate"], forward=False))
        elif choices.get("before"):
            found.append(_Direction(match.first, match.last, choices["before"], forward=True))
        else:
            found.append(_Direction(match.first, match.last, "", forward=True))
    return found


def _governed(annotated: Annotated, direction: _Direction, directions: list[_Direction]) -> list[Mention]:
    """Return the mentions that a direction word speaks of."""
    if not direction.direction:
        return []
    words = annotated.words
    if direction.forward:
        limit = min(direction.last + _REACH, len(words))
        for place in range(direction.last, limit):
            if words[place] in _breaks() or words[place] == ";":
                limit = place
                break
        limit = min([limit, *(d.first for d in directions if d.first >= direction.last)])
        inside = range(direction.last, limit)
    else:
        copula = direction.first
        while copula > 0 and copula > direction.first - _COPULA_REACH - 1 and words[copula - 1] not in _breaks():
            copula -= 1
        while copula > 0 and words[copula - 1] in (*_COPULAS, "had", "have", "has"):
            copula -= 1
        if copula == direction.first - _COPULA_REACH - 1:
            copula = direction.first
        first = copula
        while first > 0 and words[first - 1] not in _breaks() and words[first - 1] != ";":
            first -= 1
        first = max([first, *(d.last for d in directions if d.last <= direction.first)])
        inside = range(first, direction.first)
    return [m for m in annotated.of_kind(*_TESTED) if m.first in inside and m.last - 1 in inside]


def _findings(
    direction: str, known: tuple[Abnormality, ...], concluding: bool, present: Collection[str], negated: bool
) -> list[tuple[str, str]]:
    """Return the findings, with their status, that a direction makes of the abnormalities of an analyte."""
    if direction in ("Normal", "Normalized"):
        before = [a.finding for a in known if a.finding in present]
        denied = before or [a.finding for a in known if a.read_from_normal or len(known) == 1]
        resolved = direction == "Normalized" or concluding or bool(before)
        return [(finding, "resolved" if resolved and not negated else "absent") for finding in denied]
    exact = [a.finding for a in known if a.direction == direction]
    loose = exact or [a.finding for a in known if a.direction == "Abnormal"]
    return [(finding, "absent" if negated else "present") for finding in loose]
