"""The SPARQL 1.1 Protocol: from a request to the query that it asks."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

__all__ = ["body_of", "one_of", "query_arguments", "without_null"]

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
PATIENT = 16
"""How many times the greatest body is read, and thrown away, so that the client hears of the reason."""

GRAPHS = {"default-graph-uri": "default_graphs", "named-graph-uri": "named_graphs"}


async def query_arguments(request: Request, most: int) -> dict[str, object] | None:
    """Return the query of a request with the graphs and the format that it names; None if it has none.

    Args:
        request: A request by GET, or by POST as a form or with the query as the body.
        most: Greatest body, in bytes.

    Raises:
        HTTPException: The request does not follow the protocol, or asks for an update.
    """
    pairs = _pairs(request.url.query.encode("ascii", "replace"))
    if request.method == "POST":
        kind, charset = _content_type(request)
        if kind == UPDATE:
            raise HTTPException(403, "This endpoint only answers queries.")
        if kind not in (FORM, QUERY):
            raise HTTPException(415, f"A query comes by POST as {FORM} or {QUERY}.")
        if charset not in ("", "utf-8", "utf8"):
            raise HTTPException(415, "The body must be in UTF-8.")
        body = await body_of(request, most)
        if kind == FORM:
            pairs += _pairs(body)
        elif any(name == "query" for name, _ in pairs):
            raise HTTPException(400, "There are two queries, one in the address and one in the body.")
        else:
            pairs.append(("query", _decoded(body)))
    if any(name == "update" for name, _ in pairs):
        raise HTTPException(403, "This endpoint only answers queries.")
    if not any(name == "query" for name, _ in pairs):
        if request.method == "POST":
            raise HTTPException(400, "There is no query.")
        return None
    arguments: dict[str, object] = {key: sorted({v for n, v in pairs if n == name}) for name, key in GRAPHS.items()}
    return {
        "query": without_null(one_of(pairs, "query")),
        "format": one_of(pairs, "format", ""),
        **arguments,
    }


def one_of(pairs: Sequence[tuple[str, str]], name: str, default: str | None = None) -> str:
    """Return the value of a parameter that is given once.

    Raises:
        HTTPException: It is given several times, or not at all and has no default.
    """
    found = [value for key, value in pairs if key == name]
    if len(found) > 1:
        raise HTTPException(400, f"The parameter {name} is given {len(found)} times.")
    if not found and default is None:
        raise HTTPException(400, f"The parameter {name} is missing.")
    return found[0] if found else str(default)


def without_null(text: str) -> str:
    """Return a text that holds no NUL.

    Raises:
        HTTPException: It holds one.
    """
    if "\0" in text:
        raise HTTPException(400, "The request holds a NUL character.")
    return text


async def body_of(request: Request, most: int) -> bytes:
    """Return the body of a request.

    Args:
        request: The request.
        most: Greatest body, in bytes.

    Raises:
        HTTPException: It is larger.
    """
    too_large = HTTPException(413, f"The request is larger than {most:,} bytes.", {"Connection": "close"})
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told) > PATIENT * most:
        raise too_large
    parts, size = bytearray(), 0
    async for part in request.stream():
        size += len(part)
        if size <= most:
            parts += part
        elif size > PATIENT * most:
            break
    if size > most:
        raise too_large
    return bytes(parts)


def _content_type(request: Request) -> tuple[str, str]:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = ""
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset":
            charset = value.strip('"').lower()
    return kind.strip().lower(), charset


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The body is not in UTF-8.") from error


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        told = encoded.decode("ascii") if encoded.isascii() else encoded.decode("utf-8")
        return parse_qsl(told, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise HTTPException(400, "The parameters are not encoded as UTF-8, or are too many.") from error
