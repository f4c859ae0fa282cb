"""What a build does with each document: reading, curation, graph, validation, assessment and derivation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from rdflib import Graph

from hfskg.background import Source
from hfskg.cache import content_digest
from hfskg.coverage import Survey, Surveyor
from hfskg.criteria import assess
from hfskg.curation import Curator
from hfskg.derivation import RULES, Deriver
from hfskg.graph import check_evidence, record_graph
from hfskg.inference import materialise
from hfskg.modules import package_digest
from hfskg.reading import BackgroundNames, Document, Reader, read_document
from hfskg.record import DocumentRecord
from hfskg.resources import shapes_directory
from hfskg.validation import ValidationReport, Validator
from hfskg.vocabulary import load_vocabulary

__all__ = ["Pipeline", "Stages", "package_pipeline"]


class Stages(Protocol):
    """What a build does with each document; :class:`Pipeline` is the real one."""

    @property
    def ontology(self) -> Graph:
        """The ontology with its inferred triples."""

    def read(self, path: Path) -> Document:
        """Read a source document."""

    def extract(self, document: Document) -> DocumentRecord:
        """Read the record out of a document."""

    def curate(self, record: DocumentRecord, document: Document, path: Path) -> DocumentRecord:
        """Amend a record by the curation file of its document."""

    def survey(self, document: Document, record: DocumentRecord) -> Survey:
        """Return how much of a document was understood, and what was not."""

    def graph(self, record: DocumentRecord, document: Document) -> Graph:
        """Return the document's graph, its quotes checked."""

    def validate(self, graph: Graph) -> ValidationReport:
        """Validate a document's graph."""

    def assess(self, graph: Graph) -> Graph:
        """Return the criteria assessments of a document's patients."""

    def derive(self, graph: Graph) -> Graph:
        """Return what follows from a document's graph by rules."""


class Pipeline:
    """The stages of a build, their ontology, shapes and reader loaded once for all documents.

    Args:
        ontology: The ontology's folder; the package's own if left out.
        shapes: The shapes' folder; the package's own if left out.
        vocabularies: The background vocabularies behind the ontology, the preferred first.
        overlays: Turtle files with terms of one's own, merged into the ontology.
        strict_curation: Whether an entry of a curation file that matches no reading is an error, not a warning.

    Raises:
        InputError: The ontology, a vocabulary or the shapes cannot be loaded.
    """

    def __init__(
        self,
        ontology: Path | None = None,
        shapes: Path | None = None,
        vocabularies: Sequence[Source] = (),
        *,
        overlays: Sequence[Path] = (),
        strict_curation: bool = False,
    ) -> None:
        vocabulary = load_vocabulary(ontology, overlays)
        names = BackgroundNames(vocabularies, vocabulary) if vocabularies else None
        self._background = names.background if names else None
        self._vocabulary_graph = vocabulary.graph
        self._reader = Reader(vocabulary, names)
        self._surveyor = Surveyor(vocabulary, self._reader.finder)
        self._curator = Curator(vocabulary)
        self._strict_curation = strict_curation
        self._ontology = materialise(vocabulary.graph, vocabulary.digest)
        self._validator = Validator(shapes)
        self._deriver = Deriver(self._ontology, ontology / RULES if ontology is not None else None)

    @property
    def ontology(self) -> Graph:
        """The ontology with its inferred triples."""
        return self._ontology

    def read(self, path: Path) -> Document:
        """Read a source document.

        Raises:
            DocumentError: It is missing, empty or cannot be read.
        """
        return read_document(path)

    def extract(self, document: Document) -> DocumentRecord:
        """Read the record out of a document."""
        return self._reader.read(document)

    def curate(self, record: DocumentRecord, document: Document, path: Path) -> DocumentRecord:
        """Amend a record by the curation file of its document.

        Raises:
            CurationError: The file cannot be used.
        """
        return self._curator.curate(record, document, path, strict=self._strict_curation)

    def survey(self, document: Document, record: DocumentRecord) -> Survey:
        """Return how much of a document was understood, and what was not."""
        return self._surveyor.survey(document, record)

    def graph(self, record: DocumentRecord, document: Document) -> Graph:
        """Return the document's graph.

        Raises:
            EvidenceError: A quote does not stand at its offsets.
        """
        check_evidence(record, document.text)
        return record_graph(record, document, self._vocabulary_graph, self._background)

    def validate(self, graph: Graph) -> ValidationReport:
        """Validate a document's graph against the shapes."""
        return self._validator.validate(graph, self._ontology)

    def assess(self, graph: Graph) -> Graph:
        """Return the criteria assessments of a document's patients."""
        return assess(graph, self._ontology)

    def derive(self, graph: Graph) -> Graph:
        """Return what follows from a document's graph by rules.

        Raises:
            InputError: A rule is broken.
        """
        return self._deriver.derive(graph)


def package_pipeline() -> Pipeline:
    """Return the stages with the package's own ontology and shapes, made once as long as their files stay the same.

    Raises:
        InputError: The ontology or the shapes cannot be loaded.
    """
    shapes = sorted(shapes_directory().glob("*.ttl"))
    return _package_pipeline(package_digest(), content_digest(path.read_bytes() for path in shapes))


@lru_cache(maxsize=1)
def _package_pipeline(_ontology: str, _shapes: str) -> Pipeline:
    return Pipeline()
