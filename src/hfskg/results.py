"""What a build tells of itself: what became of each document and of the folder, and who hears of it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hfskg.coverage import Coverage

__all__ = ["BuildListener", "BuildResult", "DocumentResult", "Status"]

Status = Literal["built", "nonconforming", "mismatched", "unusable"]


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What became of one document.

    Attributes:
        path: Where it was read from.
        status: ``built``, ``nonconforming`` (violates a shape), ``mismatched`` (a quote does not stand in the
            source) or ``unusable`` (it, or its curation file, cannot be read).
        message: Why it was not built, else empty.
        cases: Number of patients.
        readings: Number of statements read: events, ages, sexes and claims.
        warnings: What the reader or the validation warns of.
        coverage: How much of what tells of patients was read.
        ungrounded: Number of words that look like a drug or disease but are in no vocabulary.
    """

    path: Path
    status: Status
    message: str = ""
    cases: int = 0
    readings: int = 0
    warnings: tuple[str, ...] = ()
    coverage: Coverage = Coverage()
    ungrounded: int = 0


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did.

    Attributes:
        out: The graph folder.
        written: Whether the folder was written; it is not if no document could be read.
        documents: One result per document, in the order of their slugs; unusable ones last.
        triples: Number of triples in the written graph, the ontology included.
        report: The validation report of all documents as text.
    """

    out: Path
    written: bool
    documents: tuple[DocumentResult, ...]
    triples: int
    report: str

    def with_status(self, *statuses: Status) -> tuple[DocumentResult, ...]:
        """Return the documents with one of the given statuses."""
        return tuple(document for document in self.documents if document.status in statuses)


class BuildListener:
    """Hears how a build goes on; the methods do nothing unless overridden."""

    def started(self, documents: int) -> None:
        """Hear that a build of so many documents starts."""

    def finished(self, document: DocumentResult) -> None:
        """Hear what became of a document."""
