"""The server's side of the nursery, the process from which workers are forked; ``tending`` is the other side.

Forking takes milliseconds and shares the memory of the graph, so a worker that had to be ended is replaced at once.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from hfskg.errors import InputError, StoreError
from hfskg.server.limits import Limits

__all__ = ["END", "FAULT", "FORK", "READY", "Nursery"]

READY, FORK, END, FAULT = b"r", b"f", b"e", b"x"
"""What the two sides say to each other."""


class Nursery:
    """The server's side of the nursery.

    Args:
        folder: The graph folder.
        limits: The limits of answers.
        base: The public address of the server.
        queries: A folder with canned queries, or None.
        sources: A folder with the source documents, or None.
    """

    def __init__(
        self, folder: Path, limits: Limits, base: str, *, queries: Path | None = None, sources: Path | None = None
    ) -> None:
        paths = {"folder": folder, "queries": queries, "sources": sources}
        told = {name: str(path.resolve()) if path else None for name, path in paths.items()}
        self._options = json.dumps({**told, "limits": asdict(limits), "base": base})
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until the graph is loaded.

        Raises:
            StoreError: It cannot be loaded; the process has said why.
            InputError: The system cannot fork.
        """
        if not hasattr(os, "fork"):
            raise InputError("This system has no fork, which workers are made by.", "Run it on Linux or macOS.")
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "hfskg.server.tending", str(theirs.fileno()), self._options]
            # Standard input and output may be those that the parent talks to an agent by.
            null = subprocess.DEVNULL
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=null, stdout=null)
        self._socket = ours
        if ours.recv(1) != READY:
            self.stop()
            raise StoreError("The graph cannot be served.", "See the message above.")

    def fork(self) -> tuple[int, socket.socket]:
        """Return the process id of a new worker and the socket to talk to it.

        Raises:
            OSError: The nursery is gone.
        """
        if self._socket is None:
            raise ConnectionError("the nursery has not been started")
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._socket, [FORK], [theirs.fileno()])
        told = self._socket.recv(8)
        if len(told) < 8:
            ours.close()
            raise ConnectionError("the nursery is gone")
        return int.from_bytes(told, "big"), ours

    def end(self, pid: int) -> bool:
        """End a worker, whatever it does.

        Returns:
            Whether it had ended before by a fault of the program, not by a signal.

        Raises:
            OSError: The nursery is gone.
        """
        if self._socket is None:
            raise ConnectionError("the nursery has not been started")
        self._socket.sendall(END + pid.to_bytes(8, "big"))
        return self._socket.recv(1) == FAULT

    def stop(self) -> None:
        """End the nursery and its workers."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._process is not None:
            self._process.wait(timeout=30)
            self._process = None
