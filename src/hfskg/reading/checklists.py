"""Tables that tick off criteria or signs of the patient: a name per row, and whether it was there in a column."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hfskg.reading.annotated import Annotated, annotate
from hfskg.reading.conditions import composed_terms, status_of
from hfskg.reading.cues import fitting
from hfskg.reading.document import Cell, Document, Row, Sentence, Table
from hfskg.reading.drafts import Draft
from hfskg.reading.evidence import evidence_at
from hfskg.reading.mentions import MentionFinder
from hfskg.reading.quantities import Amount, find_amounts
from hfskg.reading.runs import Run
from hfskg.reading.table_heads import Column, columns_of, tells_of_others
from hfskg.reading.tokens import tokenize
from hfskg.record import ClinicalFinding, Diagnosis, TermRef
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["read_checklist"]

_BEYOND: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_DIRECTIONS = {">": "High", ">=": "High", "<": "Low", "<=": "Low"}
_CHOICE = frozenset({"or", "/"})


@dataclass(frozen=True, slots=True)
class _Item:
    """What a row's head names: a finding or disease, and whether the head denies it."""

    term: TermRef
    kind: Kind
    denied: bool


def read_checklist(
    document: Document, table: Table, label: str, finder: MentionFinder, vocabulary: Vocabulary, units: UnitTable
) -> Iterator[Draft]:
    """Yield the diseases and findings that a table ticks off, or shows by a value beyond the criterion's threshold.

    Args:
        document: The document.
        table: The table.
        label: The patient's label.
        finder: The document's mention finder.
        vocabulary: The vocabulary.
        units: The units that are known.
    """
    if tells_of_others(table, label):
        return
    columns = columns_of(table, label)
    own = [at for at, column in enumerate(columns) if column.kind in ("value", "time")]
    if not own and len(columns) == 1 and columns[0].kind == "unknown":
        own = [0]
    ticked = {at for at in own for row in table.rows if _answer(_cell(row, at)) == "tick"}
    for row in table.rows:
        annotated = _head(document, row, finder, units)
        items = _items(annotated, vocabulary) if annotated else []
        thresholds = _thresholds(annotated, document, row, own, units) if items and annotated else []
        for at in own if items else ():
            answer = _answer(_cell(row, at))
            if answer == "dash":
                answer = "absent" if at in ticked else "none"
            elif answer == "tick":
                answer = "present"
            if not answer and at < len(row.cells) and _is_beyond(document, row.cells[at], thresholds, units):
                answer = "present"
            if answer in ("present", "absent"):
                yield from _drafts(document, row, row.cells[at], columns[at], items, answer)


def _answer(text: str) -> str:
    return fitting("table_answers", "answer", " ".join(text.split()).rstrip("*†‡§#"))


def _cell(row: Row, at: int) -> str:
    return row.cells[at].text if at < len(row.cells) else ""


def _head(document: Document, row: Row, finder: MentionFinder, units: UnitTable) -> Annotated | None:
    tokens = Run(tokenize(document.text, row.head.start, row.head.end))
    return annotate(document, Sentence(tokens, 0), finder, units) if tokens else None


def _items(annotated: Annotated, vocabulary: Vocabulary) -> list[_Item]:
    """Return what a row's head names; of "A or B" nothing follows from a tick, so it has none."""
    items: dict[str, _Item] = {}
    either = not _CHOICE.isdisjoint(annotated.words)
    for mention in annotated.of_kind(Kind.DISEASE, Kind.FINDING):
        status = status_of(annotated, mention)
        if status not in ("present", "absent"):
            continue
        terms = composed_terms(annotated, mention, vocabulary) if mention.term.kind is Kind.FINDING else [mention.term]
        for term in [mention.term] if either else terms:
            items[term.iri] = _Item(term.ref, term.kind, status == "absent")
    if not items:
        for mention, amount in zip(annotated.of_kind(Kind.ANALYTE)[:1], annotated.amounts[:1], strict=False):
            direction = _DIRECTIONS.get(amount.comparator)
            for known in vocabulary.abnormalities.get(mention.term.iri, ()):
                if direction and known.direction == direction:
                    term = vocabulary.terms[known.finding]
                    items[term.iri] = _Item(term.ref, term.kind, denied=False)
    return list(items.values()) if len(items) == 1 or not either else []


def _thresholds(
    annotated: Annotated, document: Document, row: Row, own: Sequence[int], units: UnitTable
) -> list[Amount]:
    """Return the thresholds that the row's head or its cells beside the patient's tell."""
    amounts = list(annotated.amounts)
    for at, cell in enumerate(row.cells):
        if at not in own:
            amounts += find_amounts(document, Run(tokenize(document.text, cell.start, cell.end)), units)
    return [amount for amount in amounts if amount.comparator in _BEYOND]


def _is_beyond(document: Document, cell: Cell, thresholds: Sequence[Amount], units: UnitTable) -> bool:
    """Tell whether a cell's value lies beyond the only threshold that its row has in the same unit."""
    values = find_amounts(document, Run(tokenize(document.text, cell.start, cell.end)), units)
    if len(values) != 1 or len({(t.comparator, t.value) for t in thresholds}) != 1:
        return False
    value, threshold = values[0], thresholds[0]
    same = value.unit == threshold.unit or threshold.unit is None
    return (
        same
        and value.comparator in ("=", threshold.comparator)
        and _BEYOND[threshold.comparator](value.value, threshold.value)
    )


def _drafts(
    document: Document, row: Row, cell: Cell, column: Column, items: Sequence[_Item], answer: str
) -> Iterator[Draft]:
    evidence = (
        evidence_at(document, row.head.start, row.head.end),
        evidence_at(document, cell.start, cell.end),
    )
    for item in items:
        if item.denied and answer == "absent":
            continue
        there = answer == "present" and not item.denied
        if item.kind is Kind.DISEASE:
            status = "present" if there else "excluded"
            yield Draft(Diagnosis, {"condition": item.term, "status": status}, evidence, column.time)
        else:
            status = "present" if there else "absent"
            yield Draft(ClinicalFinding, {"finding": item.term, "status": status}, evidence, column.time)
