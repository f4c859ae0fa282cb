"""Laboratory values in prose and in tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import cast

from hfskg.reading.annotated import Annotated
from hfskg.reading.document import Cell, Document, Row, Sentence, Table
from hfskg.reading.drafts import Draft
from hfskg.reading.evidence import evidence_at
from hfskg.reading.mentions import Mention, MentionFinder
from hfskg.reading.numbers import parse_decimal
from hfskg.reading.quantities import Amount
from hfskg.reading.times import column_time
from hfskg.reading.tokens import tokenize
from hfskg.record import Comparator, Evidence, LaboratoryMeasurement, Quantity, TermRef, Time
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["read_laboratory", "read_laboratory_table"]

_REACH = 25
_LINKS = frozenset("of was were is : = - – ( [ , at to level levels value values count titer titers as a an the with".split())
_REFERENCE = re.compile(r"\b(?:normal|reference|ref|range|nr|limit|cut-?off|threshold|norm)\b", re.I)
_CELL = re.compile(r"^(?P<sign>[<>≤≥]?)\s*(?P<number>\d[\d,.·  ]*?)(?P<mark>[a-e*†‡§]{0,2})%?$")
_SIGNS = {"": "=", "<": "<", ">": ">", "≤": "<=", "≥": ">="}
_DAYS = re.compile(r"\bdays?\b", re.I)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


def read_laboratory(annotated: Annotated, vocabulary: Vocabulary, units: UnitTable) -> Iterator[Draft]:
    """Yield the laboratory values that a sentence tells.

    A value belongs to the nearest analyte before it that may have its unit. Reference ranges are none.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
        units: The units that are known.
    """
    anchors = _anchors(annotated, vocabulary)
    taken: dict[int, int] = {}
    series = _respectively(annotated, anchors, vocabulary, units)
    for amount in annotated.amounts:
        anchor = series.get(amount.number) or _anchor(annotated, amount, anchors, vocabulary, units)
        if anchor is None:
            continue
        mention, analyte = anchor
        depth = taken.get(mention.first)
        if amount.bound or (depth is not None and amount.depth > depth) or _is_reference(annotated, amount):
            continue
        if depth is not None and amount.depth == depth > 0 and mention.last <= amount.first:
            continue
        taken[mention.first] = amount.depth
        yield _draft(annotated, mention, analyte, amount, vocabulary, units)


def _anchors(annotated: Annotated, vocabulary: Vocabulary) -> list[tuple[Mention, str]]:
    """Return the mentions that name an analyte, directly or by the finding that its value shows."""
    anchors = []
    for mention in annotated.of_kind(Kind.ANALYTE, Kind.FINDING, Kind.DISEASE):
        if mention.term.kind is Kind.ANALYTE:
            anchors.append((mention, mention.term.iri))
        elif mention.term.iri in vocabulary.shown_by:
            anchors.append((mention, vocabulary.shown_by[mention.term.iri]))
    return anchors


def _anchor(
    annotated: Annotated, amount: Amount, anchors: Sequence[tuple[Mention, str]], vocabulary: Vocabulary, units: UnitTable
) -> tuple[Mention, str] | None:
    before = [a for a in anchors if a[0].last <= amount.first and amount.first - a[0].last <= _REACH]
    for mention, analyte in reversed(before):
        between = annotated.words[mention.last : amount.first]
        if ";" in between:
            return None
        if amount.unit is not None:
            if units.allows(analyte, amount.unit):
                return mention, analyte
        elif units.unitless(analyte) and all(word in _LINKS for word in between) and _ends_clause(annotated, amount):
            return mention, analyte
    return None


def _ends_clause(annotated: Annotated, amount: Amount) -> bool:
    return amount.last >= len(annotated.words) or annotated.words[amount.last] in (")", "]", ",", ";", ".", "and", "(")


def _respectively(
    annotated: Annotated, anchors: Sequence[tuple[Mention, str]], vocabulary: Vocabulary, units: UnitTable
) -> dict[int, tuple[Mention, str]]:
    """Pair "ALT and AST were 163 and 825 U/L, respectively" in order."""
    if "respectively" not in annotated.words:
        return {}
    end = annotated.words.index("respectively")
    amounts = [a for a in annotated.amounts if a.last <= end and a.unit is not None]
    run = [a for a in amounts if a.unit == amounts[-1].unit] if amounts else []
    named = [a for a in anchors if run and a[0].last <= run[0].first and units.allows(a[1], cast("str", run[0].unit))]
    if len(run) < 2 or len(named) < len(run):
        return {}
    return {amount.number: anchor for amount, anchor in zip(run, named[-len(run) :], strict=True)}


def _is_reference(annotated: Annotated, amount: Amount) -> bool:
    """Tell whether a number in brackets gives a reference, because the bracket says so before it."""
    if amount.depth == 0:
        return False
    first = amount.first
    while first > 0 and annotated.words[first - 1] not in "([;":
        first -= 1
    return bool(_REFERENCE.search(" ".join(annotated.words[first : amount.first])))


def _draft(
    annotated: Annotated, mention: Mention, analyte: str, amount: Amount, vocabulary: Vocabulary, units: UnitTable
) -> Draft:
    first, last = min(mention.first, amount.first), max(mention.last, amount.last)
    return Draft(
        LaboratoryMeasurement,
        _fields(vocabulary.terms[analyte].ref, amount.comparator, amount.value, amount.unit, units),
        annotated.evidence((first, last - 1)),
        annotated.time_at(first, last),
    )


def _fields(analyte: TermRef, comparator: Comparator, value: Decimal, unit: str | None, units: UnitTable) -> dict[str, object]:
    quantity = Quantity(value=value, unit=unit, unit_label=units.label(unit) if unit else None)
    return {
        "analyte": analyte,
        "comparator": comparator,
        "quantity": quantity,
        "standard_quantity": units.standard(analyte.iri, quantity),
    }


def read_laboratory_table(
    document: Document, table: Table, finder: MentionFinder, vocabulary: Vocabulary, units: UnitTable
) -> Iterator[Draft]:
    """Yield the laboratory values of a table whose rows are analytes and whose columns are times, or the reverse.

    Args:
        document: The document.
        table: The table.
        finder: The document's mention finder.
        vocabulary: The vocabulary.
        units: The units that are known.
    """
    days = bool(_DAYS.search(table.header.head.text)) or bool(_DAYS.search(table.caption.text))
    times = [column_time(cell.text, days) for cell in table.header.cells]
    if any(times):
        for row in table.rows:
            head = _analyte(row.head.text, finder, vocabulary, units)
            if head:
                for cell, time in zip(row.cells, times, strict=False):
                    yield from _cell(document, row, cell, head, time, units)
        return
    heads = [_analyte(cell.text, finder, vocabulary, units) for cell in table.header.cells]
    for row in table.rows:
        time = column_time(row.head.text, days)
        if time and any(heads):
            for cell, column in zip(row.cells, heads, strict=False):
                if column:
                    yield from _cell(document, row, cell, column, time, units)


def _analyte(
    head: str, finder: MentionFinder, vocabulary: Vocabulary, units: UnitTable
) -> tuple[TermRef, str | None] | None:
    """Return the analyte and unit that the head of a row or column names, or None."""
    tokens = tuple(tokenize(head))
    if not tokens:
        return None
    named = next((m for m in finder.find(Sentence(tokens, 0)) if m.term.kind is Kind.ANALYTE), None)
    if named is None:
        return None
    behind = head[tokens[named.last - 1].end :]
    parts = [part.strip() for bracket in _BRACKETS.findall(behind) for part in re.split(r"[,;]", bracket)]
    for part in (*parts, behind.strip(" ,:()[]")):
        unit = units.lookup(part) or units.lookup(re.sub(r"^[\d.,<>≤≥–\s-]+", "", part))
        if unit is not None:
            return named.term.ref, str(unit)
    return named.term.ref, None


def _cell(
    document: Document, row: Row, cell: Cell, head: tuple[TermRef, str | None], time: Time | None, units: UnitTable
) -> Iterator[Draft]:
    match = _CELL.match(cell.text)
    value = parse_decimal(match["number"]) if match else None
    if match is None or value is None:
        return
    end = cell.start + match.end("number")
    evidence = (evidence_at(document, cell.start, end), *_row_head(document, row))
    comparator = cast("Comparator", _SIGNS[match["sign"]])
    yield Draft(LaboratoryMeasurement, _fields(head[0], comparator, value, head[1], units), evidence, time)


def _row_head(document: Document, row: Row) -> Iterator[Evidence]:
    if row.head.text:
        yield evidence_at(document, row.head.start, row.head.end)
