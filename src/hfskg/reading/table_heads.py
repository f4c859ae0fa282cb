"""What the heads and the caption of a table say: whose results a column holds, when, and whether they are results."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hfskg.reading.cues import fitting, rows
from hfskg.reading.document import Table
from hfskg.reading.times import column_time
from hfskg.record import Time

__all__ = [
    "Column",
    "column_kind",
    "column_of",
    "columns_of",
    "counts_days",
    "is_of_label",
    "patient_number",
    "tells_of_others",
]

_DAYS = re.compile(r"\bdays?\b", re.I)
_PATIENT = re.compile(
    r"(?:(?:patient|case|pat\.?|pt\.?)\s*(?:no\.?|number|#)?\s*|p|#)(?P<number>\d{1,2}|(?<=\s)[A-Z])", re.I
)
_PATIENTS = re.compile(r"(?:patient|case|pt\.?)s?\s*(?:no\.?|numbers?|id|#)?", re.I)
_NUMBER = re.compile(r"#?(?:\d{1,2}|[A-Z])")


@dataclass(frozen=True, slots=True)
class Column:
    """What the head of a column says.

    Attributes:
        kind: ``value`` (this patient's results), ``time`` (the same, at the time that the head tells), ``reference``,
            ``unit``, ``skip`` (others' results) or ``unknown``.
        time: The time that the head tells.
    """

    kind: str
    time: Time | None


@cache
def _captions() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"], re.I), row["kind"]) for row in rows("table_captions"))


def column_kind(head: str) -> str:
    """Return the kind that the cue table gives a column's head, or an empty string.

    Example:
        >>> column_kind("Reference range"), column_kind("Our patient")
        ('reference', 'value')
    """
    return fitting("table_heads", "kind", " ".join(head.split()))


def patient_number(head: str, corner: str = "") -> str | None:
    """Return the number of the patient that a head names, or None.

    Args:
        head: The head of a column or row.
        corner: The head above it, where bare numbers are patients if it says so.

    Example:
        >>> patient_number("Case 2"), patient_number("P3"), patient_number("4", "Patient no."), patient_number("4")
        ('2', '3', '4', None)
    """
    tidy = " ".join(head.split())
    match = _PATIENT.fullmatch(tidy)
    if match:
        return match["number"].casefold()
    if _NUMBER.fullmatch(tidy) and _PATIENTS.fullmatch(" ".join(corner.split())):
        return tidy.lstrip("#").casefold()
    return None


def is_of_label(head: str, label: str, corner: str = "") -> bool | None:
    """Tell whether a head names the patient of a label ("Patient 2"); None where it names no patient by number.

    Args:
        head: The head of a column or row.
        label: The patient's label.
        corner: The head above it; see :func:`patient_number`.

    Example:
        >>> is_of_label("Case 2", "Patient 2"), is_of_label("Case 1", "Patient 2"), is_of_label("Ferritin", "Patient 2")
        (True, False, None)
    """
    number = patient_number(head, corner)
    return None if number is None else number == label.rpartition(" ")[2].casefold()


def counts_days(table: Table) -> bool:
    """Tell whether bare numbers in heads count days, because the corner of the table or its caption says so."""
    return bool(_DAYS.search(table.header.head.text) or _DAYS.search(table.caption.text))


def column_of(head: str, label: str, days: bool) -> Column:
    """Return what the head of a column says.

    Args:
        head: The head's text.
        label: The patient's label.
        days: Whether bare numbers count days.
    """
    tidy = " ".join(head.split())
    mine = is_of_label(tidy, label)
    if mine is not None:
        return Column("value" if mine else "skip", None)
    kind = column_kind(tidy)
    if kind:
        return Column("value", Time(phrase=tidy)) if kind == "extreme" else Column(kind, None)
    time = column_time(tidy, days)
    return Column("time" if time else "unknown", time)


def columns_of(table: Table, label: str) -> list[Column]:
    """Return what the heads of a table's columns say.

    Where all that is understood are reference ranges and units, the other columns are this patient's results.

    Args:
        table: The table.
        label: The patient's label.
    """
    days = counts_days(table)
    columns = [column_of(cell.text, label, days) for cell in table.header.cells]
    if {column.kind for column in columns} & {"value", "time"}:
        return columns
    aside = any(column.kind in ("reference", "unit") for column in columns)
    return [Column("value", None) if aside and column.kind == "unknown" else column for column in columns]


def tells_of_others(table: Table, label: str) -> bool:
    """Tell whether the caption says that the table holds other reports, or criteria without the patient's results.

    Args:
        table: The table.
        label: The patient's label.
    """
    kinds = {kind for pattern, kind in _captions() if pattern.search(table.caption.text)}
    if kinds == {"criteria"}:
        return all(column.kind != "value" or column.time for column in columns_of(table, label))
    return bool(kinds)
