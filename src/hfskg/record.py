"""The typed record that stands between extraction and graph.

A :class:`DocumentRecord` holds what one document says, case by case. Every statement carries the
:class:`Evidence` it was read from. Records are immutable, validate on construction and travel as JSON
(``model_dump_json`` / ``model_validate_json``), so another extractor can plug in here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "AdverseEvent",
    "Attribute",
    "Case",
    "Claim",
    "ClinicalFinding",
    "Diagnosis",
    "DocumentRecord",
    "DrugAdministration",
    "Encounter",
    "Event",
    "Evidence",
    "GeneticFinding",
    "LaboratoryMeasurement",
    "Outcome",
    "PatientEvent",
    "Procedure",
    "Quantity",
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
Grounding = Literal["exact", "broader", "narrower"]
OutcomeValue = Literal["alive", "died"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Model):
    """The exact characters a statement was read from.

    Attributes:
        start: Offset of the first character in the source document's text.
        end: Offset behind the last character.
        quote: The characters ``text[start:end]``, checked against the source when the graph is built.
    """

    start: Annotated[int, Field(ge=0)]
    end: int
    quote: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _length_fits(self) -> Evidence:
        if self.end - self.start != len(self.quote):
            raise ValueError(
                f"the quote has {len(self.quote)} characters, its offsets {self.start}-{self.end} span another number"
            )
        return self


class TermRef(_Model):
    """A term of the ontology, or of a background vocabulary behind it.

    Attributes:
        iri: The term's IRI.
        label: Its preferred label, for people who read the JSON.
        vocabulary: The background vocabulary by which the words were understood; None for the ontology itself.
        grounding: What the term means beside the words: the same (exact), something broader or something narrower;
            None for a term that was found by the ontology's own names.
    """

    iri: str
    label: str
    vocabulary: str | None = None
    grounding: Grounding | None = None


class Quantity(_Model):
    """A number and its unit.

    Attributes:
        value: The number as told (a decimal, never a float).
        unit: IRI of the unit in the ontology; None where the document prints none.
        unit_label: The unit's label, such as ``mg/kg/day``.
    """

    value: Decimal
    unit: str | None = None
    unit_label: str | None = None


class Time(_Model):
    """When something happened.

    Attributes:
        phrase: The phrase as told ("on the 45th day of hospitalization", "T + 14").
        earliest_day: Earliest day from the case's time origin, usually admission; None where none follows.
        latest_day: Latest day from the same origin.
    """

    phrase: str | None = None
    earliest_day: int | None = None
    latest_day: int | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Time:
        if (self.earliest_day is None) != (self.latest_day is None):
            raise ValueError("earliest_day and latest_day go together")
        if self.earliest_day is not None and self.latest_day is not None and self.earliest_day > self.latest_day:
            raise ValueError("earliest_day is after latest_day")
        return self


class Event(_Model):
    """What all patient events have.

    Attributes:
        order: Place in the narrative, from 1, unique within the case.
        evidence: At least one span; the first is the primary one.
        time: When, if the document tells.
    """

    order: Annotated[int, Field(ge=1)]
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    time: Time | None = None


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
    | Outcome,
    Field(discriminator="kind"),
]


class Attribute(_Model):
    """A plain attribute of a patient with its evidence (age, sex).

    Attributes:
        value: The value: a decimal number for the age, ``male`` or ``female`` for the sex.
        unit: For the age ``year``, ``month``, ``week`` or ``day``.
        evidence: At least one span.
    """

    value: str
    unit: Literal["year", "month", "week", "day"] | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]


class Case(_Model):
    """One patient of a document.

    Attributes:
        number: Place in the document, from 1.
        label: "Patient 1", "Case 3".
        evidence: Where the patient is introduced.
        age: The age at presentation.
        sex: ``male`` or ``female``.
        events: In narrative order.
    """

    number: Annotated[int, Field(ge=1)]
    label: str
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    age: Attribute | None = None
    sex: Attribute | None = None
    events: tuple[PatientEvent, ...] = ()

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
    """

    subject: TermRef
    relation: TermRef
    object: TermRef
    polarity: Literal["affirmed", "negated"] = "affirmed"
    hedged: bool = False
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]


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
