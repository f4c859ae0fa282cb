"""The mappings of the ontology as SSSOM tables, one for each vocabulary that terms are mapped to.

The mappings stand in the modules, as SKOS matches on terms and as UCUM codes on units; the tables are another form of
them. How mappings to a vocabulary were found, and its prefix, stand in ``vocabularies.tsv``.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import yaml
from rdflib import Graph, URIRef

from hfskg.curies import Target, targets
from hfskg.errors import VocabularyError
from hfskg.namespaces import DCTERMS, HFS, ONTOLOGY, OWL, QUDT, RDFS, SKOS
from hfskg.ontology.release import check_folder
from hfskg.output import replacing
from hfskg.resources import ontology_directory
from hfskg.vocabulary import load_ontology

__all__ = ["Mapping", "Target", "mapping_sets", "mappings", "write_mappings"]

_SUFFIX = ".sssom.tsv"
_MATCHES = ("broadMatch", "closeMatch", "exactMatch", "narrowMatch", "relatedMatch")
_PREFIXES = {"hfs": str(HFS), "semapv": "https://w3id.org/semapv/vocab/", "skos": str(SKOS)}
_DIGITS = re.compile(r"(\d+)")
_UCUM = "ucum"
_EXACT = "exactMatch"
_JUDGED = "semapv:ManualMappingCuration"


@dataclass(frozen=True, slots=True)
class Mapping:
    """A row of a table; the names of the attributes are those of the columns."""

    subject_id: str
    subject_label: str
    predicate_id: str
    object_id: str
    object_label: str
    mapping_justification: str


def mappings(graph: Graph) -> dict[str, list[Mapping]]:
    """Return the mappings of an ontology by the stem of their table, in natural order of terms.

    Args:
        graph: The merged ontology.

    Raises:
        VocabularyError: A term is mapped to an IRI of no vocabulary that is listed.
    """
    found: dict[str, list[Mapping]] = defaultdict(list)
    for subject, predicate, target, code, label in _statements(graph):
        term = f"hfs:{subject.removeprefix(HFS)}"
        name = str(graph.value(URIRef(subject), RDFS.label) or "")
        found_by = target.justification if predicate == _EXACT else _JUDGED
        row = Mapping(term, name, f"skos:{predicate}", f"{target.prefix}:{code}", label, found_by)
        found[target.file].append(row)
    return {file: sorted(set(rows), key=_order) for file, rows in sorted(found.items())}


def _statements(graph: Graph) -> Iterator[tuple[str, str, Target, str, str]]:
    """Yield term, predicate, vocabulary, identifier and its label, if any, of each mapping."""
    for predicate in _MATCHES:
        for subject, value in graph.subject_objects(SKOS[predicate]):
            if str(subject).startswith(str(HFS)):
                target = _target(str(subject), str(value))
                yield str(subject), predicate, target, str(value)[len(target.iri) :], ""
    ucum = next(target for target in targets() if target.prefix == _UCUM)
    for subject, value in graph.subject_objects(QUDT.ucumCode):
        yield str(subject), _EXACT, ucum, quote(str(value), safe="*'"), str(value)


def _target(subject: str, iri: str) -> Target:
    for target in targets():
        if iri.startswith(target.iri) and len(iri) > len(target.iri):
            return target
    raise VocabularyError(
        f"{subject} is mapped to {iri}, which is of no known vocabulary.",
        "Correct it, or add the vocabulary to src/hfskg/vocabularies.tsv.",
    )


def _order(row: Mapping) -> tuple[object, ...]:
    """Return the key of natural order of all columns: 9 before 10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for text in astuple(row)
        for part in _DIGITS.split(text)
    )


def mapping_sets(graph: Graph) -> dict[str, bytes]:
    """Return the SSSOM tables of an ontology by file name.

    Args:
        graph: The merged ontology.

    Raises:
        VocabularyError: A term is mapped to an IRI of no vocabulary that is listed.
    """
    head = {
        "mapping_set_version": str(graph.value(ONTOLOGY, OWL.versionInfo) or ""),
        "license": str(graph.value(ONTOLOGY, DCTERMS.license) or ""),
    }
    tables = {}
    for file, rows in mappings(graph).items():
        listed = [target for target in targets() if target.file == file]
        metadata: dict[str, object] = {
            "mapping_set_id": f"{ONTOLOGY.removesuffix('/ontology')}/mappings/{file}{_SUFFIX}",
            "mapping_set_title": f"HFS-KG to {listed[0].name}",
            "mapping_set_description": f"Terms of the HFS-KG ontology and what they are in {listed[0].name}.",
            **{key: value for key, value in head.items() if value},
            **({"object_source_version": listed[0].version} if listed[0].version else {}),
            "curie_map": dict(sorted({**_PREFIXES, **{target.prefix: target.iri for target in listed}}.items())),
        }
        tables[f"{file}{_SUFFIX}"] = _table(metadata, rows).encode()
    return tables


def _table(metadata: dict[str, object], rows: Iterable[Mapping]) -> str:
    rows = list(rows)
    names = [f.name for f in fields(Mapping) if f.name != "object_label" or any(row.object_label for row in rows)]
    text = StringIO()
    for line in yaml.safe_dump(metadata, sort_keys=False, allow_unicode=True, width=10_000).splitlines():
        text.write(f"#{line}\n")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(names)
    writer.writerows([getattr(row, name) for name in names] for row in rows)
    return text.getvalue()


def write_mappings(out: Path | None = None, directory: Path | None = None) -> dict[str, int]:
    """Write the SSSOM tables of an ontology and put their folder in its place in one step.

    Args:
        out: The folder to write; ``mappings`` beside the ontology's files if left out.
        directory: The folder with ``hfs.ttl``; the one that comes with the package if left out.

    Returns:
        The number of mappings of each table, by file name.

    Raises:
        OutputError: The folder holds other files, or cannot be written.
        VocabularyError: The ontology is broken, or a mapping leads to a vocabulary that is not listed.
    """
    directory = directory or ontology_directory()
    out = out or directory / "mappings"
    check_folder(out, (), _SUFFIX)
    graph = load_ontology(directory)
    counts = {f"{file}{_SUFFIX}": len(rows) for file, rows in mappings(graph).items()}
    with replacing(out) as partial:
        for name, data in mapping_sets(graph).items():
            (partial / name).write_bytes(data)
    return counts
