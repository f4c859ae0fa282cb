"""Requests of all kinds, of which none may make the server fail."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from hfskg.queries import load_catalogue
from hfskg.server.graph import ServedGraph
from hfskg.server.openapi import openapi

pytestmark = pytest.mark.slow

QUIET = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],
)

TEXTS = [query.sparql for query in load_catalogue().values()]
WORDS = r"""SELECT * { } ?s ?p < > \u0000 FROM SERVICE NAMED BASE PREFIX : ( VALUES UNDEF ^ / + ! | " ' \ @en ^^ 1e9 -
GRAPH OPTIONAL ; . BIND AS GROUP BY HAVING LIMIT -1 99999999999999999999 DESCRIBE ASK CONSTRUCT << #""".split()


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A canned query, cut and spliced."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        first, last = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        last = min(last, first + 20)
        text = text[:first] + draw(st.sampled_from(WORDS) | st.text(max_size=5)) + text[last:]
    return text


QUERIES = st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join) | mutated()
NAMES = st.sampled_from(["query", "update", "default-graph-uri", "named-graph-uri", "format", "x"])
TYPES = ["application/sparql-query", "application/x-www-form-urlencoded", "text/plain", "", "a; charset=utf-16"]
STARTS = ["/", "/data/", "/ontology/", "/documents/", "/queries/", "/api/", "/static/"]
ACCEPTED = st.sampled_from(["*/*", "text/turtle", "text/csv", "", ",", "a/b;q=x", "text/xml;q=0.5,*", "text/html"])


NOT_CHECKED = [positive_data_acceptance]
"""A parameter that takes a term is a text to OpenAPI, but not every text is the name of a term."""


def sound(answer: httpx.Response) -> None:
    assert answer.status_code != 500, answer.text
    assert "Traceback" not in answer.text
    assert answer.status_code < 400 or answer.headers["content-type"].startswith("text/plain")


@QUIET
@given(text=QUERIES, accept=ACCEPTED, form=st.sampled_from(["", "json", "xml", "csv", "tsv", "ttl", "x"]))
def test_no_query_makes_the_server_fail(text: str, accept: str, form: str, client: httpx.Client) -> None:
    body = {"query": text.encode("utf-8", "replace").decode(), "format": form}
    sound(client.post("/sparql", data=body, headers={"accept": accept}))


@QUIET
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS", "PATCH"]),
    pairs=st.lists(st.tuples(NAMES, st.text(max_size=20)), max_size=4),
    body=st.binary(max_size=60),
    kind=st.sampled_from(TYPES),
)
def test_no_request_makes_the_server_fail(
    method: str, pairs: list[tuple[str, str]], body: bytes, kind: str, client: httpx.Client
) -> None:
    told = urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs])
    sound(client.request(method, "/sparql", params=told, content=body, headers={"content-type": kind}))


@QUIET
@given(path=st.text(max_size=30), start=st.sampled_from(STARTS))
def test_no_address_makes_the_server_fail(path: str, start: str, client: httpx.Client) -> None:
    sound(client.get(start + quote(path.encode("utf-8", "replace"))))


def test_the_api_does_what_its_openapi_document_says(graph: ServedGraph, client: httpx.Client) -> None:
    document = {**openapi(graph), "servers": [{"url": str(client.base_url)}]}
    found = schemathesis.openapi.from_dict(document).get_all_operations()
    operations = [result.ok() for result in found if isinstance(result, Ok)]
    assert len(operations) == len(document["paths"])
    for operation in operations:

        @settings(QUIET, max_examples=8)
        @given(case=operation.as_strategy())
        def conforms(case: Any) -> None:
            case.call_and_validate(base_url=str(client.base_url), excluded_checks=NOT_CHECKED)

        conforms()
