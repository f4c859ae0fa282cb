"""Answers of canned queries, and names of terms, in a worker."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pyoxigraph

from hfskg.binding import bind
from hfskg.errors import QueryError
from hfskg.lookup import term_index
from hfskg.queries import Given, Query, bind_parameters, run
from hfskg.server.answering import TooLarge, compressed, serialised_triples
from hfskg.server.graph import ServedGraph
from hfskg.server.media import GRAPH_FORMATS, JSON, TABLE_FORMATS, MediaFormat, choose, named
from hfskg.server.messages import Answer, Job, refused
from hfskg.tables import Table, to_csv, to_json, to_tsv
from hfskg.terms import expand, shorten

__all__ = ["answer_query", "answer_terms", "formats_of", "warm_names"]

TERMS = "hfs:Term"
"""The class of all terms."""

WRITERS: dict[str, Callable[[Table], str]] = {"json": to_json, "csv": to_csv, "tsv": to_tsv}


def answer_query(graph: ServedGraph, job: Job) -> Answer:
    """Run a canned query.

    Args:
        graph: The graph.
        job: Its arguments are ``name``, ``parameters`` and ``format``.
    """
    name, wanted = job.arguments["name"], job.arguments["format"]
    if name not in graph.catalogue:
        return refused(404, f"There is no query {name[:100]}. /api/queries lists them.")
    query = graph.catalogue[name]
    formats = formats_of(query)
    form = named(wanted, formats) if wanted else choose(job.accept, formats)
    if form is None:
        return refused(406, f"The answer comes as {', '.join(one.media_types[0] for one in formats)}.")
    try:
        body = _body(graph, query, job.arguments["parameters"], form)
    except QueryError as error:
        return refused(400, str(error))
    except TooLarge as error:
        return refused(413, f"{error} Ask for less.")
    return compressed(Answer(200, form.content_type, body, {"Vary": "Accept, Accept-Encoding"}), job)


def formats_of(query: Query) -> tuple[MediaFormat, ...]:
    """Return the formats that the answers of a canned query come in."""
    return TABLE_FORMATS if query.form == "SELECT" else GRAPH_FORMATS


def _body(graph: ServedGraph, query: Query, given: Given, form: MediaFormat) -> bytes:
    rows, size = graph.limits.rows, graph.limits.answer_bytes
    if query.form != "SELECT":
        return serialised_triples(_triples(graph, query, given), form, rows, size)
    table = run(query, graph.store, given)
    if len(table.rows) > rows:
        raise TooLarge(f"The answer has more than {rows:,} rows.")
    body = WRITERS[form.name](table).encode()
    if len(body) > size:
        raise TooLarge(f"The answer is larger than {size:,} bytes.")
    return body


def _triples(graph: ServedGraph, query: Query, given: Given) -> Iterator[pyoxigraph.Triple]:
    for bindings in bind_parameters(query, graph.store, given):
        found = graph.store.engine.query(bind(query.sparql, bindings), use_default_graph_as_union=True)
        assert isinstance(found, pyoxigraph.QueryTriples)
        yield from found


def warm_names(graph: ServedGraph) -> None:
    """Collect the names of all terms, and of the classes that parameters choose from.

    Args:
        graph: The graph.
    """
    parameters = (parameter for query in graph.catalogue.values() for parameter in query.header.parameters)
    for name in sorted({TERMS, *(parameter.below or TERMS for parameter in parameters if parameter.type == "term")}):
        if (below := expand(name)) is not None:
            term_index(graph.store, below).called("")


def answer_terms(graph: ServedGraph, job: Job) -> Answer:
    """Find the terms whose names begin with, or hold, some characters.

    Args:
        graph: The graph.
        job: Its arguments are ``text``, ``below`` (a CURIE, or empty) and ``most``.
    """
    below = expand(job.arguments["below"] or TERMS)
    index = term_index(graph.store, below) if below is not None else None
    if index is None or not index.names:
        return refused(400, f"The parameter below takes a class of the ontology, such as {TERMS}.")
    found = index.search(job.arguments["text"], job.arguments["most"])
    rows = [{"iri": t.iri, "curie": shorten(t.iri), "label": t.label, "name": t.name} for t in found]
    body = (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    return compressed(Answer(200, JSON.content_type, body, {"Vary": "Accept-Encoding"}), job)
