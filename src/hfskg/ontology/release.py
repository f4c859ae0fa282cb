"""The release of the ontology: all modules in one file, its hierarchy classified by a reasoner.

A release folder holds ``hfs.owl`` (RDF/XML) and ``hfs-full.ttl`` (Turtle) with the same statements, and
``release.json``, which records the digests of the sources and of the two files. The same sources give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from rdflib import Graph, URIRef

from hfskg.errors import OutputError, StoreError, VocabularyError
from hfskg.export import to_turtle
from hfskg.namespaces import ONTOLOGY, OWL, RDF, RDFS
from hfskg.ontology.reasoners import Taxonomy, classify
from hfskg.output import replacing
from hfskg.rdfxml import to_rdfxml
from hfskg.resources import ontology_directory
from hfskg.vocabulary import load_ontology

__all__ = [
    "RELEASE_FILES",
    "ReleaseRecord",
    "build_release",
    "check_folder",
    "classified",
    "merged",
    "outdated",
    "read_release",
]

RECORD_FILE = "release.json"
RELEASE_FILES = ("hfs-full.ttl", "hfs.owl", RECORD_FILE)
"""The files of a release folder."""


class ReleaseRecord(BaseModel):
    """The content of ``release.json``.

    Attributes:
        format: Always ``hfskg-ontology-release``.
        version: The version IRI of the release.
        sources: SHA-256 digest of each file it was made of, by its path within the ontology folder.
        files: SHA-256 digest of each of the other files of the release.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["hfskg-ontology-release"] = "hfskg-ontology-release"
    version: str
    sources: dict[str, str]
    files: dict[str, str]


def build_release(out: Path | None = None, directory: Path | None = None) -> dict[str, int]:
    """Build the release of an ontology and put it in its place in one step.

    Args:
        out: The folder to write; ``release`` beside the ontology's files if left out.
        directory: The folder with ``hfs.ttl``; the one that comes with the package if left out.

    Returns:
        The size of each file that was written, by name.

    Raises:
        OutputError: The folder holds files that are none of a release, or cannot be written.
        VocabularyError: The ontology is broken or tells no version.
        ReasonerError: Java or the reasoner is missing, or it fails.
        ConformanceError: The ontology is inconsistent.
    """
    directory = directory or ontology_directory()
    out = out or directory / "release"
    check_folder(out, RELEASE_FILES)
    content = _contents(directory)
    with replacing(out) as partial:
        for name, data in content.items():
            (partial / name).write_bytes(data)
    return {name: len(data) for name, data in content.items()}


def check_folder(out: Path, known: tuple[str, ...], suffix: str | None = None) -> None:
    """Make sure that a folder that will be replaced holds nothing but files that a command writes.

    Args:
        out: The folder, which need not exist.
        known: The names of these files.
        suffix: How further such files end.

    Raises:
        OutputError: It is a file, or holds others. Nothing has been touched.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"The output {out} is a file.", "Name a folder.")
    names = sorted(path.name for path in out.iterdir())
    foreign = [name for name in names if name not in known and not (suffix and name.endswith(suffix))]
    if foreign:
        what = f"The output folder {out} holds files that this command did not write: {', '.join(foreign[:3])}."
        raise OutputError(what, "Nothing was touched. Move them elsewhere, or name another folder.")


def _contents(directory: Path) -> dict[str, bytes]:
    """Return the files of the release of an ontology."""
    sources = _digests(_sources(directory))
    whole = merged(load_ontology(directory))
    graph = classified(whole, classify(whole))
    files = {"hfs-full.ttl": to_turtle(graph), "hfs.owl": to_rdfxml(graph, ONTOLOGY)}
    version = str(graph.value(ONTOLOGY, OWL.versionIRI))
    record = ReleaseRecord(version=version, sources=sources, files=_digests(files))
    return {**files, RECORD_FILE: f"{record.model_dump_json(indent=2)}\n".encode()}


def _sources(directory: Path) -> dict[str, bytes]:
    paths = [directory / "hfs.ttl", *sorted((directory / "modules").glob("*.ttl"))]
    try:
        return {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}
    except OSError as error:
        raise VocabularyError(f"{error.filename} cannot be read: {error.strerror or error}.", "Restore it.") from error


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def merged(graph: Graph) -> Graph:
    """Return an ontology whose modules were loaded together as one ontology without imports.

    The heads of the modules go; that of the entry point stays, with a version IRI of its own: that of the sources
    and ``/release``.

    Args:
        graph: The entry point and all that it imports.

    Raises:
        VocabularyError: The entry point tells no version IRI.
    """
    version = graph.value(ONTOLOGY, OWL.versionIRI)
    if version is None:
        raise VocabularyError(f"{ONTOLOGY} has no owl:versionIRI.", "Give hfs.ttl one.")
    heads = set(graph.subjects(RDF.type, OWL.Ontology)) - {ONTOLOGY}
    result = Graph(store="SimpleMemory")
    for subject, predicate, value in graph:
        if subject not in heads and predicate not in (OWL.imports, OWL.versionIRI):
            result.add((subject, predicate, value))
    result.add((ONTOLOGY, OWL.versionIRI, URIRef(f"{version}/release")))
    return result


def classified(graph: Graph, taxonomy: Taxonomy) -> Graph:
    """Return an ontology with the direct superclasses that a reasoner found in place of those told.

    Restrictions and definitions stay as they are; a superclass that another one leads to goes.

    Args:
        graph: The merged ontology.
        taxonomy: Its hierarchy.
    """
    result = Graph(store="SimpleMemory")
    for subject, predicate, value in graph:
        if predicate != RDFS.subClassOf or not isinstance(subject, URIRef) or not isinstance(value, URIRef):
            result.add((subject, predicate, value))
    for child, parents in taxonomy.parents.items():
        for parent in parents:
            result.add((URIRef(child), RDFS.subClassOf, URIRef(parent)))
    for group in taxonomy.equivalents:
        first, *others = sorted(group)
        for other in others:
            if (URIRef(other), OWL.equivalentClass, URIRef(first)) not in graph:
                result.add((URIRef(first), OWL.equivalentClass, URIRef(other)))
    return result


def read_release(folder: Path) -> ReleaseRecord:
    """Return the record of a release.

    Args:
        folder: The release folder.

    Raises:
        StoreError: There is none, or it is damaged.
    """
    path = folder / RECORD_FILE
    cure = "Build it with `hfskg ontology release`."
    try:
        return ReleaseRecord.model_validate_json(path.read_bytes())
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror or error}.", cure) from error
    except ValidationError as error:
        raise StoreError(f"{path} is damaged ({error.error_count()} problems).", cure) from error


def outdated(folder: Path | None = None, directory: Path | None = None) -> list[str]:
    """Return the files by which a release differs from its sources or from what was written; empty if none.

    Nothing is built: the digests that the release records are compared with those of the files.

    Args:
        folder: The release folder; ``release`` beside the ontology's files if left out.
        directory: The folder with ``hfs.ttl``; the one that comes with the package if left out.

    Raises:
        StoreError: There is no release, or it is damaged.
        VocabularyError: A source cannot be read.
    """
    directory = directory or ontology_directory()
    folder = folder or directory / "release"
    record = read_release(folder)
    sources = _digests(_sources(directory))
    written = {name: (folder / name).read_bytes() for name in RELEASE_FILES[:2] if (folder / name).is_file()}
    pairs = ((record.sources, sources), (record.files, _digests(written)))
    names = [name for told, found in pairs for name in {**told, **found} if told.get(name) != found.get(name)]
    return sorted(names)
