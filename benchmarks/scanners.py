"""A plain scan of a text for many names, by whichever multi-pattern matchers of PyPI are installed.

Names and texts are casefolded. Most look for the longest name from left to right, without overlaps and without regard
for words; hyperscan, which has no such mode, reports where each name ends, and flashtext2 looks at whole words.

Run as a script, this measures all that are installed.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from material import curated_names, documents, vocabulary_file

__all__ = ["SCANNERS", "Scan", "installed", "label"]

Scan = Callable[[str], int]
"""Scans a text and returns the number of names found."""


def _ahocorasick_rs(names: Sequence[str], implementation: str | None = None) -> Scan:
    module: Any = import_module("ahocorasick_rs")
    kind = getattr(module.Implementation, implementation) if implementation else None
    matcher = module.AhoCorasick(names, matchkind=module.MatchKind.LeftmostLongest, implementation=kind)
    return lambda text: len(matcher.find_matches_as_indexes(text.casefold()))


def _daachorse(names: Sequence[str]) -> Scan:
    module: Any = import_module("daachorse")
    matcher = module.CharwiseDoubleArrayAhoCorasick(names, module.MATCH_KIND_LEFTMOST_LONGEST)
    return lambda text: len(matcher.find(text.casefold()))


def _daachorse_bytes(names: Sequence[str]) -> Scan:
    module: Any = import_module("daachorse")
    matcher = module.DoubleArrayAhoCorasick([name.encode() for name in names], module.MATCH_KIND_LEFTMOST_LONGEST)
    return lambda text: len(matcher.find(text.casefold().encode()))


def _pyahocorasick(names: Sequence[str]) -> Scan:
    module: Any = import_module("ahocorasick")
    automaton = module.Automaton()
    for number, name in enumerate(names):
        automaton.add_word(name, number)
    automaton.make_automaton()
    return lambda text: len(list(automaton.iter_long(text.casefold())))


def _hyperscan(names: Sequence[str]) -> Scan:
    module: Any = import_module("hyperscan")
    database = module.Database()
    database.compile(expressions=[name.encode() for name in names], literal=True)

    def scan(text: str) -> int:
        found: list[tuple[int, int]] = []
        database.scan(text.casefold().encode(), match_event_handler=lambda n, _, end, *rest: found.append((n, end)))
        return len(found)

    return scan


def _noahong(names: Sequence[str]) -> Scan:
    module: Any = import_module("noahong")
    matcher = module.NoAho()
    for number, name in enumerate(names):
        matcher.add(name, number)
    matcher.compile()
    return lambda text: len(list(matcher.findall_long(text.casefold())))


def _flashtext2(names: Sequence[str]) -> Scan:
    module: Any = import_module("flashtext2")
    processor = module.KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_iter(names)
    return lambda text: len(processor.extract_keywords_with_span(text.casefold()))


def _cyac(names: Sequence[str]) -> Scan:
    module: Any = import_module("cyac")
    matcher = module.AC.build(names)
    return lambda text: len(list(matcher.match_longest(text.casefold())))


SCANNERS: Mapping[str, tuple[str, Callable[[Sequence[str]], Scan]]] = {
    "daachorse (bytes)": ("daachorse", _daachorse_bytes),
    "daachorse (characters)": ("daachorse", _daachorse),
    "ahocorasick-rs (contiguous NFA)": ("ahocorasick_rs", lambda names: _ahocorasick_rs(names, "ContiguousNFA")),
    "ahocorasick-rs (its own choice)": ("ahocorasick_rs", _ahocorasick_rs),
    "ahocorasick-rs (DFA)": ("ahocorasick_rs", lambda names: _ahocorasick_rs(names, "DFA")),
    "flashtext2": ("flashtext2", _flashtext2),
    "pyahocorasick": ("ahocorasick", _pyahocorasick),
    "noahong": ("noahong", _noahong),
    "cyac": ("cyac", _cyac),
    "hyperscan": ("hyperscan", _hyperscan),
}
"""The matchers by name, the fastest first: the module each needs, and how it is made of names."""


def installed() -> list[str]:
    """Return the names of the matchers that can be imported, the fastest first."""
    return [name for name, (module, _) in SCANNERS.items() if find_spec(module)]


def label(name: str) -> str:
    """Return the name of a matcher with its version."""
    package, *how = name.split(" ", 1)
    return " ".join([package, version(package), *how])


def main() -> None:
    """Measure and print medians of rounds in which the matchers take turns."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--reports", type=Path, default=Path(__file__).parents[1] / "seeds")
    parser.add_argument("--terms", type=int, default=100_000, help="how many terms are invented")
    parser.add_argument("--rounds", type=int, default=25)
    told = parser.parse_args()
    texts = documents(told.reports)
    with tempfile.TemporaryDirectory() as folder:
        invented = vocabulary_file(Path(folder), told.terms)[1]
    names = list(dict.fromkeys(name.casefold() for name in curated_names() + invented))
    scans: dict[str, Scan] = {}
    building: dict[str, float] = {}
    for name in installed():
        begin = time.process_time()
        scans[name] = SCANNERS[name][1](names)
        building[name] = time.process_time() - begin
    times: dict[str, list[float]] = {name: [] for name in scans}
    for _ in range(told.rounds):
        for name, scan in scans.items():
            begin = time.process_time()
            for text in texts:
                scan(text)
            times[name].append(time.process_time() - begin)
    print(f"{len(names):,} names, {len(texts)} documents")
    print(f"{'':<40} {'building, s':>12} {'documents/s':>12} {'of the first':>12} {'found':>8}")
    first = statistics.median(next(iter(times.values())))
    for name, seconds in times.items():
        median = statistics.median(seconds)
        found = sum(map(scans[name], texts))
        print(
            f"{label(name):<40} {building[name]:12.2f} {len(texts) / median:12,.0f} {first / median:12.2f} {found:8,}"
        )


if __name__ == "__main__":
    main()
