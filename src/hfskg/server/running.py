"""Starting the server."""

from __future__ import annotations

import copy
import socket
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.config import LOGGING_CONFIG

from hfskg.errors import InputError
from hfskg.output import GRAPH_FILE, load_manifest
from hfskg.server.app import create_app
from hfskg.server.limits import Limits
from hfskg.server.nursery import Nursery
from hfskg.version import __version__

__all__ = ["serve"]


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    base: str | None = None,
    limits: Limits | None = None,
    queries: Path | None = None,
    sources: Path | None = None,
    docs: Path | None = None,
) -> None:
    """Serve a graph folder until the process is told to stop.

    Args:
        folder: The folder that a build wrote.
        host: The address to listen on.
        port: The port to listen on; 0 takes a free one.
        base: The public address of the server; that of host and port if left out.
        limits: The limits of answers.
        queries: A folder with canned queries; the package's own if left out.
        sources: A folder with the source documents, if their whole texts are to be shown.
        docs: A folder with the pages of the ontology that ``hfskg ontology docs`` wrote.

    Raises:
        StoreError: The folder is missing or damaged.
        QueryError: A canned query is broken.
        InputError: The address cannot be listened on, or a folder is missing, or the system cannot fork.
    """
    for path in (queries, sources, docs):
        if path is not None and not path.is_dir():
            raise InputError(f"There is no folder {path}.", "Check the path.")
    limits = limits or Limits()
    manifest = load_manifest(folder)
    listening = _listen(host, port)
    with listening:
        told = f"[{host}]" if ":" in host else host
        address = (base or f"http://{told}:{listening.getsockname()[1]}").removesuffix("/")
        nursery = Nursery(folder, limits, address, queries=queries, sources=sources)
        nursery.start()
        app = create_app(nursery, limits, address, f"{manifest.files[GRAPH_FILE]} {__version__}", docs=docs)
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="on",
            log_config=_logging(),
            access_log=False,
            server_header=False,
            limit_concurrency=2 * limits.queue,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=5,
        )
        uvicorn.Server(config).run(sockets=[listening])


def _logging() -> dict[str, Any]:
    """Return how uvicorn logs, extended to our own words."""
    told = copy.deepcopy(LOGGING_CONFIG)
    told["loggers"]["hfskg.server"] = {"handlers": ["default"], "level": "INFO", "propagate": False}
    told["loggers"]["uvicorn"]["level"] = "WARNING"
    told["loggers"]["uvicorn.error"]["level"] = "WARNING"
    return told


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # asyncio sends small packets at once only on sockets that name their protocol.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        what = f"{host}:{port} cannot be listened on: {error.strerror or error}."
        raise InputError(what, "Choose another --port, or end what uses it.") from error
    return listening
