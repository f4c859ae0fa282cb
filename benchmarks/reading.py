"""How fast documents are read and vocabularies loaded, beside medspaCy and a plain scan for the same names."""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path

from material import curated_names, documents, vocabulary_file
from rows import MedspacyRow, OwnRow, Row, load_reader, load_scanner, load_terms, medspacy_version
from scanners import installed
from scanners import label as versioned

ROUNDS = 5
WIDTH = 52
HEAD = f"{'':<{WIDTH}} {'loading':>8} {'memory':>8} {'documents':>10} {'times':>8}"
UNITS = f"{'':<{WIDTH}} {'s':>8} {'MB':>8} {'/s':>10} {'HFS-KG':>8}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=Path(__file__).parents[1] / "seeds")
    parser.add_argument("--terms", type=int, default=100_000, help="how many terms are invented")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of how many rounds the median is taken")
    parser.add_argument("--medspacy-python", type=Path, metavar="PATH", help="an interpreter that has medspaCy")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(told.reports, told.terms, told.rounds, told.medspacy_python, Path(name))


def measure(reports: Path, terms: int, rounds: int, medspacy: Path | None, folder: Path) -> None:
    """Measure with a number of background terms, working in a folder."""
    texts = documents(reports)
    path, invented = vocabulary_file(folder, terms)
    source = f"disease={path}"
    curated = curated_names()
    vocabularies = {"ontology": curated, f"ontology and {terms:,} terms": curated + invented}
    os.environ["HFSKG_CACHE"] = str(folder / "cache")
    print(f"{len(texts)} documents; names: {', '.join(f'{len(n):,} ({label})' for label, n in vocabularies.items())}")
    print_loading(terms, source)
    rows: dict[str, Row] = {}
    for label in vocabularies:
        rows[f"HFS-KG, {label}"] = OwnRow(texts, load_reader, None if label == "ontology" else source)
    for scanner in installed()[:1]:
        for label, names in vocabularies.items():
            rows[f"{versioned(scanner)}, {label}"] = OwnRow(texts, load_scanner, scanner, names)
    if medspacy is not None:
        version = medspacy_version(medspacy)
        for label, names in vocabularies.items():
            rows[f"medspaCy {version}, {label}"] = MedspacyRow(medspacy, texts, names)
    print_table(rows, rounds, len(texts))


def print_loading(terms: int, source: str) -> None:
    """Print how long loading takes without a cache and with it, each in a new process."""
    for label, told in (("ontology", (load_reader, None)), (f"{terms:,} terms alone", (load_terms, source))):
        seconds = []
        for _ in ("first", "cached"):
            row = OwnRow([], *told)
            seconds.append(row.load())
            row.close()
        print(f"loading, {label}: {seconds[0]:.2f} s the first time, {seconds[1]:.2f} s from the cache")


def print_table(rows: Mapping[str, Row], rounds: int, texts: int) -> None:
    """Print medians of rounds in which the rows take turns, and each row's speed as a multiple of that of the first."""
    loading = {label: row.load() for label, row in rows.items()}
    for row in rows.values():
        row.read()
    times: dict[str, list[float]] = {label: [] for label in rows}
    for _ in range(rounds):
        for label, row in rows.items():
            times[label].append(row.read())
    speeds = {label: texts / statistics.median(seconds) for label, seconds in times.items()}
    first = next(iter(speeds.values()))
    print(HEAD, UNITS, sep="\n")
    for label, row in rows.items():
        speed = speeds[label]
        print(f"{label:<{WIDTH}} {loading[label]:8.2f} {row.peak():8,.0f} {speed:10,.2f} {speed / first:8.3f}")
        row.close()


if __name__ == "__main__":
    main()
