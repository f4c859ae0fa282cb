"""The last stage: drafts of one case become its events; what is told twice becomes one event with two spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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

__all__ = ["merge_drafts"]

_LASTING = (Diagnosis, ClinicalFinding, Procedure, GeneticFinding)


@dataclass(slots=True)
class _Merged:
    draft: Draft
    evidence: list[Evidence] = field(default_factory=list)
    time: Time | None = None


def merge_drafts(drafts: Iterable[Draft]) -> tuple[PatientEvent, ...]:
    """Return the events of a case in narrative order, numbered from 1.

    Args:
        drafts: The drafts of one case, in any order.
    """
    groups: dict[tuple[str, str], list[_Merged]] = defaultdict(list)
    merged: list[_Merged] = []
    for draft in sorted(_without_bare(list(drafts)), key=_place):
        home = next((one for one in groups[_topic(draft)] if _same(one, draft)), None)
        if home is None:
            home = _Merged(draft, list(draft.evidence), draft.time)
            groups[_topic(draft)].append(home)
            merged.append(home)
            continue
        if _detail(draft) > _detail(home.draft):
            home.draft = replace(draft, evidence=home.draft.evidence)
        home.evidence.extend(e for e in draft.evidence if e not in home.evidence)
        if home.time is None or (home.time.earliest_day is None and draft.time and draft.time.earliest_day is not None):
            home.time = draft.time or home.time
    return tuple(_events(merged))


def _events(merged: Sequence[_Merged]) -> Iterator[PatientEvent]:
    for order, one in enumerate(merged, start=1):
        event = one.draft.event(order=order, evidence=tuple(one.evidence), time=one.time, **one.draft.fields)
        yield cast("PatientEvent", event)


def _place(draft: Draft) -> tuple[int, int, str]:
    return draft.position, draft.evidence[0].end, repr(draft.key)


def _without_bare(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out drugs named without any detail where the case tells more of the same drug."""
    detailed = {_drug(d) for d in drafts if d.event is DrugAdministration and _detail(d)}
    return [d for d in drafts if d.event is not DrugAdministration or _detail(d) or _drug(d) not in detailed]


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
    return draft.key


def _same(one: _Merged, draft: Draft) -> bool:
    mine, yours = one.time, draft.time
    if draft.event is LaboratoryMeasurement:
        units = {one.draft.fields["quantity"].unit, draft.fields["quantity"].unit} - {None}
        days = {_day(time) for time in (mine, yours) if time} - {None}
        return len(units) < 2 and len(days) < 2
    if draft.event is GeneticFinding:
        zygosities = {one.draft.fields["zygosity"], draft.fields["zygosity"]} - {None}
        variants = {one.draft.fields["variant"], draft.fields["variant"]} - {None}
        return len(zygosities) < 2 and len(variants) < 2
    if draft.event in _LASTING:
        return mine == yours or yours is None
    if draft.event is DrugAdministration and draft.fields["dose"] is not None:
        return bool(set(one.evidence) & set(draft.evidence))
    return mine == yours or yours is None


def _day(time: Time) -> int | None:
    return time.earliest_day if time.earliest_day == time.latest_day else None
