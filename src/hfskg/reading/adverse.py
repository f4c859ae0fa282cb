"""Adverse events: unwanted effects that the text itself blames on a drug."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hfskg.reading.actions import actions_of_mentions
from hfskg.reading.annotated import Annotated
from hfskg.reading.conditions import status_of
from hfskg.reading.drafts import Draft
from hfskg.reading.drugs import THERAPY
from hfskg.reading.matcher import Match
from hfskg.reading.mentions import Mention
from hfskg.record import AdverseEvent
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["read_adverse_events"]

_EFFECT_REACH = 10
_DRUG_REACH = 5
_STOP_REACH = 18
_SUBJECT_REACH = 5
_SUBJECTS = THERAPY | {"it", "they", "this", "these", "both"}
_UNDONE = frozenset({"stop", "decrease", "switch"})
_JOINTS = frozenset({",", "and"})
_LINKS = frozenset("the a an and of by , ( ) - was were is high dose therapy treatment severe".split())


def read_adverse_events(annotated: Annotated, vocabulary: Vocabulary, before: Mention | None) -> Iterator[Draft]:
    """Yield the adverse events that a sentence tells.

    Three forms of blame are read: effect, cue, drug ("hypertension due to prednisone"); drug, cue, effect
    ("prednisone-induced hypertension"); and a drug that was stopped or lowered because of an effect. A finding that
    is named after its drug ("steroid toxicity") blames it by its name.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
        before: The drug that the sentences before spoke of last, for "it was stopped due to ...".
    """
    effects = [m for m in annotated.of_kind(Kind.FINDING, Kind.DISEASE) if status_of(annotated, m) == "present"]
    drugs = annotated.of_kind(Kind.DRUG)
    told: set[tuple[str, str]] = set()
    for effect in effects:
        for iri in vocabulary.related(effect.term.iri, "inducedBy"):
            if iri in vocabulary.terms:
                told.add((iri, effect.term.iri))
                yield Draft(
                    AdverseEvent,
                    {"event": effect.term.ref, "drug": vocabulary.terms[iri].ref},
                    annotated.evidence(range(effect.first, effect.last)),
                    annotated.time_at(effect.first, effect.last),
                )
    if not effects or not (drugs or before):
        return
    for match in annotated.cues("blame"):
        for place in sorted(dict(row)["place"] for row in match.values):
            for drug, effect in _pairs(annotated, match, place, drugs, effects, before):
                if (drug.term.iri, effect.term.iri) not in told:
                    told.add((drug.term.iri, effect.term.iri))
                    places = [effect.first, effect.last - 1, match.first, match.last - 1]
                    if drug is not before:
                        places += [drug.first, drug.last - 1]
                    yield Draft(
                        AdverseEvent,
                        {"event": effect.term.ref, "drug": drug.term.ref},
                        annotated.evidence(places),
                        annotated.time_at(min(places), max(places) + 1),
                    )


def _pairs(
    annotated: Annotated,
    match: Match[tuple[tuple[str, str], ...]],
    place: str,
    drugs: Sequence[Mention],
    effects: Sequence[Mention],
    before: Mention | None,
) -> list[tuple[Mention, Mention]]:
    words = annotated.words
    if place == "none":
        return []
    left_effects = [e for e in effects if 0 <= match.first - e.last <= _EFFECT_REACH]
    right_effects = [e for e in effects if 0 <= e.first - match.last <= _EFFECT_REACH]
    if place == "beside":
        left_effects = [e for e in left_effects if e.last == match.first]
    if place in ("effect-drug", "beside"):
        right = [d for d in drugs if 0 <= d.first - match.last <= _DRUG_REACH]
        right = [d for d in right if all(w in _LINKS for w in words[match.last : d.first])]
        return [(d, e) for d in right[:1] for e in left_effects[-1:]]
    if place == "drug-effect":
        left = [d for d in drugs if 0 <= match.first - d.last <= 1]
        if not right_effects or right_effects[0].first - match.last > 3:
            return []
        return [(d, e) for d in left for e in annotated.series(right_effects, _JOINTS)]
    governed = actions_of_mentions(annotated, drugs)
    undone = [
        d
        for d in drugs
        if 0 <= match.first - d.last <= _STOP_REACH
        and any(cue.action in _UNDONE and cue.last <= match.first for cue in governed[d])
    ]
    if not undone and not drugs and before is not None and _tells_undoing(annotated, match.first):
        undone = [before]
    return [(d, e) for d in undone[-1:] for e in annotated.series(right_effects, _JOINTS)]


def _tells_undoing(annotated: Annotated, limit: int) -> bool:
    """Tell whether "it" or "the therapy" was stopped, lowered or changed right before a place."""
    for match in annotated.cues("actions"):
        subject = {token.fold for token in annotated.tokens[max(0, match.first - _SUBJECT_REACH) : match.first]}
        undone = any(dict(row)["action"] in _UNDONE for row in match.values)
        if undone and 0 <= limit - match.last <= _STOP_REACH and not _SUBJECTS.isdisjoint(subject):
            return True
    return False
