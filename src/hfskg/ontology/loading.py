"""The ontology as a store that queries run on: one named graph per module, and one with the inferred hierarchy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph

from hfskg.inference import inferred_hierarchy
from hfskg.modules import OntologyFiles, read_ontology
from hfskg.namespaces import ONTOLOGY, OWL, RDF, RDFS
from hfskg.store import LocalStore

__all__ = ["INFERRED", "Ontology", "open_ontology"]

INFERRED = f"{ONTOLOGY}/inferred"
"""The named graph with the superclasses that were inferred."""

_TYPE = pyoxigraph.NamedNode(str(RDF.type))
_ONTOLOGY = pyoxigraph.NamedNode(str(OWL.Ontology))
_ABOVE = pyoxigraph.NamedNode(str(RDFS.subClassOf))

_HOMES = """
SELECT ?term ?module WHERE { GRAPH ?module { ?term a ?kind . FILTER(ISIRI(?term)) } }
"""


@dataclass(frozen=True)
class Ontology:
    """An ontology with its inferred hierarchy.

    Attributes:
        files: Its files and the merged graph, as asserted.
        store: All of it; the default graph of queries is the union of the modules and what is inferred.
    """

    files: OntologyFiles
    store: LocalStore

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The name of the module that declares a term, by the term's IRI."""
        rows = self.store.select(_HOMES, {}).rows
        return {str(term): str(module).rpartition("/")[2] for term, module in sorted(rows, key=str)}


def open_ontology(
    directory: Path | None = None, overlays: Iterable[Path] = (), *, with_inferred: bool = True
) -> Ontology:
    """Load an ontology and infer its hierarchy.

    Args:
        directory: The folder with ``hfs.ttl``; the one that comes with the package if left out.
        overlays: Further Turtle files to merge, such as a user's own terms.
        with_inferred: Whether the inferred superclasses are added; without them the store holds what is asserted.

    Raises:
        VocabularyError: A file is missing or is not Turtle, or an import is in no catalog.
    """
    files = read_ontology(directory, overlays)
    inferred = inferred_hierarchy(files.graph, files.digest) if with_inferred else ()
    named = pyoxigraph.NamedNode
    above = (pyoxigraph.Quad(named(str(c)), _ABOVE, named(str(p)), named(INFERRED)) for c, p in inferred)
    asserted = (quad for path, data in files.files.items() for quad in _quads(path, data))
    nquads = pyoxigraph.serialize((*asserted, *above), format=pyoxigraph.RdfFormat.N_QUADS)
    assert nquads is not None
    return Ontology(files, LocalStore(nquads))


def _quads(path: Path, data: bytes) -> Iterator[pyoxigraph.Quad]:
    """Yield the statements of a file in a graph that is named by the ontology it holds."""
    parsed = list(
        pyoxigraph.parse(
            data, format=pyoxigraph.RdfFormat.TURTLE, base_iri=f"{ONTOLOGY}/{path.stem}", rename_blank_nodes=True
        )
    )
    heads = [quad.subject for quad in parsed if quad.predicate == _TYPE and quad.object == _ONTOLOGY]
    head = heads[0] if heads and isinstance(heads[0], pyoxigraph.NamedNode) else None
    graph = head or pyoxigraph.NamedNode(f"{ONTOLOGY}/{path.stem}")
    for quad in parsed:
        yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, graph)
