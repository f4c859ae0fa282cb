"""Laboratory values in tables: analytes as rows or columns, times as the other, units in heads, cells or a column.

A table is read row by row. The head of a column says when its values were measured, that they are a reference
range, or that they are another patient's; a cell that names an analyte begins a new series within the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import cast

from hfskg.reading.document import Cell, Document, Row, Sentence, Table
from hfskg.reading.drafts import Draft
from hfskg.reading.evidence import evidence_at
from hfskg.reading.laboratory import laboratory_fields
from hfskg.reading.mentions import MentionFinder
from hfskg.reading.numbers import parse_count, parse_decimal
from hfskg.reading.runs import Run
from hfskg.reading.table_heads import Column, column_of, columns_of, counts_days, is_of_label, tells_of_others
from hfskg.reading.times import column_time
from hfskg.reading.tokens import tokenize
from hfskg.record import Comparator, LaboratoryMeasurement, TermRef, Time
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind

__all__ = ["noted_columns", "read_laboratory_table"]

_NUMBER = r"\d+(?:[.,·]\d+)*(?:[ \u00a0\u2005\u2009\u202f]\d{3})*(?:[.,·]\d+)?(?:[eE][+-]?\d{1,2})?"
_CELL = re.compile(
    rf"^(?P<sign>[<>≤≥⩽⩾~≈]?)\s*(?P<number>{_NUMBER})(?P<mark>[a-e*†‡§#]{{0,2}})(?P<rest>(?![A-Za-z\d]).*)$", re.S
)
_FLAGS = re.compile(r"^[\s*†‡§#↑↓,;]*(?:\(?(?:H|L|HH|LL|high|low|elevated|\+|-)\)?)?[\s*†‡§#↑↓]*$", re.I)
_POWER = re.compile(r"^\s*[×xX*]\s*10\s*\^?(\d{1,2})(?=\D|$)")
_SIGNS = {"": "=", "<": "<", ">": ">", "≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=", "~": "=", "≈": "="}
_MARK = re.compile(r"([a-h*†‡§])\s?(?=[A-Z])")
_REMARK = re.compile(r"[(\[][^()\[\]]*[)\]]")
_BARE = re.compile(r"[^(\[,:;]+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LIMITS = re.compile(r"^[\s\d.,<>≤≥–−-]+|^(?:ref(?:erence)?|normal)\b[.:;]?(?: ranges?)?[\s:]*[\d.,<>≤≥–−-]*", re.I)


@dataclass(frozen=True, slots=True)
class _Head:
    analyte: TermRef
    unit: str | None


def read_laboratory_table(
    document: Document, table: Table, label: str, finder: MentionFinder, units: UnitTable
) -> Iterator[Draft]:
    """Yield the laboratory values that a table tells of one patient.

    Args:
        document: The document.
        table: The table.
        label: The patient's label ("Patient 2"); in a table whose rows or columns name patients only those count.
        finder: The document's mention finder.
        units: The units that are known.
    """
    for part in _side_by_side(table):
        yield from _Reader(document, part, label, finder, units).drafts()


def _side_by_side(table: Table) -> list[Table]:
    """Return the tables that stand side by side in one, each with the same head over its first column.

    Args:
        table: The table; returned as it is where no head repeats that of its first column.
    """
    corner = table.header.head.text.casefold()
    starts = [at for at, cell in enumerate(table.header.cells) if corner and cell.text.casefold() == corner]
    if not starts:
        return [table]
    borders = [-1, *starts, len(table.header.cells)]
    parts = []
    for first, last in pairwise(borders):
        rows = [_stretch(row, first, last) for row in (table.header, *table.rows)]
        header, *others = (row for row in rows if row is not None)
        parts.append(replace(table, header=header, rows=tuple(others)))
    return parts


def _stretch(row: Row, first: int, last: int) -> Row | None:
    """Return the row that begins with one cell (-1: the head) and ends before another, or None if there is none."""
    if first < 0:
        return replace(row, cells=row.cells[:last])
    if first >= len(row.cells) or not row.cells[first].text:
        return None
    return replace(row, head=row.cells[first], cells=row.cells[first + 1 : last])


def noted_columns(table: Table) -> Iterator[tuple[int, int, Time]]:
    """Yield the footnotes that tell of the time of a column: offsets of the note's text, and the column's time.

    The head of the column ends in the note's mark: "+ 45a" and "a Start of the drug".

    Args:
        table: The table.
    """
    days = counts_days(table)
    for note in table.notes:
        mark = _MARK.match(note.text)
        for cell in table.header.cells if mark else ():
            time = column_time(cell.text, days)
            if mark and time and re.search(rf"\d\s?{re.escape(mark[1])}$", cell.text):
                yield note.start + mark.end(), note.end, time


class _Reader:
    def __init__(self, document: Document, table: Table, label: str, finder: MentionFinder, units: UnitTable) -> None:
        self.document = document
        self.table = table
        self.label = label
        self.finder = finder
        self.units = units
        self.days = counts_days(table)

    def drafts(self) -> Iterator[Draft]:
        """Yield the values, by the layout that the heads show."""
        if tells_of_others(self.table, self.label):
            return
        data = self.table.rows
        heads = [self.head(cell.text) for cell in self.table.header.cells]
        columns = columns_of(self.table, self.label)
        if data and not any(heads) and all(column.kind == "unknown" for column in columns):
            second = [column_of(cell.text, self.label, self.days) for cell in data[0].cells]
            if not self.head(data[0].head.text) and any(column.kind != "unknown" for column in second):
                columns, data = second, data[1:]
        if data and any(heads) and all(self.units.lookup(cell.text) or not cell.text for cell in data[0].cells):
            units = [self.units.lookup(cell.text) for cell in data[0].cells]
            heads = [h and _Head(h.analyte, u or h.unit) for h, u in zip(heads, units, strict=False)]
            data = data[1:]
        corner = self.table.header.head.text
        mine = [row for row in data if is_of_label(row.head.text, self.label, corner)]
        timed = [(row, column_time(row.head.text, self.days)) for row in data]
        if any(heads) and (mine or any(time for _, time in timed)):
            for row, time in [(row, None) for row in mine] or timed:
                if time or mine:
                    yield from self.across(row, heads, time)
            return
        if self.head(self.table.header.head.text) and any(self.value(cell, None) for cell in self.table.header.cells):
            data, columns = (self.table.header, *data), []
        elif not any(column.kind != "unknown" for column in columns):
            columns = []
        for row in data:
            yield from self.along(row, columns)

    def head(self, text: str) -> _Head | None:
        """Return the analyte and unit that the head of a row or column names, or None."""
        return next(iter(self.heads(text)), None)

    def heads(self, text: str) -> list[_Head]:
        """Return the analytes that a head names, each with the unit: two for "PT/INR (s)"."""
        tokens = Run(tokenize(text))
        named = [m for m in self.finder.find(Sentence(tokens, 0)) if m.term.kind is Kind.ANALYTE]
        bare = _BARE.match(text)
        term = self.finder.table_term(bare[0]) if bare else None
        if term is not None and not (named and named[0].first == 0):
            return [self.head_of(term.ref, text[bare.end() if bare else 0 :])]
        joined = [m for m in named[1:2] if [t.text for t in tokens[named[0].last : m.first]] == ["/"]]
        return [self.head_of(m.term.ref, text[tokens[m.last - 1].end :]) for m in (*named[:1], *joined)]

    def head_of(self, analyte: TermRef, behind: str) -> _Head:
        """Return the head of an analyte with the unit that the text behind its name prints."""
        parts = [part.strip() for bracket in _BRACKETS.findall(behind) for part in re.split(r"[,;]", bracket)]
        around = behind.partition("(")[0], behind, behind.partition(")")[2]
        for part in (*parts, *(text.strip(" ,:()[]") for text in around)):
            unit = self.units.lookup(part) or self.units.lookup(_LIMITS.sub("", part))
            if unit is not None:
                return _Head(analyte, unit)
        return _Head(analyte, None)

    def across(self, row: Row, heads: Sequence[_Head | None], time: Time | None) -> Iterator[Draft]:
        """Yield the values of a row whose columns are analytes."""
        for cell, head in zip(row.cells, heads, strict=False):
            if head:
                yield from self.draft(row, cell, head, time, None)

    def along(self, row: Row, columns: Sequence[Column]) -> Iterator[Draft]:
        """Yield the values of a row that names its analytes, one or more."""
        both = self.heads(row.head.text)
        head = next(iter(both), None)
        kinds = [(cell.text, column.kind) for cell, column in zip(row.cells, columns, strict=False)]
        printed = [text for text, kind in kinds if kind == "unit"]
        printed += [_LIMITS.sub("", text) for text, kind in kinds if kind == "reference"]
        unit = next((unit for text in printed if (unit := self.units.lookup(text))), None)
        for place, cell in enumerate(row.cells):
            column = columns[place] if place < len(columns) else Column("unknown", None)
            if columns and column.kind not in ("time", "value"):
                continue
            if not columns and cell.text[:1].isalpha() and not self.units.lookup(cell.text):
                head, unit = self.head(cell.text), None
            elif head and len(both) > 1 and len(parts := _parts(cell)) == len(both):
                for part, one in zip(parts, both, strict=True):
                    yield from self.draft(row, part, one, column.time, unit)
            elif head:
                behind = row.cells[place + 1].text if not columns and place + 1 < len(row.cells) else ""
                yield from self.draft(row, cell, head, column.time, unit or self.units.lookup(behind), behind)

    def draft(
        self, row: Row, cell: Cell, head: _Head, time: Time | None, unit: str | None, behind: str = ""
    ) -> Iterator[Draft]:
        """Yield the value of a cell, if it holds one; its unit may go on in the cell behind it."""
        found = self.value(cell, head, behind)
        if found is None:
            return
        comparator, value, own, end = found
        unit = own or head.unit or unit
        if unit is not None and not (self.units.allows(head.analyte.iri, unit) or self.units.is_laboratory(unit)):
            unit = None
        if unit is None and not self.units.unitless(head.analyte.iri) and own is not None:
            return
        if unit is not None and self.units.counts_wholes(unit):
            number = _CELL.match(cell.text)
            value = parse_count(number["number"] if number else "") or value
        evidence = [evidence_at(self.document, cell.start, end)]
        if row.head.text and row.head.start != cell.start:
            evidence.append(evidence_at(self.document, row.head.start, row.head.end))
        fields = laboratory_fields(head.analyte, comparator, value, unit, self.units)
        yield Draft(LaboratoryMeasurement, fields, tuple(evidence), time, cell=True)

    def value(
        self, cell: Cell, head: _Head | None, behind: str = ""
    ) -> tuple[Comparator, Decimal, str | None, int] | None:
        """Return comparator, value, unit and end of the number in a cell, or None if it holds no single number."""
        match = _CELL.match(cell.text)
        value = parse_decimal(match["number"]) if match else None
        if match is None or value is None:
            return None
        comparator = cast("Comparator", _SIGNS[match["sign"]])
        rest, end = match["rest"], cell.start + match.end("number")
        if _FLAGS.match(rest):
            return comparator, value, None, end
        printed = rest.strip().rstrip("*†‡§#↑↓ ")
        printed = re.sub(
            r"\s*[(\[](?:H|L|high|low|elevated|normal|ref\b[^)]*|[\d.,–-]+)[)\]]$", "", printed, flags=re.I
        )
        if not printed:
            return comparator, value, None, end
        unit = self.units.lookup(printed) or self.units.lookup(printed.strip("()[]"))
        if unit is not None:
            return comparator, value, unit, cell.start + match.start("rest") + rest.index(printed) + len(printed)
        if _REMARK.fullmatch(rest.strip()):
            return comparator, value, None, end
        power = _POWER.match(rest)
        whole = self.units.lookup(rest.strip() + behind) if power and behind else None
        if whole is not None:
            return comparator, value, whole, end
        if power and (head is None or head.unit is not None or not rest[power.end() :].strip()):
            return (
                comparator,
                value * Decimal(10) ** int(power[1]),
                None,
                cell.start + match.start("rest") + power.end(),
            )
        return None


def _parts(cell: Cell) -> list[Cell]:
    """Return the parts of a cell that a slash divides ("24.1/1.7"), each with its own characters."""
    return [Cell(cell.start + m.start(), cell.start + m.end(), m[0]) for m in re.finditer(r"[^/\s]+", cell.text)]
