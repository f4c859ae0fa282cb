"""Which parts of a document tell of which patient."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hfskg.reading.annotated import cue_matcher
from hfskg.reading.document import Block, Document, Sentence, Table
from hfskg.reading.numbers import parse_integer
from hfskg.reading.people import introduces_patient, is_newborn, opens_with_patient, presents_patient
from hfskg.reading.structure import is_legend
from hfskg.reading.table_heads import patient_number

__all__ = ["CaseText", "find_cases"]

_RUNNING = ("paragraph", "item", "figure")
_TABLE_NUMBER = re.compile(r"\bTable\s+([\dIVXS]+)", re.I)
_REFERENCES = re.compile(
    r"\bTables?\s+((?:S?\d+|[IVX]+)\b[a-z]?(?:\s*(?:,|and|&|[-–−]|to)\s*(?:S?\d+|[IVX]+)\b)*)", re.I
)
_NAMED = re.compile(
    r"(?:In |The |Our )?(?:(?:patient|case)\s+(?:no\.?\s*|#\s*)?(?P<number>\d{1,2}|one|two|three|four|five|six)\b"
    r"|(?P<ordinal>first|second|third|fourth|fifth|sixth)\s+(?:patient|case)\b)",
    re.I,
)
_KINDS = frozenset({"patient", "case"})
_OTHER_SECTIONS = frozenset({"abstract", "background", "discussion"})
_SPOKEN = re.compile(
    r"\b(?:the|our|this) (?:patient|child|infant|neonate|boy|girl|man|woman)\b|^(?:s?he|his|her)\b", re.I
)
_SPOKEN_OFTEN = 3
_OPENING = 120
_LABEL_NUMBER = re.compile(r"\b(?:patient|case)s?\s+(\w+)", re.I)


@dataclass(frozen=True, slots=True)
class CaseText:
    """The parts of a document that tell of one patient.

    Attributes:
        number: Place in the document, from 1.
        label: "Patient 1" as the document labels the patient, or by number.
        sentences: In document order.
        tables: The tables of this patient.
        returns: The sentences of other sections that speak of this patient.
        newborn: Whether the patient is introduced as a newborn or an infant.
    """

    number: int
    label: str
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
    returns: tuple[Sentence, ...] = ()
    newborn: bool = False


def find_cases(document: Document) -> list[CaseText]:
    """Return the cases of a document.

    Labelled headings ("Patient 1") come first, then numbered items that introduce a patient, then paragraphs that
    introduce one patient after the other, then the case section as one patient, then the stretch from the sentence
    that introduces a patient to the discussion, and then a text without sections that goes on about somebody.
    """
    parts = _headed(document) or _numbered(document) or _told_apart(document) or _single(document)
    labels = [label for label, _ in parts]
    tables = [(block.table, block.role) for block in document.blocks if block.table]
    owned = [_owners(table, labels, [s for _, s in parts], document, role) for table, role in tables]
    cases = []
    for number, (label, sentences) in enumerate(parts, start=1):
        own = tuple(t for (t, _), owners in zip(tables, owned, strict=True) if number - 1 in owners)
        returns = tuple(_returns(document)) if len(parts) == 1 else ()
        cases.append(CaseText(number, label, tuple(sentences), own, returns, is_newborn(document, sentences)))
    return cases


def _sentences(document: Document, places: Sequence[int]) -> list[Sentence]:
    wanted = set(places)
    return [s for s in document.sentences if s.block in wanted and not _explains(document, s)]


def _explains(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence of a caption explains abbreviations."""
    return document.blocks[sentence.block].kind == "figure" and is_legend(_line(document, sentence))


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


def _told_apart(document: Document) -> list[tuple[str, list[Sentence]]]:
    """Return several patients whom the paragraphs of the case section introduce one after the other.

    A paragraph introduces a patient where it begins with "Patient 2", "The second patient" or "A 9-year-old girl".
    """
    parts: list[tuple[str, list[int]]] = []
    for place, block in enumerate(document.blocks):
        if block.role != "case" or block.kind not in _RUNNING:
            continue
        start = " ".join(document.text[block.start : block.start + _OPENING].split())
        opens = block.kind == "paragraph" and opens_with_patient(start)
        named = _NAMED.match(start)
        number = parse_integer(named["number"] or named["ordinal"]) if named else None
        if number or opens:
            parts.append((f"Patient {number or len(parts) + 1}", [place]))
        elif parts:
            parts[-1][1].append(place)
    labels = [label for label, _ in parts]
    if len(parts) < 2 or len(set(labels)) < len(labels):
        return _named_in_turn(document)
    return [(label, _sentences(document, places)) for label, places in parts]


def _named_in_turn(document: Document) -> list[tuple[str, list[Sentence]]]:
    """Return several patients whom the sentences of the case section name and introduce one after the other."""
    parts: list[tuple[str, list[Sentence]]] = []
    for sentence in document.sentences:
        block = document.blocks[sentence.block]
        if block.role != "case" or block.kind not in _RUNNING:
            continue
        named = _NAMED.match(_line(document, sentence))
        number = parse_integer(named["number"] or named["ordinal"]) if named else None
        if number == len(parts) + 1 and introduces_patient(document, sentence):
            parts.append((f"Patient {number}", [sentence]))
        elif parts:
            parts[-1][1].append(sentence)
    return parts if len(parts) > 1 else []


def _single(document: Document) -> list[tuple[str, list[Sentence]]]:
    places = [p for p, block in enumerate(document.blocks) if block.role == "case" and block.kind in _RUNNING]
    sentences = _sentences(document, places)
    if not any(introduces_patient(document, s) for s in sentences):
        introduced = _introduced(document)
        if introduced and (not sentences or _reports(document, introduced[0])):
            sentences = [*introduced, *sentences]
    sentences = sentences or _spoken_of(document)
    return [("Patient 1", sentences)] if sentences else []


def _spoken_of(document: Document) -> list[Sentence]:
    """Return all sentences of a text without sections that tells of one person whom it does not introduce."""
    if any(block.role for block in document.blocks):
        return []
    running = [s for s in document.sentences if document.blocks[s.block].kind in _RUNNING]
    spoken = sum(bool(_SPOKEN.search(_line(document, sentence))) for sentence in running)
    return running if spoken >= _SPOKEN_OFTEN else []


def _introduced(document: Document) -> list[Sentence]:
    """Return the sentences from the one that introduces a patient to the end of its section."""
    running = [s for s in document.sentences if _open(document.blocks[s.block])]
    first = next((at for at, s in enumerate(running) if introduces_patient(document, s)), None)
    if first is None:
        first = next((at for at, s in enumerate(running) if presents_patient(_line(document, s))), None)
    if first is None:
        return []
    role = document.blocks[running[first].block].role
    return [s for s in running[first:] if document.blocks[s.block].role == role]


def _reports(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence that introduces a patient speaks of the one of the report."""
    told = {dict(row)["role"] for match in cue_matcher("returns").find(sentence.tokens) for row in match.values}
    return "any" in told or opens_with_patient(_line(document, sentence))


def _line(document: Document, sentence: Sentence) -> str:
    return " ".join(document.text[sentence.start : sentence.end].split())


def _open(block: Block) -> bool:
    return block.kind in _RUNNING and block.role in ("", "background", "abstract")


def _tidy(label: str) -> str:
    """Return a label as people cite it.

    Example:
        >>> _tidy("Case report  no. 2"), _tidy("the second patient"), _tidy("CASE IV")
        ('Case 2', 'Patient 2', 'Case IV')
    """
    words = re.findall(r"\w+", label)
    kind = next(word.capitalize() for word in words if word.casefold() in _KINDS)
    told = next((word for word in words if parse_integer(word) is not None), words[-1])
    number = parse_integer(told)
    return f"{kind} {number if number is not None else told}"


def _returns(document: Document) -> Iterator[Sentence]:
    """Yield the sentences of other sections that speak of the report's only patient, and do not muse.

    What goes on from such a sentence in its paragraph ("He had ...") speaks of the patient too.
    """
    cues = cue_matcher("returns")
    spoken = -1
    for sentence in document.sentences:
        role = document.blocks[sentence.block].role
        if role not in _OTHER_SECTIONS:
            continue
        found = [(match.first, dict(row)["role"]) for match in cues.find(sentence.tokens) for row in match.values]
        goes_on = sentence.block == spoken and (0, "next") in found
        if not goes_on and not any(told in ("any", role) for _, told in found):
            spoken = -1
            continue
        spoken = sentence.block
        hedges = (dict(row)["kind"] for match in cue_matcher("hedges").find(sentence.tokens) for row in match.values)
        if "hedged" not in hedges:
            yield sentence


def _owners(
    table: Table, labels: Sequence[str], parts: Sequence[Sequence[Sentence]], document: Document, role: str
) -> frozenset[int]:
    """Return which cases a table tells of.

    The caption may name the case, the rows or columns several; else those count whose text refers to the table,
    and for a single case a table that stands in its section and has no number, or one that no text refers to.
    """
    numbers = [label.rpartition(" ")[2].casefold() for label in labels]
    named = _LABEL_NUMBER.search(table.caption.text)
    if named and len(labels) > 1 and named[1].casefold() in numbers:
        return frozenset({numbers.index(named[1].casefold())})
    corner = table.header.head.text
    heads = [patient_number(cell.text) for cell in table.header.cells]
    listed = {*heads, *(patient_number(row.head.text, corner) for row in table.rows)}
    if len(labels) > 1 and len(listed.intersection(numbers)) > 1:
        return frozenset(at for at, number in enumerate(numbers) if number in listed)
    number = _TABLE_NUMBER.match(table.caption.text)
    if not number:
        return frozenset({0}) if len(parts) == 1 and role in ("", "case") else frozenset()
    for at, sentences in enumerate(parts):
        if any(number[1].casefold() in _referred(document.text[s.start : s.end]) for s in sentences):
            return frozenset({at})
    if len(parts) > 1 or role not in ("", "case"):
        return frozenset()
    referred = (_referred(document.text[s.start : s.end]) for s in document.sentences)
    return frozenset() if any(number[1].casefold() in numbers for numbers in referred) else frozenset({0})


def _referred(text: str) -> set[str]:
    """Return the numbers of the tables that a text refers to: "Table 1", "Tables 1 and 2", "Tables 1-3".

    Example:
        >>> sorted(_referred("as shown (Tables 1 and 2; Tables 4-6)"))
        ['1', '2', '4', '5', '6']
    """
    found: set[str] = set()
    for series in _REFERENCES.findall(text):
        for part in re.split(r"\s*(?:,|and|&)\s*", series):
            first, _, last = (piece.strip() for piece in re.sub(r"\bto\b|[–−]", "-", part).partition("-"))
            if first.isdigit() and last.isdigit():
                found.update(str(n) for n in range(int(first), int(last) + 1))
            found.update(piece.casefold() for piece in (first, last) if piece)
    return found
