"""What is known of the terms of background vocabularies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hfskg.parts import Grounding
from hfskg.vocabulary import Kind

__all__ = ["Background", "BackgroundTerm", "Grounding", "ReadTerm", "Source", "Synonym"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a background vocabulary comes from.

    Attributes:
        name: What it is called in graphs: the file's name without ending.
        path: The file.
        kind: The kind of all its terms; None where the identifiers of the terms tell.
    """

    name: str
    path: Path
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Synonym:
    """A name and how its term relates to what the name says."""

    text: str
    grounding: Grounding


@dataclass(frozen=True, slots=True)
class ReadTerm:
    """A term as it stands in a file.

    Attributes:
        iri: The term's IRI.
        identifier: Its short identifier, such as ``HP:0001945``.
        label: Its preferred label.
        synonyms: Its other names.
        parents: IRIs of the terms directly above it.
    """

    iri: str
    identifier: str
    label: str
    synonyms: tuple[Synonym, ...] = ()
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackgroundTerm:
    """A term of a background vocabulary without its names, which only the matcher needs.

    Attributes:
        iri: The term's IRI.
        identifier: Its short identifier.
        label: Its preferred label.
        kind: Finding, disease or drug.
        vocabulary: The name of the vocabulary.
        parents: IRIs of the terms directly above it.
    """

    iri: str
    identifier: str
    label: str
    kind: Kind
    vocabulary: str
    parents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Background:
    """The terms of all background vocabularies.

    Attributes:
        terms: The terms by IRI.
        curated: The curated term that means the same as a background term, by the latter's IRI.
    """

    terms: Mapping[str, BackgroundTerm] = field(default_factory=dict)
    curated: Mapping[str, str] = field(default_factory=dict)

    def lineage(self, iri: str) -> Iterator[tuple[BackgroundTerm, tuple[str, ...]]]:
        """Yield a term and all above it, each with what it lies directly below.

        The way up ends at a curated term that means the same as one on it; what has nothing above it is a top.

        Args:
            iri: The term; one that is not known yields nothing.
        """
        pending, seen = [iri], {iri}
        while pending:
            term = self.terms.get(pending.pop())
            if term is None:
                continue
            known = [parent for parent in term.parents if parent in self.terms]
            yield term, tuple(sorted({self.curated.get(parent, parent) for parent in known}))
            for parent in known:
                if parent not in seen and parent not in self.curated:
                    seen.add(parent)
                    pending.append(parent)
