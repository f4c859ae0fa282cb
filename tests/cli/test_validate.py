"""``hfskg validate`` from the outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hfskg.cli import app
from hfskg.errors import InputError, StoreError
from hfskg.namespaces import DATA, HFS
from hfskg.output import GRAPH_FILE
from samples import FILE_NAME, TEXT, graphs, write_folder


def validate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["validate", *map(str, arguments)])


def test_a_good_folder(tmp_path: Path) -> None:
    result = validate(write_folder(tmp_path / "graph"))
    assert result.exit_code == 0
    assert result.stdout == f"{FILE_NAME}: conforms\n1 document checked, conforming\n"
    assert result.stderr == ""


def test_a_violation_is_told_with_its_sentence(tmp_path: Path) -> None:
    named = graphs()
    named[DATA["small-report"]].remove((DATA["small-report/case/1/outcome/1"], HFS.vitalStatus, None))
    result = validate(write_folder(tmp_path / "graph", named))
    assert result.exit_code == 1
    assert "Violation: An outcome is exactly one of alive or died.\n  case:      Patient 1\n" in result.stdout
    assert "  read from: She is «alive» at 2 years." in result.stdout


def test_a_changed_folder_is_pointed_out(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph")
    with (folder / GRAPH_FILE).open("ab") as file:
        file.write(b"<https://e.org/s> <https://e.org/p> <https://e.org/o> <https://w3id.org/hfskg/ontology> .\n")
    result = validate(folder)
    assert result.exit_code == 0
    assert "is not what the build wrote" in result.stderr


def test_sources(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(TEXT.encode())
    folder = write_folder(tmp_path / "graph")
    assert "quotes stand in the source" in validate(folder, "--sources", tmp_path).stdout
    (tmp_path / FILE_NAME).write_text(TEXT.replace("rash", "RASH"))
    result = validate(folder, "--sources", tmp_path)
    assert result.exit_code == 1
    assert "digests differ" in result.stdout


def test_shapes_of_ones_own(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    folder = write_folder(tmp_path / "graph")
    assert isinstance(validate(folder, "--shapes", shapes).exception, InputError)
    (shapes / "own.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix hfs: <https://w3id.org/hfskg/ontology#> . "
        "[] a sh:NodeShape ; sh:targetClass hfs:Patient ; "
        'sh:property [ sh:path hfs:age ; sh:maxCount 0 ; sh:message "No." ] .'
    )
    result = validate(folder, "--shapes", shapes)
    assert result.exit_code == 1
    assert result.stdout.count("Violation: No.") == 2


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_no_graph_folder(name: str, tmp_path: Path) -> None:
    assert isinstance(validate(tmp_path / name).exception, StoreError)


def test_a_document_that_is_missing(tmp_path: Path) -> None:
    named = {name: graph for name, graph in graphs().items() if name != DATA["small-report"]}
    result = validate(write_folder(tmp_path / "graph", named))
    assert isinstance(result.exception, StoreError)
    assert "has no graph of small-report.txt" in str(result.exception)


def test_the_help_has_examples() -> None:
    result = validate("--help")
    assert result.exit_code == 0
    assert "hfskg validate build/ --sources seeds/" in result.stdout
