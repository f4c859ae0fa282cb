"""What curators decided, as records keep it: what they added, corrected or rejected, and in which file they said so."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hfskg.parts import Evidence

__all__ = ["Curation", "CurationSource", "Rejection"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Curation(_Model):
    """What a curator decided about a reading; what the reader alone read has none.

    Attributes:
        action: ``added``, or ``corrected`` where the reader had read it otherwise.
        by: Who decided, as the curation file names them.
        orcid: Their ORCID iD, if given.
        on: The day that the curation file gives.
        note: Why, in the curator's words.
        former: For a correction, what the reader had read, in words.
        quoted: Whether the evidence was chosen by the curator; of a correction it may be the reader's.
    """

    action: Literal["added", "corrected"]
    by: Annotated[str, Field(min_length=1)]
    orcid: str | None = None
    on: date | None = None
    note: str | None = None
    former: str | None = None
    quoted: bool = True


class Rejection(_Model):
    """A reading that a curator rejected: it is told here and stays out of the graph.

    Attributes:
        kind: Its kind: that of an event, or ``age``, ``sex``, ``weight`` or ``claim``.
        case: Label of the patient; None for a claim.
        statement: What the reader had read, in words.
        evidence: What it was read from.
        by: Who rejected it, as the curation file names them.
        orcid: Their ORCID iD, if given.
        on: The day that the curation file gives.
        reason: Why, in the curator's words.
    """

    kind: str
    case: str | None
    statement: str
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    by: Annotated[str, Field(min_length=1)]
    orcid: str | None = None
    on: date | None = None
    reason: Annotated[str, Field(min_length=1)]


class CurationSource(_Model):
    """The curation file that a record was amended by.

    Attributes:
        file_name: The file's name, without folders.
        sha256: Hex digest of the file's bytes.
    """

    file_name: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
