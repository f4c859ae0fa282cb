"""Reading with medspaCy, for ``reading.py``, which starts this with an interpreter that has medspaCy.

It answers each line of JSON on standard input with one on standard output. The first line tells texts and names and is
answered by the seconds that loading took; ``"read"`` by the seconds of reading all texts; ``"peak"`` by MB of memory.
The pipeline is medspaCy's default one: its tokenizer, the sentences of PyRuSH, a TargetMatcher with one rule for each
name, and ConText with its own rules. No model is needed.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any


def load(names: list[str]) -> tuple[Any, float]:
    """Return the pipeline, and the seconds of processor time that making it took, imports left out."""
    import_module("loguru").logger.remove()  # PyRuSH tells each step of each sentence, which takes time
    medspacy: Any = import_module("medspacy")
    rule: Any = import_module("medspacy.target_matcher").TargetRule
    begin = time.process_time()
    pipeline = medspacy.load()
    pipeline.get_pipe("medspacy_target_matcher").add([rule(name, "NAME") for name in names])
    return pipeline, time.process_time() - begin


def read(pipeline: Any, texts: list[str]) -> float:
    """Read all texts and return the seconds of processor time."""
    begin = time.process_time()
    for text in texts:
        pipeline(text)
    return time.process_time() - begin


def peak() -> float:
    """Return the peak of memory so far, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Answer until the questions end."""
    answers, sys.stdout = sys.stdout, sys.stderr
    told = json.loads(sys.stdin.readline())
    pipeline, seconds = load(told["names"])
    print(seconds, file=answers, flush=True)
    for line in sys.stdin:
        answer = read(pipeline, told["texts"]) if json.loads(line) == "read" else peak()
        print(answer, file=answers, flush=True)


if __name__ == "__main__":
    main()
