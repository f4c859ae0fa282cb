"""What the server and its workers say to each other: jobs and answers, as bytes on a socket.

A message is the lengths of its two parts (eight bytes each, big-endian), a head in JSON and a body.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import struct
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Answer", "Job", "receive", "receive_async", "refused", "send", "packed"]

_LENGTHS = struct.Struct(">QQ")


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is asked to do.

    Attributes:
        kind: Which handler does it.
        arguments: What the handler takes: strings, numbers, lists and mappings of them.
        accept: The client's header Accept.
        compressed: Whether the client takes gzip.
    """

    kind: str
    arguments: dict[str, Any] = field(default_factory=dict)
    accept: str = ""
    compressed: bool = False

    def digest(self, salt: str) -> str:
        """Return a digest of the job, the same for the same job on the same graph.

        Args:
            salt: What else the answer depends on.
        """
        told = json.dumps([salt, asdict(self)], sort_keys=True)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back.

    Attributes:
        status: The status code of HTTP.
        content_type: The value of the header Content-Type.
        body: The body, compressed if the headers say so.
        headers: Further headers.
        fixed: Whether the same job gives the same answer as long as the graph stays.
        retire: Whether the worker wants to be replaced, because it has grown.
    """

    status: int
    content_type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    fixed: bool = True
    retire: bool = False


def refused(status: int, reason: str, **headers: str) -> Answer:
    """Return an answer that says why there is no better one.

    Args:
        status: The status code of HTTP.
        reason: One plain sentence or two.
        **headers: Further headers, with ``_`` for ``-``.
    """
    further = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, "text/plain; charset=utf-8", f"{reason}\n".encode(), further, fixed=False)


def packed(message: Job | Answer) -> bytes:
    """Return a message as bytes."""
    if isinstance(message, Job):
        head, body = asdict(message), b""
    else:
        body = message.body
        head = {
            "status": message.status,
            "content_type": message.content_type,
            "headers": message.headers,
            "fixed": message.fixed,
            "retire": message.retire,
        }
    told = json.dumps(head).encode()
    return _LENGTHS.pack(len(told), len(body)) + told + body


def send(connection: socket.socket, message: Job | Answer) -> None:
    """Send a message on a blocking socket."""
    connection.sendall(packed(message))


def receive(connection: socket.socket) -> Job | None:
    """Wait for a job on a blocking socket; None when the other side has closed it."""
    lengths = _exactly(connection, _LENGTHS.size)
    if lengths is None:
        return None
    told = _exactly(connection, _LENGTHS.unpack(lengths)[0])
    return None if told is None else Job(**json.loads(told))


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


async def receive_async(reader: asyncio.StreamReader) -> Answer:
    """Wait for an answer.

    Raises:
        asyncio.IncompleteReadError: The worker has ended.
    """
    lengths = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    head = json.loads(await reader.readexactly(lengths[0]))
    return Answer(body=await reader.readexactly(lengths[1]), **head)
