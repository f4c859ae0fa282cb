from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from curation.helpers import TEXT
from hfskg.cli import app
from hfskg.errors import DocumentError, OutputError
from hfskg.output import load_manifest
from support import contents


def invoke(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "report.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_template_is_written_beside_the_document_and_never_overwritten(report: Path) -> None:
    written = report.with_name("report.curation.yaml")
    assert f"{written}: written." in invoke("curate", report)
    before = written.read_bytes()
    assert b"# sepsis: suspected" in before
    result = CliRunner().invoke(app, ["curate", str(report)])
    assert isinstance(result.exception, OutputError)
    assert "is there already" in result.exception.what
    assert written.read_bytes() == before


def test_a_template_goes_into_a_folder_that_is_named(report: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["curate", str(report), "--curation", str(tmp_path / "none")])
    assert isinstance(result.exception, OutputError)
    (tmp_path / "curation").mkdir()
    invoke("curate", report, "--curation", tmp_path / "curation")
    assert list(contents(tmp_path / "curation")) == ["report.curation.yaml"]
    assert list(contents(report.parent)) == ["report.txt"]


def test_a_document_that_cannot_be_read_gets_no_template(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["curate", str(tmp_path / "none.txt")])
    assert isinstance(result.exception, DocumentError)
    assert contents(tmp_path) == {}


def test_inspect_applies_what_was_curated(report: Path, tmp_path: Path) -> None:
    (tmp_path / "curation").mkdir()
    entry = "reject:\n  - {kind: diagnosis, term: sepsis, quote: Sepsis, reason: only considered}\n"
    (tmp_path / "curation" / "report.curation.yaml").write_text(f"by: curation team\n{entry}", encoding="utf-8")
    assert "Rejected" not in invoke("inspect", report)
    listing = invoke("inspect", report, "--curation", tmp_path / "curation")
    assert "Case 1  diagnosis  sepsis: suspected  «Sepsis» 184-190  {by curation team: only considered}" in listing


CURATION = """\
by: curation team
on: 2024-01-31
title: Two patients
reject:
  - {kind: procedure, term: bone marrow biopsy, quote: bone marrow biopsy, reason: planned only}
correct:
  - {kind: diagnosis, term: sepsis, quote: Sepsis was considered, set: {status: excluded}, note: ruled out}
add:
  - {kind: outcome, case: 1, quote: She was well at the last visit, outcome: alive}
"""


@pytest.mark.slow
def test_what_was_curated_survives_rebuilds_and_shows_in_every_answer(report: Path, tmp_path: Path) -> None:
    invoke("curate", report)
    report.with_name("report.curation.yaml").write_text(CURATION, encoding="utf-8")
    for out in ("one", "two"):
        assert "0 warnings" in invoke("build", report.parent, "--out", tmp_path / out, "--strict-curation")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    (entry,) = load_manifest(tmp_path / "one").documents
    assert entry.curation is not None
    assert (entry.curation.added, entry.curation.corrected, len(entry.curation.rejected)) == (1, 1, 1)
    answers = {
        name: invoke("query", name, "--graph", tmp_path / "one", "--format", "tsv")
        for name in ("conditions", "cases", "procedures", "documents")
    }
    assert answers["conditions"].splitlines()[1].endswith("\tcorrected")
    assert answers["cases"].splitlines()[1].split("\t")[-3:] == ["alive", "9-year-old", "added"]
    assert len(answers["procedures"].splitlines()) == 1
    assert "\tTwo patients\t" in answers["documents"]
    statement = "statement=data:report/case/1/diagnosis/1"
    told = invoke("query", "evidence", "--graph", tmp_path / "one", "--param", statement, "--format", "tsv")
    assert told.splitlines()[1].split("\t")[-4:] == ["corrected", "curation team", "2024-01-31", "ruled out"]
    assert "conforming" in invoke("validate", tmp_path / "one", "--sources", report.parent)
    report.with_name("report.curation.yaml").unlink()
    invoke("build", report.parent, "--out", tmp_path / "one")
    assert "\tsuspected\t" in invoke("query", "conditions", "--graph", tmp_path / "one", "--format", "tsv")


def test_a_build_tells_what_is_wrong_with_a_curation_file(report: Path, tmp_path: Path) -> None:
    text = "by: curation team\nadd:\n  - {kind: outcome, quote: alive, outcome: alive}\n"
    report.with_name("report.curation.yaml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["build", str(report), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "report.curation.yaml has 1 problem:\n  line 3, add 1: The quote «alive» does not stand" in result.stdout
    assert not (tmp_path / "out").exists()
