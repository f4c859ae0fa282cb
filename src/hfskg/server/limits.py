"""What a query may use, and how many run at once."""

from __future__ import annotations

import os
from dataclasses import dataclass

__all__ = ["Limits"]

MEGABYTE = 1 << 20


def _workers() -> int:
    return max(8, 4 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a server; a query that passes one is stopped, and the others go on.

    Attributes:
        seconds: Longest time of a query, in seconds.
        memory: Memory that a query may take beyond the graph itself, in bytes.
        rows: Most rows, or triples, of an answer.
        answer_bytes: Greatest answer, in bytes before compression.
        request_bytes: Greatest body of a request.
        workers: Number of processes that answer.
        quick_seconds: A query that uses the processor longer than this is a long one: it yields it to the others.
        long_workers: Number of long queries at the same time; when there is one too many, the longest is stopped.
        queue: Number of requests that wait for a process; one more is refused at once.
        patience: Longest wait for a process, in seconds.
        cache_bytes: Memory for answers that are kept to be given again.
    """

    seconds: float = 30.0
    memory: int = 1024 * MEGABYTE
    rows: int = 100_000
    answer_bytes: int = 32 * MEGABYTE
    request_bytes: int = MEGABYTE
    workers: int = 0
    quick_seconds: float = 0.5
    long_workers: int = 0
    queue: int = 200
    patience: float = 10.0
    cache_bytes: int = 64 * MEGABYTE

    def __post_init__(self) -> None:
        if not self.workers:
            object.__setattr__(self, "workers", _workers())
        if not self.long_workers:
            object.__setattr__(self, "long_workers", max(1, self.workers // 4))
