"""Whether quotes stand in their source: those of a record at their offsets, those of a graph at their positions."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, Literal
from rdflib.term import Node

from hfskg.errors import EvidenceError
from hfskg.namespaces import HFS, OA, RDF, document_iri
from hfskg.reading.document import Document
from hfskg.record import DocumentRecord, Evidence

__all__ = ["check_evidence", "check_quotes"]

SHOWN = 60
"""How many characters of a quote an error message shows."""


def check_evidence(record: DocumentRecord, text: str) -> None:
    """Make sure that every quote of a record stands at its offsets in the text.

    Args:
        record: What was read.
        text: The characters of the document it was read from.

    Raises:
        EvidenceError: The record is of a text of another length, or a quote differs from the text there; the
            message says what stands there and whether the quote stands elsewhere.
    """
    if record.length != len(text):
        what = f"The record of {record.file_name} is of a text of {record.length} characters, this one has {len(text)}."
        raise EvidenceError(what, "Give the file that the record was read from.")
    for where, evidence in _all_evidence(record):
        there = text[evidence.start : evidence.end]
        if there != evidence.quote:
            raise EvidenceError(
                f"{record.file_name}, {where}: the quote {_shown(evidence.quote)} does not stand at "
                f"{evidence.start}-{evidence.end}, {f'{_shown(there)} does' if there else 'the text ends before'}.",
                _cure(evidence.quote, text),
            )


def check_quotes(graph: Graph, document: Document) -> int:
    """Make sure that every quote of a document's graph stands at its position in the source.

    Args:
        graph: The document's graph.
        document: The source.

    Returns:
        The number of quotes.

    Raises:
        EvidenceError: The source is another one, or a quote differs from the text there.
    """
    iri = document_iri(document.file_name)
    if str(graph.value(iri, HFS.sha256)) != document.sha256:
        what = f"The file {document.file_name} is not the one that the graph was read from: their digests differ."
        raise EvidenceError(what, "Give the former file, or build the graph again.")
    count = 0
    for evidence in sorted(graph.subjects(RDF.type, HFS.Evidence), key=str):
        selectors = list(graph.objects(evidence, OA.hasSelector))
        quote, start, end = (
            next((value for s in selectors for value in graph.objects(s, part)), None)
            for part in (OA.exact, OA.start, OA.end)
        )
        there = document.text[_offset(start) : _offset(end)]
        if quote is None or str(quote) != there:
            what = f"{document.file_name}: the quote {_shown(str(quote))} does not stand at {start}-{end}"
            raise EvidenceError(f"{what}, {_shown(there)} does.", _cure(str(quote), document.text))
        count += 1
    return count


def _offset(node: Node | None) -> int:
    value = node.toPython() if isinstance(node, Literal) else None
    return value if isinstance(value, int) and value >= 0 else 0


def _all_evidence(record: DocumentRecord) -> Iterator[tuple[str, Evidence]]:
    for case in record.cases:
        yield from ((case.label, evidence) for evidence in case.evidence)
        for name, attribute in case.attributes.items():
            yield from ((f"{case.label}, {name}", evidence) for evidence in attribute.evidence)
        for event in case.events:
            yield from ((f"{case.label}, {event.kind} {event.order}", evidence) for evidence in event.evidence)
    for number, claim in enumerate(record.claims, 1):
        yield from ((f"claim {number}", evidence) for evidence in claim.evidence)
    for mention in record.ungrounded:
        yield from ((mention.label, evidence) for evidence in mention.evidence)


def _cure(quote: str, text: str) -> str:
    at = text.find(quote)
    if at >= 0:
        return f"It stands at {at}-{at + len(quote)}: the offsets are wrong, or the text was changed before it."
    if " ".join(quote.split()) in " ".join(text.split()):
        return "It stands elsewhere with other blanks or line ends: quote the characters as they are in the file."
    if quote.casefold() in text.casefold():
        return "It stands elsewhere with other capitals: quote the characters as they are in the file."
    return "It stands nowhere in the text: quotes are copied, never mended."


def _shown(quote: str) -> str:
    return repr(quote if len(quote) <= SHOWN else f"{quote[: SHOWN - 1]}…")
