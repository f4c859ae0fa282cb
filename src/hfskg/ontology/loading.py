"""The ontology as a store that queries run on: one named graph per module, and one with the inferred hierarchy."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph

from hfskg.errors import VocabularyError
from hfskg.inference import inferred_hierarchy
from hfskg.modules import OntologyFiles, read_ontology
from hfskg.namespaces import IAO, ONTOLOGY, OWL, RDF, RDFS, SKOS
from hfskg.resources import ontology_directory
from hfskg.store import LocalStore

__all__ = ["INFERRED", "OBSOLETE", "Ontology", "open_ontology"]

INFERRED = f"{ONTOLOGY}/inferred"
"""The named graph with the superclasses that were inferred."""

OBSOLETE = f"{ONTOLOGY}/obsolete"
"""The named graph that tells which of the identifiers that terms are mapped to are obsolete."""

_MATCHES = tuple(SKOS[f"{kind}Match"] for kind in ("exact", "close", "broad", "narrow", "related"))
_OBO = "http://purl.obolibrary.org/obo/"
_DEPRECATED = pyoxigraph.NamedNode(str(OWL.deprecated))
_REPLACED_BY = pyoxigraph.NamedNode(str(IAO["0100001"]))
_YES = pyoxigraph.Literal(True)

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
        store: All of it; the default graph of queries is the union of the modules, what is inferred, and what is known
            of obsolete identifiers that terms are mapped to.
    """

    files: OntologyFiles
    store: LocalStore

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The name of the module that declares a term, by the term's IRI."""
        rows = self.store.select(_HOMES, {}).rows
        return {str(term): str(module).rpartition("/")[2] for term, module in sorted(rows, key=str)}


def open_ontology(
    directory: Path | None = None,
    overlays: Iterable[Path] = (),
    *,
    with_inferred: bool = True,
    obsolete: Path | None = None,
) -> Ontology:
    """Load an ontology and infer its hierarchy.

    Args:
        directory: The folder with ``hfs.ttl``; the one that comes with the package if left out.
        overlays: Further Turtle files to merge, such as a user's own terms.
        with_inferred: Whether the inferred superclasses are added; without them the store holds what is asserted.
        obsolete: A table of identifiers that other vocabularies have taken out of use; the one that comes with the
            package if left out.

    Raises:
        VocabularyError: A file is missing or is not Turtle, an import is in no catalog, or the table is no table.
    """
    obsolete_rows = _obsolete_rows(obsolete or ontology_directory() / "checks" / "obsolete.tsv")
    files = read_ontology(directory, overlays)
    inferred = inferred_hierarchy(files.graph, files.digest) if with_inferred else ()
    named = pyoxigraph.NamedNode
    above = (pyoxigraph.Quad(named(str(c)), _ABOVE, named(str(p)), named(INFERRED)) for c, p in inferred)
    asserted = (quad for path, data in files.files.items() for quad in _quads(path, data))
    mapped = {str(value) for match in _MATCHES for value in files.graph.objects(None, match)}
    out_of_use = _obsolete(obsolete_rows, mapped)
    nquads = pyoxigraph.serialize((*asserted, *above, *out_of_use), format=pyoxigraph.RdfFormat.N_QUADS)
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


def _obsolete_rows(path: Path) -> list[list[str]]:
    """Read a table of identifiers that are obsolete, each with what replaces it."""
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path} cannot be read: {error}.", "Name a text file in UTF-8.") from error
    rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or rows[0] != ["identifier", "replaced_by"] or any(len(row) != len(rows[0]) for row in rows):
        cure = "Head it by identifier and replaced_by, with a tab between."
        raise VocabularyError(f"{path} is no table of obsolete identifiers.", cure)
    return rows[1:]


def _obsolete(rows: Iterable[list[str]], mapped: Set[str]) -> Iterator[pyoxigraph.Quad]:
    """Yield which of the identifiers that terms are mapped to are obsolete, and what replaces them."""
    named, graph = pyoxigraph.NamedNode, pyoxigraph.NamedNode(OBSOLETE)
    for old, new in rows:
        if _outside(old) in mapped:
            yield pyoxigraph.Quad(named(_outside(old)), _DEPRECATED, _YES, graph)
            if new:
                yield pyoxigraph.Quad(named(_outside(old)), _REPLACED_BY, named(_outside(new)), graph)


def _outside(identifier: str) -> str:
    """Return the IRI of an identifier of the table, which is a local name in the namespace of OBO or an IRI."""
    return identifier if ":" in identifier else f"{_OBO}{identifier}"
