"""Answers to SPARQL queries, in a worker."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph
from typing_extensions import Buffer

from hfskg.namespaces import PREFIXES
from hfskg.server.graph import ServedGraph
from hfskg.server.inspection import inspect, is_update
from hfskg.server.media import GRAPH_FORMATS, RESULT_FORMATS, MediaFormat, choose, named
from hfskg.server.messages import Answer, Job, refused

__all__ = ["TooLarge", "answer_sparql", "compressed", "serialised_triples"]

_RESULTS = pyoxigraph.QueryResultsFormat

ROW_MARKS = {
    "json": re.compile(rb'[\[,]\{"[^"},]+":\{'),
    "xml": re.compile(rb"<result>"),
    "csv": re.compile(rb"\r\n"),
    "tsv": re.compile(rb"\n"),
}
"""What each row of an answer has once, and nothing within a row has."""

CHANGING_WITH_CALL = re.compile(r"\b(now|rand|uuid|struuid|bnode)\s*\(", re.IGNORECASE)
"""Functions that give something else with each call."""

SMALL = 1 << 10
MAY_BE_UPDATE = 1 << 16


class TooLarge(Exception):
    """An answer passes a limit."""


class _Bounded(io.BytesIO):
    """A file in memory that stops the engine when an answer passes a limit."""

    def __init__(self, name: str, rows: int, size: int) -> None:
        super().__init__()
        self._rows = -1 if name in ("csv", "tsv") else 0
        self._mark = ROW_MARKS[name]
        self._tail = b""
        self._most_rows, self._most = rows, size

    def write(self, part: Buffer) -> int:
        part = bytes(part)
        super().write(part)
        if self.tell() > self._most:
            raise TooLarge(f"The answer is larger than {self._most:,} bytes.")
        told = self._tail + part
        last = 0
        for match in self._mark.finditer(told):
            self._rows += 1
            last = match.end()
        self._tail = told[max(last, len(told) - 100) :]
        if self._rows > self._most_rows:
            raise TooLarge(f"The answer has more than {self._most_rows:,} rows.")
        return len(part)


def answer_sparql(graph: ServedGraph, job: Job) -> Answer:
    """Answer a query that came by the SPARQL protocol.

    Args:
        graph: The graph.
        job: Its arguments are ``query``, ``default_graphs``, ``named_graphs`` and ``format``.
    """
    text: str = job.arguments["query"]
    defaults, names = job.arguments["default_graphs"], job.arguments["named_graphs"]
    try:
        found = inspect(text, graph.endpoint)
    except SyntaxError as error:
        return _invalid(text, error)
    if not found.understood:
        return refused(400, "It cannot be told which graphs or services the query names. Write it more plainly.")
    if found.calls:
        return refused(403, "The query calls another endpoint (SERVICE), which this one does not.")
    options: dict[str, Any] = {"base_iri": graph.endpoint}
    by_request = bool(defaults or names)
    if not by_request:
        defaults, names = found.default_graphs, found.named_graphs
    unknown = sorted({*defaults, *names} - graph.graphs)
    if unknown:
        return refused(400, f"This endpoint has no graph <{unknown[0][:200]}>. GRAPH ?g {{}} lists those it has.")
    if by_request:
        options["default_graph"] = [pyoxigraph.NamedNode(name) for name in defaults]
        options["named_graphs"] = [pyoxigraph.NamedNode(name) for name in names]
    else:
        options["use_default_graph_as_union"] = not found.has_dataset
    fixed = not CHANGING_WITH_CALL.search(text)
    try:
        return _answered(graph, job, graph.store.engine.query(text, **options), fixed)
    except TooLarge as error:
        return refused(413, f"{error} Ask for less, for example with LIMIT.")
    except SyntaxError as error:
        return _invalid(text, error)
    except (ValueError, RuntimeError, OSError):
        return refused(400, "The query is valid but cannot be evaluated.")


def _invalid(text: str, error: SyntaxError) -> Answer:
    if len(text) < MAY_BE_UPDATE and is_update(text):
        return refused(403, "This is an update, and this endpoint only answers queries.")
    return refused(400, f"This is no valid SPARQL 1.1 query: {_told(error)}")


def _answered(graph: ServedGraph, job: Job, found: object, fixed: bool) -> Answer:
    graphs = isinstance(found, pyoxigraph.QueryTriples)
    formats = GRAPH_FORMATS if graphs else RESULT_FORMATS
    form = named(job.arguments["format"], formats) or choose(job.accept, formats)
    if form is None:
        kinds = ", ".join(one.media_types[0] for one in formats)
        return refused(406, f"The answer to this query comes as {kinds}.")
    if isinstance(found, pyoxigraph.QueryTriples):
        body = serialised_triples(found, form, graph.limits.rows, graph.limits.answer_bytes)
    elif isinstance(found, pyoxigraph.QuerySolutions):
        bounded = _Bounded(form.name, graph.limits.rows, graph.limits.answer_bytes)
        found.serialize(bounded, format=form.results or _RESULTS.JSON)
        body = bounded.getvalue()
    else:
        assert isinstance(found, pyoxigraph.QueryBoolean)
        body = found.serialize(format=form.results or _RESULTS.JSON) or b""
    return compressed(Answer(200, form.content_type, body, {"Vary": "Accept, Accept-Encoding"}, fixed), job)


def serialised_triples(triples: Iterable[pyoxigraph.Triple], form: MediaFormat, most: int, size: int) -> bytes:
    """Return triples in a format.

    Args:
        triples: The triples.
        form: One of the graph formats.
        most: Most triples.
        size: Most bytes.

    Raises:
        TooLarge: There are more.
    """
    prefixes = {} if form.name in ("nt", "jsonld") else PREFIXES
    body = pyoxigraph.serialize(_counted(triples, most), format=form.rdf, prefixes=prefixes) or b""
    if len(body) > size:
        raise TooLarge(f"The answer is larger than {size:,} bytes.")
    return body


def _counted(triples: Iterable[pyoxigraph.Triple], most: int) -> Iterator[pyoxigraph.Triple]:
    for number, triple in enumerate(triples, 1):
        if number > most:
            raise TooLarge(f"The answer has more than {most:,} triples.")
        yield triple


def compressed(answer: Answer, job: Job) -> Answer:
    """Return an answer with a compressed body, where the client takes one and it is worth it."""
    if not job.compressed or len(answer.body) < SMALL:
        return answer
    body = gzip.compress(answer.body, compresslevel=4, mtime=0)
    headers = {**answer.headers, "Content-Encoding": "gzip"}
    return Answer(answer.status, answer.content_type, body, headers, answer.fixed)


def _told(error: SyntaxError) -> str:
    """The parser's words about the query, on one line; they hold nothing but the query."""
    return " ".join(str(error).split())[:300]
