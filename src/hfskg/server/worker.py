"""A worker: a process that answers one job after the other, within its limits.

It is forked from the nursery, so it shares the loaded graph. It can open nothing: no file, no connection. When it
takes more memory than it may, it ends; when it takes too long, the pool ends it, and if the pool is gone, its alarm.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hfskg.server.answering import answer_sparql
from hfskg.server.canned import answer_query, answer_terms, warm_names
from hfskg.server.description import answer_description
from hfskg.server.graph import ServedGraph
from hfskg.server.inspection import inspect, is_update
from hfskg.server.messages import Answer, Job, receive, send
from hfskg.server.openapi import answer_openapi
from hfskg.server.pages import answer_page, load_templates
from hfskg.server.resources import answer_resource
from hfskg.server.tools import answer_tool, warm_tools

__all__ = ["HANDLERS", "warm", "work"]

HANDLERS: dict[str, Callable[[ServedGraph, Job], Answer]] = {
    "sparql": answer_sparql,
    "query": answer_query,
    "terms": answer_terms,
    "tool": answer_tool,
    "resource": answer_resource,
    "page": answer_page,
    "openapi": answer_openapi,
    "description": answer_description,
    "ping": lambda graph, job: Answer(200, "text/plain; charset=utf-8", b"ok\n", fixed=False),
}
"""What a worker can do, by the kind of the job."""

GROWN = 4
"""The part of the memory limit that a worker may keep after a job before it is replaced: one in so many."""


def warm(graph: ServedGraph) -> None:
    """Load now what is loaded when it is first used: workers can open no file.

    Args:
        graph: The graph.
    """
    load_templates()
    inspect("SELECT * FROM <graph> { SERVICE ?s { ?a ?b ?c } }", graph.endpoint)
    is_update("CLEAR ALL")
    warm_names(graph)
    warm_tools(graph)
    assert graph.graphs is not None and graph.texts is not None


def work(graph: ServedGraph, connection: socket.socket) -> None:
    """Answer jobs until the connection is closed.

    Args:
        graph: The graph.
        connection: Where jobs come from and answers go to.
    """
    memory = _Memory()
    before = memory()
    _confine(before + graph.limits.memory)
    while (job := receive(connection)) is not None:
        signal.setitimer(signal.ITIMER_REAL, graph.limits.seconds + 5)
        answer = HANDLERS[job.kind](graph, job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(connection, replace(answer, retire=memory() - before > graph.limits.memory // GROWN))


def _confine(memory: int) -> None:
    """Limit what this process may take; there is no way back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


class _Memory:
    """Tells the size of this process's address space in bytes; 0 where the system does not."""

    def __init__(self) -> None:
        path = Path("/proc/self/statm")
        self._file = os.open(path, os.O_RDONLY) if path.exists() else None

    def __call__(self) -> int:
        if self._file is None:
            return 0
        return int(os.pread(self._file, 100, 0).split()[0]) * os.sysconf("SC_PAGE_SIZE")
