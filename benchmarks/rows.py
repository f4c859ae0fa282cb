"""The rows of the benchmark's table: each works in a process of its own, so that its memory is its own."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

from scanners import SCANNERS

__all__ = ["MedspacyRow", "OwnRow", "Row", "load_reader", "load_scanner", "load_terms", "medspacy_version"]

SHORTEST = 0.5
"""Seconds for which a row reads in a round, at least."""

Work = Callable[[str], object]
"""Does with one text what is measured."""
_work: list[Work] = []


class Row(Protocol):
    """What is measured."""

    def load(self) -> float:
        """Make it ready; return the seconds of processor time, imports of modules left out."""

    def read(self) -> float:
        """Read all texts once; return the seconds of processor time."""

    def peak(self) -> float:
        """Return the peak of its memory so far, in MB."""

    def close(self) -> None:
        """End its process."""


class OwnRow:
    """A row that works with this interpreter.

    Args:
        texts: The texts to be read.
        start: A function of a module that loads what is needed and returns the work and the seconds it took.
        told: What is given to it.
    """

    def __init__(self, texts: Sequence[str], start: Callable[..., tuple[Work, float]], *told: object) -> None:
        self._texts = texts
        self._start = start
        self._told = told
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    def load(self) -> float:
        """Make it ready."""
        return self._pool.submit(_load, self._start, self._told).result()

    def read(self) -> float:
        """Read all texts once."""
        return self._pool.submit(_read, self._texts).result()

    def peak(self) -> float:
        """Return the peak of its memory so far."""
        return self._pool.submit(_peak).result()

    def close(self) -> None:
        """End its process."""
        self._pool.shutdown()


class MedspacyRow:
    """A row that works with an interpreter that has medspaCy; see ``medspacy_reading.py``.

    Args:
        python: The interpreter.
        texts: The texts to be read.
        names: The names to look for.
    """

    def __init__(self, python: Path, texts: Sequence[str], names: Sequence[str]) -> None:
        script = Path(__file__).with_name("medspacy_reading.py")
        variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        self._process = subprocess.Popen(
            [python, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=variables
        )
        self._told = {"texts": list(texts), "names": list(names)}

    def load(self) -> float:
        """Make it ready."""
        return self._ask(self._told)

    def read(self) -> float:
        """Read all texts once."""
        return self._ask("read")

    def peak(self) -> float:
        """Return the peak of its memory so far."""
        return self._ask("peak")

    def close(self) -> None:
        """End its process."""
        self._process.communicate()

    def _ask(self, what: object) -> float:
        questions, answers = self._process.stdin, self._process.stdout
        assert questions is not None and answers is not None
        print(json.dumps(what), file=questions, flush=True)
        answer = answers.readline()
        if not answer:
            raise SystemExit("medspaCy does not answer: see its message above.")
        return float(json.loads(answer))


def medspacy_version(python: Path) -> str:
    """Return the version of medspaCy that an interpreter has.

    Args:
        python: The interpreter.

    Raises:
        SystemExit: It has none, or does not run.
    """
    code = "from importlib.metadata import version; print(version('medspacy'))"
    try:
        return subprocess.run([python, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(f"{python} has no medspaCy: install medspacy-requirements.txt there.") from error


def load_reader(source: str | None) -> tuple[Work, float]:
    """Load the reader, with a background vocabulary if one is told."""
    from hfskg.background import find_source
    from hfskg.reading import BackgroundNames, Reader
    from hfskg.reading.loading import parse_document
    from hfskg.vocabulary import load_vocabulary

    begin = time.process_time()
    vocabulary = load_vocabulary()
    reader = Reader(vocabulary, BackgroundNames([find_source(source)], vocabulary) if source else None)
    seconds = time.process_time() - begin
    return lambda text: reader.read(parse_document("x.txt", hashlib.sha256(text.encode()).hexdigest(), text)), seconds


def load_terms(source: str) -> tuple[Work, float]:
    """Load a background vocabulary alone, the ontology being there."""
    from hfskg.background import find_source
    from hfskg.reading import BackgroundNames
    from hfskg.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    begin = time.process_time()
    names = BackgroundNames([find_source(source)], vocabulary)
    seconds = time.process_time() - begin
    return lambda text: names, seconds


def load_scanner(name: str, names: Sequence[str]) -> tuple[Work, float]:
    """Make a scanner of names."""
    module, build = SCANNERS[name]
    __import__(module)
    begin = time.process_time()
    scan = build(list(dict.fromkeys(each.casefold() for each in names)))
    return scan, time.process_time() - begin


def _load(start: Callable[..., tuple[Work, float]], told: tuple[Any, ...]) -> float:
    work, seconds = start(*told)
    _work[:] = [work]
    return seconds


def _read(texts: Sequence[str]) -> float:
    """Return the seconds of one pass over texts, the mean of as many as it takes to be measured well."""
    work = _work[0]
    passes, seconds = 0, 0.0
    begin = time.process_time()
    while seconds < SHORTEST:
        for text in texts:
            work(text)
        passes += 1
        seconds = time.process_time() - begin
    return seconds / passes


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
