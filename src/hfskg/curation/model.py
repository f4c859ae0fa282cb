"""What a curation file may say: its head and the entries of its three lists.

Only shapes and closed lists of words are checked here. Whether a term, a unit or a case exists, and whether a quote
stands in the document, is checked when the entries are applied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

__all__ = [
    "CHANGES",
    "KINDS",
    "Addition",
    "Change",
    "Correction",
    "CurationFile",
    "Decision",
    "Entry",
    "Fields",
    "Head",
    "ReadingKind",
    "Rejection",
]

ReadingKind = Literal[
    "diagnosis",
    "clinical-finding",
    "laboratory-measurement",
    "drug-administration",
    "procedure",
    "adverse-event",
    "genetic-finding",
    "encounter",
    "treatment-response",
    "criteria-statement",
    "outcome",
    "age",
    "sex",
    "weight",
    "claim",
]

KINDS: tuple[ReadingKind, ...] = get_args(ReadingKind)
"""The kinds of readings: those of events as in the record, and age, sex, weight and claim."""

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_ELEVEN = 11


def _doi(value: str) -> str:
    match = _DOI.fullmatch(value)
    if not match:
        raise ValueError(f"{value} is no DOI; give it as in 10.1000/182")
    return match[1]


def _licence(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value):
        example = "https://creativecommons.org/licenses/by/4.0/"
        raise ValueError(f"{value} is no URL; give that of the licence, as in {example}")
    return value


def _orcid(value: str) -> str:
    match = _ORCID.fullmatch(value)
    if not match:
        raise ValueError(f"{value} is no ORCID iD; it has four groups of four digits")
    total = 0
    for digit in match[1].replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (_ELEVEN + 1 - total % _ELEVEN) % _ELEVEN
    if match[1][-1] != ("X" if check == _ELEVEN - 1 else str(check)):
        raise ValueError(f"{value} is no ORCID iD: its check digit does not fit, so a digit is mistyped")
    return match[1]


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError(f"{value} is no finite number")
    return value


def _number(value: object) -> object:
    """Take the commas out of a number that is given as printed (12,400)."""
    grouped = isinstance(value, str) and re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", value)
    return value.replace(",", "") if grouped and isinstance(value, str) else value


def _days(value: object) -> object:
    return value if isinstance(value, list) else [value, value]


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[Text, AfterValidator(lambda text: " ".join(text.split()))]
Number = Annotated[Decimal, BeforeValidator(_number), AfterValidator(_finite)]
Days = Annotated[tuple[int, int], BeforeValidator(_days)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Signed(_Strict):
    """Who decided, and when.

    Attributes:
        by: A name or role.
        orcid: An ORCID iD.
        on: The day of the decision, as the curator gives it.
    """

    by: Line | None = None
    orcid: Annotated[str, AfterValidator(_orcid)] | None = None
    on: date | None = None


class Head(_Signed):
    """A curation file without its entries; who and when hold for all entries that do not say otherwise.

    Attributes:
        document: Name of the document's file.
        strict: Whether an entry that matches no reading is an error rather than a warning.
        title: Title of the document.
        doi: Its DOI.
        licence: URL of its licence.
    """

    document: Line | None = None
    strict: bool = False
    title: Line | None = None
    doi: Annotated[str, AfterValidator(_doi)] | None = None
    licence: Annotated[str, AfterValidator(_licence)] | None = None


class _Quoting(_Strict):
    """The words of the document that an entry points at.

    Attributes:
        quote: The words as they stand there; how they are broken into lines does not matter.
        occurrence: Which one is meant, from 1, where they stand several times.
        start: The same, told by the offset of the first character.
    """

    quote: Text
    occurrence: Annotated[int, Field(ge=1)] | None = None
    start: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> _Quoting:
        if self.occurrence is not None and self.start is not None:
            raise ValueError("occurrence and start exclude each other")
        return self


class Decision(_Quoting, _Signed):
    """What all entries have.

    Attributes:
        kind: Kind of the reading.
        case: Label or number of the patient.
    """

    kind: ReadingKind
    case: Line | None = None


class _Address(Decision):
    """An entry that addresses a reading.

    Attributes:
        term: Its term: a label, a synonym, a CURIE or an IRI.
        reading: What it says, as `hfskg inspect` prints it, where all else leaves several.
    """

    term: Line | None = None
    reading: Line | None = None


class Rejection(_Address):
    """An entry of ``reject``.

    Attributes:
        reason: Why.
    """

    reason: Line


class Correction(_Address):
    """An entry of ``correct``.

    Attributes:
        note: Why.
        set: The fields to change; its own model depends on the kind.
    """

    note: Line | None = None
    set: Annotated[dict[str, Any], Field(min_length=1)]


class Addition(Decision):
    """An entry of ``add``, without the fields of its kind.

    Attributes:
        note: Why.
    """

    note: Line | None = None


class Fields(_Strict):
    """What the readings of a kind may say; what is left out is not told.

    Attributes:
        time: The phrase that tells when, as it stands in the document.
        day: Day from the case's time origin, or the first and the last day of an interval.
    """


class Change(_Strict):
    """What a correction may change besides the fields of the kind: the words and the patient.

    Attributes:
        quote: The words that the reading rests on instead.
        occurrence: As in an entry.
        start: As in an entry.
        case: Label or number of the patient that it belongs to instead.
    """

    quote: Text | None = None
    occurrence: Annotated[int, Field(ge=1)] | None = None
    start: Annotated[int, Field(ge=0)] | None = None
    case: Line | None = None


CHANGES = frozenset(Change.model_fields)
"""The names of what a correction may change besides the fields of the kind."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a curation file.

    Attributes:
        action: The list that it stands in.
        number: Its place in the list, from 1.
        line: Its line in the file.
        said: What it says: an :class:`Addition`, a :class:`Correction` or a :class:`Rejection`.
        fields: What the reading is to say; of a correction, what is to change.
        change: Of a correction, the words and the patient that are to change.
        by: Who decided.
        orcid: Their ORCID iD, if given.
        on: The day, if given.
    """

    action: Literal["reject", "correct", "add"]
    number: int
    line: int
    said: Decision
    fields: Fields
    change: Change
    by: str
    orcid: str | None
    on: date | None

    @property
    def where(self) -> str:
        """Where it stands, for messages."""
        return f"line {self.line}, {self.action} {self.number}"


@dataclass(frozen=True, slots=True)
class CurationFile:
    """A curation file that is well-formed.

    Attributes:
        file_name: Its name, without folders.
        sha256: Hex digest of its bytes.
        head: What stands outside its entries.
        entries: The entries in the order of the file.
    """

    file_name: str
    sha256: str
    head: Head
    entries: tuple[Entry, ...]
