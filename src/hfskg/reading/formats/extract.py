"""What a file gives: its text, and what the file itself tells about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hfskg.reading.document import Block

__all__ = ["Extract", "find_doi", "web_address"]

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>\[\]{}|\\^`]+")
_NAMED_DOI = re.compile(rf"doi(?:\.org/|\s*[:.]?\s*)\s*({_DOI.pattern})", re.I)
_ADDRESS = re.compile(r"https?://[^\s\"<>{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file and what the file tells about it.

    Attributes:
        text: The characters that all offsets count in.
        blocks: The blocks that the file marks; None where they have to be found in the text.
        encoding: How the file's bytes were decoded.
        media_type: The kind of file, such as ``application/pdf``.
        extraction: ``library==version`` of what drew the text out of the file; None where the text is the file.
        title: The title that the file gives.
        doi: The DOI that the file gives, without a resolver's address.
        licence: Address of the licence that the file gives.
    """

    text: str
    blocks: tuple[Block, ...] | None = None
    encoding: str = "utf-8"
    media_type: str = "text/plain"
    extraction: str | None = None
    title: str | None = None
    doi: str | None = None
    licence: str | None = None


def find_doi(text: str, *, named: bool = False) -> str | None:
    """Return the first DOI in a text, in lower case, or None.

    Args:
        text: Where it is looked for.
        named: Take only one with "doi" before it.

    Example:
        >>> find_doi("See https://doi.org/10.1234/ABC.5.")
        '10.1234/abc.5'
    """
    found = _NAMED_DOI.search(text) if named else _DOI.search(text)
    if found is None:
        return None
    doi = found[found.lastindex or 0].rstrip(".,;:'’”")
    if doi.count(")") > doi.count("("):
        doi = doi.rstrip(")")
    return doi.casefold()


def web_address(text: str | None) -> str | None:
    """Return a text that is one web address, or None.

    Example:
        >>> web_address(" https://example.org/terms "), web_address("all rights reserved")
        ('https://example.org/terms', None)
    """
    tidy = (text or "").strip()
    return tidy if _ADDRESS.fullmatch(tidy) else None
