"""Reading the terms of OWL and SKOS files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

from hfskg.background.model import Grounding, ReadTerm, Synonym
from hfskg.namespaces import OBOINOWL, OWL, RDF, RDFS, SKOS

__all__ = ["read_rdf_terms"]

_TYPES = frozenset(map(str, (OWL.Class, RDFS.Class, SKOS.Concept)))
_LABELS = (str(SKOS.prefLabel), str(RDFS.label))
_PARENTS = frozenset(map(str, (RDFS.subClassOf, SKOS.broader)))
_SYNONYMS: dict[str, Grounding] = {
    str(SKOS.altLabel): "exact",
    str(SKOS.hiddenLabel): "exact",
    str(OBOINOWL.hasExactSynonym): "exact",
    str(OBOINOWL.hasNarrowSynonym): "broader",
    str(OBOINOWL.hasBroadSynonym): "narrower",
}
_WANTED = {str(RDF.type), str(OWL.deprecated), str(SKOS.notation), *_LABELS, *_PARENTS, *_SYNONYMS}
_OBO = re.compile(r"/obo/([A-Za-z]+)_(\w+)$")


def read_rdf_terms(data: bytes, form: RdfFormat, base: Path) -> Iterator[ReadTerm]:
    """Yield the classes and concepts of a file that have an English label; deprecated ones are left out.

    Args:
        data: The file's bytes.
        form: Their format.
        base: The file, against which relative IRIs are resolved.

    Raises:
        SyntaxError: The bytes are not of that format.
    """
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in pyoxigraph.parse(data, format=form, base_iri=base.absolute().as_uri()):
        if isinstance(quad.subject, NamedNode) and quad.predicate.value in _WANTED:
            value = quad.object
            if isinstance(value, Literal) and value.language and not value.language.startswith("en"):
                continue
            if isinstance(value, NamedNode | Literal) and not isinstance(value, BlankNode):
                told[quad.subject.value][quad.predicate.value].append(value.value)
    for iri in sorted(told):
        term = _term(iri, told[iri])
        if term is not None:
            yield term


def _term(iri: str, told: dict[str, list[str]]) -> ReadTerm | None:
    labels = [label for predicate in _LABELS for label in sorted(told.get(predicate, ()))]
    if (
        not labels
        or not _TYPES.intersection(told.get(str(RDF.type), ()))
        or "true" in told.get(str(OWL.deprecated), ())
    ):
        return None
    synonyms = [
        Synonym(text, grounding)
        for predicate, grounding in _SYNONYMS.items()
        for text in sorted(told.get(predicate, ()))
    ]
    synonyms += [Synonym(label, "exact") for label in labels[1:]]
    parents = sorted({parent for predicate in _PARENTS for parent in told.get(predicate, ())} - {iri})
    obo = _OBO.search(iri)
    notation = next(iter(sorted(told.get(str(SKOS.notation), ()))), None)
    identifier = f"{obo[1]}:{obo[2]}" if obo else notation or re.split(r"[/#]", iri)[-1]
    return ReadTerm(iri, identifier, labels[0], tuple(synonyms), tuple(parents))
