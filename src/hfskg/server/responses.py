"""From an answer to the response that a client gets: caching, revalidation, security."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hfskg.server.messages import Answer

__all__ = ["PatientResponse", "respond"]

KEPT = "public, max-age=300, must-revalidate"
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " + (
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What pages may load: what this server gives, and nothing else."""

CHUNK = 1 << 18
SLOWEST = 30.0
"""Seconds in which a client must take a chunk; one that does not is cut off, so that answers do not pile up."""


class PatientResponse(Response):
    """A response that is sent in chunks, each of which has to be taken in time."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for start in range(0, max(1, len(self.body)), CHUNK):
            more = start + CHUNK < len(self.body)
            part = {"type": "http.response.body", "body": bytes(self.body[start : start + CHUNK]), "more_body": more}
            await asyncio.wait_for(send(part), SLOWEST)


def respond(request: Request, answer: Answer, etag: str = "") -> Response:
    """Return the response that an answer becomes.

    Args:
        request: The request.
        answer: The answer.
        etag: The answer's entity tag, if it has one.
    """
    headers = {**SECURITY, **answer.headers, "Content-Type": answer.content_type}
    if answer.content_type.startswith("text/html"):
        headers.setdefault("Content-Security-Policy", POLICY)
    if answer.status == 200 and answer.fixed and etag:
        headers |= {"ETag": etag, "Cache-Control": KEPT}
        if _unchanged(request, etag):
            return Response(status_code=304, headers={k: v for k, v in headers.items() if k != "Content-Type"})
    else:
        headers["Cache-Control"] = "no-store"
    return PatientResponse(answer.body, answer.status, headers)


def _unchanged(request: Request, etag: str) -> bool:
    told = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in told.split(",")}
    return request.method in ("GET", "HEAD") and (told.strip() == "*" or etag.removeprefix("W/") in tags)
