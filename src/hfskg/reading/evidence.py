"""Evidence of what was read: spans of the source, never copies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hfskg.reading.document import Document, Sentence
from hfskg.reading.tokens import Token
from hfskg.record import Evidence

__all__ = ["evidence_at", "evidence_of", "sentence_text"]

_GAP = re.compile(r"(?P<hyphen>-[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ]))|(?P<blank>\s{2,}|[^\S ])")


def evidence_at(document: Document, start: int, end: int) -> Evidence:
    """Return the evidence of a span of the source."""
    return Evidence(start=start, end=end, quote=document.text[start:end])


def evidence_of(document: Document, tokens: Sequence[Token]) -> tuple[Evidence, ...]:
    """Return the evidence of a run of tokens: one span, or several where another block stands between."""
    return tuple(evidence_at(document, start, end) for start, end in document.pieces(tokens))


def sentence_text(document: Document, sentence: Sentence) -> tuple[str, Sequence[int]]:
    """Return a sentence on one line, and for each of its characters the offset in the source.

    Hyphens at a line's end are removed, white space is one blank.
    """
    known = document.lines.get(sentence.start)
    if known is not None:
        return known
    pieces = document.pieces(sentence.tokens)
    start, end = pieces[0]
    line: tuple[str, Sequence[int]] = document.text[start:end], range(start, end)
    if len(pieces) > 1 or not line[0].isprintable() or "  " in line[0]:
        line = _one_line(document.text, pieces)
    document.lines[sentence.start] = line
    return line


def _one_line(text: str, pieces: Iterable[tuple[int, int]]) -> tuple[str, list[int]]:
    line = ""
    offsets: list[int] = []
    for start, end in pieces:
        at = start
        for gap in _GAP.finditer(text, start, end):
            line += text[at : gap.start()]
            offsets += range(at, gap.start())
            if gap.lastgroup != "hyphen" and line[-1:] != " ":
                line += " "
                offsets.append(gap.start())
            at = gap.end()
        line += text[at:end]
        offsets += range(at, end)
        if line and line[-1] != " ":
            line += " "
            offsets.append(end - 1)
    return line.rstrip(), offsets
