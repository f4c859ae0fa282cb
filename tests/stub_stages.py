"""Stages of a build that need no ontology, for tests of what goes on around them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from rdflib import Graph, Literal

from hfskg.coverage import Coverage, Share, Survey
from hfskg.errors import CurationError, EvidenceError
from hfskg.namespaces import HFS, OWL, RDF, document_iri
from hfskg.reading import Document, read_document
from hfskg.record import Curation, CurationSource, DocumentRecord, Outcome, Rejection
from hfskg.validation import ValidationReport, Validator
from support import make_record

__all__ = ["StubStages"]

_SHAPE = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

hfs:DocumentShape a sh:NodeShape ;
    sh:targetClass hfs:SourceDocument ;
    sh:property [ sh:path hfs:characterCount ; sh:minCount 1 ; sh:datatype xsd:integer ;
                  sh:message "A document has a length." ] .
"""


class StubStages:
    """Stages that need no ontology: each document has one patient, read from its word "glows".

    Args:
        folder: Where the shape is written.
        nonconforming: Names of the files whose graph violates it.
        mismatched: Names of the files one of whose quotes does not stand in the source.
        warning: A warning that every document gets.
    """

    def __init__(
        self,
        folder: Path,
        *,
        nonconforming: Collection[str] = (),
        mismatched: Collection[str] = (),
        warning: str | None = None,
    ) -> None:
        shapes = folder / "stub-shapes"
        shapes.mkdir(exist_ok=True)
        (shapes / "document.ttl").write_text(_SHAPE, encoding="utf-8")
        self._validator = Validator(shapes)
        self._nonconforming = nonconforming
        self._mismatched = mismatched
        self._warnings = (warning,) if warning else ()
        self.ontology = Graph().add((HFS.SourceDocument, RDF.type, OWL.Class))

    def read(self, path: Path) -> Document:
        """Read the file as the real stages do."""
        return read_document(path)

    def extract(self, document: Document) -> DocumentRecord:
        """Return the record of the one patient."""
        record = make_record(file_name=document.file_name, warnings=self._warnings)
        return record.model_copy(update={"sha256": document.sha256, "length": len(document.text)})

    def survey(self, document: Document, record: DocumentRecord) -> Survey:
        """Return the figures of the one sentence."""
        return Survey(file_name=document.file_name, coverage=Coverage(sentences=Share(read=1, all=2)))

    def curate(self, record: DocumentRecord, document: Document, path: Path) -> DocumentRecord:
        """Return the record with one outcome added and the sex rejected; an empty file cannot be used."""
        data = path.read_bytes()
        if not data:
            raise CurationError(f"{path} has 1 problem.", "Mend it.")
        source = CurationSource(file_name=path.name, sha256=hashlib.sha256(data).hexdigest())
        curation = Curation(action="added", by="curation team")
        event = Outcome(order=1, outcome="alive", evidence=record.cases[0].evidence, curation=curation)
        rejected = Rejection(
            kind="sex", case="Patient 1", statement="male", evidence=event.evidence, by="curation team", reason="no"
        )
        case = record.cases[0].model_copy(update={"events": (event,)})
        return record.model_copy(update={"cases": (case,), "curation": source, "rejected": (rejected,)})

    def graph(self, record: DocumentRecord, document: Document) -> Graph:
        """Return a graph of the document alone."""
        if record.file_name in self._mismatched:
            raise EvidenceError(f'{record.file_name}: "glows" does not stand at 3-8.', "Read the document again.")
        iri = document_iri(record.file_name)
        length = "many" if record.file_name in self._nonconforming else record.length
        return Graph().add((iri, RDF.type, HFS.SourceDocument)).add((iri, HFS.characterCount, Literal(length)))

    def validate(self, graph: Graph) -> ValidationReport:
        """Validate the document's length."""
        return self._validator.validate(graph, self.ontology)

    def assess(self, graph: Graph) -> Graph:
        """Return a graph with one triple."""
        return Graph().add((HFS.Patient, RDF.type, HFS.CriteriaAssessment))

    def derive(self, graph: Graph) -> Graph:
        return Graph()
