"""The record with its amendments in place, its events numbered anew in narrative order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from hfskg.curation.model import CurationFile
from hfskg.curation.readings import Reading, readings_of
from hfskg.reading.reader import missing_facts
from hfskg.record import ATTRIBUTES, Attribute, Case, Claim, CurationSource, DocumentRecord, PatientEvent, Rejection

__all__ = ["Amendments", "amended"]

Key = tuple[str, int | None, int]
Said = PatientEvent | Attribute | Claim


@dataclass(slots=True)
class Amendments:
    """What changes in a record.

    Attributes:
        rejected: The readings that go, by their keys.
        replaced: What takes the place of a reading, with the number of its patient, by the reading's key.
        added: Kind, reading and number of the patient of what is new.
        warnings: What the curator should look at.
    """

    rejected: dict[Key, Rejection] = field(default_factory=dict)
    replaced: dict[Key, tuple[int | None, Said]] = field(default_factory=dict)
    added: list[tuple[str, Said, int | None]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def amended(record: DocumentRecord, file: CurationFile, amendments: Amendments) -> DocumentRecord:
    """Return the record with its amendments.

    Args:
        record: What the reader read.
        file: The curation file.
        amendments: What changes.
    """
    readings = list(readings_of(record))
    cases = tuple(_case(case, readings, amendments) for case in record.cases)
    solved = {w for case in record.cases for w in missing_facts(case)} - {w for c in cases for w in missing_facts(c)}
    head = file.head
    return record.model_copy(
        update={
            "title": head.title or record.title,
            "doi": head.doi or record.doi,
            "licence": head.licence or record.licence,
            "cases": cases,
            "claims": tuple(cast("list[Claim]", _kept(readings, None, amendments))),
            "warnings": (*(w for w in record.warnings if w not in solved), *amendments.warnings),
            "rejected": tuple(amendments.rejected[r.key] for r in readings if r.key in amendments.rejected),
            "curation": CurationSource(file_name=file.file_name, sha256=file.sha256),
        }
    )


def _case(case: Case, readings: Sequence[Reading], amendments: Amendments) -> Case:
    events = cast("list[PatientEvent]", _kept(readings, case.number, amendments))
    numbered = (event.model_copy(update={"order": order}) for order, event in enumerate(events, 1))
    return case.model_copy(
        update={
            **{name: _alone(name, case.attributes.get(name), case.number, amendments) for name in ATTRIBUTES},
            "events": tuple(numbered),
        }
    )


def _alone(kind: str, told: Attribute | None, case: int, amendments: Amendments) -> Attribute | None:
    """Return the age, sex or weight of a case."""
    for added_kind, said, owner in amendments.added:
        if (added_kind, owner) == (kind, case):
            return cast("Attribute", said)
    key = (kind, case, 0)
    if key in amendments.rejected:
        return None
    return cast("Attribute", amendments.replaced[key][1]) if key in amendments.replaced else told


def _kept(readings: Iterable[Reading], case: int | None, amendments: Amendments) -> list[Said]:
    """Return the events of a case, or the claims, in order; what is new or moved goes to its place in the text."""
    kept: list[Said] = []
    new: list[Said] = [s for _, s, owner in amendments.added if owner == case and not isinstance(s, Attribute)]
    for reading in readings:
        if isinstance(reading.said, Attribute) or reading.key in amendments.rejected:
            continue
        owner, said = amendments.replaced.get(reading.key, (reading.case, reading.said))
        moved = owner != reading.case or said.evidence != reading.evidence
        if owner == case:
            (new if moved else kept).append(said)
    for said in sorted(new, key=_start):
        at = next((place for place, other in enumerate(kept) if _start(other) > _start(said)), len(kept))
        kept.insert(at, said)
    return kept


def _start(said: Said) -> int:
    return said.evidence[0].start
