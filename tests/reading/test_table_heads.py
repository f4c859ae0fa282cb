from __future__ import annotations

import pytest

from hfskg.reading.document import Table
from hfskg.reading.table_heads import column_kind, columns_of, counts_days, is_of_label, tells_of_others
from reading.helpers import document

TEST = "Ferritin (ng/mL)\t22\t33\nCRP (mg/L)\t44\t55"


def table(head: str, caption: str = "Table 1. Course") -> Table:
    blocks = document(f"Case report\n\n{caption}\n\n{head}\n{TEST}\n").blocks
    (found,) = (block.table for block in blocks if block.table)
    return found


@pytest.mark.parametrize(
    ("head", "label", "kinds"),
    [
        pytest.param("Test\tPatient 1\tPatient 2", "Patient 1", ["value", "skip"], id="patients by number"),
        pytest.param("Test\tCase B\tcase  a", "Case A", ["skip", "value"], id="patients by letter"),
        pytest.param("Test\tDay 3\tOur patient", "Patient 1", ["time", "value"], id="a day and a patient"),
        pytest.param("Test\tNormal range\tUnit", "Patient 1", ["reference", "unit"], id="no results"),
        pytest.param("Test\tIn our unit\tUnit", "Patient 1", ["value", "unit"], id="a head that is not understood"),
        pytest.param("Test\tIn our unit\tHere", "Patient 1", ["unknown", "unknown"], id="none that is understood"),
        pytest.param("Test\tPeak value\tColour", "Patient 1", ["value", "unknown"], id="an extreme"),
    ],
)
def test_columns_of(head: str, label: str, kinds: list[str]) -> None:
    assert [column.kind for column in columns_of(table(head), label)] == kinds


def test_an_extreme_is_a_time_too() -> None:
    time = columns_of(table("Test\tPeak value\tDay 3"), "Patient 1")[0].time
    assert time is not None
    assert time.phrase == "Peak value"


@pytest.mark.parametrize(
    ("head", "caption", "days"),
    [
        ("Day\t3\t5", "Table 1. Course", True),
        ("Test\t3\t5", "Table 1. Course by day", True),
        ("Test\t3\t5", "Table 1. Course", False),
    ],
)
def test_counts_days(head: str, caption: str, days: bool) -> None:
    assert counts_days(table(head, caption)) is days


@pytest.mark.parametrize(
    ("head", "caption", "others"),
    [
        pytest.param("Test\tDay 3\tDay 5", "Table 1. Course", False, id="a course"),
        pytest.param("Test\tDay 3\tDay 5", "Table 1. Diagnostic criteria", True, id="criteria"),
        pytest.param("Test\tLimit\tOur patient", "Table 1. Diagnostic criteria", False, id="criteria of this patient"),
        pytest.param("Test\tLimit\tOur patient", "Table 1. Previously reported cases", True, id="other reports"),
    ],
)
def test_tells_of_others(head: str, caption: str, others: bool) -> None:
    assert tells_of_others(table(head, caption), "Patient 1") is others


def test_a_head_without_patient_is_of_no_label() -> None:
    assert is_of_label("Day 3", "Patient 3") is None
    assert column_kind("Day 3") == ""
