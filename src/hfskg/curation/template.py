"""A curation file to begin with: commented, with the address of every reading to copy from."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hfskg.curation.quoting import find_quote
from hfskg.curation.readings import Reading, matching, readings_of
from hfskg.reading.document import Document
from hfskg.record import DocumentRecord, Evidence

__all__ = ["curation_template"]

_HEAD = """\
# Curation of {name}: what a curator rejects, corrects or adds. Builds read this file as long as it lies beside the
# document, or in the folder that --curation names. Everything behind # is a comment: take away the # of what you use.
# docs/curation.md explains all fields.

document: {quoted_name}

# Who decides, and when. Entries may give their own by, orcid and on.
# by: curation team
# orcid:
# on: 2024-01-31

# Stop with an error, not with a warning, if an entry matches no reading any more.
# strict: true

# What is known of the document itself.
# title:
# doi:
# licence:

# Readings that are wrong. Copy the address of one from the end of this file.
reject:
#   - kind: ...
#     term: ...
#     quote: ...
#     reason: why it is wrong

# Readings that are right but for some fields: the address, then what to set.
correct:
#   - kind: ...
#     term: ...
#     quote: ...
#     set:
#       status: ...
#     note: why

# What the reader missed: its kind, the words it stands in, and its fields.
add:
#   - kind: ...
#     case: ...
#     quote: ...
#     term: ...
#     status: ...
#     note: why
"""

_FOOT = "\n# What the reader reads, with the address of each reading.\n"


def curation_template(record: DocumentRecord, document: Document) -> str:
    """Return a curation file that changes nothing yet.

    Args:
        record: What the reader read.
        document: The document it was read from.
    """
    head = _HEAD.format(name=record.file_name, quoted_name=_scalar(record.file_name))
    readings = list(readings_of(record))
    return "".join([head, _FOOT, *(f"#\n{_entry(reading, readings, document)}" for reading in readings)])


def _entry(reading: Reading, readings: list[Reading], document: Document) -> str:
    return f"# {' '.join(reading.words.split())}\n" + "".join(
        f"#   {'-' if first else ' '} {name}: {value}\n"
        for first, (name, value) in zip([True, *[False] * 9], _address(reading, readings, document), strict=False)
    )


def _address(reading: Reading, readings: list[Reading], document: Document) -> Iterator[tuple[str, str]]:
    yield "kind", reading.kind
    if reading.label:
        yield "case", _scalar(reading.label)
    if reading.term is not None:
        yield "term", _scalar(reading.term.label)
    evidence = reading.evidence[0]
    quote = " ".join(evidence.quote.split())
    yield "quote", _scalar(quote)
    if len(find_quote(document, quote)) > 1:
        yield "start", str(evidence.start)
    if len(_fitting(reading, readings, evidence)) > 1:
        yield "reading", _scalar(" ".join(reading.words.split()))


def _fitting(reading: Reading, readings: list[Reading], evidence: Evidence) -> list[Reading]:
    spans = [(evidence.start, evidence.end)]
    return matching(readings, spans, kind=reading.kind, case=reading.case, term=reading.term)


def _scalar(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
