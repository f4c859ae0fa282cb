"""Evidence of what was read: spans of the source, never copies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hfskg.reading.document import Document, Sentence
from hfskg.reading.tokens import Token
from hfskg.record import Evidence

__all__ = ["evidence_at", "evidence_of", "sentence_text"]

_GAP = re.compile(r"(?P<hyphen>-[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ]))|(?P<blank>\s+)")


def evidence_at(document: Document, start: int, end: int) -> Evidence:
    """Return the evidence of a span of the source."""
    return Evidence(start=start, end=end, quote=document.text[start:end])


def evidence_of(document: Document, tokens: Sequence[Token]) -> tuple[Evidence, ...]:
    """Return the evidence of a run of tokens: one span, or several where another block stands between."""
    return tuple(evidence_at(document, start, end) for start, end in document.pieces(tokens))


def sentence_text(document: Document, sentence: Sentence) -> tuple[str, list[int]]:
    """Return a sentence on one line, and for each of its characters the offset in the source.

    Hyphens at a line's end are removed, white space is one blank.
    """
    known = document.lines.get(sentence.start)
    if known is not None:
        return known
    letters: list[str] = []
    offsets: list[int] = []
    for start, end in document.pieces(sentence.tokens):
        at = start
        for gap in _GAP.finditer(document.text, start, end):
            letters += document.text[at : gap.start()]
            offsets += range(at, gap.start())
            if gap.lastgroup != "hyphen" and not (letters and letters[-1] == " "):
                letters.append(" ")
                offsets.append(gap.start())
            at = gap.end()
        letters += document.text[at:end]
        offsets += range(at, end)
        if letters and letters[-1] != " ":
            letters.append(" ")
            offsets.append(end - 1)
    document.lines[sentence.start] = line = "".join(letters).rstrip(), offsets
    return line
