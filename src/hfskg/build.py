"""From paths to a graph folder: reading, graph, validation and assessment of each document, then the writing.

One unusable document, or one whose graph violates a shape, does not sink the others: the result says what
became of each, and only sound documents enter the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef

from hfskg.coverage import Survey
from hfskg.curation import check_directory, find_curation
from hfskg.errors import CurationError, DocumentError, EvidenceError, InputError
from hfskg.export import to_nquads, to_turtle
from hfskg.namespaces import CATALOGUE_GRAPH, ONTOLOGY_GRAPH, document_iri, slug
from hfskg.output import GRAPH_FILE, CurationEntry, DocumentEntry, Manifest, check_output, file_digests, replacing
from hfskg.pipeline import Stages, package_pipeline
from hfskg.queries import catalogue_graph, load_catalogue
from hfskg.reading import SUFFIXES, Document
from hfskg.record import DocumentRecord
from hfskg.results import BuildListener, BuildResult, DocumentResult
from hfskg.validation import ValidationReport
from hfskg.version import __version__
from hfskg.wording import counted

__all__ = ["BuildListener", "BuildResult", "DocumentResult", "build", "find_documents"]

_KINDS = ", ".join(SUFFIXES)


@dataclass(frozen=True, slots=True)
class _Processed:
    """A document's result with what is written of it."""

    result: DocumentResult
    document: Document | None = None
    survey: Survey | None = None
    record: DocumentRecord | None = None
    graph: Graph | None = None
    report: ValidationReport | None = None
    assessments: Graph | None = None
    derived: Graph | None = None


def find_documents(paths: Iterable[Path]) -> tuple[list[Path], list[DocumentResult]]:
    """Find the documents that paths name: files, and folders for the documents directly in them.

    Args:
        paths: Files and folders; a document named twice counts once.

    Returns:
        The documents, and a result with status ``unusable`` for each path that gives none.

    Raises:
        InputError: No path is given.
        DocumentError: Two documents would share their IRIs.
    """
    found: dict[Path, Path] = {}
    unusable: list[DocumentResult] = []
    nothing = True
    for path in paths:
        nothing = False
        try:
            for document in _documents_of(path):
                found.setdefault(document.resolve(), document)
        except DocumentError as error:
            unusable.append(DocumentResult(path, "unusable", str(error)))
        except OSError as error:
            message = f"{path} cannot be looked into: {error.strerror}. Check the path and its permissions."
            unusable.append(DocumentResult(path, "unusable", message))
    if nothing:
        raise InputError("No document is named.", "Name reports, or folders with reports.")
    by_slug: dict[str, Path] = {}
    for document in found.values():
        other = by_slug.setdefault(slug(document.name), document)
        if other is not document:
            what = f"{other} and {document} would share the IRI {document_iri(document.name)}."
            raise DocumentError(what, "Rename one of them, or build them into two folders.")
    return [by_slug[name] for name in sorted(by_slug)], unusable


def _documents_of(path: Path) -> list[Path]:
    if path.is_dir():
        inside = sorted(path.iterdir())
        documents = [p for p in inside if p.suffix.lower() in SUFFIXES and p.is_file() and not p.name.startswith(".")]
        if not documents:
            what = f"The folder {path} has no document ({_KINDS})."
            raise DocumentError(what, "Name the folder the reports lie in.")
        return documents
    if not path.exists():
        raise DocumentError(f"There is no document {path}.", "Check the path.")
    if path.suffix.lower() not in SUFFIXES:
        what = f"{path} is of a kind that cannot be read ({path.suffix or 'no extension'})."
        raise DocumentError(what, f"Give the report as a file of another kind ({_KINDS}).")
    return [path]


def build(
    paths: Sequence[Path],
    out: Path,
    *,
    stages: Stages | None = None,
    listener: BuildListener | None = None,
    curation: Path | None = None,
) -> BuildResult:
    """Build a graph folder from documents.

    Args:
        paths: Documents, and folders with documents.
        out: The folder to write; it is replaced as a whole if an earlier build wrote it.
        stages: What is done with each document; those of :func:`package_pipeline` if left out.
        listener: Hears how the build goes on.
        curation: The folder with the curation files; they lie beside their documents if left out.

    Returns:
        What became of each document. If none could be read, nothing is written.

    Raises:
        InputError: No document is named, or the package's ontology or shapes are broken.
        DocumentError: Two documents would share their IRIs.
        CurationError: The folder with the curation files is missing or has none.
        OutputError: The output folder is not ours or cannot be written. It is as it was.
    """
    listener = listener or BuildListener()
    check_output(out)
    if curation is not None:
        check_directory(curation)
    documents, unusable = find_documents(paths)
    listener.started(len(documents) + len(unusable))
    for result in unusable:
        listener.finished(result)
    processed: list[_Processed] = []
    if documents:
        stages = stages or package_pipeline()
        for path in documents:
            one = _process(path, stages, curation)
            processed.append(one)
            listener.finished(one.result)
    usable = [one for one in processed if one.document is not None]
    unusable = [one.result for one in processed if one.document is None] + unusable
    results = (*(one.result for one in usable), *unusable)
    report = "\n".join(_report_text(one) for one in usable)
    if stages is None or not usable:
        return BuildResult(out, False, results, 0, report)
    graphs = _named_graphs(usable, stages.ontology)
    with replacing(out) as folder:
        _write(folder, usable, graphs, report)
    return BuildResult(out, True, results, sum(map(len, graphs.values())), report)


def _process(path: Path, stages: Stages, curation: Path | None) -> _Processed:
    try:
        document = stages.read(path)
        file = find_curation(path, curation)
        record = stages.extract(document)
        record = record if file is None else stages.curate(record, document, file)
    except (DocumentError, CurationError) as error:
        return _Processed(DocumentResult(path, "unusable", str(error)))
    survey = stages.survey(document, record)
    cases, readings, coverage = len(record.cases), _count_readings(record), survey.coverage
    try:
        graph = stages.graph(record, document)
    except EvidenceError as error:
        result = DocumentResult(path, "mismatched", str(error), cases, readings, record.warnings, coverage)
        return _Processed(result, document, survey)
    report = stages.validate(graph)
    warnings = (*record.warnings, *(r.message for r in report.results if r.severity != "violation"))
    if not report.conforms:
        count = sum(r.severity == "violation" for r in report.results)
        message = f"{counted(count, 'violation')} of the shapes; it stays out of the graph"
        result = DocumentResult(path, "nonconforming", message, cases, readings, warnings, coverage)
        return _Processed(result, document, survey, record, graph, report)
    result = DocumentResult(path, "built", "", cases, readings, warnings, coverage, len(record.ungrounded))
    return _Processed(result, document, survey, record, graph, report, stages.assess(graph), stages.derive(graph))


def _count_readings(record: DocumentRecord) -> int:
    cases = (len(case.events) + len(case.attributes) for case in record.cases)
    return sum(cases) + len(record.claims)


def _named_graphs(processed: Iterable[_Processed], ontology: Graph) -> dict[URIRef, Graph]:
    graphs = {ONTOLOGY_GRAPH: ontology, CATALOGUE_GRAPH: catalogue_graph(load_catalogue(), ontology)}
    for one in processed:
        if one.result.status == "built" and one.graph is not None:
            iri = document_iri(one.result.path.name)
            graphs[iri] = one.graph
            if one.assessments:
                graphs[URIRef(f"{iri}/criteria")] = one.assessments
            if one.derived:
                graphs[URIRef(f"{iri}/derived")] = one.derived
    return graphs


def _report_text(one: _Processed) -> str:
    head = f"{one.result.path.name}: "
    if one.report is None:
        return f"{head}{one.result.message}\n"
    return head + one.report.to_text()


def _write(folder: Path, processed: Sequence[_Processed], graphs: dict[URIRef, Graph], report: str) -> None:
    for name in ("coverage", "documents", "records", "validation"):
        (folder / name).mkdir()
    (folder / GRAPH_FILE).write_bytes(to_nquads(graphs))
    (folder / "validation.txt").write_text(report, encoding="utf-8")
    for one in processed:
        name = slug(one.result.path.name)
        if one.survey is not None:
            survey = one.survey.model_dump_json(indent=2) + "\n"
            (folder / "coverage" / f"{name}.json").write_text(survey, encoding="utf-8")
        if one.record is not None:
            record = one.record.model_dump_json(indent=2) + "\n"
            (folder / "records" / f"{name}.json").write_text(record, encoding="utf-8")
        if one.document is not None and one.document.extraction is not None:
            (folder / "texts").mkdir(exist_ok=True)
            (folder / "texts" / f"{name}.txt").write_bytes(one.document.text.encode("utf-8"))
        if one.graph is not None:
            place = folder / ("documents" if one.result.status == "built" else "rejected")
            place.mkdir(exist_ok=True)
            (place / f"{name}.ttl").write_bytes(to_turtle(one.graph))
        if one.report is not None:
            (folder / "validation" / f"{name}.ttl").write_bytes(to_turtle(one.report.to_graph()))
    entries = tuple(entry for one in processed for entry in _entries(one))
    Manifest(package_version=__version__, documents=entries, files=file_digests(folder)).write(folder)


def _entries(one: _Processed) -> Iterable[DocumentEntry]:
    result = one.result
    if one.document is not None and result.status != "unusable":
        yield DocumentEntry(
            file_name=result.path.name,
            slug=slug(result.path.name),
            status=result.status,
            sha256=one.document.sha256,
            length=len(one.document.text),
            media_type=one.document.media_type,
            extraction=one.document.extraction,
            cases=result.cases,
            readings=result.readings,
            coverage=result.coverage,
            warnings=result.warnings,
            message=result.message,
            curation=CurationEntry.of(one.record),
        )
