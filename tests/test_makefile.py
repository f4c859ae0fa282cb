from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder whose name has blanks and signs, with what the rules look at."""
    folder = tmp_path / "some folder & more's"
    folder.mkdir()
    for name in ("Makefile", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


def make(checkout: Path, *arguments: str) -> str:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    }
    done = subprocess.run(
        ["make", *arguments, f"PYTHON={sys.executable}"],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def installed(checkout: Path, *, made_in: Path) -> None:
    """Pretend that an environment was made in a folder and everything was installed into it."""
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "made-in").write_text(f"{made_in}\n", encoding="utf-8")
    for name in ("demo-installed", "test-installed"):
        (checkout / ".venv" / name).touch()


def test_the_demo_builds_validates_exports_and_asks(checkout: Path) -> None:
    commands = re.findall(r"-m hfskg (\w+)", make(checkout, "-n", "demo"))
    assert commands == ["build", "validate", "export", "query", "query", "query"]


def test_an_environment_made_here_is_kept(checkout: Path) -> None:
    installed(checkout, made_in=checkout)
    expanded = make(checkout, "-n", "demo")
    assert "-m venv" not in expanded
    assert "pip" not in expanded


def test_an_environment_made_in_another_folder_is_made_again(checkout: Path) -> None:
    installed(checkout, made_in=checkout.parent)
    expanded = make(checkout, "-n", "demo")
    assert f'"{sys.executable}" -m venv --clear .venv' in expanded
    assert "--no-build-isolation --editable ." in expanded


def test_new_constraints_are_installed(checkout: Path) -> None:
    installed(checkout, made_in=checkout)
    later = (checkout / ".venv" / "test-installed").stat().st_mtime + 10
    os.utime(checkout / "constraints.txt", (later, later))
    assert "--editable '.[test,ontology]'" in make(checkout, "-n", "test")


def test_no_test_runs_twice(checkout: Path) -> None:
    installed(checkout, made_in=checkout)
    assert make(checkout, "-n", "test").count("-m pytest") == 1


def test_the_commands_stay_in_the_checkout(checkout: Path) -> None:
    installed(checkout, made_in=checkout)
    lines = make(checkout, "-n", "demo", "test").splitlines()
    assert lines
    assert all(line.startswith(".venv/bin/python ") for line in lines)


@pytest.mark.slow
def test_the_environment_is_made_where_the_path_has_blanks(checkout: Path) -> None:
    make(checkout, ".venv/made-in")
    assert (checkout / ".venv" / "made-in").read_text(encoding="utf-8") == f"{checkout}\n"
    assert "-m venv" not in make(checkout, "-n", ".venv/made-in")
    python = checkout / ".venv" / "bin" / "python"
    told = subprocess.run([python, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=True)
    assert told.stdout == f"{checkout / '.venv'}\n"


def test_a_missing_python_is_told(checkout: Path) -> None:
    done = subprocess.run(
        ["make", ".venv/made-in", "PYTHON="], cwd=checkout, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert "needs Python 3.11 or later" in done.stderr
    assert not (checkout / ".venv" / "made-in").exists()
