"""The nursery: a process that loads the graph once, and forks and ends workers when the server asks.

It runs no query itself. It has a single thread, which is what makes forking safe. It is started as
``python -m hfskg.server.tending FD OPTIONS``; the server talks to it over the socket ``FD``.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from pathlib import Path

from hfskg.errors import HfskgError
from hfskg.server.graph import ServedGraph, load_served
from hfskg.server.limits import Limits
from hfskg.server.nursery import END, FAULT, FORK, READY
from hfskg.server.worker import warm, work

__all__ = ["tend"]


def tend(graph: ServedGraph, control: socket.socket) -> None:
    """Fork and end workers as the server asks, until it closes the connection.

    Args:
        graph: The graph.
        control: Where the server asks.
    """
    children: set[int] = set()
    control.sendall(READY)
    while True:
        asked, given, _, _ = socket.recv_fds(control, 9, 1)
        if asked == FORK:
            with socket.socket(fileno=given[0]) as connection:
                pid = os.fork()
                if not pid:
                    control.close()
                    work(graph, connection)
                    os._exit(0)
            children.add(pid)
            control.sendall(pid.to_bytes(8, "big"))
        elif asked.startswith(END):
            pid = int.from_bytes(asked[1:], "big")
            faulty = pid in children and _end(pid)
            children.discard(pid)
            control.sendall(FAULT if faulty else READY)
        else:
            break
    for pid in children:
        _end(pid)


def _end(pid: int) -> bool:
    """End a child, and return whether it had ended by itself with an error.

    Its process id is its own until it has been waited for.
    """
    ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return bool(ended) and os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0


def _main(fd: int, told: str) -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    options = json.loads(told)
    paths = {name: Path(options[name]) if options[name] else None for name in ("queries", "sources")}
    with socket.socket(fileno=fd) as control:
        try:
            graph = load_served(Path(options["folder"]), Limits(**options["limits"]), options["base"], **paths)
        except HfskgError as error:
            sys.stderr.write(f"{error}\n")
            return 2
        warm(graph)
        gc.freeze()  # What is loaded stays: collections in the workers need not touch, and so copy, its pages.
        tend(graph, control)
    return 0


if __name__ == "__main__":
    sys.exit(_main(int(sys.argv[1]), sys.argv[2]))
