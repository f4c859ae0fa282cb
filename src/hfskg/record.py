"""The typed record that stands between extraction and graph.

A :class:`DocumentRecord` holds what one document says, case by case. Every statement carries the
:class:`Evidence` it was read from. Records are immutable, validate on construction and travel as JSON
(``model_dump_json`` / ``model_validate_json``), so another extractor can plug in here.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hfskg.decisions import Curation, CurationSource, Rejection
from hfskg.parts import Evidence, Grounding, Quantity, TermRef, Time

__all__ = [
    "ATTRIBUTES",
    "AdverseEvent",
    "Attribute",
    "AttributeName",
    "Case",
    "Claim",
    "ClinicalFinding",
    "CriteriaStatement",
    "Curation",
    "CurationSource",
    "Diagnosis",
    "DocumentRecord",
    "DrugAdministration",
    "Encounter",
    "Event",
    "Evidence",
    "GeneticFinding",
    "Grounding",
    "LaboratoryMeasurement",
    "Outcome",
    "PatientEvent",
    "Procedure",
    "Quantity",
    "Rejection",
    "TermRef",
    "Time",
    "TreatmentResponse",
    "UngroundedMention",
]

ConditionStatus = Literal["present", "suspected", "excluded", "history"]
FindingStatus = Literal["present", "absent", "resolved"]
Action = Literal["start", "increase", "decrease", "continue", "switch", "stop"]
Comparator = Literal["=", "<", ">", "<=", ">="]
Sex = Literal["male", "female"]
OutcomeValue = Literal["alive", "died"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Event(_Model):
    """What all patient events have.

    Attributes:
        order: Place in the narrative, from 1, unique within the case.
        evidence: At least one span; the first is the primary one.
        time: When, if the document tells.
        curation: What a curator decided about it, if one did.
    """

    order: Annotated[int, Field(ge=1)]
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    time: Time | None = None
    curation: Curation | None = None


class Diagnosis(Event):
    """A named disease and whether the patient has it."""

    kind: Literal["diagnosis"] = "diagnosis"
    condition: TermRef
    status: ConditionStatus


class ClinicalFinding(Event):
    """A sign, symptom or qualitative result and whether the patient has it."""

    kind: Literal["clinical-finding"] = "clinical-finding"
    finding: TermRef
    status: FindingStatus


class LaboratoryMeasurement(Event):
    """One laboratory value, as told and in the analyte's standard unit where that can be computed."""

    kind: Literal["laboratory-measurement"] = "laboratory-measurement"
    analyte: TermRef
    comparator: Comparator = "="
    quantity: Quantity
    standard_quantity: Quantity | None = None


class DrugAdministration(Event):
    """One statement that a drug was given.

    Attributes:
        drug: The drug or drug class.
        dose: The dose as told.
        normalized_dose: The dose per day (and per kilogram where told so), where dose and frequency allow.
        route: The route, only if told for this drug.
        frequency: The frequency as told ("twice a day", "in three divided doses").
        duration: The duration as told ("for 3 consecutive days").
        action: Only where the text says so; "received" leaves it empty.
    """

    kind: Literal["drug-administration"] = "drug-administration"
    drug: TermRef
    dose: Quantity | None = None
    normalized_dose: Quantity | None = None
    route: TermRef | None = None
    frequency: str | None = None
    duration: str | None = None
    action: Action | None = None


class Procedure(Event):
    """A diagnostic or therapeutic procedure that was carried out."""

    kind: Literal["procedure"] = "procedure"
    procedure: TermRef


class AdverseEvent(Event):
    """An unwanted effect that the text blames on a drug."""

    kind: Literal["adverse-event"] = "adverse-event"
    event: TermRef
    drug: TermRef


class GeneticFinding(Event):
    """A variant, or a gene tested and found normal.

    Attributes:
        gene: The gene.
        zygosity: As told, or None.
        variant: The variant as printed (HGVS or free), or None.
        status: present or absent.
    """

    kind: Literal["genetic-finding"] = "genetic-finding"
    gene: TermRef
    zygosity: Literal["heterozygous", "homozygous", "hemizygous", "compound heterozygous"] | None = None
    variant: str | None = None
    status: Literal["present", "absent"] = "present"


class Encounter(Event):
    """A contact with care: admission, transfer, intensive care, discharge."""

    kind: Literal["encounter"] = "encounter"
    encounter: Literal["admission", "readmission", "transfer", "intensive care", "discharge"]


class TreatmentResponse(Event):
    """What the text says a treatment did."""

    kind: Literal["treatment-response"] = "treatment-response"
    response: Literal["improved", "resolved", "unchanged", "worsened", "recurred"]
    drug: TermRef | None = None


class CriteriaStatement(Event):
    """The authors say that the patient met, or did not meet, a criteria set.

    Attributes:
        criteria: The criteria set.
        verdict: What they say.
    """

    kind: Literal["criteria-statement"] = "criteria-statement"
    criteria: TermRef
    verdict: Literal["met", "not met"]


class Outcome(Event):
    """The patient's outcome at the last follow-up told."""

    kind: Literal["outcome"] = "outcome"
    outcome: OutcomeValue


PatientEvent = Annotated[
    Diagnosis
    | ClinicalFinding
    | LaboratoryMeasurement
    | DrugAdministration
    | Procedure
    | AdverseEvent
    | GeneticFinding
    | Encounter
    | TreatmentResponse
    | CriteriaStatement
    | Outcome,
    Field(discriminator="kind"),
]


AttributeName = Literal["age", "sex", "weight"]

ATTRIBUTES: tuple[AttributeName, ...] = get_args(AttributeName)
"""The names of the attributes of a patient that are no events."""


class Attribute(_Model):
    """A plain attribute of a patient with its evidence (age, sex, weight).

    Attributes:
        value: The value: a decimal number for age and weight, ``male`` or ``female`` for the sex.
        unit: For the age ``year``, ``month``, ``week`` or ``day``, for the weight ``kg``.
        evidence: At least one span.
        curation: What a curator decided about it, if one did.
    """

    value: str
    unit: Literal["year", "month", "week", "day", "kg"] | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    curation: Curation | None = None


class Case(_Model):
    """One patient of a document.

    Attributes:
        number: Place in the document, from 1.
        label: "Patient 1", "Case 3".
        evidence: Where the patient is introduced.
        age: The age at presentation.
        sex: ``male`` or ``female``.
        weight: The weight of the body that is told first.
        events: In narrative order.
    """

    number: Annotated[int, Field(ge=1)]
    label: str
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    age: Attribute | None = None
    sex: Attribute | None = None
    weight: Attribute | None = None
    events: tuple[PatientEvent, ...] = ()

    @property
    def attributes(self) -> dict[AttributeName, Attribute]:
        """What is told of age, sex and weight, by these names."""
        told = {name: getattr(self, name) for name in ATTRIBUTES}
        return {name: attribute for name, attribute in told.items() if attribute is not None}

    @model_validator(mode="after")
    def _orders_are_unique(self) -> Case:
        orders = [event.order for event in self.events]
        if len(set(orders)) != len(orders):
            raise ValueError(f"two events of {self.label} have the same place in the narrative order")
        return self


class Claim(_Model):
    """A statement of the literature or of the authors, not about one patient's course.

    Attributes:
        subject: Drug, target, syndrome or finding the claim is about.
        relation: Term of the ontology (an individual of ``hfs:ClaimRelation``).
        object: The other term.
        polarity: affirmed or negated.
        hedged: True for "may", "suggests", "appears".
        evidence: At least one span.
        curation: What a curator decided about it, if one did.
    """

    subject: TermRef
    relation: TermRef
    object: TermRef
    polarity: Literal["affirmed", "negated"] = "affirmed"
    hedged: bool = False
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    curation: Curation | None = None


class UngroundedMention(_Model):
    """A word that is recognisably a drug or a disease but in no vocabulary.

    Attributes:
        label: The word.
        category: What it is recognised as.
        evidence: Every place where it stands.
    """

    label: Annotated[str, Field(min_length=1)]
    category: Literal["drug", "disease"]
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]


class DocumentRecord(_Model):
    """All that was read from one document.

    Attributes:
        file_name: The file's name, without folders.
        sha256: Hex digest of the file's bytes.
        length: Number of characters of the text.
        encoding: How the file's bytes were decoded into characters.
        media_type: The kind of file, such as ``text/plain`` or ``application/pdf``.
        extraction: ``library==version`` of what drew the text out of the file; None where the text is the file.
        title: Only where a sidecar or the document's metadata give it.
        doi: The same, without a resolver's address.
        licence: The same, as a web address.
        cases: In document order.
        claims: In document order.
        ungrounded: What looks like a drug or disease but is in no vocabulary, in document order.
        warnings: What the reader could not make sense of, for the curator.
        rejected: What was read and then rejected by a curator.
        curation: The curation file, if there is one.
    """

    file_name: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    length: Annotated[int, Field(ge=1)]
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    extraction: str | None = None
    title: str | None = None
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    licence: Annotated[str, Field(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")] | None = None
    cases: tuple[Case, ...] = ()
    claims: tuple[Claim, ...] = ()
    ungrounded: tuple[UngroundedMention, ...] = ()
    warnings: tuple[str, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    curation: CurationSource | None = None
