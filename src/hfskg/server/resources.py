"""Descriptions of the resources that IRIs stand for, in a worker."""

from __future__ import annotations

from hfskg.server.answering import TooLarge, compressed, serialised_triples
from hfskg.server.describing import describe, triples_of
from hfskg.server.graph import ServedGraph
from hfskg.server.media import GRAPH_FORMATS, HTML, named
from hfskg.server.messages import Answer, Job, refused
from hfskg.server.pages import html

__all__ = ["answer_resource"]


def answer_resource(graph: ServedGraph, job: Job) -> Answer:
    """Describe a resource.

    Args:
        graph: The graph.
        job: Its arguments are ``iri`` and ``format``.
    """
    iri: str = job.arguments["iri"]
    form = named(job.arguments["format"], (HTML, *GRAPH_FORMATS))
    try:
        description = describe(graph, iri) if form is not None else None
    except ValueError:
        description = None
    if form is None or description is None:
        return refused(404, "The graph says nothing about this address.")
    if form is HTML:
        return html(graph, job, "resource.html", described=description)
    try:
        body = serialised_triples(triples_of(graph, iri), form, graph.limits.rows, graph.limits.answer_bytes)
    except TooLarge as error:
        return refused(413, f"{error} The SPARQL endpoint gives it in parts.")
    return compressed(Answer(200, form.content_type, body, {"Vary": "Accept-Encoding"}), job)
