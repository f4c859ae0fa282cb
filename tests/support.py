"""What tests share: small records, small documents, and running the command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from hfskg.ontology import Ontology, open_ontology
from hfskg.record import Case, DocumentRecord, Evidence, PatientEvent
from hfskg.vocabulary import Vocabulary, load_vocabulary

__all__ = [
    "ROOT",
    "Once",
    "contents",
    "hfskg",
    "make_case",
    "make_record",
    "packaged_ontology",
    "packaged_vocabulary",
    "write_reports",
]

ROOT = Path(__file__).resolve().parents[1]
"""The root of the checkout."""

Once = Callable[[str, Callable[[Path], object]], Path]
"""Makes a file or folder of a name, once for all processes of a test run, and returns where it lies."""


@cache
def packaged_vocabulary() -> Vocabulary:
    """Return the vocabulary of the checkout's ontology, loaded once for all tests of a process."""
    return load_vocabulary()


@cache
def packaged_ontology(*, with_inferred: bool = True) -> Ontology:
    """Return the checkout's ontology, opened once for all tests of a process."""
    return open_ontology(with_inferred=with_inferred)


def make_case(*, number: int = 1, events: tuple[PatientEvent, ...] = ()) -> Case:
    """Return a case whose only evidence is the word "glows" at offset 3."""
    evidence = (Evidence(start=3, end=8, quote="glows"),)
    return Case(number=number, label=f"Patient {number}", evidence=evidence, events=events)


def make_record(*, file_name: str = "report.txt", warnings: tuple[str, ...] = ()) -> DocumentRecord:
    """Return a record with one empty case."""
    return DocumentRecord(file_name=file_name, sha256="0" * 64, length=20, cases=(make_case(),), warnings=warnings)


def write_reports(folder: Path, *names: str) -> list[Path]:
    """Write files that stub stages can read, each with a text of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text(f"It glows. This is {path.name}.\n", encoding="utf-8")
    return paths


def contents(folder: Path) -> Mapping[str, bytes]:
    """Return the bytes of all files of a folder by their relative paths."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def hfskg(
    *arguments: str | Path, cwd: Path | None = None, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    """Run the command as users do and return what it did."""
    command = [python, "-m", "hfskg", *map(str, arguments)]
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=600)
