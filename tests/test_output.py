from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from hfskg.errors import OutputError, StoreError
from hfskg.output import (
    GRAPH_FILE,
    MANIFEST_FILE,
    DocumentEntry,
    Manifest,
    check_output,
    file_digests,
    load_manifest,
    replacing,
)
from support import contents


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A small folder as a build leaves it."""
    out = tmp_path / "graph"
    with replacing(out) as folder:
        fill(folder, "first")
    return out


def fill(folder: Path, text: str) -> None:
    (folder / "records").mkdir()
    (folder / "records" / "report.json").write_text(text, encoding="utf-8")
    (folder / GRAPH_FILE).write_text(text, encoding="utf-8")
    Manifest(package_version="0", documents=(), files=file_digests(folder)).write(folder)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    entry = DocumentEntry(
        file_name="a.txt", slug="a", status="mismatched", sha256="0" * 64, length=9, cases=1, readings=2, message="why"
    )
    manifest = Manifest(package_version="0.1.0", documents=(entry,), files={"graph.nq": "0" * 64})
    manifest.write(tmp_path)
    assert load_manifest(tmp_path) == manifest


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "other"}', '{"format_version": 2}'])
def test_a_damaged_manifest_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="is damaged or of another version") as caught:
        load_manifest(tmp_path)
    assert str(tmp_path / MANIFEST_FILE) in caught.value.what
    assert "Build the folder again" in caught.value.cure


def test_a_manifest_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / MANIFEST_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StoreError, match="cannot be read"):
        load_manifest(tmp_path)


@pytest.mark.parametrize(
    ("name", "message"),
    [("none", "There is no folder"), ("empty", "is no graph folder"), ("file", "is a file, not a graph folder")],
)
def test_what_is_no_graph_folder_is_told(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=message):
        load_manifest(tmp_path / name)


def test_digests_leave_the_manifest_out(ours: Path) -> None:
    digest = hashlib.sha256(b"first").hexdigest()
    assert file_digests(ours) == {GRAPH_FILE: digest, "records/report.json": digest}


def test_a_new_an_empty_and_our_own_folder_may_be_written(tmp_path: Path, ours: Path) -> None:
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "new" / "deep", tmp_path / "empty", ours):
        check_output(out)
    assert not (tmp_path / "new").exists()


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="is a file"):
        check_output(tmp_path / "file")
    with pytest.raises(OutputError, match="is not a writable folder"):
        check_output(tmp_path / "file" / "graph")


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").touch()
    with pytest.raises(OutputError, match="was not written by hfskg") as caught:
        check_output(tmp_path)
    assert "Nothing was touched" in caught.value.cure


@pytest.mark.parametrize("kind", ["file", "broken link", "link to a folder"])
def test_our_folder_with_something_of_others_in_it_is_refused(ours: Path, kind: str) -> None:
    if kind == "file":
        (ours / "records" / "notes.txt").touch()
    else:
        (ours / "records" / "notes.txt").symlink_to("nowhere" if kind == "broken link" else ours.parent)
    with pytest.raises(OutputError, match="did not write: records/notes.txt"):
        check_output(ours)


def test_only_the_first_of_many_foreign_files_are_named(ours: Path) -> None:
    for number in range(5):
        (ours / f"note{number}").touch()
    with pytest.raises(OutputError, match="note0, note1, note2 and 2 more"):
        check_output(ours)


@pytest.mark.parametrize("text", [None, "{"])
def test_our_folder_without_a_sound_manifest_is_refused(ours: Path, text: str | None) -> None:
    (ours / MANIFEST_FILE).unlink()
    if text is not None:
        (ours / MANIFEST_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match="was not written by hfskg"):
        check_output(ours)


def test_a_folder_that_may_not_be_written_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    with pytest.raises(OutputError, match="is not a writable folder"):
        check_output(tmp_path / "graph")


def test_the_new_folder_replaces_the_former_one_as_a_whole(ours: Path) -> None:
    (ours / "records" / "old.json").touch()
    with replacing(ours) as folder:
        fill(folder, "second")
    assert contents(ours)["graph.nq"] == b"second"
    assert "records/old.json" not in contents(ours)
    assert [path.name for path in ours.parent.iterdir()] == ["graph"]


def test_missing_parents_are_made_and_removed_again_when_nothing_was_written(tmp_path: Path) -> None:
    with replacing(tmp_path / "a" / "b") as folder:
        fill(folder, "text")
    assert (tmp_path / "a" / "b" / GRAPH_FILE).is_file()
    with pytest.raises(KeyboardInterrupt), replacing(tmp_path / "c" / "d") as folder:
        raise KeyboardInterrupt
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize("failure", [KeyboardInterrupt, SystemExit, ValueError, MemoryError])
def test_a_failure_while_writing_leaves_the_former_folder(ours: Path, failure: type[BaseException]) -> None:
    before = contents(ours)
    with pytest.raises(failure), replacing(ours) as folder:
        fill(folder, "half")
        raise failure
    assert contents(ours) == before
    assert [path.name for path in ours.parent.iterdir()] == ["graph"]


def test_a_full_disk_is_told_and_leaves_the_former_folder(ours: Path) -> None:
    before = contents(ours)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"), replacing(ours):
        raise OSError(28, "No space left on device")
    assert contents(ours) == before


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError(5, "Input/output error")])
def test_a_failure_in_the_moment_of_the_swap_leaves_the_former_folder(
    ours: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    before = contents(ours)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if ".partial-" in self.name and target == ours:
            raise failure
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises((KeyboardInterrupt, OutputError)), replacing(ours) as folder:
        fill(folder, "second")
    assert contents(ours) == before
    assert [path.name for path in ours.parent.iterdir()] == ["graph"]


def test_a_link_to_the_output_folder_stays_a_link(ours: Path) -> None:
    link = ours.parent / "link"
    link.symlink_to(ours)
    with replacing(link) as folder:
        fill(folder, "second")
    assert link.is_symlink()
    assert contents(ours)["graph.nq"] == b"second"


def test_the_folder_gets_the_rights_of_an_ordinary_folder(ours: Path) -> None:
    plain = ours.parent / "plain"
    plain.mkdir()
    assert ours.stat().st_mode == plain.stat().st_mode
