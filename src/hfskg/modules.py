"""The files of an ontology: the entry point, what it imports by the catalog beside it, and a user's own overlays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from pyoxigraph import RdfFormat
from rdflib import Graph

from hfskg.cache import content_digest
from hfskg.errors import VocabularyError
from hfskg.namespaces import ONTOLOGY, OWL
from hfskg.rdf import parse_rdf
from hfskg.resources import ontology_directory

__all__ = ["OntologyFiles", "load_ontology", "package_digest", "read_ontology"]

CATALOG = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"


def load_ontology(directory: Path | None = None, overlays: Iterable[Path] = ()) -> Graph:
    """Load the entry point ``hfs.ttl`` and what it imports, by the catalog beside it.

    Args:
        directory: The folder with ``hfs.ttl``; the one that comes with the package if left out.
        overlays: Further Turtle files to merge, such as a user's own terms.

    Raises:
        VocabularyError: A file is missing or is not Turtle, or an import is in no catalog.
    """
    return read_ontology(directory, overlays).graph


@dataclass(frozen=True, slots=True)
class OntologyFiles:
    """An ontology as its files hold it.

    Attributes:
        graph: The merged ontology as asserted.
        digest: Digest of the files.
        files: The bytes of each file, the entry point first, by its path.
    """

    graph: Graph
    digest: str
    files: Mapping[Path, bytes]


def read_ontology(directory: Path | None = None, overlays: Iterable[Path] = ()) -> OntologyFiles:
    """Load an ontology as :func:`load_ontology` does, and keep the bytes of its files.

    Args:
        directory: The folder with ``hfs.ttl``; the one that comes with the package if left out.
        overlays: Further Turtle files to merge, such as a user's own terms.

    Raises:
        VocabularyError: A file is missing or is not Turtle, or an import is in no catalog.
    """
    directory = directory or ontology_directory()
    catalog_path = directory / "catalog-v001.xml"
    if not catalog_path.is_file():
        raise VocabularyError(
            f"There is no {catalog_path.name} in {directory}.", "Point to the project's ontology folder."
        )
    graph = Graph(store="SimpleMemory")
    files = dict(_load(graph, directory, catalog_path, list(overlays)))
    return OntologyFiles(graph, content_digest(files.values()), files)


def package_digest() -> str:
    """Return the digest of the files of the package's own ontology.

    Raises:
        VocabularyError: One cannot be read.
    """
    directory = ontology_directory()
    paths = sorted(path for folder in (directory, directory / "modules") for path in folder.glob("*.*"))
    try:
        return content_digest(part for path in paths for part in (path.name.encode(), path.read_bytes()))
    except OSError as error:
        raise VocabularyError(f"{error.filename} cannot be read: {error.strerror}.", "Restore it.") from error


def _load(graph: Graph, directory: Path, catalog_path: Path, pending: list[Path]) -> Iterator[tuple[Path, bytes]]:
    """Add the entry point, overlays and all imports to a graph and yield each file with its bytes."""
    catalog = _catalog(catalog_path)
    yield directory / "hfs.ttl", _parse(graph, directory / "hfs.ttl")
    seen: set[str] = {str(ONTOLOGY)}
    while True:
        for imported in sorted({str(o) for o in graph.objects(None, OWL.imports)} - seen):
            seen.add(imported)
            if imported not in catalog:
                raise VocabularyError(f"The ontology imports {imported}, which {catalog_path} does not list.")
            pending.append(catalog[imported])
        if not pending:
            return
        path = pending.pop()
        yield path, _parse(graph, path)


def _catalog(path: Path) -> dict[str, Path]:
    """Return the files that a catalog names, by the IRIs of their ontologies."""
    try:
        entries = ElementTree.parse(path).iter(CATALOG)
        return {entry.attrib["name"]: path.parent / entry.attrib["uri"] for entry in entries}
    except (ElementTree.ParseError, KeyError) as error:
        raise VocabularyError(f"{path} is not a valid catalog: {error}.", "Restore it.") from error


def _parse(graph: Graph, path: Path) -> bytes:
    try:
        data = path.read_bytes()
        parse_rdf(data, RdfFormat.TURTLE, path, graph)
    except FileNotFoundError as error:
        raise VocabularyError(f"The ontology file {path} does not exist.", "Restore it or mend the catalog.") from error
    except SyntaxError as error:
        raise VocabularyError(f"{path} is not valid Turtle: {error.msg}") from error
    return data
