"""The wheel as a user installs it: on its own, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import hfskg as package
from support import ROOT, contents

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command without what would make the checkout importable, and return its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--quiet")
    run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path) -> Path:
    """The programs of a fresh environment with the wheel; what it depends on is taken from the current one.

    The current site-packages is named in a ``.pth`` file, whose own ``.pth`` files (the editable install of the
    checkout among them) Python does not read.
    """
    folder = wheel.parent / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=wheel.parent)
    programs = folder / "bin"
    options = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")
    run(sys.executable, "-m", "pip", "--python", programs / "python", "install", *options, wheel, cwd=wheel.parent)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    (site_packages / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return programs


def test_the_wheel_carries_the_ontology_the_shapes_and_the_queries(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("hfskg/_data/")}
    folders = ("ontology", "shapes", "queries")
    files = {path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()}
    files -= {path for folder in ("release", "mappings") for path in (ROOT / "ontology" / folder).rglob("*")}
    assert inside == {f"hfskg/_data/{path.relative_to(ROOT).as_posix()}" for path in files}
    for folder in folders:
        assert any(name.startswith(f"hfskg/_data/{folder}/") for name in inside)


def test_the_wheel_holds_nothing_that_is_not_meant_for_users(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
        assert not [name for name in archive.namelist() if "__pycache__" in name]
        assert "hfskg/py.typed" in archive.namelist()
    assert tops == {"hfskg", f"hfskg-{package.__version__}.dist-info"}


def test_the_installed_command_is_the_wheels(environment: Path, tmp_path: Path) -> None:
    assert run(environment / "hfskg", "--version", cwd=tmp_path) == f"hfskg {package.__version__}\n"
    where = run(environment / "python", "-c", "import hfskg; print(hfskg.__file__)", cwd=tmp_path)
    assert where.startswith(str(environment.parent))


def test_the_installed_command_builds_what_the_checkout_builds(environment: Path, tmp_path: Path, built: Path) -> None:
    out = tmp_path / "graph"
    run(environment / "hfskg", "build", ROOT / "seeds", "--out", out, cwd=tmp_path)
    assert contents(out) == contents(built)
    rows = run(environment / "hfskg", "query", "cases", "--graph", out, "--format", "csv", cwd=tmp_path)
    assert rows.startswith("document,case,label,age,ageUnit,sex,outcome")
    assert len(rows.splitlines()) > 2
