"""Quotes of a curation file as spans of the document."""

from __future__ import annotations

import re

from hfskg.errors import CurationError
from hfskg.reading.document import Document
from hfskg.reading.evidence import evidence_at
from hfskg.record import Evidence
from hfskg.wording import quoted

__all__ = ["find_quote", "one_quote"]

Span = tuple[int, int]


def find_quote(document: Document, quote: str, occurrence: int | None = None, start: int | None = None) -> list[Span]:
    """Return where a quote stands: everywhere, or at the one place that is meant.

    Args:
        document: The document.
        quote: The words; runs of white space in them match any in the document.
        occurrence: Which one is meant, from 1.
        start: Offset of the first character of the one that is meant.

    Returns:
        The spans in the order of the text, at least one.

    Raises:
        CurationError: It stands nowhere, or not there.
    """
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    spans = [match.span() for match in re.finditer(pattern, document.text)]
    if not spans:
        loose = re.search(pattern, document.text, re.IGNORECASE)
        hint = f"With other capitals it stands at {loose.start()}." if loose else "Quotes are copied, never mended."
        raise CurationError(f"The quote {quoted(quote)} does not stand in {document.file_name}.", hint)
    places = ", ".join(str(first) for first, _ in spans)
    if start is not None:
        chosen = [span for span in spans if span[0] == start]
        if not chosen:
            raise CurationError(f"The quote {quoted(quote)} does not stand at {start}.", f"It stands at {places}.")
        return chosen
    if occurrence is not None:
        if occurrence > len(spans):
            what = f"The quote {quoted(quote)} stands {len(spans)} times in {document.file_name}, not {occurrence}."
            raise CurationError(what, f"It stands at {places}.")
        return [spans[occurrence - 1]]
    return spans


def one_quote(document: Document, quote: str, occurrence: int | None = None, start: int | None = None) -> Evidence:
    """Return the evidence that a quote is.

    Args:
        document: The document.
        quote: The words, as in :func:`find_quote`.
        occurrence: Which one is meant, from 1, if it stands several times.
        start: The same, told by an offset.

    Raises:
        CurationError: It stands nowhere, or several times and it is not told which one is meant.
    """
    spans = find_quote(document, quote, occurrence, start)
    if len(spans) > 1:
        places = ", ".join(str(first) for first, _ in spans)
        what = f"The quote {quoted(quote)} stands {len(spans)} times in {document.file_name}, at {places}."
        raise CurationError(what, f"Give occurrence (1 to {len(spans)}) or start, or quote more.")
    return evidence_at(document, *spans[0])
