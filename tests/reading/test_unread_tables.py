from __future__ import annotations

import pytest

from hfskg.reading.unread_tables import table_numbers
from reading.helpers import document, units


def numbers(table: str, caption: str = "Table 1. Course") -> list[str]:
    parsed = document(f"Case report\n\n{caption}\n\n{table}\n")
    (found,) = (block.table for block in parsed.blocks if block.table)
    return [parsed.text[n.start : n.end] for n in table_numbers(found, units())]


@pytest.mark.parametrize(
    "table",
    [
        "Test\tDay 3\tDay 5\nFoobar (ng/mL)\t22\t33\nOther\t44\t55",
        "Test\tUnit\tDay 3\tDay 5\nFoobar\tng/mL\t22\t33\nOther\t\t44\t55",
        "Test\tDay 3\tDay 5\nFoobar\t22 ng/mL\t33 ng/mL\nOther\t44\t55",
        "Day\tFoobar (ng/mL)\tOther\n3\t22\tgood\n5\t33\tgood",
    ],
)
def test_a_number_has_a_unit_from_its_cell_or_from_a_head(table: str) -> None:
    assert numbers(table) == ["22", "33"]


def test_reference_ranges_are_none() -> None:
    assert numbers("Test\tNormal range\tDay 3\nFoobar (ng/mL)\t22-33\t44\nBarfoo (ng/mL)\t55-66\t77") == ["44", "77"]


def test_a_table_of_criteria_has_none() -> None:
    table = "Test\tDay 3\tDay 5\nFoobar (ng/mL)\t22\t33\nBarfoo (ng/mL)\t44\t55"
    assert numbers(table, "Table 1. Diagnostic criteria") == []


def test_words_are_no_numbers() -> None:
    assert numbers("Test\tDay 3\tDay 5\nFoobar (ng/mL)\tnot done\t33\nBarfoo (ng/mL)\t\t2 of 5") == ["33"]
