"""What authors say of criteria: which set a patient met or did not meet, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from hfskg.reading.annotated import Annotated, CueMatch
from hfskg.reading.drafts import Draft
from hfskg.record import CriteriaStatement, Time
from hfskg.vocabulary import Vocabulary

__all__ = ["read_criteria_statements"]

_DENIALS = frozenset({"not", "never", "neither", "nor", "without"})
_DENIAL_REACH = 3
_REACH = 45
_OPPOSITES = {"met": "not met", "not met": "met"}


def read_criteria_statements(annotated: Annotated, vocabulary: Vocabulary, before: Time | None) -> Iterator[Draft]:
    """Yield the statements of a sentence that the patient met or did not meet criteria.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary, which tells by which names texts call criteria sets.
        before: The last day told before in the paragraph, which holds where the sentence tells none.
    """
    cues = annotated.cues("fulfilment")
    if not cues:
        return
    told: set[str] = set()
    for pattern, term in vocabulary.criteria_names:
        for found in _compiled(pattern).finditer(annotated.line[0]):
            first, last = _places(annotated, found.start(), found.end())
            cue = min(cues, key=lambda match: _distance(match, first, last))
            verdict = dict(cue.values[0])["verdict"]
            if term.iri in told or not verdict or _distance(cue, first, last) > _REACH:
                continue
            if annotated.context.categories(first, last) & {"family", "planned"}:
                continue
            told.add(term.iri)
            window = annotated.words[max(0, cue.first - _DENIAL_REACH) : cue.first]
            if _DENIALS.intersection(window):
                verdict = _OPPOSITES[verdict]
            places = (min(first, cue.first), max(last, cue.last) - 1)
            time = annotated.time_at(places[0], places[1] + 1, results=True)
            yield Draft(
                CriteriaStatement,
                {"criteria": term, "verdict": verdict},
                annotated.evidence(places),
                time or before,
            )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _places(annotated: Annotated, start: int, end: int) -> tuple[int, int]:
    """Return the places of the first token of a stretch of the sentence's line, and behind its last."""
    offsets = annotated.line[1]
    inside = [
        place
        for place, token in enumerate(annotated.tokens)
        if token.end > offsets[start] and token.start <= offsets[end - 1]
    ]
    return inside[0], inside[-1] + 1


def _distance(cue: CueMatch, first: int, last: int) -> int:
    return max(cue.first - last, first - cue.last, 0)
