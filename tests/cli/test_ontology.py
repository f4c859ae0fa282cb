from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hfskg.cli import app
from hfskg.ontology import Ontology, open_ontology
from ontology.little import DEPRECATED, write_overlay
from support import packaged_ontology


@pytest.fixture(autouse=True)
def opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The packaged ontology is opened once for all of these commands; one with overlays, each time."""

    def opened(directory: Path | None, overlays: Sequence[Path]) -> Ontology:
        return open_ontology(directory, overlays) if directory or overlays else packaged_ontology()

    monkeypatch.setattr("hfskg.ontology.open_ontology", opened)


@pytest.fixture
def little_profile(tmp_path: Path) -> Path:
    """A profile by which two checks run."""
    path = tmp_path / "profile.tsv"
    rows = ("check\tseverity\tterm\treason", "ambiguous-abbreviation\twarning\t\t", "stray-class\terror\t\t", "")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["ontology", *map(str, arguments)], catch_exceptions=False)


def test_a_sound_ontology_leaves_with_0_and_prints_tsv_into_a_pipe() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == "severity\tcheck\tterm\tlabel\tdetail\tmodule\treason\n"
    assert "0 errors, 0 warnings" in result.stderr


def test_an_error_leaves_with_1_and_is_told(tmp_path: Path, little_profile: Path) -> None:
    overlay = write_overlay(tmp_path, "hfs:Wanderer a owl:Class .")
    result = run("check", "--overlay", overlay, "--profile", little_profile)
    assert result.exit_code == 1
    assert "error\tstray-class\thfs:Wanderer\t\tbelow no top class\tlittle\t" in result.stdout


def test_warnings_fail_with_strict_only(tmp_path: Path, little_profile: Path) -> None:
    arguments = ("check", "--profile", little_profile, "--overlay")
    overlay = write_overlay(tmp_path, 'hfs:Fever hfs:abbreviation "FE"@en .')
    assert run(*arguments, overlay).exit_code == 0
    assert run(*arguments, overlay, "--strict").exit_code == 1


def test_another_profile_counts(tmp_path: Path) -> None:
    profile = tmp_path / "profile.tsv"
    profile.write_text("check\tseverity\tterm\treason\nmissing-mapping\terror\t\t\n", encoding="utf-8")
    result = run("check", "--profile", profile, "--summary")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2


def test_the_checks_are_listed() -> None:
    listing = run("check", "--list").stdout
    assert "missing-label" in listing and "Solution:" in listing


def test_the_tree_is_drawn() -> None:
    assert "    anakinra  hfs:Anakinra" in run("tree", "interleukin-1 inhibitor").stdout
    assert "(+6)" in run("tree", "hfs:InterleukinOneInhibitor", "--depth", "0").stdout


def test_a_term_is_shown() -> None:
    text = run("show", "Kineret").stdout
    assert "interleukin-1 receptor (uniprot:P14778, hgnc:5993)" in text
    assert "ng/mL (hfs:NanogramPerMilliliter)" in run("show", "ferritin").stdout


def test_a_deprecated_term_is_shown_with_what_replaces_it(tmp_path: Path) -> None:
    text = run("show", "older lantern drug", "--overlay", write_overlay(tmp_path, DEPRECATED)).stdout
    assert "DEPRECATED: use anakinra (hfs:Anakinra)" in text


@pytest.mark.slow
def test_cases_are_counted(built: Path) -> None:
    assert "Found in " in run("show", "hfs:InterleukinOneInhibitor", "--graph", built).stdout


@pytest.mark.slow
def test_the_pages_are_written(tmp_path: Path) -> None:
    result = run("docs", "--out", tmp_path / "site")
    assert result.exit_code == 0 and "pages" in result.stderr
    assert (tmp_path / "site" / "index.html").is_file()
