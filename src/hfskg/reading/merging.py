"""The last stage: drafts of one case become its events; what is told twice becomes one event with two spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import cast

from hfskg.reading.drafts import Draft
from hfskg.record import (
    ClinicalFinding,
    Diagnosis,
    DrugAdministration,
    Evidence,
    GeneticFinding,
    LaboratoryMeasurement,
    PatientEvent,
    Procedure,
    Time,
)
from hfskg.vocabulary import Vocabulary

__all__ = ["merge_drafts"]

_HEADING = 50
_LASTING = (Diagnosis, ClinicalFinding, Procedure, GeneticFinding)


@dataclass(slots=True)
class _Merged:
    draft: Draft
    evidence: list[Evidence] = field(default_factory=list)
    time: Time | None = None


def merge_drafts(drafts: Iterable[Draft], vocabulary: Vocabulary) -> tuple[PatientEvent, ...]:
    """Return the events of a case in narrative order, numbered from 1.

    A disease, finding or procedure named in general terms is left out where the case names a kind of it ("lymphoma"
    beside "T-cell lymphoma"), and a suspicion where the same disease was found.

    Args:
        drafts: The drafts of one case, in any order.
        vocabulary: The vocabulary, for its hierarchy.
    """
    groups: dict[tuple[str, str], list[_Merged]] = defaultdict(list)
    merged: list[_Merged] = []
    for draft in _in_order(_without_superseded(_without_bare(list(drafts)), vocabulary)):
        group = groups[_topic(draft)]
        home = next((one for one in group if _same(one, draft)), None)
        if home is None:
            home = _Merged(draft, list(draft.evidence), draft.time)
            group.append(home)
            merged.append(home)
            continue
        if _detail(draft) > _detail(home.draft):
            home.draft = draft._replace(evidence=home.draft.evidence)
        home.evidence.extend(e for e in draft.evidence if e not in home.evidence)
        if home.time is None or (home.time.earliest_day is None and draft.time and draft.time.earliest_day is not None):
            home.time = draft.time or home.time
    return tuple(_events(merged))


def _events(merged: Sequence[_Merged]) -> Iterator[PatientEvent]:
    for order, one in enumerate(merged, start=1):
        event = one.draft.event(order=order, evidence=tuple(one.evidence), time=one.time, **one.draft.fields)
        yield cast("PatientEvent", event)


def _in_order(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield drafts in narrative order; of those in one place, which their content orders, many documents have few."""
    for _, tied in groupby(sorted(drafts, key=_place), key=_place):
        first, *others = tied
        yield from sorted((first, *others), key=lambda draft: draft.key) if others else (first,)


def _place(draft: Draft) -> tuple[int, int]:
    return draft.position, draft.evidence[0].end


def _without_bare(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out drugs named without any detail where the case tells more of the same drug."""
    detailed = {_drug(d) for d in drafts if d.event is DrugAdministration and _detail(d)}
    return [d for d in drafts if d.event is not DrugAdministration or _detail(d) or _drug(d) not in detailed]


def _without_superseded(drafts: Sequence[Draft], vocabulary: Vocabulary) -> list[Draft]:
    present = {
        d.fields["condition"].iri
        for d in drafts
        if d.event is Diagnosis and d.fields["status"] in ("present", "history")
    }
    suspected = {
        d.fields["condition"].iri for d in drafts if d.event is Diagnosis and d.fields["status"] == "suspected"
    }

    found = {d.fields["finding"].iri for d in drafts if d.event is ClinicalFinding and d.fields["status"] == "present"}
    done = {d.fields["procedure"].iri for d in drafts if d.event is Procedure}

    def superseded(draft: Draft) -> bool:
        if draft.event is Procedure:
            iri = draft.fields["procedure"].iri
            return _has_kind(iri, done, vocabulary)
        if draft.event is ClinicalFinding and draft.fields["status"] == "present":
            return _has_kind(draft.fields["finding"].iri, found, vocabulary)
        if draft.event is not Diagnosis:
            return False
        iri, status = draft.fields["condition"].iri, draft.fields["status"]
        if status == "suspected":
            return iri in present or _has_kind(iri, present, vocabulary) or _has_kind(iri, suspected, vocabulary)
        return status == "present" and _has_kind(iri, present, vocabulary)

    return [draft for draft in drafts if not superseded(draft)]


def _has_kind(iri: str, others: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Tell whether one of some diseases is another one told more precisely.

    A kind whose name ends in the general name is ("T-cell lymphoma"), and any kind of a mere heading ("infection").
    """
    if not vocabulary.kinds.get(iri):
        return False
    heading = vocabulary.kinds.get(iri, 0) > _HEADING
    kinds = (other for other in others if other != iri and vocabulary.is_a(other, iri))
    return any(heading or vocabulary.terms[kind].label.endswith(vocabulary.terms[iri].label) for kind in kinds)


def _drug(draft: Draft) -> str:
    return cast("str", draft.fields["drug"].iri)


def _detail(draft: Draft) -> int:
    """Count the optional fields that a draft fills."""
    known = {"drug", "analyte", "comparator", "status", "gene", "event", "finding", "condition", "procedure"}
    return sum(value is not None for name, value in draft.fields.items() if name not in known)


def _topic(draft: Draft) -> tuple[str, str]:
    """Return what two tellings of one event must have in common."""
    fields = draft.fields
    if draft.event is LaboratoryMeasurement:
        value = fields["quantity"].value
        return draft.event.__name__, f"{fields['analyte'].iri} {fields['comparator']} {value.normalize()}"
    if draft.event is GeneticFinding:
        return draft.event.__name__, f"{fields['gene'].iri} {fields['status']}"
    if draft.event is DrugAdministration:
        return draft.event.__name__, fields["drug"].iri
    return draft.key


def _same(one: _Merged, draft: Draft) -> bool:
    mine, yours = one.time, draft.time
    if draft.event is LaboratoryMeasurement:
        units = {one.draft.fields["quantity"].unit, draft.fields["quantity"].unit} - {None}
        both = one.draft.cell and draft.cell
        if both and _are_of_one_row(one.draft, draft):
            return False
        return len(units) < 2 and _compatible(mine, yours, phrases=both)
    if draft.event is GeneticFinding:
        zygosities = {one.draft.fields["zygosity"], draft.fields["zygosity"]} - {None}
        variants = {one.draft.fields["variant"], draft.fields["variant"]} - {None}
        return len(zygosities) < 2 and len(variants) < 2
    if draft.event in _LASTING:
        same_day = mine is not None and yours is not None and _day(mine) is not None and _day(mine) == _day(yours)
        return mine == yours or yours is None or same_day
    if draft.event is DrugAdministration:
        return _same_episode(one, draft)
    return mine == yours or yours is None


def _are_of_one_row(one: Draft, other: Draft) -> bool:
    """Tell whether two cells of tables share the head of their row, so that they are two measurements."""
    return one.evidence[0] != other.evidence[0] and one.evidence[1:] == other.evidence[1:] != ()


def _same_episode(one: _Merged, draft: Draft) -> bool:
    """Tell whether two tellings of a drug are one episode.

    Two doses are two episodes unless they were read from the same words; a start without dose is that of a dose.
    """
    mine, yours = one.draft.fields, draft.fields
    if mine["dose"] is not None and yours["dose"] is not None:
        return draft.key == one.draft.key and bool(set(one.evidence) & set(draft.evidence))
    if mine["action"] == yours["action"] == "start":
        return _compatible(one.time, draft.time) or one.time is None or draft.time is None
    return draft.key == one.draft.key and (one.time == draft.time or draft.time is None)


def _compatible(mine: Time | None, yours: Time | None, *, phrases: bool = True) -> bool:
    """Tell whether two times may be the same: equal days, or at most one of them told; or equal phrases."""
    if mine is None or yours is None:
        return True
    days = {_day(mine), _day(yours)} - {None}
    return len(days) == 1 or (not days and (not phrases or mine.phrase == yours.phrase))


def _day(time: Time) -> int | None:
    return time.earliest_day if time.earliest_day == time.latest_day else None
