"""Who says what, as triples: what is known of the document, and the curators behind added and corrected readings.

The activity of a curation is named by who decided and on which day, so that a rebuild gives the same IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.term import Node

from hfskg.namespaces import DATA, DCTERMS, HFS, PROV, RDF, RDFS, document_iri
from hfskg.record import Curation, DocumentRecord, Evidence

__all__ = ["activity_iri", "agent_iri", "curation_triples", "curations_by_span", "curations_of", "metadata_triples"]

Triple = tuple[Node, Node, Node]


def agent_iri(by: str, orcid: str | None = None) -> URIRef:
    """Return the IRI of a curator: that of the ORCID iD, or one minted from the name.

    Args:
        by: The name or role.
        orcid: The ORCID iD.

    Example:
        >>> agent_iri("Curation team")
        rdflib.term.URIRef('https://w3id.org/hfskg/data/agent/curation-team')
    """
    return URIRef(f"https://orcid.org/{orcid}") if orcid else DATA[f"agent/{_slug(by)}"]


def activity_iri(document: URIRef, curation: Curation) -> URIRef:
    """Return the IRI of the curation of a document by one curator on one day.

    Args:
        document: IRI of the document.
        curation: What was decided.
    """
    day = curation.on.isoformat() if curation.on else "undated"
    return URIRef(f"{document}/curation/{curation.orcid or _slug(curation.by)}/{day}")


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "unnamed"


def metadata_triples(record: DocumentRecord) -> Iterator[Triple]:
    """Yield the media type of a document, and its title, DOI and licence where they are known."""
    iri = document_iri(record.file_name)
    yield iri, DCTERMS.format, Literal(record.media_type)
    if record.title is not None:
        yield iri, DCTERMS.title, Literal(record.title)
    if record.doi is not None:
        yield iri, DCTERMS.identifier, Literal(f"doi:{record.doi}")
    if record.licence is not None:
        yield iri, DCTERMS.license, URIRef(record.licence)


def curation_triples(document: URIRef, statement: URIRef, curation: Curation) -> Iterator[Triple]:
    """Yield who curated a statement, when and why; what was decided is told by ``hfs:curationAction``.

    Args:
        document: IRI of the document.
        statement: IRI of the statement.
        curation: What was decided.
    """
    activity, agent = activity_iri(document, curation), agent_iri(curation.by, curation.orcid)
    yield statement, PROV.wasGeneratedBy, activity
    if curation.note is not None:
        yield statement, HFS.curationNote, Literal(curation.note)
    if curation.former is not None:
        yield statement, HFS.formerReading, Literal(curation.former)
    yield activity, RDF.type, PROV.Activity
    yield activity, RDF.type, HFS.Curation
    yield activity, PROV.used, document
    yield activity, PROV.wasAssociatedWith, agent
    if curation.on is not None:
        yield activity, DCTERMS.date, Literal(curation.on.isoformat())
    yield agent, RDF.type, PROV.Agent
    yield agent, RDFS.label, Literal(curation.by)


def curations_by_span(record: DocumentRecord) -> dict[tuple[int, int], Curation]:
    """Return the curations that found words on which no reading of the program rests, by the offsets of the words."""
    read: set[tuple[int, int]] = set()
    curated: dict[tuple[int, int], Curation] = {}
    for curation, evidence in _all_evidence(record):
        for one in evidence:
            if curation is None or not curation.quoted:
                read.add((one.start, one.end))
            else:
                curated.setdefault((one.start, one.end), curation)
    return {span: curation for span, curation in curated.items() if span not in read}


def curations_of(record: DocumentRecord) -> list[Curation]:
    """Return what curators decided about the readings of a record, a curation per reading."""
    return [curation for curation, _ in _all_evidence(record) if curation is not None]


def _all_evidence(record: DocumentRecord) -> Iterator[tuple[Curation | None, tuple[Evidence, ...]]]:
    for case in record.cases:
        yield None, case.evidence
        for attribute in case.attributes.values():
            yield attribute.curation, attribute.evidence
        for event in sorted(case.events, key=lambda event: event.order):
            yield event.curation, event.evidence
    for claim in record.claims:
        yield claim.curation, claim.evidence
    for mention in record.ungrounded:
        yield None, mention.evidence
