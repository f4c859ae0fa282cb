from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hfskg.cli import app
from hfskg.record import DocumentRecord
from support import hfskg, make_record


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(make_record().model_dump_json(), encoding="utf-8")
    return path


def test_a_kept_record_is_listed(record: Path) -> None:
    result = CliRunner().invoke(app, ["inspect", str(record)])
    assert result.exit_code == 0
    assert result.output == "report.txt: 20 characters, 1 case, 0 claims\n\nPatient 1  «glows» 3-8\n"


def test_a_kept_record_is_printed_as_json(record: Path) -> None:
    result = CliRunner().invoke(app, ["inspect", str(record), "--json"])
    assert DocumentRecord.model_validate_json(result.output) == make_record()


def test_the_listing_is_written_to_a_file(record: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["inspect", str(record), "--output", str(tmp_path / "listing.txt")])
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "listing.txt").read_text(encoding="utf-8").startswith("report.txt: ")


@pytest.mark.slow
def test_a_document_is_read_as_a_build_reads_it(built: Path, seeds: list[Path]) -> None:
    result = CliRunner().invoke(app, ["inspect", str(seeds[0]), "--json"])
    assert result.exit_code == 0
    (kept,) = (
        path for path in (built / "records").iterdir() if json.loads(result.output)["file_name"] in path.read_text()
    )
    assert result.output == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "message", "cure"),
    [
        ("none.txt", "There is no document", "Check the path"),
        ("none.json", "cannot be read: No such file or directory", "Check the path"),
        ("folder", "is a folder, not a document", "Give the files in it"),
        ("empty.txt", "is empty", "Give the text"),
        ("binary.txt", "is binary (a zero byte at offset 3)", "in UTF-8"),
        ("other.json", "is no record of a document at file_name", "records folder"),
    ],
)
def test_what_cannot_be_inspected_is_told(tmp_path: Path, name: str, message: str, cure: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(b"%PD\0")
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    done = hfskg("inspect", tmp_path / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(tmp_path / name) in done.stderr
    assert message in done.stderr
    assert cure in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_stages_of_a_document_are_printed(seeds: list[Path]) -> None:
    result = CliRunner().invoke(app, ["inspect", str(seeds[0]), "--stages"])
    assert result.exit_code == 0
    assert "  sentence «" in result.output
    assert "    mention " in result.output


@pytest.mark.slow
def test_a_document_is_printed_with_its_readings_and_its_gaps(seeds: list[Path]) -> None:
    result = CliRunner().invoke(app, ["inspect", str(seeds[0])])
    assert result.exit_code == 0
    assert "|finding, present]" in result.output
    assert "\nUnderstood\n" in result.output
    assert "\nNot understood: " in result.output


@pytest.mark.slow
def test_a_page_is_written(seeds: list[Path], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["inspect", str(seeds[0]), "--html", str(tmp_path / "report.html")])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "numbers with units" in result.stderr
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")


@pytest.mark.slow
def test_page_and_text_are_written_together(seeds: list[Path], tmp_path: Path) -> None:
    page, text = tmp_path / "report.html", tmp_path / "report.marked.txt"
    result = CliRunner().invoke(app, ["inspect", str(seeds[0]), "--html", str(page), "--output", str(text)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert page.exists()
    assert "\nUnderstood\n" in text.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("report.json", ["--stages"]),
        ("report.json", ["--html", "report.html"]),
        ("a.txt", ["--stages", "--json"]),
        ("a.txt", ["--html", "a.html", "--json"]),
    ],
)
def test_a_record_has_no_stages_and_no_text(record: Path, name: str, options: list[str]) -> None:
    done = hfskg("inspect", record.parent / name, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Give a document, and one of the options." in done.stderr
