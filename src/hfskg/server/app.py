"""The HTTP server: what a request asks, handed to a worker, and its answer handed back.

Nothing is evaluated here. Every answer is one of a worker or a refusal with a plain reason.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from hfskg.namespaces import DATA, HFS, ONTOLOGY
from hfskg.server.limits import Limits
from hfskg.server.media import GRAPH_FORMATS, HTML, TABLE_FORMATS, MediaFormat, choose
from hfskg.server.messages import Answer, Job, refused
from hfskg.server.nursery import Nursery
from hfskg.server.pool import AnswerCache, Pool
from hfskg.server.protocol import one_of, query_arguments, without_null
from hfskg.server.responses import respond

__all__ = ["create_app"]

_log = logging.getLogger("hfskg.server")

Endpoint = Callable[[Request], Awaitable[Response]]

FACES = (HTML, *GRAPH_FORMATS)
READ = ["GET", "HEAD", "OPTIONS"]
STATIC = Path(__file__).parents[1] / "templates" / "server" / "static"


def create_app(nursery: Nursery, limits: Limits, base: str, digest: str, *, docs: Path | None = None) -> Starlette:
    """Return the application.

    Args:
        nursery: Where workers come from; it has been started.
        limits: The limits of answers.
        base: The public address of the server, without a slash at the end.
        digest: What all answers depend on: the graph and the version of the program.
        docs: A folder with the pages of the ontology that ``hfskg ontology docs`` wrote.
    """
    server = _Server(Pool(nursery, limits), AnswerCache(limits.cache_bytes), limits, base, digest)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await server.pool.start()
        _log.info("answering at %s", base)
        yield
        await server.pool.stop()

    mounts = [Mount("/static", StaticFiles(directory=STATIC))]
    if docs is not None:
        mounts.append(Mount("/ontology-docs", StaticFiles(directory=docs, html=True)))
    cors = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=["ETag", "Link", "Retry-After"],
        max_age=86400,
    )
    return Starlette(
        routes=[*server.routes(), *mounts],
        middleware=[cors],
        lifespan=lifespan,
        exception_handlers={HTTPException: _refuse, 500: _fail},
    )


@dataclass(frozen=True, slots=True)
class _Server:
    pool: Pool
    cache: AnswerCache
    limits: Limits
    base: str
    digest: str

    def routes(self) -> list[Route]:
        """Return the routes, the particular ones first."""
        paths: dict[str, Endpoint] = {
            "/": self.page("home"),
            "/queries": self.page("queries"),
            "/queries/{name}": self.query_page,
            "/documents": self.page("documents"),
            "/documents/{slug}": self.document_page,
            "/editor": self.page("editor"),
            "/api": self.page("api"),
            "/api/openapi.json": self.openapi,
            "/api/queries": self.listing,
            "/api/queries/{name}": self.query,
            "/api/terms": self.terms,
            "/.well-known/void": self.void,
            "/data/{path:path}": self.data,
            "/ontology": self.ontology,
            "/ontology/{path:path}": self.term,
            "/health": self.health,
        }
        routes = [Route(path, _optional(endpoint, READ), methods=READ) for path, endpoint in paths.items()]
        methods = [*READ, "POST"]
        sparql = _optional(self.sparql, methods)
        return [*(Route(path, sparql, methods=methods) for path in ("/sparql", "/sparql/")), *routes]

    async def sparql(self, request: Request) -> Response:
        """Answer by the SPARQL protocol; without a query, describe the service."""
        arguments = await query_arguments(request, self.limits.request_bytes)
        if arguments is not None:
            return await self.answer(request, "sparql", arguments)
        if choose(request.headers.get("accept", ""), (*GRAPH_FORMATS, HTML)) is HTML:
            return RedirectResponse(f"{self.base}/editor", 303, {"Vary": "Accept"})
        return await self.answer(request, "description", {"void": False})

    async def void(self, request: Request) -> Response:
        """Describe the data."""
        return await self.answer(request, "description", {"void": True})

    async def openapi(self, request: Request) -> Response:
        """Give the OpenAPI document."""
        return await self.answer(request, "openapi", {})

    async def listing(self, request: Request) -> Response:
        """List the canned queries."""
        return await self.answer(request, "openapi", {"listing": True})

    async def query(self, request: Request) -> Response:
        """Run a canned query; its name may end in a format."""
        given = _values(request)
        name, wanted = _ending(request.path_params["name"], (*TABLE_FORMATS, *GRAPH_FORMATS))
        wanted = given.pop("format", [wanted])[0]
        return await self.answer(request, "query", {"name": name, "parameters": given, "format": wanted})

    async def terms(self, request: Request) -> Response:
        """Find terms by their names."""
        given = _parameters(request)
        most = given.get("limit", "20")
        if not (most.isascii() and most.isdecimal() and 1 <= int(most[:9]) <= 100):
            raise HTTPException(400, "The parameter limit is a number from 1 to 100.")
        unknown = given.keys() - {"q", "below", "limit"}
        if unknown:
            raise HTTPException(400, f"There is no parameter {min(unknown)[:50]}; there are q, below and limit.")
        arguments = {"text": given.get("q", ""), "below": given.get("below", ""), "most": int(most)}
        return await self.answer(request, "terms", arguments)

    def page(self, name: str) -> Endpoint:
        """Return what shows a page."""

        async def show(request: Request) -> Response:
            return await self.answer(request, "page", {"page": name})

        return show

    async def query_page(self, request: Request) -> Response:
        """Show the form of a canned query and, once it has been sent, the rows."""
        given = _values(request)
        arguments = {"page": "query", "name": request.path_params["name"], "parameters": given, "asked": bool(given)}
        return await self.answer(request, "page", arguments)

    async def document_page(self, request: Request) -> Response:
        """Show a document with its evidence."""
        asked = _parameters(request).get("evidence", "")
        return await self.answer(
            request, "page", {"page": "document", "slug": request.path_params["slug"], "evidence": asked}
        )

    async def data(self, request: Request) -> Response:
        """Tell of an IRI of the data: see other, for the thing; its description, with the ending of a format."""
        return await self.described(request, "data", str(DATA))

    async def term(self, request: Request) -> Response:
        """Tell of a term of the ontology."""
        return await self.described(request, "ontology", str(HFS))

    async def ontology(self, request: Request) -> Response:
        """Give the ontology's graph, or its page."""
        form = _chosen(request)
        return await self.answer(request, "resource", {"iri": str(ONTOLOGY), "format": form.name})

    async def described(self, request: Request, kind: str, namespace: str) -> Response:
        """Tell of an IRI of a namespace."""
        path = request.path_params["path"]
        local, wanted = _ending(path, FACES)
        if wanted:
            return await self.answer(request, "resource", {"iri": namespace + local, "format": wanted})
        form = _chosen(request)
        address = f"{self.base}/{kind}/{quote(path)}"
        faces = ", ".join(f'<{address}.{face.name}>; rel="describedby"; type="{face.media_types[0]}"' for face in FACES)
        return RedirectResponse(f"{address}.{form.name}", 303, {"Vary": "Accept", "Link": faces})

    async def health(self, request: Request) -> Response:
        """Say whether a worker answers."""
        return respond(request, await self.pool.run(Job("ping")))

    async def answer(self, request: Request, kind: str, arguments: dict[str, object]) -> Response:
        """Have a worker answer, unless the client or the server still has the answer."""
        accept = request.headers.get("accept", "")[:1000]
        job = Job(kind, arguments, accept, "gzip" in request.headers.get("accept-encoding", ""))
        key = job.digest(self.digest)
        kept = self.cache.get(key)
        if kept is None:
            kept = await self._worked(request, job)
            self.cache.put(key, kept)
        return respond(request, kept, f'W/"{key}"')

    async def _worked(self, request: Request, job: Job) -> Answer:
        """Have a worker answer; it is stopped when the client leaves."""
        work = asyncio.ensure_future(self.pool.run(job))
        leaving = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait([work, leaving], return_when=asyncio.FIRST_COMPLETED)
            return work.result() if work.done() else refused(499, "The client has left.")
        finally:
            work.cancel()
            leaving.cancel()


async def _left(request: Request) -> None:
    """Wait until the client has left; its request has been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _optional(endpoint: Endpoint, methods: list[str]) -> Endpoint:
    """Let an endpoint tell its methods when it is asked for its options."""

    async def answered(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(methods)})
        return await endpoint(request)

    return answered


def _values(request: Request) -> dict[str, list[str]]:
    """Return the parameters of the address with their values, in their order."""
    values: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        values.setdefault(without_null(name), []).append(without_null(value))
    return values


def _parameters(request: Request) -> dict[str, str]:
    """Return the parameters of the address, each of which is given once."""
    pairs = request.query_params.multi_items()
    return {without_null(name): without_null(one_of(pairs, name)) for name, _ in pairs}


def _ending(path: str, formats: tuple[MediaFormat, ...]) -> tuple[str, str]:
    """Return a path without the ending of a format, and the format's name, or an empty text."""
    stem, dot, ending = path.rpartition(".")
    return (stem, ending) if dot and ending in {form.name for form in formats} else (path, "")


def _chosen(request: Request) -> MediaFormat:
    form = choose(request.headers.get("accept", ""), FACES)
    if form is None:
        raise HTTPException(406, f"There are {', '.join(face.media_types[0] for face in FACES)}.")
    return form


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = refused(error.status_code, error.detail)
    return respond(request, replace(answer, headers=dict(error.headers or {})))


async def _fail(request: Request, error: Exception) -> Response:
    """Say that something went wrong, and nothing of what; the log has it."""
    return respond(request, refused(500, "The server failed. Whoever runs it finds the reason in its log."))
