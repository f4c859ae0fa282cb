"""The graph that a server answers from, loaded once and shared by all its workers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph

from hfskg.namespaces import DATA, HFS, ONTOLOGY
from hfskg.output import GRAPH_FILE, Manifest, load_manifest
from hfskg.queries import Catalogue, load_catalogue
from hfskg.reading import read_document
from hfskg.server.limits import Limits
from hfskg.store import LocalStore, open_graph
from hfskg.version import __version__

__all__ = ["ServedGraph", "load_served"]


@dataclass(frozen=True)
class ServedGraph:
    """A graph folder, loaded.

    Attributes:
        folder: The folder.
        manifest: What the build says of it.
        store: The graph.
        catalogue: The canned queries.
        limits: The limits of answers.
        base: The public address of the server, without a slash at the end.
        sources: A folder with the source documents, if their whole texts are shown, or None.
    """

    folder: Path
    manifest: Manifest
    store: LocalStore
    catalogue: Catalogue
    limits: Limits
    base: str
    sources: Path | None = None

    @cached_property
    def graphs(self) -> frozenset[str]:
        """The IRIs of the named graphs."""
        found = self.store.engine.named_graphs()
        return frozenset(graph.value for graph in found if isinstance(graph, pyoxigraph.NamedNode))

    @cached_property
    def texts(self) -> dict[str, str]:
        """The texts of the documents whose sources are at hand, by their slugs."""
        return dict(_texts(self.folder, self.manifest, self.sources))

    @property
    def digest(self) -> str:
        """What an answer depends on besides the question: the graph and the version of the program."""
        return f"{self.manifest.files[GRAPH_FILE]} {__version__}"

    @property
    def root(self) -> str:
        """The path of the public address, with which all links begin; empty for the root of a host."""
        return urlsplit(self.base).path

    @property
    def endpoint(self) -> str:
        """The address of the SPARQL endpoint."""
        return f"{self.base}/sparql"

    def address(self, iri: str) -> str:
        """Return the path at which the server tells of an IRI of the project; empty for other IRIs."""
        for namespace, path in ((DATA, "/data/"), (HFS, "/ontology/")):
            if iri.startswith(namespace):
                return f"{self.root}{path}{quote(iri.removeprefix(str(namespace)))}"
        return f"{self.root}/ontology" if iri == str(ONTOLOGY) else ""


def load_served(
    folder: Path, limits: Limits, base: str, *, queries: Path | None = None, sources: Path | None = None
) -> ServedGraph:
    """Load a graph folder.

    Args:
        folder: The folder that a build wrote.
        limits: The limits of answers.
        base: The public address of the server.
        queries: A folder with canned queries; the package's own if left out.
        sources: A folder with the source documents, if their whole texts are to be shown.

    Raises:
        StoreError: The folder is missing or damaged.
        QueryError: A canned query is broken.
    """
    base = base.removesuffix("/")
    manifest, store = load_manifest(folder), open_graph(folder)
    return ServedGraph(folder, manifest, store, load_catalogue(queries), limits, base, sources)


def _texts(folder: Path, manifest: Manifest, sources: Path | None) -> Iterator[tuple[str, str]]:
    """Yield slug and text of each document: as the folder keeps it, or read again from the very file.

    Without a folder of sources there are none: whose graph is open need not have open texts.
    """
    if sources is None:
        return
    for entry in manifest.documents:
        kept = folder / "texts" / f"{entry.slug}.txt"
        path = sources / entry.file_name
        if kept.is_file():
            yield entry.slug, kept.read_bytes().decode("utf-8")
        elif path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256:
            yield entry.slug, read_document(path).text
