"""The answers of the canned queries on the seeds, pinned from reading the documents.

`seeds/NAME.tsv` holds the columns of a query that carry meaning, from the default parameters (or those of `asked`),
under a line that says how its rows were checked. `seeds/differences.yaml` lists the rows in which the program still
differs from the documents; everything else has to agree.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from hfskg.queries import load_catalogue, run
from hfskg.store import LocalStore, open_graph

Row: TypeAlias = dict[str, str]

CATALOGUE = load_catalogue()

PINS = Path(__file__).parent / "seeds"

TABLES = "000_3f61defd2982341e.txt"
"""The seed whose laboratory values stand in tables."""

CRITERIA = ("MAS-2016", "HLH-2004", "HScore")
"""The sets whose single items are pinned."""

ANALYTES = {"White blood cells": "leukocyte count", "C-reactive protein": "C-reactive protein"}
"""What the tables call otherwise than the ontology does, or with a capital that stays."""


def folded(text: object) -> str:
    return "" if text is None else " ".join(str(text).split()).replace("True", "true").replace("False", "false")


@cache
def differences() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load((PINS / "differences.yaml").read_text(encoding="utf-8"))
    return loaded


def pinned(name: str) -> tuple[list[str], list[Row]]:
    """Return the columns and the rows of a pinned answer."""
    lines = (PINS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    columns, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return columns, [dict(zip(columns, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def store(built: Path) -> LocalStore:
    return open_graph(built)


def answer(name: str, store: LocalStore, parameters: Mapping[str, str] | None = None) -> list[Row]:
    table = run(CATALOGUE[name], store, dict(parameters or {}))
    return [dict(zip(table.columns, map(folded, row), strict=True)) for row in table.rows]


def asked(name: str, store: LocalStore) -> dict[str, str]:
    """Return the parameters that a query has no default for."""
    if name == "responses":
        return CATALOGUE[name].example
    required = {p.name: p.example for p in CATALOGUE[name].header.parameters if p.required}
    if "case" in required:
        return {"case": next(row["case"] for row in answer("cases", store) if row["label"] == "Case 7")}
    if "statement" in required:
        return {"statement": next(r["statement"] for r in answer("lab-results", store) if r["value"] == "8740")}
    return required


def tells(name: str, row: Row) -> bool:
    """Say whether a row belongs to the pinned part of an answer."""
    if name in ("criteria-items", "criteria-missing") and row["criteria"] not in CRITERIA:
        return False
    if name == "syndromes":
        return {row["present"], row["suspected"], row["excluded"]} != {"0"}
    if name == "graph-summary":
        return row["kind"] in ("patient", "source document")
    if name == "lab-results":
        return row["document"] != TABLES
    return True


def given(name: str, store: LocalStore) -> list[Row]:
    """Return what the program answers, in the columns of the pinned answer and with the labels of the cases."""
    columns, expected = pinned(name)
    labels = {row["case"]: row["label"] for row in answer("cases", store)}
    rows = [row for row in answer(name, store, asked(name, store)) if tells(name, row)]
    for row in rows:
        if "case" in row:
            row["case"] = labels.get(row["case"], "")
    rows = [{column: row[column] for column in columns} for row in rows]
    return judged(rows, expected) if name == "criteria" else rows


def judged(rows: list[Row], expected: list[Row]) -> list[Row]:
    """Put the verdicts that a reader may defend in place of each that is one of them; leave out what is not pinned."""
    key = ("document", "case", "criteria", "timePoint")
    accepted = {tuple(row[column] for column in key): row["verdict"] for row in expected}
    kept = [(row, accepted.get(tuple(row[column] for column in key))) for row in rows]
    return [{**row, "verdict": v if row["verdict"] in v.split("|") else row["verdict"]} for row, v in kept if v]


def line(row: Mapping[str, object], columns: list[str]) -> str:
    assert set(row) <= set(columns), row
    return "\t".join(folded(row.get(column)) for column in columns)


@pytest.mark.slow
@pytest.mark.parametrize("name", CATALOGUE)
def test_a_query_answers_what_the_documents_say(name: str, store: LocalStore) -> None:
    columns, rows = pinned(name)
    expected = Counter(line(row, columns) for row in rows)
    known = differences().get(name, [])
    wanted = Counter(line(entry["expected"], columns) for entry in known if "expected" in entry)
    assert wanted <= expected, "differences.yaml expects a row that is not pinned"
    instead = Counter(line(entry["got"], columns) for entry in known if "got" in entry)
    right = sorted((expected - wanted + instead).elements())
    answered = sorted(line(row, columns) for row in given(name, store))
    told = difflib.unified_diff(right, answered, "the documents, with the known differences", "the program", n=0)
    assert right == answered, "\n".join(["", *told])


WITHOUT_EXAMPLE = {"criteria-items", "criteria-missing", "derived", "evidence", "timeline"}
"""The queries whose example names a patient, a statement or a set of criteria that is not there with the seeds."""


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(CATALOGUE.keys() - WITHOUT_EXAMPLE))
def test_the_example_gives_as_many_rows_as_the_header_says(name: str, store: LocalStore) -> None:
    query = CATALOGUE[name]
    assert len(run(query, store, query.example).rows) == query.header.rows


def test_the_header_says_how_many_rows_the_example_gives() -> None:
    assert {name for name, query in CATALOGUE.items() if query.header.rows is None} == WITHOUT_EXAMPLE


def test_every_query_is_pinned_and_says_how_it_was_checked() -> None:
    assert {path.stem for path in PINS.glob("*.tsv")} == set(CATALOGUE)
    assert all(path.read_text(encoding="utf-8").startswith("# ") for path in PINS.glob("*.tsv"))
    assert differences().keys() <= set(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_pinned_columns_are_columns_of_the_query_and_rows_are_sorted(name: str) -> None:
    columns, rows = pinned(name)
    assert set(columns) <= set(CATALOGUE[name].header.columns)
    assert [line(row, columns) for row in rows] == sorted(line(row, columns) for row in rows)


def test_sentences_and_quotes_stand_in_the_seeds(seeds: list[Path]) -> None:
    text = folded("\n".join(path.read_text(encoding="utf-8") for path in seeds))
    entries = [entry for known in differences().values() for entry in known]
    assert [entry["sentence"] for entry in entries if folded(entry["sentence"]) not in text] == []
    assert [entry for entry in entries if not entry["reason"]] == []
    quotes = {row["quote"] for name in CATALOGUE for row in pinned(name)[1] if "quote" in row}
    assert sorted(quote for quote in quotes if quote not in text) == []


def cells(text: str) -> list[tuple[str, str, str, int, str]]:
    """Return patient, analyte, unit, day and cell of the laboratory tables, read without the reader."""
    found = []
    for patient, body in re.findall(
        r"^Table \d Course of laboratory tests [^\n]* (patient \d)\n(.*?)^a", text, re.M | re.S
    ):
        head, *lines = [row for row in body.splitlines() if row]
        days = [int(day.replace(" ", "")) for day in re.findall(r"[-+] ?\d+|\b0", head)]
        for row in lines:
            told = re.fullmatch(r"(.+?) \((.+?)\) (.+)", row)
            assert told, row
            values = re.findall(r"(?:< )?[\d.,]+|–", told[3])
            found += [
                (patient.capitalize(), told[1], told[2], day, value)
                for day, value in zip(days, values, strict=True)
                if value != "–"
            ]
    return found


@pytest.fixture(scope="module")
def tables(seeds: list[Path]) -> list[tuple[str, str, str, int, str]]:
    return cells(next(path for path in seeds if path.name == TABLES).read_text(encoding="utf-8"))


def number(cell: str) -> Decimal:
    return Decimal(cell.removeprefix("< ").replace(",", ""))


@pytest.mark.slow
def test_laboratory_values_are_those_of_the_tables(
    tables: list[tuple[str, str, str, int, str]], store: LocalStore
) -> None:
    assert len(tables) == 11 * 5 + 11 * 7 - 3
    expected = []
    for patient, analyte, unit, day, cell in tables:
        value, count = number(cell), unit.endswith("/mm3")
        factor, standard = (10, "mg/L") if analyte == "C-reactive protein" else (1, "10^9/L" if count else unit)
        expected.append(
            (
                patient,
                ANALYTES.get(analyte, analyte.lower()),
                cell[0] if cell.startswith("<") else "=",
                value,
                "10^3/mm3" if count else unit,
                day,
                value * factor,
                standard,
            )
        )
    labels = {row["case"]: row["label"] for row in answer("cases", store)}
    answered = [
        (
            labels[row["case"]],
            row["analyte"],
            row["comparator"],
            Decimal(row["value"]),
            row["unit"],
            int(row["day"]),
            Decimal(row["standardValue"]),
            row["standardUnit"],
        )
        for row in answer("lab-results", store)
        if row["document"] == TABLES
    ]
    assert sorted(answered) == sorted(expected)


@pytest.mark.slow
def test_the_ratio_of_ferritin_and_sedimentation_rate_follows_from_the_tables(
    tables: list[tuple[str, str, str, int, str]], store: LocalStore
) -> None:
    values = {(patient, analyte, day): number(cell) for patient, analyte, _, day, cell in tables}
    expected = {
        (patient, str(day)): "met"
        if ferritin / values[patient, "Erythrocyte sedimentation rate", day] >= Decimal("21.5")
        else "not_met"
        for (patient, analyte, day), ferritin in values.items()
        if analyte == "Ferritin"
    }
    labels = {row["case"]: row["label"] for row in answer("cases", store)}
    answered = {
        (labels[row["case"]], row["day"]): row["verdict"]
        for row in answer("criteria", store)
        if row["document"] == TABLES and row["criteria"] == "ferritin/ESR ratio" and row["day"]
    }
    assert answered == expected


@pytest.mark.slow
def test_offsets_of_evidence_count_characters_of_the_seed(seeds: list[Path], store: LocalStore) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in seeds}
    rows = answer("evidence", store, asked("evidence", store))
    assert rows
    for row in rows:
        assert folded(texts[row["document"]][int(row["start"]) : int(row["end"])]) == row["quote"]
