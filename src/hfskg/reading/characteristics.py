"""Tables of patients: a patient per column or row, and in the cells what they had, were given and came to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hfskg.reading.cues import fitting
from hfskg.reading.document import Cell, Document, Sentence, Table
from hfskg.reading.evidence import evidence_at
from hfskg.reading.people import sex_of
from hfskg.reading.runs import Run
from hfskg.reading.sentences import split_run
from hfskg.reading.table_heads import columns_of, is_of_label, tells_of_others
from hfskg.reading.tokens import tokenize
from hfskg.record import Attribute

__all__ = ["Characteristic", "characteristics"]

_AGE = re.compile(
    r"(?<![\d.])(?P<age>\d{1,3}(?:\.\d)?)(?:\s?(?P<unit>years?|yrs?|y|months?|mo|m|weeks?|days?)\b)?", re.I
)
_UNIT = re.compile(r"\b(month|mo|week|day)", re.I)
_UNITS = {"m": "month", "w": "week", "d": "day", "y": "year"}


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A cell that tells something of one patient.

    Attributes:
        topic: What it tells, as the cue table ``table_topics`` says.
        head: The head that says so.
        cell: The cell.
    """

    topic: str
    head: str
    cell: Cell

    def sentences(self, document: Document, block: int) -> Iterator[Sentence]:
        """Yield the sentences of the cell.

        Args:
            document: The document.
            block: Place of the table's block in the document.
        """
        for run in split_run(document.text, tokenize(document.text, self.cell.start, self.cell.end)):
            yield Sentence(Run(run), block)

    def age(self, document: Document) -> Attribute | None:
        """Return the age that the cell tells, in the unit of the cell or of its head, else in years."""
        match = _AGE.search(self.cell.text) if self.topic in ("age", "both") else None
        if match is None:
            return None
        told = match["unit"] or next(iter(_UNIT.findall(self.head)), "year")
        start = self.cell.start + match.start()
        evidence = evidence_at(document, start, self.cell.start + match.end())
        unit = _UNITS[told[0].casefold()]
        return Attribute.model_validate({"value": match["age"], "unit": unit, "evidence": (evidence,)})

    def sex(self, document: Document) -> Attribute | None:
        """Return the sex that the cell tells."""
        for token in tokenize(document.text, self.cell.start, self.cell.end) if self.topic in ("sex", "both") else ():
            sex = sex_of(token.text)
            if sex:
                return Attribute(value=sex, evidence=(evidence_at(document, token.start, token.end),))
        return None


def _topic(head: str) -> str:
    return fitting("table_topics", "topic", " ".join(head.split()).rstrip(":*†"))


def characteristics(table: Table, label: str) -> Iterator[Characteristic]:
    """Yield the cells of a table that tell something of a patient, by the heads of their rows or columns.

    Args:
        table: The table.
        label: The patient's label.
    """
    if tells_of_others(table, label):
        return
    heads = [cell.text for cell in table.header.cells]
    mine = [at for at, column in enumerate(columns_of(table, label)) if column.kind == "value"]
    for row in table.rows:
        told = [(row.head.text, row.cells[at]) for at in mine if at < len(row.cells)]
        if is_of_label(row.head.text, label, table.header.head.text):
            told += zip(heads, row.cells, strict=False)
        for head, cell in told:
            topic = _topic(head)
            if topic and cell.text:
                yield Characteristic(topic, head, cell)
