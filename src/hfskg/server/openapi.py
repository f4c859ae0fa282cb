"""The OpenAPI document of the server, from the headers of the canned queries."""

from __future__ import annotations

import json
from typing import Any

from hfskg.queries import Parameter, Query
from hfskg.server.answering import compressed
from hfskg.server.canned import formats_of
from hfskg.server.graph import ServedGraph
from hfskg.server.media import JSON, MediaFormat
from hfskg.server.messages import Answer, Job
from hfskg.version import __version__

__all__ = ["answer_openapi", "openapi"]

SCHEMAS: dict[str, dict[str, Any]] = {
    "term": {"type": "string", "minLength": 1},
    "iri": {"type": "string", "minLength": 1},
    "string": {"type": "string", "minLength": 1},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}
"""What the values of a parameter look like in JSON Schema, by its type."""

REASON = {"text/plain": {"schema": {"type": "string"}}}

REFUSALS = {
    "400": "A parameter is unknown, missing, or not of its type; the reason is told.",
    "406": "The client takes none of the formats.",
    "413": "The answer is larger than the server gives.",
    "429": "The server is busy; try again later.",
    "503": "The query took too long, or needed too much memory.",
}


def openapi(graph: ServedGraph) -> dict[str, Any]:
    """Return the OpenAPI document.

    Args:
        graph: The graph, whose catalogue is described.
    """
    paths: dict[str, Any] = {"/api/queries": _listing(), "/api/terms": _terms()}
    for query in graph.catalogue.values():
        paths[f"/api/queries/{query.name}"] = {"get": _operation(query)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "HFS-KG",
            "version": __version__,
            "summary": "A knowledge graph of hyperferritinemic syndromes, read from published case reports",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": graph.base}],
        "externalDocs": {"url": graph.endpoint, "description": "The SPARQL endpoint"},
        "paths": paths,
    }


def _operation(query: Query) -> dict[str, Any]:
    header = query.header
    formats = formats_of(query)
    row = {"type": "object", "properties": {name: _column(told) for name, told in header.columns.items()}}
    rows = {"type": "array", "items": row}
    content = {form.media_types[0]: {"schema": rows if form is JSON else {"type": "string"}} for form in formats}
    return {
        "operationId": query.name,
        "summary": header.summary,
        "description": header.description.strip(),
        "tags": list(header.tags),
        "parameters": [*map(_parameter, header.parameters), _format(formats)],
        "responses": _responses(content),
    }


def _column(told: str) -> dict[str, Any]:
    return {"description": told, "type": ["string", "number", "boolean", "null"]}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(SCHEMAS[parameter.type])
    if parameter.values:
        schema["enum"] = [_typed(parameter.type, value) for value in parameter.values]
    if parameter.default is not None:
        schema["default"] = _typed(parameter.type, parameter.default)
    example = _typed(parameter.type, parameter.example)
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": {"type": "array", "items": schema} if parameter.list else schema,
        "example": [example] if parameter.list else example,
    }


def _typed(kind: str, value: str) -> object:
    return json.loads(value) if SCHEMAS[kind]["type"] != "string" else value


def _format(formats: tuple[MediaFormat, ...]) -> dict[str, Any]:
    names = [form.name for form in formats]
    told = "The format, if not by the header Accept."
    return {"name": "format", "in": "query", "description": told, "schema": {"type": "string", "enum": names}}


def _responses(content: dict[str, Any]) -> dict[str, Any]:
    refusals = {status: {"description": told, "content": REASON} for status, told in REFUSALS.items()}
    return {"200": {"description": "The rows.", "content": content}, "304": {"description": "Unchanged."}, **refusals}


def _listing() -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}}
    ok = {"200": {"description": "The queries.", "content": content}, "304": {"description": "Unchanged."}}
    operation = {"operationId": "listQueries", "summary": "List the queries.", "responses": ok}
    return {"get": operation}


def _terms() -> dict[str, Any]:
    term = {"type": "object", "properties": {name: {"type": "string"} for name in ("iri", "curie", "label", "name")}}
    parameters = [
        ("q", "Characters of a label, synonym, abbreviation or brand name.", {"type": "string"}),
        ("below", "A class, as CURIE or IRI, that the terms are, or are below.", {"type": "string"}),
        ("limit", "Most terms.", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}),
    ]
    content = {"application/json": {"schema": {"type": "array", "items": term}}}
    operation = {
        "operationId": "findTerms",
        "summary": "Find terms of the ontology by their names.",
        "parameters": [
            {"name": name, "in": "query", "description": told, "schema": schema} for name, told, schema in parameters
        ],
        "responses": _responses(content),
    }
    return {"get": operation}


def answer_openapi(graph: ServedGraph, job: Job) -> Answer:
    """Give the OpenAPI document, or with the argument ``listing`` the list of queries alone.

    Args:
        graph: The graph.
        job: The job.
    """
    told: object = _list(graph) if job.arguments.get("listing") else openapi(graph)
    body = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    return compressed(Answer(200, JSON.content_type, body, {"Vary": "Accept-Encoding"}), job)


def _list(graph: ServedGraph) -> list[dict[str, Any]]:
    return [
        {
            "name": query.name,
            "url": f"{graph.base}/api/queries/{query.name}",
            **query.header.model_dump(mode="json", exclude_none=True),
            "sparql": query.sparql,
        }
        for query in graph.catalogue.values()
    ]
