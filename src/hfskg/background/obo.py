"""Reading OBO files: a stanza per term, a line per tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from hfskg.background.model import Grounding, ReadTerm, Synonym

__all__ = ["read_obo"]

_PURL = "http://purl.obolibrary.org/obo/"
_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"\s+(EXACT|BROAD|NARROW)\b\s*([^\s\[]*)')
_SCOPES: dict[str, Grounding] = {"EXACT": "exact", "NARROW": "broader", "BROAD": "narrower"}
_ESCAPED = re.compile(r"\\(.)")
_LETTERS = {"n": " ", "W": " ", "t": " "}


def read_obo(text: str) -> Iterator[ReadTerm]:
    r"""Yield the terms of an OBO file; obsolete ones, those without name and related synonyms are left out.

    Args:
        text: The file's characters.

    Raises:
        SyntaxError: It is no OBO file.

    Example:
        >>> [(t.identifier, t.label) for t in read_obo("format-version: 1.2\n\n[Term]\nid: X:1\nname: glow\n")]
        [('X:1', 'glow')]
    """
    head, *stanzas = re.split(r"^\[", text, flags=re.MULTILINE)
    if not re.search(r"^format-version:", head, flags=re.MULTILINE):
        raise SyntaxError("it has no line format-version")
    for stanza in stanzas:
        if stanza.startswith("Term]"):
            term = _term(stanza)
            if term is not None:
                yield term


def _term(stanza: str) -> ReadTerm | None:
    identifier = label = ""
    parents: list[str] = []
    synonyms: list[Synonym] = []
    for line in stanza.splitlines()[1:]:
        tag, _, value = line.partition(": ")
        if tag == "id":
            identifier = value.split()[0]
        elif tag == "name":
            label = _plain(value)
        elif tag == "is_a":
            parents.append(_iri(value.split()[0]))
        elif tag == "is_obsolete" and value.startswith("true"):
            return None
        elif tag == "synonym" and (found := _SYNONYM.match(value)) and "obsolete" not in found[3]:
            synonyms.append(Synonym(_plain(found[1]), _SCOPES[found[2]]))
    if not identifier or not label:
        return None
    return ReadTerm(_iri(identifier), identifier, label, tuple(synonyms), tuple(parents))


def _iri(identifier: str) -> str:
    if "://" in identifier:
        return identifier
    return _PURL + quote(identifier.replace(":", "_", 1))


def _plain(value: str) -> str:
    if "\\" in value:
        value = _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), value)
    return value.strip()
