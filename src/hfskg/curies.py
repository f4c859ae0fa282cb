"""The vocabularies that terms are mapped to, and the CURIEs of their terms."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Target", "expand_mapped", "targets"]

FILE = "vocabularies.tsv"


@dataclass(frozen=True, slots=True)
class Target:
    """A vocabulary that terms are mapped to.

    Attributes:
        file: The stem of the table that its mappings go to.
        prefix: The prefix of its CURIEs.
        iri: What the prefix stands for.
        justification: How the exact matches in it were found.
        version: The release that the mappings were last looked up in; empty if nobody wrote it down.
        name: Its name.
    """

    file: str
    prefix: str
    iri: str
    justification: str
    version: str
    name: str


@cache
def targets() -> tuple[Target, ...]:
    """Return the vocabularies that terms are mapped to, as ``vocabularies.tsv`` lists them."""
    text = files("hfskg").joinpath(FILE).read_text(encoding="utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    return tuple(Target(**row) for row in rows)


def expand_mapped(curie: str) -> str | None:
    """Return the IRI that a CURIE of a mapped vocabulary stands for; None for other texts.

    Example:
        >>> expand_mapped("mondo:0015540")
        'http://purl.obolibrary.org/obo/MONDO_0015540'
        >>> expand_mapped("nowhere:1") is None
        True
    """
    prefix, colon, code = curie.partition(":")
    if not colon or not code or code.startswith("//"):
        return None
    found = (target.iri for target in targets() if target.prefix.casefold() == prefix.casefold())
    iri = next(found, None)
    return None if iri is None else iri + code
