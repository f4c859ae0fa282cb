"""``hfskg ontology release`` and ``hfskg ontology mappings`` from the outside."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hfskg.cli import app
from hfskg.errors import ReasonerError, StoreError
from hfskg.ontology import release
from hfskg.ontology.reasoners import Taxonomy
from support import hfskg

ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://w3id.org/hfskg/ontology> a owl:Ontology ; owl:versionIRI <https://w3id.org/hfskg/ontology/1> .
<https://w3id.org/hfskg/ontology#Lamp> a owl:Class .
"""


def ontology(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["ontology", *map(str, arguments)])


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An ontology of one class, and a reasoner that finds nothing in it, at once."""
    folder = tmp_path / "ontology"
    folder.mkdir()
    (folder / "hfs.ttl").write_text(ONTOLOGY, encoding="utf-8")
    (folder / "catalog-v001.xml").write_text("<catalog/>", encoding="utf-8")
    monkeypatch.setattr(release, "ontology_directory", lambda: folder)
    monkeypatch.setattr(release, "classify", lambda graph: Taxonomy({}, (), frozenset()))


def test_a_release_is_built_and_checked(small: None, tmp_path: Path) -> None:
    out = tmp_path / "release"
    built = ontology("release", "--out", out)
    assert built.exit_code == 0
    assert [line.split()[0] for line in built.stdout.splitlines()] == ["hfs-full.ttl", "hfs.owl", "release.json"]
    assert ontology("release", "--check", "--out", out).exit_code == 0


def test_a_stale_release_is_told_with_exit_code_1(small: None, tmp_path: Path) -> None:
    out = tmp_path / "release"
    ontology("release", "--out", out)
    (out / "hfs.owl").write_text("<rdf/>", encoding="utf-8")
    result = ontology("release", "--check", "--out", out)
    assert result.exit_code == 1
    assert "hfs.owl" in result.stderr
    assert "hfskg ontology release" in result.stderr


def test_checking_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert isinstance(ontology("release", "--check", "--out", tmp_path).exception, StoreError)


def test_without_java_nothing_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    result = ontology("release", "--out", tmp_path / "release")
    assert isinstance(result.exception, ReasonerError)
    assert list(tmp_path.iterdir()) == []


def test_without_java_the_command_says_so_and_leaves_with_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = hfskg("ontology", "release", "--out", tmp_path / "release")
    assert done.returncode == 2
    assert "There is no Java" in done.stderr
    assert "default-jre-headless" in done.stderr


def test_mappings_are_written_and_counted(tmp_path: Path) -> None:
    out = tmp_path / "mappings"
    result = ontology("mappings", "--out", out)
    assert result.exit_code == 0
    counted = {line.split()[0] for line in result.stdout.splitlines()}
    assert counted == {path.name for path in out.iterdir()}
    assert "mondo.sssom.tsv" in counted


def test_the_group_tells_its_commands() -> None:
    result = ontology("--help")
    assert {"release", "mappings"} <= set(result.stdout.split())
