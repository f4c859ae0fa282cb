"""Which parts of a document tell of which patient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hfskg.reading.document import Block, Document, Sentence, Table
from hfskg.reading.people import introduces_patient

__all__ = ["CaseText", "find_cases"]

_RUNNING = ("paragraph", "item", "figure")
_TABLE_NUMBER = re.compile(r"\bTable\s+([\dIVXS]+)", re.I)
_LABEL_NUMBER = re.compile(r"\b(?:patient|case)s?\s+(\w+)", re.I)


@dataclass(frozen=True, slots=True)
class CaseText:
    """The parts of a document that tell of one patient.

    Attributes:
        number: Place in the document, from 1.
        label: "Patient 1" as the document labels the patient, or by number.
        sentences: In document order.
        tables: The tables of this patient.
    """

    number: int
    label: str
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]


def find_cases(document: Document) -> list[CaseText]:
    """Return the cases of a document.

    Labelled headings ("Patient 1") come first, then numbered items that introduce a patient, then the case
    section as one patient, then the stretch from the sentence that introduces a patient to the discussion.
    """
    parts = _headed(document) or _numbered(document) or _single(document)
    labels = [label for label, _ in parts]
    tables = [block.table for block in document.blocks if block.table]
    cases = []
    for number, (label, sentences) in enumerate(parts, start=1):
        own = tuple(t for t in tables if _owner(t, labels, [s for _, s in parts], document) == number - 1)
        cases.append(CaseText(number, label, tuple(sentences), own))
    return cases


def _sentences(document: Document, places: Sequence[int]) -> list[Sentence]:
    wanted = set(places)
    return [sentence for sentence in document.sentences if sentence.block in wanted]


def _headed(document: Document) -> list[tuple[str, list[Sentence]]]:
    parts: list[tuple[str, list[int]]] = []
    inside = False
    for place, block in enumerate(document.blocks):
        if block.kind == "heading":
            if block.label:
                parts.append((_tidy(block.label), []))
            inside = bool(block.label) or (inside and block.role == "case")
        elif inside and block.kind in _RUNNING and block.role == "case":
            parts[-1][1].append(place)
    found = [(label, _sentences(document, places)) for label, places in parts]
    return [(label, sentences) for label, sentences in found if sentences]


def _numbered(document: Document) -> list[tuple[str, list[Sentence]]]:
    parts: list[tuple[str, list[int]]] = []
    for place, block in enumerate(document.blocks):
        if block.kind == "item" and block.role in ("", "case") and _introduces(document, place):
            parts.append((f"Case {block.label}", [place]))
        elif parts and block.kind == "paragraph" and block.role == document.blocks[parts[-1][1][0]].role:
            parts[-1][1].append(place)
        elif block.kind == "heading" and parts and block.role != document.blocks[parts[-1][1][0]].role:
            break
    return [(label, _sentences(document, places)) for label, places in parts]


def _introduces(document: Document, place: int) -> bool:
    first = next((s for s in document.sentences if s.block == place and len(s.tokens) > 2), None)
    return first is not None and introduces_patient(document, first)


def _single(document: Document) -> list[tuple[str, list[Sentence]]]:
    places = [p for p, block in enumerate(document.blocks) if block.role == "case" and block.kind in _RUNNING]
    sentences = _sentences(document, places)
    if not any(introduces_patient(document, s) for s in sentences):
        sentences = sentences or _introduced(document)
    return [("Patient 1", sentences)] if sentences else []


def _introduced(document: Document) -> list[Sentence]:
    """Return the sentences from the one that introduces a patient to the end of its section."""
    running = [s for s in document.sentences if _open(document.blocks[s.block])]
    for at, sentence in enumerate(running):
        if introduces_patient(document, sentence):
            role = document.blocks[sentence.block].role
            return [s for s in running[at:] if document.blocks[s.block].role == role]
    return []


def _open(block: Block) -> bool:
    return block.kind in _RUNNING and block.role in ("", "background")


def _tidy(label: str) -> str:
    word, _, number = label.partition(" ")
    return f"{word.capitalize()} {number.strip()}"


def _owner(table: Table, labels: Sequence[str], parts: Sequence[Sequence[Sentence]], document: Document) -> int | None:
    """Return which case a table tells of: the one its caption names, else the one whose text refers to it."""
    named = _LABEL_NUMBER.search(table.caption.text)
    if named and len(labels) > 1:
        numbers = [label.rpartition(" ")[2].casefold() for label in labels]
        if named[1].casefold() in numbers:
            return numbers.index(named[1].casefold())
    number = _TABLE_NUMBER.match(table.caption.text)
    if not number:
        return 0 if len(parts) == 1 else None
    for at, sentences in enumerate(parts):
        for sentence in sentences:
            if number[1] in _TABLE_NUMBER.findall(document.text[sentence.start : sentence.end]):
                return at
    return None
