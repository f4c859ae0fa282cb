"""The folder that a build writes: its manifest, what may be replaced, and replacing it in one step.

A graph folder holds ``hfskg.json`` (the manifest, which marks the folder as ours), ``graph.nq`` (all named graphs),
``coverage/``, ``documents/``, ``records/``, ``texts/``, ``rejected/`` and ``validation/`` with a file per document,
and ``validation.txt``. It is written beside its place and moved there when it is complete, so that a build that
fails leaves the former folder as it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hfskg.attribution import curations_of
from hfskg.coverage import Coverage
from hfskg.errors import OutputError, StoreError
from hfskg.record import DocumentRecord, Rejection

__all__ = [
    "GRAPH_FILE",
    "MANIFEST_FILE",
    "CurationEntry",
    "DocumentEntry",
    "Manifest",
    "check_output",
    "file_digests",
    "load_manifest",
    "replacing",
]

MANIFEST_FILE = "hfskg.json"
"""The file that marks a folder as written by a build."""

GRAPH_FILE = "graph.nq"
"""The file with all named graphs, as sorted N-Quads."""


class CurationEntry(BaseModel):
    """What a curation file did to the readings of a document.

    Attributes:
        file_name: The file's name, without folders.
        sha256: Hex digest of the file.
        added: Number of readings that it added.
        corrected: Number of readings that it corrected.
        rejected: The readings that it rejected, with the reasons.
    """

    model_config = ConfigDict(frozen=True)

    file_name: str
    sha256: str
    added: int = 0
    corrected: int = 0
    rejected: tuple[Rejection, ...] = ()

    @classmethod
    def of(cls, record: DocumentRecord | None) -> CurationEntry | None:
        """Return the entry of a record, or None where there is no record, or no curation file."""
        if record is None or record.curation is None:
            return None
        actions = Counter(curation.action for curation in curations_of(record))
        return cls(
            file_name=record.curation.file_name,
            sha256=record.curation.sha256,
            added=actions["added"],
            corrected=actions["corrected"],
            rejected=record.rejected,
        )


class DocumentEntry(BaseModel):
    """What became of one document.

    Attributes:
        file_name: The file's name, without folders.
        slug: The part of its IRIs and of the file names in the folder that stands for it.
        status: ``built``; ``nonconforming`` where its graph violates a shape and ``mismatched`` where a quote
            does not stand in the source: these two are not in the graph.
        sha256: Hex digest of the source file.
        length: Number of characters of the source, or of the text drawn out of it.
        media_type: The kind of file.
        extraction: ``library==version`` of what drew the text out of it; None where the file is the text.
        cases: Number of patients.
        readings: Number of statements read from it.
        coverage: How much of what tells of patients was read.
        warnings: What the reader could not make sense of and what validation warns of.
        message: Why it is not in the graph, else empty.
        curation: What its curation file did, if it has one.
    """

    model_config = ConfigDict(frozen=True)

    file_name: str
    slug: str
    status: Literal["built", "nonconforming", "mismatched"]
    sha256: str
    length: int
    media_type: str = "text/plain"
    extraction: str | None = None
    cases: int
    readings: int
    coverage: Coverage = Coverage()
    warnings: tuple[str, ...] = ()
    message: str = ""
    curation: CurationEntry | None = None


class Manifest(BaseModel):
    """The content of ``hfskg.json``.

    Attributes:
        format: Always ``hfskg-graph``.
        format_version: Version of the folder's layout.
        package_version: Version of hfskg that wrote it.
        documents: One entry per document that could be read, sorted by slug.
        files: SHA-256 digest of each file, by its path within the folder.
    """

    model_config = ConfigDict(frozen=True)

    format: Literal["hfskg-graph"] = "hfskg-graph"
    format_version: Annotated[int, Field(ge=1, le=1)] = 1
    package_version: str
    documents: tuple[DocumentEntry, ...]
    files: dict[str, str]

    def write(self, directory: Path) -> None:
        """Write the manifest into a folder."""
        (directory / MANIFEST_FILE).write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")


def load_manifest(directory: Path) -> Manifest:
    """Read the manifest of a graph folder.

    Raises:
        StoreError: The folder does not exist, is no graph folder, or its manifest is damaged.
    """
    path = directory / MANIFEST_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        what = f"{directory} is no graph folder: it has no {MANIFEST_FILE}." if directory.exists() else None
        raise StoreError(
            what or f"There is no folder {directory}.", "Name the folder that `hfskg build PATH... --out DIR` wrote."
        ) from error
    except NotADirectoryError as error:
        raise StoreError(f"{directory} is a file, not a graph folder.", "Name the folder it lies in.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} cannot be read: {error}.", "Build the folder again.") from error
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        what = f"{path} is damaged or of another version of hfskg ({error.error_count()} problems)."
        raise StoreError(what, "Build the folder again with this version.") from error


def check_output(out: Path) -> None:
    """Make sure that a build may write a folder: it is new, empty, or written by a build and unmixed.

    Raises:
        OutputError: The path is a file, a folder that is not ours, holds files that no build wrote, or lies in a
            folder that cannot be written. Nothing has been touched.
    """
    out = out.resolve()
    if out.exists():
        if not out.is_dir():
            raise OutputError(f"The output {out} is a file.", "Name a folder.")
        if any(out.iterdir()):
            _check_ours(out)
    parent = next(folder for folder in out.parents if folder.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
        raise OutputError(
            f"The output folder {out} cannot be made: {parent} is not a writable folder.", "Name another."
        )


def _check_ours(out: Path) -> None:
    try:
        manifest = load_manifest(out)
    except StoreError as error:
        what = f"The output folder {out} exists and was not written by hfskg: {error.what}"
        raise OutputError(what, "Nothing was touched. Name another folder, or empty this one.") from error
    foreign = sorted(_files(out).keys() - manifest.files.keys())
    if foreign:
        names = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
        what = f"The output folder {out} holds files that hfskg did not write: {names}."
        raise OutputError(what, "Nothing was touched. Move them elsewhere, or name another folder.")


def _files(directory: Path) -> dict[str, Path]:
    """Return what a folder holds besides folders and its manifest, by relative path, sorted; links count as files."""
    found = (path for path in directory.rglob("*") if path.is_symlink() or not path.is_dir())
    named = sorted((path.relative_to(directory).as_posix(), path) for path in found)
    return {name: path for name, path in named if name != MANIFEST_FILE}


def file_digests(directory: Path) -> dict[str, str]:
    """Return the SHA-256 digest of each file of a graph folder except its manifest, by relative path, sorted."""
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in _files(directory).items()}


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Yield a new folder beside ``out`` that takes its place when the block ends, and vanishes when it fails.

    Args:
        out: The folder to write, which :func:`check_output` has approved; its parents are made.

    Raises:
        OutputError: A folder cannot be made or moved. The former folder is as it was.
    """
    out = out.resolve()
    made = [folder for folder in out.parents if not folder.exists()]
    try:
        with _as_output_error(out):
            out.parent.mkdir(parents=True, exist_ok=True)
            partial = Path(tempfile.mkdtemp(prefix=f".{out.name}.partial-", dir=out.parent))
            try:
                yield partial
                _swap(partial, out)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    finally:
        for folder in made:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


@contextmanager
def _as_output_error(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"The output folder {out} cannot be written: {reason}.", "Free the place or name another."
        ) from error


def _swap(partial: Path, out: Path) -> None:
    """Put ``partial`` in the place of ``out``; if that fails, ``out`` is what it was."""
    umask = os.umask(0)
    os.umask(umask)
    partial.chmod(0o777 & ~umask)
    if not out.exists():
        partial.rename(out)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}.partial-", dir=out.parent))
    former = aside / out.name
    try:
        out.rename(former)
        partial.rename(out)
    finally:
        if former.exists() and not out.exists():
            former.rename(out)
        shutil.rmtree(aside, ignore_errors=True)
