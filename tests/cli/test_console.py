from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hfskg.cli.console import complain, note, write
from hfskg.errors import InputError, OutputError

WRITE = "from hfskg.cli.console import write; write('glow\\n' * 100_000, None); import sys; sys.stderr.write('done')"


def test_notes_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    note("It glows.")
    assert capsys.readouterr() == ("", "It glows.\n")


def test_an_error_is_printed_with_its_cure(capsys: pytest.CaptureFixture[str]) -> None:
    complain(InputError("The lamp is out.", "Change it."))
    complain(InputError("The lamp is out."))
    assert capsys.readouterr().err == "hfskg: The lamp is out.\n       Change it.\nhfskg: The lamp is out.\n"


def test_text_and_bytes_go_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write("µ", None)
    write(b"\xff", None)
    assert capfdbinary.readouterr().out == "µ".encode() + b"\xff"


def test_a_file_is_replaced(tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    output.write_text("a longer former text", encoding="utf-8")
    write("new", output)
    assert output.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [output]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    write("new", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("name", ["folder", ".", "none/out.txt", "file/out.txt"])
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="cannot be written") as caught:
        write("new", Path(name))
    assert "writable folder" in caught.value.cure
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]


def test_a_failure_leaves_the_former_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.txt"
    output.write_text("former", encoding="utf-8")

    def interrupted(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write("new", output)
    assert output.read_text(encoding="utf-8") == "former"
    assert list(tmp_path.iterdir()) == [output]


def test_a_device_is_written_to_and_not_replaced() -> None:
    write("new", Path(os.devnull))
    assert Path(os.devnull).is_char_device()


def test_a_closed_pipe_ends_quietly() -> None:
    read, written = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-c", WRITE], stdout=written, stderr=subprocess.PIPE, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (0, b"done")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-c", WRITE], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (
        done.stderr.decode()
        .rstrip()
        .endswith("Standard output cannot be written: No space left on device. Free the place.")
    )
