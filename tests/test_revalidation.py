"""Validating a graph folder again."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from hfskg.errors import ConformanceError, DocumentError, StoreError
from hfskg.export import to_nquads
from hfskg.namespaces import DATA, HFS, OA, ONTOLOGY_GRAPH, RDF
from hfskg.output import GRAPH_FILE
from hfskg.revalidation import revalidate
from samples import FILE_NAME, TEXT, evidence, graphs, write_folder

DOCUMENT = DATA["small-report"]
ASSESSED = DATA["small-report/case/1/criteria/small-criteria/3"]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(TEXT.encode())
    return folder


def test_a_good_folder(tmp_path: Path) -> None:
    result = revalidate(write_folder(tmp_path / "graph"))
    assert result.conforms
    assert not result.changed
    assert result.to_text() == f"{FILE_NAME}: conforms\n1 document checked, conforming\n"


def test_quotes_are_looked_up_in_the_sources(tmp_path: Path, sources: Path) -> None:
    result = revalidate(write_folder(tmp_path / "graph"), sources=sources)
    assert result.conforms
    assert result.documents[0].quotes == len(set(graphs()[DOCUMENT].subjects(RDF.type, HFS.Evidence)))
    assert "quotes stand in the source\n" in result.to_text()


def test_a_quote_that_no_longer_stands_there(tmp_path: Path, sources: Path) -> None:
    named = graphs()
    found = evidence("alive")
    named[DOCUMENT].set((DATA[f"small-report/evidence/{found.start}-{found.end}/quote"], OA.exact, Literal("dying")))
    result = revalidate(write_folder(tmp_path / "graph", named), sources=sources)
    assert not result.conforms
    assert "'dying' does not stand at" in result.to_text()
    assert result.to_text().endswith("1 document checked, 1 of them does not conform\n")


def test_another_version_of_the_source(tmp_path: Path, sources: Path) -> None:
    (sources / FILE_NAME).write_text(TEXT + "\n")
    result = revalidate(write_folder(tmp_path / "graph"), sources=sources)
    assert not result.conforms
    assert "digests differ" in result.documents[0].mismatch


def test_a_missing_source(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="There is no document"):
        revalidate(write_folder(tmp_path / "graph"), sources=tmp_path)


def test_no_quotes_to_look_up(tmp_path: Path, sources: Path) -> None:
    bare = Graph()
    for predicate in (RDF.type, HFS.fileName, HFS.sha256, HFS.characterCount):
        for value in graphs()[DOCUMENT].objects(DOCUMENT, predicate):
            bare.add((DOCUMENT, predicate, value))
    named = {ONTOLOGY_GRAPH: graphs()[ONTOLOGY_GRAPH], DOCUMENT: bare}
    with pytest.raises(ConformanceError, match="There is no quote"):
        revalidate(write_folder(tmp_path / "graph", named), sources=sources)


def test_a_violation_in_the_assessments(tmp_path: Path) -> None:
    named = graphs()
    named[URIRef(f"{DOCUMENT}/criteria")].remove((ASSESSED, HFS.verdict, None))
    result = revalidate(write_folder(tmp_path / "graph", named))
    assert not result.conforms
    assert "An assessment has exactly one verdict" in result.to_text()


def test_a_graph_that_was_changed_is_validated_as_it_is(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph")
    named = graphs()
    named[DOCUMENT].remove((DOCUMENT, HFS.fileName, None))
    (folder / GRAPH_FILE).write_bytes(to_nquads(named))
    result = revalidate(folder)
    assert result.changed
    assert not result.conforms


def test_a_document_that_the_manifest_lacks_is_validated_too(tmp_path: Path) -> None:
    named = graphs()
    named[DATA.other] = Graph()
    named[DATA.other].add((DATA.other, RDF.type, HFS.SourceDocument))
    result = revalidate(write_folder(tmp_path / "graph", named))
    assert [check.report.conforms for check in result.documents] == [False, True]


def test_a_document_that_the_graph_lacks(tmp_path: Path) -> None:
    named = {ONTOLOGY_GRAPH: graphs()[ONTOLOGY_GRAPH]}
    with pytest.raises(StoreError, match=f"has no graph of {FILE_NAME}"):
        revalidate(write_folder(tmp_path / "graph", named))


def test_a_graph_without_ontology(tmp_path: Path) -> None:
    named = {DOCUMENT: graphs()[DOCUMENT]}
    with pytest.raises(StoreError, match="holds no ontology"):
        revalidate(write_folder(tmp_path / "graph", named))


def test_nothing_to_check(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph", {ONTOLOGY_GRAPH: graphs()[ONTOLOGY_GRAPH]})
    manifest = folder / "hfskg.json"
    manifest.write_text(manifest.read_text().replace('"built"', '"nonconforming"'))
    with pytest.raises(ConformanceError, match="nothing to validate"):
        revalidate(folder)


def test_no_graph_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no graph folder"):
        revalidate(tmp_path)
