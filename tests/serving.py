"""Servers for the tests: a real process over a graph folder, and folders to serve."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from hfskg.output import GRAPH_FILE, Manifest
from hfskg.version import __version__

__all__ = ["free_port", "serving_graph", "write_folder"]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def write_folder(folder: Path, nquads: str) -> Path:
    """Write a graph folder without documents."""
    folder.mkdir(parents=True)
    (folder / GRAPH_FILE).write_text(nquads, encoding="utf-8")
    digest = hashlib.sha256(nquads.encode()).hexdigest()
    Manifest(package_version=__version__, documents=(), files={GRAPH_FILE: digest}).write(folder)
    return folder


@contextmanager
def serving_graph(folder: Path, *options: str) -> Iterator[httpx.Client]:
    """Serve a graph folder in a process of its own; yield a client at its root, and end the process."""
    port = free_port()
    command = [sys.executable, "-m", "hfskg", "serve", str(folder), "--port", str(port), *options]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stderr=log, stdout=log, env={**os.environ, "NO_COLOR": "1"})
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                _wait(client, process)
                yield client
        finally:
            process.terminate()
            process.wait(timeout=30)
            log.seek(0)
            told = log.read()
        assert "Traceback" not in told, told
        assert process.returncode in (0, -15, 143), told


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "the server has ended"
        try:
            if client.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")
