"""SPARQL engines of others, started by the tests on loopback."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from serving import free_port

__all__ = ["OXIGRAPH", "VIRTUOSO", "Engine", "oxigraph", "virtuoso"]

VIRTUOSO = shutil.which("virtuoso-t") or ""
"""Virtuoso's server (on Debian `apt-get install virtuoso-opensource-7-bin`), or an empty string where it is missing."""

OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))
"""Oxigraph's server."""

INI = """; With several threads a query, Virtuoso 7.2 loses groups now and then.
; It plans for no longer than it thinks the query runs.
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 10000
MaxQueryMem = 1G
ThreadsPerQuery = 1
StopCompilerWhenXOverRunTime = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True)
class Engine:
    """An engine that runs.

    Attributes:
        query: The address that takes queries.
        store: The address that takes the Graph Store Protocol.
        update: The address that takes SPARQL Update; empty if it takes none without a login.
        login: The name and password of who may write.
        digest: Whether it wants the login by digest.
    """

    query: str
    store: str
    update: str = ""
    login: tuple[str, str] | None = None
    digest: bool = False


@contextmanager
def oxigraph(folder: Path) -> Iterator[Engine]:
    """Run Oxigraph, its default graph the union of all."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [OXIGRAPH, "serve", "--union-default-graph", "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, lambda: httpx.get(f"{base}/query").status_code > 0):
        yield Engine(f"{base}/query", f"{base}/store", f"{base}/update")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Engine]:
    """Run Virtuoso with a new database."""
    http = free_port()
    (folder / "virtuoso.ini").write_text(INI.format(folder=folder, sql=free_port(), http=http), encoding="utf-8")
    base = f"http://127.0.0.1:{http}"
    command = [VIRTUOSO, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with _running(command, folder, lambda: httpx.get(f"{base}/sparql?query=ASK%7B%7D").status_code == 200):
        yield Engine(f"{base}/sparql", f"{base}/sparql-graph-crud-auth", login=("dba", "dba"), digest=True)


@contextmanager
def _running(command: Sequence[str], folder: Path, ready: Callable[[], bool]) -> Iterator[None]:
    log = folder / "output.txt"
    with log.open("w") as told:
        process = subprocess.Popen(command, cwd=folder, stdout=told, stderr=told, stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while True:
            assert process.poll() is None and time.monotonic() < end, log.read_text()
            try:
                if ready():
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
