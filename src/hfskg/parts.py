"""The small parts that all statements of a record have: evidence, terms, quantities and times."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

__all__ = ["Evidence", "Grounding", "Quantity", "TermRef", "Time"]

Grounding = Literal["exact", "broader", "narrower"]
"""How a term relates to the words that were read: it means the same, something broader, or something narrower."""


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

    @field_validator("quote")
    @classmethod
    def _length_fits(cls, quote: str, info: ValidationInfo) -> str:
        start, end = info.data.get("start"), info.data.get("end")
        if start is not None and end is not None and end - start != len(quote):
            raise ValueError(f"the quote has {len(quote)} characters, its offsets {start}-{end} span another number")
        return quote


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
    latest_day: int | None = Field(default=None, validate_default=True)

    @field_validator("latest_day")
    @classmethod
    def _ordered(cls, latest_day: int | None, info: ValidationInfo) -> int | None:
        if "earliest_day" in info.data:
            earliest_day = info.data["earliest_day"]
            if (earliest_day is None) != (latest_day is None):
                raise ValueError("earliest_day and latest_day go together")
            if earliest_day is not None and latest_day is not None and earliest_day > latest_day:
                raise ValueError("earliest_day is after latest_day")
        return latest_day
