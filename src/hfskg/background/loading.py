"""Reading the terms of a background vocabulary, whatever its format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pyoxigraph import RdfFormat

from hfskg.background.dictionaries import read_dictionary
from hfskg.background.model import ReadTerm, Source
from hfskg.background.obo import read_obo
from hfskg.background.rdf_terms import read_rdf_terms
from hfskg.background.sources import table
from hfskg.errors import VocabularyError
from hfskg.vocabulary import Kind

__all__ = ["read_terms"]

_FORMATS: Mapping[str, RdfFormat] = {
    ".owl": RdfFormat.RDF_XML,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".ttl": RdfFormat.TURTLE,
    ".skos": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
}


def read_terms(source: Source, data: bytes) -> list[tuple[ReadTerm, Kind]]:
    """Return the terms of a vocabulary with their kinds.

    Args:
        source: The vocabulary.
        data: The bytes of its file.

    Raises:
        VocabularyError: The file is not of the format that its name tells, or it does not tell what its terms are.
    """
    try:
        terms = list(_reader(source.path)(data))
    except (SyntaxError, UnicodeDecodeError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else error.reason
        what = f"The vocabulary {source.path} cannot be read: {reason}."
        raise VocabularyError(
            what, "Give an OBO, OWL (RDF/XML), Turtle or SKOS file with the ending of its format."
        ) from error
    kinds = _by_prefix(terms)
    if source.kind is not None:
        inside = {term.iri for term, _ in kinds}
        rooted = _rooted(terms)
        return [(t, source.kind) for t in terms if t.iri in inside or t.identifier.split(":")[0] not in rooted]
    if not kinds:
        what = (
            f"The vocabulary {source.path} has no term whose identifier tells whether it is a drug, disease or finding."
        )
        raise VocabularyError(what, f"Say so: --vocabulary drug={source.path} (or disease=, finding=).")
    return kinds


def _reader(path: Path) -> Callable[[bytes], Iterable[ReadTerm]]:
    if path.name.endswith(".obo"):
        return lambda data: read_obo(data.decode("utf-8"))
    if path.name.endswith(".pkl.bz2"):
        return read_dictionary
    form = _FORMATS.get(path.suffix.lower(), RdfFormat.TURTLE)
    return lambda data: read_rdf_terms(data, form, path)


def _rooted(terms: Iterable[ReadTerm]) -> frozenset[str]:
    """Return the prefixes of the known vocabularies whose root, below which alone terms are read, is in a file."""
    present = {term.identifier for term in terms}
    return frozenset(row["prefix"] for row in table("vocabularies") if row["root"] in present)


def _by_prefix(terms: Iterable[ReadTerm]) -> list[tuple[ReadTerm, Kind]]:
    """Return the terms whose identifiers tell their kind, those outside the root of their vocabulary left out."""
    rows = {row["prefix"]: row for row in table("vocabularies")}
    known = [(term, rows[prefix]) for term in terms if (prefix := term.identifier.split(":")[0]) in rows]
    children: dict[str, list[ReadTerm]] = defaultdict(list)
    for term, _ in known:
        for parent in term.parents:
            children[parent].append(term)
    roots = [term for term, row in known if row["root"] == term.identifier]
    inside = {term.iri for term, row in known if not row["root"]}
    pending = list(roots)
    while pending:
        term = pending.pop()
        if term.iri not in inside:
            inside.add(term.iri)
            pending += children[term.iri]
    inside -= {term.iri for term in roots}
    return [(term, Kind(row["kind"])) for term, row in known if term.iri in inside]
