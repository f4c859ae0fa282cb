"""A SPARQL endpoint in this process for the tests, and others that misbehave, by the path of the address."""

from __future__ import annotations

import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "/page": (200, "text/html", b"<html>Ask here</html>"),
    "/list": (200, "application/sparql-results+json", b"[]"),
    "/rows": (200, "application/sparql-results+json", b'{"head": {"vars": ["s"]}, "results": {"bindings": ["x"]}}'),
    "/empty": (200, "application/sparql-results+json", b""),
    "/bad": (400, "text/plain", b"Parse error:\n  line 3, it's \xc3\xa4 mess"),
    "/login": (401, "text/plain", b"who are you"),
    "/missing": (404, "text/plain", b"no"),
    "/long": (414, "text/plain", b"too long"),
    "/broken": (500, "text/plain", b""),
    "/busy": (503, "text/plain", b"later"),
}


class _Handler(BaseHTTPRequestHandler):
    store: pyoxigraph.Store
    asked: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._query(parse_qs(body)["query"][0])

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.path = parts.path
        self._query(parse_qs(parts.query)["query"][0])

    def _query(self, query: str) -> None:
        self.asked.append(query)
        login = self.headers.get("Authorization", "").removeprefix("Basic ")
        if self.path == "/slow":
            time.sleep(2)
            self.close_connection = True
        elif self.path == "/short":
            self._answer(200, "application/sparql-results+json", b"{", length=1000)
            self.close_connection = True
        elif self.path == "/private" and b64decode(login) != b"ada:sesame":
            self._answer(401, "text/plain", b"who are you")
        elif self.path == "/once-busy" and self.asked.count(query + "\n#busy") == 0:
            self.asked.append(query + "\n#busy")
            self._answer(503, "text/plain", b"later", pause="7")
        elif self.path in ANSWERS:
            self._answer(*ANSWERS[self.path])
        else:
            self._answer_query(query)

    def _answer_query(self, query: str) -> None:
        found = self.store.query(query, use_default_graph_as_union=True)
        if isinstance(found, pyoxigraph.QueryTriples):
            turtle = found.serialize(format=pyoxigraph.RdfFormat.TURTLE)
            assert turtle is not None
            return self._answer(200, "text/turtle", turtle)
        json = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        assert json is not None
        self._answer(200, "application/sparql-results+json", json)

    def _answer(self, code: int, kind: str, body: bytes, length: int | None = None, pause: str = "") -> None:
        self.send_response(code)
        if pause:
            self.send_header("Retry-After", pause)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(nquads: bytes) -> Iterator[tuple[str, list[str]]]:
    """Serve a graph on a free port; yield the address without path, and the queries that arrive."""
    store = pyoxigraph.Store()
    store.bulk_load(nquads, pyoxigraph.RdfFormat.N_QUADS)
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"store": store, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
