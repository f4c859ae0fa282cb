from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import yaml

from serving import serving_graph, write_folder

W3C = yaml.safe_load((Path(__file__).parent / "w3c_protocol.yaml").read_text(encoding="utf-8"))
DATA = "http://kasei.us/2009/09/sparql/data/"
UPDATES = [test for test in W3C if test["name"].startswith("update_")]
"""The exceptions: they ask for updates, which this endpoint refuses on purpose. All others must pass."""
QUERIES = [test for test in W3C if test not in UPDATES]

FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"}
    | {"text/tab-separated-values"},
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server over the graphs that the W3C's tests expect."""
    documents = [f"{DATA}data{number}.rdf" for number in range(4)]
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document>"
    nquads = "".join(f"<{document}> {kind} <{document}> .\n" for document in documents)
    folder = write_folder(tmp_path_factory.mktemp("w3c") / "graph", nquads)
    with serving_graph(folder, "--workers", "2") as client:
        yield client


def pairs(told: list[list[str]]) -> str:
    return urlencode([(name, value) for name, value in told])


def send(client: httpx.Client, asked: dict[str, Any]) -> httpx.Response:
    body = pairs(asked["form"]) if "form" in asked else asked.get("body")
    content = None if body is None else body.encode(asked.get("encoding", "utf-8"))
    headers = {"content-type": asked["type"]} if "type" in asked else {}
    address = f"/sparql/?{pairs(asked.get('address', []))}"
    return client.request(asked["method"], address, content=content, headers=headers)


@pytest.mark.parametrize("test", QUERIES, ids=lambda test: str(test["name"]))
def test_the_w3c_protocol_tests_pass(test: dict[str, Any], endpoint: httpx.Client) -> None:
    for asked in test["requests"]:
        answer = send(endpoint, asked)
        assert answer.status_code // 100 in asked["status"], answer.text
        kind = answer.headers["content-type"].partition(";")[0]
        if "format" in asked:
            assert kind in FORMATS[asked["format"]]
        if "boolean" in asked:
            assert json.loads(answer.text)["boolean"] is asked["boolean"]


def test_there_are_tests_of_both_kinds() -> None:
    assert (len(QUERIES), len(UPDATES)) == (27, 7)


@pytest.mark.parametrize("test", UPDATES, ids=lambda test: str(test["name"]))
def test_updates_are_refused(test: dict[str, Any], endpoint: httpx.Client) -> None:
    answer = send(endpoint, test["requests"][0])
    assert answer.status_code == 403
    assert "only answers queries" in answer.text


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("query=ASK%7B%7D&format=csv&format=tsv", 400, "given 2 times"),
        ("query=ASK%7B%7D%00", 400, "NUL"),
        ("query=%FF", 400, "UTF-8"),
        ("query=ASK%7B%7D&default-graph-uri=http://localhost/none", 400, "no graph <http://localhost/none>"),
        ("query=ASK%7B%7D&default-graph-uri=%20", 400, "no graph"),
        ("query=", 400, "no valid SPARQL"),
    ],
)
def test_a_wrong_request_is_told_why(address: str, status: int, told: str, endpoint: httpx.Client) -> None:
    answer = endpoint.get(f"/sparql?{address}")
    assert (answer.status_code, told in answer.text) == (status, True), answer.text


def test_a_query_in_the_address_and_in_the_body_is_one_too_many(endpoint: httpx.Client) -> None:
    headers = {"content-type": "application/sparql-query"}
    answer = endpoint.post("/sparql?query=ASK%7B%7D", content="ASK {}", headers=headers)
    assert answer.status_code == 400


def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_so(endpoint: httpx.Client) -> None:
    headers = {"content-type": "application/sparql-query"}
    large = b"ASK {}" + b" " * 10_000_000
    assert endpoint.post("/sparql", content=large, headers=headers).status_code == 413
    parts = (large[start : start + 100_000] for start in range(0, len(large), 100_000))
    assert endpoint.post("/sparql", content=parts, headers=headers).status_code == 413
    assert endpoint.get("/health").status_code == 200


def test_an_address_that_is_too_long_is_refused(endpoint: httpx.Client) -> None:
    with closing(HTTPConnection(endpoint.base_url.host, endpoint.base_url.port or 80, timeout=30)) as connection:
        connection.request("GET", f"/sparql?query=ASK%7B%7D{'%20' * 50_000}")
        assert 400 <= connection.getresponse().status < 500
