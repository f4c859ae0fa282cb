from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

import hfskg
from hfskg.build import BuildListener, DocumentResult, build, find_documents
from hfskg.coverage import Share, Survey
from hfskg.errors import CurationError, DocumentError, InputError, OutputError
from hfskg.export import to_turtle
from hfskg.namespaces import CATALOGUE_GRAPH, ONTOLOGY_GRAPH
from hfskg.output import file_digests, load_manifest
from stub_stages import StubStages
from support import contents, write_reports


class Hearing(BuildListener):
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def started(self, documents: int) -> None:
        self.heard.append(documents)

    def finished(self, document: DocumentResult) -> None:
        self.heard.append((document.path.name, document.status))


def test_documents_are_found_in_the_order_of_their_slugs(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", "b.txt", "A.TXT", ".hidden.txt", "notes.md")
    (tmp_path / "in" / "folder.txt").mkdir()
    (tmp_path / "c.txt").touch()
    documents, unusable = find_documents([tmp_path / "c.txt", tmp_path / "in"])
    assert [path.name for path in documents] == ["A.TXT", "b.txt", "c.txt"]
    assert unusable == []


def test_a_document_named_twice_counts_once(tmp_path: Path) -> None:
    (report,) = write_reports(tmp_path / "in", "a.txt")
    assert find_documents([report, tmp_path / "in", tmp_path / "in" / ".." / "in" / "a.txt"]) == ([report], [])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.txt", "There is no document"),
        ("empty", "has no document"),
        ("scan.doc", r"of a kind that cannot be read \(.doc\)"),
        ("README", "no extension"),
        ("x" * 300, "cannot be looked into: File name too long"),
    ],
)
def test_a_path_that_gives_no_document_is_told(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "scan.doc").touch()
    (tmp_path / "README").touch()
    documents, (result,) = find_documents([tmp_path / name])
    assert (documents, result.status) == ([], "unusable")
    with pytest.raises(DocumentError, match=message):
        raise DocumentError(result.message)


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    _, (result,) = find_documents([tmp_path])
    assert "cannot be looked into: Permission denied" in result.message


def test_two_documents_with_the_same_iri_are_refused(tmp_path: Path) -> None:
    write_reports(tmp_path, "My Report.txt", "my-report.txt")
    with pytest.raises(DocumentError, match=r"would share the IRI https://w3id\.org/hfskg/data/my-report") as caught:
        find_documents([tmp_path])
    assert "Rename one" in caught.value.cure


def test_naming_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="No document is named"):
        find_documents([])


def test_a_build_writes_every_part_of_the_folder(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt")
    result = build(reports, tmp_path / "out", stages=StubStages(tmp_path))
    assert result.written
    assert [document.status for document in result.documents] == ["built", "built"]
    assert set(contents(tmp_path / "out")) == {
        "hfskg.json",
        "graph.nq",
        "validation.txt",
        *(f"{folder}/{name}" for folder in ("documents", "validation") for name in ("a.ttl", "b.ttl")),
        *(f"{folder}/{name}.json" for folder in ("coverage", "records") for name in ("a", "b")),
    }


def test_each_document_is_a_named_graph_and_so_is_the_ontology(tmp_path: Path) -> None:
    (report,) = write_reports(tmp_path / "in", "a.txt")
    result = build([report], tmp_path / "out", stages=StubStages(tmp_path))
    quads = pyoxigraph.parse(path=tmp_path / "out" / "graph.nq")
    named = Counter(getattr(quad.graph_name, "value", "") for quad in quads)
    document = "https://w3id.org/hfskg/data/a"
    assert named.pop(str(CATALOGUE_GRAPH)) > 100
    assert named == {document: 2, f"{document}/criteria": 1, str(ONTOLOGY_GRAPH): 1}
    assert result.triples == len(set(pyoxigraph.parse(path=tmp_path / "out" / "graph.nq")))


def test_the_manifest_tells_what_became_of_each_document(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt", "c.txt")
    stages = StubStages(tmp_path, nonconforming=["b.txt"], mismatched=["c.txt"], warning="It is dim.")
    build(reports, tmp_path / "out", stages=stages)
    manifest = load_manifest(tmp_path / "out")
    assert manifest.package_version == hfskg.__version__
    assert manifest.files == file_digests(tmp_path / "out")
    assert [(entry.slug, entry.status) for entry in manifest.documents] == [
        ("a", "built"),
        ("b", "nonconforming"),
        ("c", "mismatched"),
    ]
    assert manifest.documents[0].warnings == ("It is dim.",)
    assert {entry.coverage.sentences for entry in manifest.documents} == {Share(read=1, all=2)}
    kept = (tmp_path / "out" / "coverage" / "c.json").read_text(encoding="utf-8")
    assert Survey.model_validate_json(kept).coverage == manifest.documents[2].coverage
    assert "1 violation of the shapes" in manifest.documents[1].message
    assert '"glows" does not stand at 3-8' in manifest.documents[2].message


def test_a_document_that_violates_a_shape_stays_out_and_the_others_are_built(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt")
    result = build(reports, tmp_path / "out", stages=StubStages(tmp_path, nonconforming=["a.txt"]))
    written = contents(tmp_path / "out")
    assert {"rejected/a.ttl", "documents/b.ttl", "records/a.json", "validation/a.ttl"} <= written.keys()
    assert "documents/a.ttl" not in written
    assert b"/data/a>" not in written["graph.nq"]
    assert b"/data/b>" in written["graph.nq"]
    assert "A document has a length" in result.report
    assert [document.path.name for document in result.with_status("nonconforming")] == ["a.txt"]


def test_a_document_with_a_wrong_quote_stays_out_and_the_others_are_built(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt")
    result = build(reports, tmp_path / "out", stages=StubStages(tmp_path, mismatched=["a.txt"]))
    written = contents(tmp_path / "out")
    assert b"/data/a>" not in written["graph.nq"]
    assert {"documents/b.ttl", "records/b.json"} <= written.keys()
    assert 'a.txt: a.txt: "glows" does not stand at 3-8' in result.report


def test_an_unreadable_document_does_not_sink_the_others(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt")
    reports[0].write_bytes(b"\0\1\2")
    result = build([*reports, tmp_path / "none.txt"], tmp_path / "out", stages=StubStages(tmp_path))
    statuses = [(document.path.name, document.status) for document in result.documents]
    assert statuses == [("b.txt", "built"), ("a.txt", "unusable"), ("none.txt", "unusable")]
    assert [entry.slug for entry in load_manifest(tmp_path / "out").documents] == ["b"]


def test_nothing_is_written_when_no_document_can_be_read(tmp_path: Path) -> None:
    (report,) = write_reports(tmp_path / "in", "a.txt")
    build([report], tmp_path / "out", stages=StubStages(tmp_path))
    before = contents(tmp_path / "out")
    report.write_text(" \n", encoding="utf-8")
    result = build([report], tmp_path / "out", stages=StubStages(tmp_path))
    assert not result.written
    assert contents(tmp_path / "out") == before


def test_a_folder_of_others_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", "a.txt")
    hearing = Hearing()
    with pytest.raises(OutputError):
        build([tmp_path / "in"], tmp_path / "in", stages=StubStages(tmp_path), listener=hearing)
    assert hearing.heard == []
    assert set(contents(tmp_path / "in")) == {"a.txt"}


def test_a_listener_hears_of_every_document(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "b.txt", "a.txt")
    hearing = Hearing()
    build([*reports, tmp_path / "c.txt"], tmp_path / "out", stages=StubStages(tmp_path), listener=hearing)
    assert hearing.heard == [3, ("c.txt", "unusable"), ("a.txt", "built"), ("b.txt", "built")]


def test_two_builds_write_the_same_bytes(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt")
    for out in ("one", "two"):
        build(reports if out == "one" else reports[::-1], tmp_path / out, stages=StubStages(tmp_path))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("failure", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_a_failure_while_writing_leaves_the_former_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: type[BaseException]
) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt")
    build(reports[:1], tmp_path / "out", stages=StubStages(tmp_path))
    before = contents(tmp_path)
    calls: list[Graph] = []

    def failing(graph: Graph) -> bytes:
        calls.append(graph)
        if len(calls) == 3:
            raise failure
        return to_turtle(graph)

    monkeypatch.setattr("hfskg.build.to_turtle", failing)
    with pytest.raises(failure):
        build(reports, tmp_path / "out", stages=StubStages(tmp_path))
    assert contents(tmp_path) == before


def test_the_record_of_a_document_is_kept_as_json(tmp_path: Path) -> None:
    (report,) = write_reports(tmp_path / "in", "a.txt")
    build([report], tmp_path / "out", stages=StubStages(tmp_path))
    record = json.loads((tmp_path / "out" / "records" / "a.json").read_text(encoding="utf-8"))
    assert record["file_name"] == "a.txt"
    assert record["cases"][0]["evidence"][0]["quote"] == "glows"


def test_a_curation_file_beside_a_document_is_applied_and_told_in_the_manifest(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt")
    (tmp_path / "in" / "a.curation.yaml").write_text("by: curation team\n", encoding="utf-8")
    build(reports, tmp_path / "out", stages=StubStages(tmp_path))
    first, second = load_manifest(tmp_path / "out").documents
    assert first.curation is not None and second.curation is None
    assert (first.curation.file_name, first.curation.added, first.curation.corrected) == ("a.curation.yaml", 1, 0)
    assert [(rejected.kind, rejected.reason) for rejected in first.curation.rejected] == [("sex", "no")]
    assert (first.readings, second.readings) == (1, 0)


def test_curation_files_may_lie_in_a_folder_of_their_own(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt")
    for place in ("in/a", "curation/b"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / f"{place}.curation.yaml").write_text("by: curation team\n", encoding="utf-8")
    build(reports, tmp_path / "out", stages=StubStages(tmp_path), curation=tmp_path / "curation")
    assert [bool(entry.curation) for entry in load_manifest(tmp_path / "out").documents] == [False, True]
    with pytest.raises(CurationError, match="There is no folder"):
        build(reports, tmp_path / "out", stages=StubStages(tmp_path), curation=tmp_path / "none")


def test_a_document_with_an_unusable_curation_file_does_not_sink_the_others(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "in", "a.txt", "b.txt")
    (tmp_path / "in" / "a.curation.yaml").touch()
    result = build(reports, tmp_path / "out", stages=StubStages(tmp_path))
    assert [(one.path.name, one.status) for one in result.documents] == [("b.txt", "built"), ("a.txt", "unusable")]
    assert "a.curation.yaml has 1 problem. Mend it." in result.documents[1].message


@pytest.mark.slow
def test_the_seeds_are_built_with_the_real_stages(built: Path, seeds: list[Path]) -> None:
    manifest = load_manifest(built)
    assert [entry.file_name for entry in manifest.documents] == [path.name for path in seeds]
    assert {entry.status for entry in manifest.documents} == {"built"}
    assert all(entry.cases and entry.readings for entry in manifest.documents)


HTML = "<html><head><title>A glow</title></head><body><h1>Case report</h1><p>It glows. See it.</p></body></html>"


def test_the_text_of_other_kinds_of_files_is_kept_beside_the_graph(tmp_path: Path) -> None:
    (report,) = write_reports(tmp_path / "in", "a.txt")
    page = tmp_path / "in" / "b.html"
    page.write_text(HTML, encoding="utf-8")
    build([report.parent], tmp_path / "out", stages=StubStages(tmp_path))
    texts = tmp_path / "out" / "texts"
    assert [path.name for path in texts.iterdir()] == ["b.txt"]
    assert (texts / "b.txt").read_bytes() == b"Case report\n\nIt glows. See it.\n\n"
    (first, second) = load_manifest(tmp_path / "out").documents
    assert (first.media_type, first.extraction) == ("text/plain", None)
    assert second.media_type == "text/html"
    assert second.extraction is not None and second.extraction.startswith("lxml==")
    assert second.sha256 == hashlib.sha256(HTML.encode()).hexdigest()


def test_documents_that_cannot_be_read_do_not_keep_others_out(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", "a.txt", "b.pdf", "c.xml")
    (tmp_path / "in" / "d.html").touch()
    result = build([tmp_path / "in"], tmp_path / "out", stages=StubStages(tmp_path))
    assert {d.path.name: d.status for d in result.documents} == {
        "a.txt": "built",
        "b.pdf": "unusable",
        "c.xml": "unusable",
        "d.html": "unusable",
    }
    assert all(d.path.name in d.message for d in result.with_status("unusable"))
