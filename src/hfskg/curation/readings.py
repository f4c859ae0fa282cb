"""The readings of a record, and how entries of a curation file address them: by kind, term, patient and words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from hfskg.curation.model import KINDS, ReadingKind
from hfskg.listing import describe
from hfskg.record import Attribute, Case, Claim, DocumentRecord, Evidence, PatientEvent, TermRef
from hfskg.vocabulary import Kind
from hfskg.wording import quoted

__all__ = ["TERM_FIELDS", "TERM_KINDS", "Reading", "matching", "readings_of", "words_of"]

_DRUGS = (Kind.DRUG, Kind.PROTOCOL)

TERM_FIELDS: Mapping[ReadingKind, str] = {
    "diagnosis": "condition",
    "clinical-finding": "finding",
    "laboratory-measurement": "analyte",
    "drug-administration": "drug",
    "procedure": "procedure",
    "adverse-event": "event",
    "genetic-finding": "gene",
    "treatment-response": "drug",
    "criteria-statement": "criteria",
    "claim": "subject",
}
"""The field of the record that holds the term of a kind of reading."""

TERM_KINDS: Mapping[ReadingKind, Collection[Kind]] = {
    "diagnosis": (Kind.DISEASE,),
    "clinical-finding": (Kind.FINDING,),
    "laboratory-measurement": (Kind.ANALYTE,),
    "drug-administration": _DRUGS,
    "procedure": (Kind.PROCEDURE,),
    "adverse-event": (Kind.FINDING, Kind.DISEASE),
    "genetic-finding": (Kind.GENE,),
    "treatment-response": _DRUGS,
    "criteria-statement": (),
    "claim": tuple(Kind),
}
"""The kinds of terms that a kind of reading may name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading and where it stands.

    Attributes:
        kind: Its kind.
        case: Number of the patient; None for a claim.
        label: Label of the patient, or empty.
        place: Its place among the events of the patient or the claims of the document; 0 for age, sex and weight.
        said: The reading itself.
    """

    kind: ReadingKind
    case: int | None
    label: str
    place: int
    said: PatientEvent | Attribute | Claim

    @property
    def key(self) -> tuple[str, int | None, int]:
        """What tells it from all others."""
        return self.kind, self.case, self.place

    @property
    def term(self) -> TermRef | None:
        """Its term, if it has one."""
        name = TERM_FIELDS.get(self.kind)
        term = getattr(self.said, name) if name else None
        return term if isinstance(term, TermRef) else None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The words it was read from."""
        return self.said.evidence

    @property
    def words(self) -> str:
        """What it says, as listings print it."""
        return words_of(self.said)

    def __str__(self) -> str:
        owner = f" of {self.label}" if self.label else ""
        return f"{self.kind}{owner} `{self.words}` {quoted(self.evidence[0].quote)} {self.evidence[0].start}"


def words_of(said: PatientEvent | Attribute | Claim) -> str:
    """Return what a reading says, without time and evidence."""
    if isinstance(said, Attribute):
        return f"{said.value} {said.unit}" if said.unit else said.value
    if isinstance(said, Claim):
        marks = [mark for mark, holds in (("negated", said.polarity == "negated"), ("hedged", said.hedged)) if holds]
        told = f"{said.subject.label} {said.relation.label} {said.object.label}"
        return f"{told} [{', '.join(marks)}]" if marks else told
    return describe(said)


def readings_of(record: DocumentRecord) -> Iterator[Reading]:
    """Yield all readings of a record: ages, sexes, weights, events and claims."""
    for case in record.cases:
        yield from _of_case(case)
    for place, claim in enumerate(record.claims):
        yield Reading("claim", None, "", place, claim)


def _of_case(case: Case) -> Iterator[Reading]:
    for name, attribute in case.attributes.items():
        yield Reading(name, case.number, case.label, 0, attribute)
    kinds = {kind: kind for kind in KINDS}
    for place, event in enumerate(sorted(case.events, key=lambda event: event.order)):
        yield Reading(kinds[event.kind], case.number, case.label, place, event)


def matching(
    readings: Iterable[Reading],
    spans: Collection[tuple[int, int]],
    *,
    kind: ReadingKind | None = None,
    case: int | None = None,
    term: TermRef | None = None,
    words: str | None = None,
) -> list[Reading]:
    """Return the readings that an address fits best.

    A reading whose evidence is exactly the quote is preferred to one whose evidence holds it or stands in it, and that
    to one whose evidence shares some characters with it: a new version of the reader may quote more or less.

    Args:
        readings: All readings.
        spans: Where the quote stands.
        kind: The kind, if it matters.
        case: Number of the patient, if given.
        term: The term, if given.
        words: What the reading says, if given.
    """
    ranked: dict[int, list[Reading]] = {}
    for reading in readings:
        own = reading.term
        if kind not in (None, reading.kind) or case not in (None, reading.case):
            continue
        if term is not None and (own is None or term.iri != own.iri and term.label != own.label):
            continue
        if words is not None and " ".join(reading.words.split()) != words:
            continue
        ranks = [rank for e in reading.evidence for s in spans if (rank := _rank((e.start, e.end), s)) is not None]
        if ranks:
            ranked.setdefault(min(ranks), []).append(reading)
    return ranked[min(ranked)] if ranked else []


def _rank(one: tuple[int, int], other: tuple[int, int]) -> int | None:
    """Tell how well two spans fit, 0 best; None if they share nothing."""
    if one == other:
        return 0
    first, last = max(one[0], other[0]), min(one[1], other[1])
    if first >= last:
        return None
    return 1 if (first, last) in (one, other) else 2
