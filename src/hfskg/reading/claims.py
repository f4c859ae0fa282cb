"""Statements of the literature: a drug, target or syndrome, a relation, and another one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from hfskg.reading.annotated import Annotated
from hfskg.reading.mentions import Mention
from hfskg.record import Claim, TermRef
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["read_claims"]

_REACH = 14
_JOINTS = frozenset({",", "and", "or", "both"})


def read_claims(annotated: Annotated, vocabulary: Vocabulary) -> Iterator[Claim]:
    """Yield the claims that a sentence of a background or discussion makes.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary, whose claim relations are named by their labels.
    """
    told: set[tuple[str, str, str]] = set()
    for match in annotated.cues("claims"):
        mentions = annotated.mentions
        row = dict(match.values[0])
        relation = vocabulary.claim_relations.get(row["relation"])
        if relation is None:
            continue
        first_kinds, second_kinds = _kinds(row["subjects"]), _kinds(row["objects"])
        if row["order"] == "backward":
            first_kinds, second_kinds = second_kinds, first_kinds
        left = [m for m in mentions if m.term.kind in first_kinds and 0 <= match.first - m.last <= _REACH]
        right = [m for m in mentions if m.term.kind in second_kinds and 0 <= m.first - match.last <= _REACH]
        if not left or not right:
            continue
        for behind in annotated.series(right, _JOINTS):
            subject, object_ = (behind, left[-1]) if row["order"] == "backward" else (left[-1], behind)
            key = (subject.term.iri, relation.iri, object_.term.iri)
            if subject.term.iri != object_.term.iri and key not in told:
                told.add(key)
                yield _claim(annotated, subject, relation, object_, (left[-1].first, behind.last - 1), match.first)


@cache
def _kinds(names: str) -> frozenset[Kind]:
    return frozenset(Kind(name) for name in names.split("|"))


def _claim(
    annotated: Annotated,
    subject: Mention,
    relation: TermRef,
    object_: Mention,
    places: tuple[int, int],
    verb: int,
) -> Claim:
    kinds = {
        dict(row)["kind"]
        for match in annotated.cues("hedges")
        for row in match.values
        if places[0] - _REACH <= match.first <= verb
    }
    return Claim(
        subject=subject.term.ref,
        relation=relation,
        object=object_.term.ref,
        polarity="negated" if "negated" in kinds else "affirmed",
        hedged="hedged" in kinds,
        evidence=annotated.evidence(places),
    )
