from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import hfskg.build
from hfskg.cli import app
from hfskg.output import load_manifest
from stub_stages import StubStages
from support import ROOT, contents, write_reports
from support import hfskg as run

INTERRUPTED = """
import os, sys, time
from pathlib import Path
import hfskg.build
from hfskg.cli import main
from stub_stages import StubStages

number, folder, *arguments = sys.argv[1:]

def interrupted(graph):
    os.kill(os.getpid(), int(number))
    time.sleep(30)

hfskg.build.to_turtle = interrupted
hfskg.build.package_pipeline = lambda: StubStages(Path(folder))
sys.argv[1:] = arguments
main()
"""


def build(monkeypatch: pytest.MonkeyPatch, stages: StubStages, *arguments: str | Path) -> Result:
    """Run the command in this process with stub stages."""
    monkeypatch.setattr(hfskg.build, "package_pipeline", lambda: stages)
    return CliRunner().invoke(app, ["build", *map(str, arguments)])


def test_a_build_tells_what_became_of_each_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reports(tmp_path / "in", "a.txt", "b.txt")
    result = build(monkeypatch, StubStages(tmp_path, warning="It is dim."), tmp_path / "in", "--out", tmp_path / "out")
    triples = len((tmp_path / "out" / "graph.nq").read_text(encoding="utf-8").splitlines())
    assert result.exit_code == 0
    nothing = "0 of 0 numbers with units, 0 of 0 drug-like words, 0 of 0 disease-like words"
    assert result.stdout.splitlines() == [
        "a.txt: 1 case, 0 readings, 1 warning",
        f"  read: {nothing}, 1 of 2 case sentences",
        "b.txt: 1 case, 0 readings, 1 warning",
        f"  read: {nothing}, 1 of 2 case sentences",
        f"{tmp_path / 'out'}: 2 documents, 2 cases, 0 readings, {triples} triples (with the ontology)",
        f"  read: {nothing}, 2 of 4 case sentences",
    ]
    assert result.stderr == ""


def test_warnings_are_printed_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (report,) = write_reports(tmp_path / "in", "a.txt")
    result = build(monkeypatch, StubStages(tmp_path, warning="It is dim."), report, "-o", tmp_path / "out", "-v")
    assert "a.txt: 1 case, 0 readings, 1 warning\n  read: " in result.stdout
    assert "1 of 2 case sentences\n  warning: It is dim.\n" in result.stdout


def test_a_nonconforming_document_is_reported_and_the_others_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(tmp_path / "in", "a.txt", "b.txt")
    result = build(monkeypatch, StubStages(tmp_path, nonconforming=["a.txt"]), tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "a.txt: 1 case, 0 readings, 0 warnings; NOT BUILT: 1 violation of the shapes" in result.stdout
    assert "1 document, 1 case" in result.stdout
    assert "A document has a length" in result.stderr
    assert [entry.status for entry in load_manifest(tmp_path / "out").documents] == ["nonconforming", "built"]


def test_a_wrong_quote_is_reported_and_the_others_are_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reports(tmp_path / "in", "a.txt", "b.txt")
    result = build(monkeypatch, StubStages(tmp_path, mismatched=["b.txt"]), tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert 'b.txt: 1 case, 0 readings, 0 warnings; NOT BUILT: b.txt: "glows" does not stand at 3-8' in result.stdout
    assert "does not stand at 3-8" in result.stderr


def test_an_unusable_document_outweighs_a_nonconforming_one_and_both_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(tmp_path / "in", "a.txt", "b.txt")
    (tmp_path / "in" / "c.txt").touch()
    stages = StubStages(tmp_path, nonconforming=["a.txt"])
    result = build(monkeypatch, stages, tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert f"c.txt: not usable. {tmp_path / 'in' / 'c.txt'} is empty." in result.stdout
    assert "A document has a length" in result.stderr
    assert [entry.slug for entry in load_manifest(tmp_path / "out").documents] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "message", "cure"),
    [
        ("none.txt", "There is no document", "Check the path"),
        ("empty.txt", "is empty", "Give the text of the report"),
        ("blank.txt", "is empty", "Give the text of the report"),
        ("binary.txt", "is binary (a zero byte at offset 3)", "Give the text of the report, in UTF-8"),
        ("garbled.txt", "is neither UTF-8 nor Windows-1252 text (byte 0: 0x81)", "Save it in UTF-8"),
        ("half.txt", "begins as UTF-16 text but is damaged", "Save it in UTF-8"),
        ("scan.doc", "is of a kind that cannot be read (.doc)", "a file of another kind (.txt, .pdf"),
        ("folder", "has no document (.txt, .pdf, .xml, .nxml, .html, .htm)", "Name the folder the reports lie in"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str, cure: str
) -> None:
    (tmp_path / "folder").mkdir()
    files = {
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "binary.txt": b"%PD\0\1",
        "garbled.txt": b"\x81\x8d" * 40,
        "half.txt": b"\xff\xfea",
        "scan.doc": b"%PDF",
    }
    for file_name, data in files.items():
        (tmp_path / file_name).write_bytes(data)
    result = build(monkeypatch, StubStages(tmp_path), tmp_path / name, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert f"{name}: not usable. " in result.stdout
    assert str(tmp_path / name) in result.stdout
    assert message in result.stdout
    assert cure in result.stdout
    assert f"Nothing was built, {tmp_path / 'out'} is as it was" in result.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_latin_1_document_is_read_with_a_warning(tmp_path: Path) -> None:
    text = "Case report. A 7-year-old girl was admitted with fever. Sjögren’s disease was excluded."
    (tmp_path / "old.txt").write_bytes(text.encode("windows-1252"))
    done = run("build", tmp_path / "old.txt", "--out", tmp_path / "out", "--verbose")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning: The file is not UTF-8; it was read as windows-1252." in done.stdout
    assert "’" in next((tmp_path / "out" / "records").iterdir()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("out", "message", "cure"),
    [
        ("others", "exists and was not written by hfskg", "Nothing was touched"),
        ("file", "is a file", "Name a folder"),
        ("file/out", "is not a writable folder", "Name another"),
        ("damaged", "is damaged or of another version", "Nothing was touched"),
    ],
)
def test_an_output_folder_that_is_not_ours_is_refused_and_kept(
    tmp_path: Path, out: str, message: str, cure: str
) -> None:
    (report,) = write_reports(tmp_path / "in", "a.txt")
    (tmp_path / "file").touch()
    for folder, name in (("others", "thesis.doc"), ("damaged", "hfskg.json")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text("{", encoding="utf-8")
    before = contents(tmp_path)
    done = run("build", report, "--out", tmp_path / out)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"hfskg: The output{'' if out == 'file' else ' folder'} {tmp_path / out}" in done.stderr
    assert message in done.stderr
    assert f"\n       {cure}" in done.stderr
    assert contents(tmp_path) == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no user ids")
def test_a_parent_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (report,) = write_reports(tmp_path / "in", "a.txt")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path and access(path, mode))
    result = build(monkeypatch, StubStages(tmp_path), report, "-o", tmp_path / "out")
    assert "is not a writable folder" in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_two_documents_with_one_slug_are_refused(tmp_path: Path) -> None:
    write_reports(tmp_path, "My Report.txt", "my-report.txt")
    done = run("build", tmp_path, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert "would share the IRI https://w3id.org/hfskg/data/my-report" in done.stderr
    assert "Rename one of them" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_a_signal_while_writing_leaves_the_former_folder(tmp_path: Path, number: signal.Signals, code: int) -> None:
    write_reports(tmp_path / "in", "a.txt", "b.txt")
    (tmp_path / "stub").mkdir()
    hfskg.build.build([tmp_path / "in" / "a.txt"], tmp_path / "out", stages=StubStages(tmp_path / "stub"))
    before = contents(tmp_path)
    command = [sys.executable, "-c", INTERRUPTED, str(int(number)), str(tmp_path / "stub")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "tests"), str(ROOT / "src")))}
    done = subprocess.run(
        [*command, "build", str(tmp_path / "in"), "--out", str(tmp_path / "out")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert contents(tmp_path) == before
