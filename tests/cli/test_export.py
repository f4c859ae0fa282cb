"""``hfskg export`` from the outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Dataset, Graph
from typer.testing import CliRunner, Result

from hfskg.cli import app
from hfskg.cli.export import FormatName
from hfskg.errors import OutputError, StoreError
from hfskg.export import Format
from hfskg.namespaces import DATA, HFS, ONTOLOGY_GRAPH, RDF
from samples import FILE_NAME, graphs, write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "graph")


def export(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


def test_turtle_is_the_default_and_leaves_the_ontology_out(folder: Path) -> None:
    result = export(folder)
    assert result.exit_code == 0
    assert result.stderr == ""
    found = Graph().parse(data=result.stdout_bytes, format="turtle")
    assert len(found) == sum(len(graph) for name, graph in graphs().items() if name != ONTOLOGY_GRAPH)
    assert (HFS.Zilemab, RDF.type, None) not in found


@pytest.mark.parametrize(
    ("form", "parser"),
    [("turtle", "turtle"), ("nquads", "nquads"), ("ntriples", "nt"), ("jsonld", "json-ld"), ("trig", "trig")],
)
def test_each_format(form: str, parser: str, folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = export(folder, "--format", form, "--with-ontology", "--output", output)
    assert (result.exit_code, result.stdout) == (0, "")
    found = Dataset(default_union=True).parse(data=output.read_bytes(), format=parser)
    assert any(found.triples((HFS.Zilemab, RDF.type, None)))
    assert any(found.triples((DATA["small-report"], RDF.type, HFS.SourceDocument)))


def test_the_same_bytes_each_time(folder: Path, tmp_path: Path) -> None:
    first = export(folder, "-f", "jsonld").stdout_bytes
    export(folder, "-f", "jsonld", "-o", tmp_path / "out.jsonld")
    assert (tmp_path / "out.jsonld").read_bytes() == first
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


@pytest.mark.parametrize("name", [FILE_NAME, "small-report"])
def test_one_document(name: str, folder: Path) -> None:
    result = export(folder, "--format", "nquads", "--document", name)
    assert result.exit_code == 0
    assert "<https://w3id.org/hfskg/data/small-report> .\n" in result.stdout


def test_an_unknown_document(folder: Path) -> None:
    result = export(folder, "--document", "other.txt")
    assert isinstance(result.exception, StoreError)
    assert "no document other.txt" in str(result.exception)


def test_no_graph_folder(tmp_path: Path) -> None:
    result = export(tmp_path)
    assert isinstance(result.exception, StoreError)


def test_an_unknown_format(folder: Path) -> None:
    result = export(folder, "--format", "excel")
    assert result.exit_code == 2
    assert "jsonld" in result.stderr


def test_a_place_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    result = export(folder, "--output", tmp_path / "nowhere" / "out.ttl")
    assert isinstance(result.exception, OutputError)


def test_the_help_has_examples() -> None:
    result = export("--help")
    assert result.exit_code == 0
    assert "hfskg export build/ --format turtle --output build.ttl" in result.stdout


def test_the_command_knows_all_formats() -> None:
    assert [form.value for form in FormatName] == [form.value for form in Format]
