"""Validating a graph folder again: against the shapes, and its quotes against the sources."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef

from hfskg.errors import ConformanceError, EvidenceError, StoreError
from hfskg.export import document_graphs, read_graphs
from hfskg.graph import check_quotes
from hfskg.namespaces import HFS, ONTOLOGY_GRAPH, document_iri
from hfskg.output import GRAPH_FILE, Manifest, load_manifest
from hfskg.reading.loading import read_document
from hfskg.validation import ValidationReport, Validator

__all__ = ["DocumentCheck", "FolderCheck", "revalidate"]

PARTS = ("/criteria", "/derived")
"""How the names of graphs end that hold what is computed for a document."""


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """What was found about one document.

    Attributes:
        file_name: Its file name.
        report: What the shapes say.
        quotes: Number of quotes that stand in the source; None if no sources were given.
        mismatch: Why quotes do not stand in the source, else empty.
    """

    file_name: str
    report: ValidationReport
    quotes: int | None = None
    mismatch: str = ""


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """What was found about a graph folder.

    Attributes:
        documents: One check per document, by file name.
        changed: Whether the graph differs from what the build wrote.
    """

    documents: tuple[DocumentCheck, ...]
    changed: bool

    @property
    def conforms(self) -> bool:
        """Whether no shape is violated and all quotes that were looked up stand in their sources."""
        return all(check.report.conforms and not check.mismatch for check in self.documents)

    def to_text(self) -> str:
        """Return the reports of all documents and a last line that sums up."""
        parts = []
        for check in self.documents:
            parts.append(f"{check.file_name}: {check.report.to_text()}")
            if check.mismatch:
                parts.append(f"{check.file_name}: {check.mismatch}\n")
            elif check.quotes is not None:
                parts.append(f"{check.file_name}: {check.quotes} quotes stand in the source\n")
        bad = sum(not check.report.conforms or bool(check.mismatch) for check in self.documents)
        count = len(self.documents)
        verdict = f"{bad} of them {'does' if bad == 1 else 'do'} not conform" if bad else "conforming"
        return "".join([*parts, f"{count} document{'' if count == 1 else 's'} checked, {verdict}\n"])


def revalidate(directory: Path, *, shapes: Path | None = None, sources: Path | None = None) -> FolderCheck:
    """Validate a graph folder.

    Args:
        directory: The folder that a build wrote; a graph that was changed since is validated as it is.
        shapes: The shapes' folder; the package's own if left out.
        sources: The folder with the source documents; quotes are looked up there if it is given.

    Raises:
        StoreError: The folder is no graph folder, or damaged: the graph of a document, or the ontology, is missing.
        InputError: The shapes cannot be used.
        DocumentError: A source is missing or cannot be read.
        ConformanceError: There is nothing to check.
    """
    manifest = load_manifest(directory)
    graphs = read_graphs(directory, intact=False)
    if ONTOLOGY_GRAPH not in graphs:
        raise StoreError(f"{directory / GRAPH_FILE} holds no ontology ({ONTOLOGY_GRAPH}).", "Build the folder again.")
    names = _documents(directory, manifest, graphs)
    if not names:
        what = f"There is nothing to validate: no document was built into {directory}."
        raise ConformanceError(what, "See validation.txt in the folder for the reasons.")
    validator = Validator(shapes)
    checks = tuple(
        _check(validator, name, _merged(graphs, iri), graphs[ONTOLOGY_GRAPH], sources) for iri, name in names.items()
    )
    if sources is not None and not any(check.quotes or check.mismatch for check in checks):
        raise ConformanceError(f"There is no quote in {directory} to look up in {sources}.", "Leave --sources out.")
    digest = hashlib.sha256((directory / GRAPH_FILE).read_bytes()).hexdigest()
    return FolderCheck(checks, digest != manifest.files.get(GRAPH_FILE))


def _documents(directory: Path, manifest: Manifest, graphs: dict[URIRef, Graph]) -> dict[URIRef, str]:
    """Return the file names of the documents in a folder by their IRIs."""
    names = {document_iri(entry.file_name): entry.file_name for entry in manifest.documents if entry.status == "built"}
    missing = [name for iri, name in names.items() if iri not in graphs]
    if missing:
        what = f"{directory / GRAPH_FILE} has no graph of {missing[0]}, which {directory} lists as built."
        raise StoreError(what, "Build the folder again.")
    for iri in document_graphs(graphs):
        if not iri.endswith(PARTS) and iri not in names:
            names[iri] = str(graphs[iri].value(iri, HFS.fileName) or iri)
    return dict(sorted(names.items()))


def _merged(graphs: dict[URIRef, Graph], iri: URIRef) -> Graph:
    merged = Graph(identifier=iri)
    for name in (iri, URIRef(f"{iri}/criteria")):
        for triple in graphs.get(name, ()):
            merged.add(triple)
    return merged


def _check(validator: Validator, name: str, graph: Graph, ontology: Graph, sources: Path | None) -> DocumentCheck:
    report = validator.validate(graph, ontology)
    if sources is None:
        return DocumentCheck(name, report)
    try:
        return DocumentCheck(name, report, check_quotes(graph, read_document(sources / name)))
    except EvidenceError as error:
        return DocumentCheck(name, report, None, str(error))
