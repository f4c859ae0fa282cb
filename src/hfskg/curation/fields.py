"""What a curation file may say of each kind of reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from hfskg.curation.model import Days, Fields, Line, Number, ReadingKind, Text
from hfskg.record import Action, Comparator, ConditionStatus, FindingStatus, OutcomeValue, Sex

__all__ = ["FIELDS"]


class _Event(Fields):
    time: Text | None = None
    day: Days | None = None


class _Diagnosis(_Event):
    term: Line | None = None
    status: ConditionStatus | None = None


class _ClinicalFinding(_Event):
    term: Line | None = None
    status: FindingStatus | None = None


class _LaboratoryMeasurement(_Event):
    term: Line | None = None
    comparator: Comparator | None = None
    value: Number | None = None
    unit: Line | None = None


class _DrugAdministration(_Event):
    term: Line | None = None
    dose: Line | None = None
    route: Line | None = None
    frequency: Text | None = None
    duration: Text | None = None
    action: Action | None = None


class _Procedure(_Event):
    term: Line | None = None


class _AdverseEvent(_Event):
    term: Line | None = None
    drug: Line | None = None


class _GeneticFinding(_Event):
    term: Line | None = None
    zygosity: Literal["heterozygous", "homozygous", "hemizygous", "compound heterozygous"] | None = None
    variant: Line | None = None
    status: Literal["present", "absent"] | None = None


class _Encounter(_Event):
    encounter: Literal["admission", "readmission", "transfer", "intensive care", "discharge"] | None = None


class _TreatmentResponse(_Event):
    term: Line | None = None
    response: Literal["improved", "resolved", "unchanged", "worsened", "recurred"] | None = None


class _CriteriaStatement(_Event):
    term: Line | None = None
    verdict: Literal["met", "not met"] | None = None


class _Outcome(_Event):
    outcome: OutcomeValue | None = None


class _Age(Fields):
    value: Number | None = None
    unit: Literal["year", "month", "week", "day"] | None = None


class _Sex(Fields):
    sex: Sex | None = None


class _Weight(Fields):
    value: Number | None = None
    unit: Literal["kg"] | None = None


class _Claim(Fields):
    term: Line | None = None
    relation: Line | None = None
    object: Line | None = None
    polarity: Literal["affirmed", "negated"] | None = None
    hedged: bool | None = None


FIELDS: Mapping[ReadingKind, type[Fields]] = {
    "diagnosis": _Diagnosis,
    "clinical-finding": _ClinicalFinding,
    "laboratory-measurement": _LaboratoryMeasurement,
    "drug-administration": _DrugAdministration,
    "procedure": _Procedure,
    "adverse-event": _AdverseEvent,
    "genetic-finding": _GeneticFinding,
    "encounter": _Encounter,
    "treatment-response": _TreatmentResponse,
    "criteria-statement": _CriteriaStatement,
    "outcome": _Outcome,
    "age": _Age,
    "sex": _Sex,
    "weight": _Weight,
    "claim": _Claim,
}
"""The fields of each kind of reading."""
