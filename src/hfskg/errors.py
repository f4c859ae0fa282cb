"""The errors of HFS-KG, in one place.

    HfskgError
    ├── InputError              what the user gave cannot be used
    │   ├── DocumentError       a source document (missing, empty, damaged, in another language)
    │   ├── CurationError       a curation file (unreadable, wrong entry, quote that is not there)
    │   ├── OutputError         the output folder (not ours, not writable)
    │   ├── VocabularyError     the ontology (missing file, broken Turtle, contradictory entry)
    │   ├── QueryError          an unknown query, a broken header, a wrong parameter
    │   ├── StoreError          a graph folder that is missing or damaged
    │   ├── LibraryError        an optional library that is not installed
    │   └── ReasonerError       a reasoner, or what it needs, that is missing or fails
    ├── EvidenceError           a quote that does not stand at its offsets in the source
    ├── ConformanceError        data that violate a shape
    └── EndpointError           a remote endpoint that is down, refuses or answers nonsense

Every message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations

__all__ = [
    "ConformanceError",
    "CurationError",
    "DocumentError",
    "EndpointError",
    "EvidenceError",
    "HfskgError",
    "InputError",
    "LibraryError",
    "OutputError",
    "QueryError",
    "ReasonerError",
    "StoreError",
    "VocabularyError",
]


class HfskgError(Exception):
    """Root of all errors that HFS-KG raises on purpose.

    Args:
        what: What is wrong and where.
        cure: What the user can do about it; shown after the message.
    """

    def __init__(self, what: str, cure: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.what} {self.cure}".rstrip()


class InputError(HfskgError):
    """What the user gave cannot be used."""


class DocumentError(InputError):
    """A source document cannot be read."""


class CurationError(InputError):
    """A curation file cannot be used."""


class OutputError(InputError):
    """The output folder cannot be used."""


class VocabularyError(InputError):
    """The ontology cannot be loaded or contradicts itself."""


class QueryError(InputError):
    """A query is unknown, its file is broken, or a parameter is wrong."""


class StoreError(InputError):
    """A graph folder is missing or damaged."""


class LibraryError(InputError):
    """An optional library is not installed."""


class ReasonerError(InputError):
    """A reasoner, or what it needs, is missing or fails."""


class EvidenceError(HfskgError):
    """A quote does not stand at its offsets in the source document."""


class ConformanceError(HfskgError):
    """Data violate a shape."""


class EndpointError(HfskgError):
    """A remote SPARQL endpoint is down, refuses the query or answers nonsense."""
