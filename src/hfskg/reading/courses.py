"""Contacts with care and responses to treatment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hfskg.reading.annotated import Annotated
from hfskg.reading.drafts import Draft
from hfskg.reading.drugs import THERAPY
from hfskg.reading.mentions import Mention
from hfskg.record import Encounter, TreatmentResponse

__all__ = ["read_encounters", "read_responses"]

_SKIPPED = frozenset({"negated", "family", "planned", "ignore"})
_NEXT = 3
_SUPPOSED = frozenset({"family", "planned", "possible", "ignore"})


def read_encounters(annotated: Annotated) -> Iterator[Draft]:
    """Yield the admissions, transfers, stays in intensive care and discharges that a sentence tells."""
    for match in annotated.cues("encounters"):
        for row in match.values:
            encounter = dict(row)["encounter"]
            denied = "not" in annotated.words[max(0, match.first - 2) : match.first]
            if encounter and not denied and not annotated.context.categories(match.first, match.last) & _SKIPPED:
                yield Draft(
                    Encounter,
                    {"encounter": encounter},
                    annotated.evidence(range(match.first, match.last)),
                    annotated.time_at(match.first, match.last),
                )


def read_responses(annotated: Annotated, given: Sequence[Mention], before: Sequence[Mention]) -> Iterator[Draft]:
    """Yield what a sentence says that treatments did.

    Args:
        annotated: The sentence.
        given: The drugs that it says were given.
        before: The drugs that the nearest sentence before with drugs names, for "this treatment led to ...".
    """
    for match in annotated.cues("responses"):
        if annotated.context.categories(match.first, match.last, (match.first, match.last)) & _SUPPOSED:
            continue
        responses = {row["place"]: row["response"] for row in map(dict, match.values)}
        behind = _run(annotated, [m for m in given if m.first >= match.last], match.last)
        following = {token.fold for token in annotated.tokens[match.last : match.last + _NEXT]}
        if "before" in responses and (behind or not following.isdisjoint(THERAPY)):
            response, drugs = responses["before"], behind
        elif "behind" in responses:
            response = responses["behind"]
            drugs = _run_before(annotated, [m for m in given if m.last <= match.first]) or list(before)
        else:
            continue
        for drug in drugs or (None,):
            inside = [match.first, match.last - 1]
            if drug is not None and drug in given:
                inside += [drug.first, drug.last - 1]
            yield Draft(
                TreatmentResponse,
                {"response": response, "drug": drug.term.ref if drug else None},
                annotated.evidence(inside),
                annotated.time_at(match.first, match.last),
            )


_SERIES = frozenset(
    (
        "day week course cycle dose high low pulse pulsed intravenous iv oral subcutaneous systemic "
        "- and or the both with plus of ) ( ,"
    ).split()
)


def _joined(annotated: Annotated, first: int, last: int) -> bool:
    """Tell whether nothing but doses, courses and joints stands between two places."""
    return all(t.fold in _SERIES or t.kind == "number" for t in annotated.tokens[first:last])


def _run(annotated: Annotated, mentions: Sequence[Mention], start: int) -> list[Mention]:
    """Return the drugs of the series that begins at a place."""
    run: list[Mention] = []
    for mention in mentions:
        if not _joined(annotated, start, mention.first):
            break
        run.append(mention)
        start = mention.last
    return run


def _run_before(annotated: Annotated, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the drugs of the series that ends with the last of some mentions."""
    run = list(mentions[-1:])
    for mention in reversed(mentions[:-1]):
        if not _joined(annotated, mention.last, run[0].first):
            break
        run.insert(0, mention)
    return run
