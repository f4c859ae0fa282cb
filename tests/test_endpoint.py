from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from rdflib import URIRef

from casebook import example, graph, second
from hfskg.endpoint import RemoteStore
from hfskg.errors import EndpointError, QueryError
from hfskg.queries import load_catalogue, run
from hfskg.store import LocalStore
from sparql_server import serving

DATA = graph(example(), second())

ANY = "SELECT ?s { ?s ?p ?o } LIMIT 1"


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    with serving(DATA) as served:
        yield served


@pytest.mark.parametrize("name", load_catalogue())
def test_an_endpoint_answers_as_the_folder_does(name: str, server: tuple[str, list[str]]) -> None:
    query = load_catalogue()[name]
    parameters = {parameter.name: parameter.example for parameter in query.header.parameters}
    remote, local = RemoteStore(f"{server[0]}/sparql"), LocalStore(DATA)
    assert run(query, remote, parameters) == run(query, local, parameters)


def test_comments_do_not_reach_the_endpoint(server: tuple[str, list[str]]) -> None:
    url, asked = server
    RemoteStore(f"{url}/sparql").select("#+ title: DROP it\n#+ more\n" + ANY, {})
    assert "#+" not in asked[-1]
    assert ANY in asked[-1]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/page", "answers no SPARQL results in JSON, but: <html>Ask here"),
        ("/list", r"answers no SPARQL results in JSON, but: \[\]"),
        ("/rows", "answers no SPARQL results in JSON"),
        ("/empty", "but: nothing"),
        ("/bad", "refuses the query: Parse error: line 3, it's ä mess"),
        ("/login", "wants a login"),
        ("/missing", "does not exist"),
        ("/long", "does not take the query: too long"),
        ("/broken", "failed: it gives no reason"),
        ("/busy", "answers 503"),
        ("/short", "broke off"),
        ("/slow", "did not answer within 1 seconds"),
    ],
)
def test_an_endpoint_that_fails_is_told_with_its_cause(server: tuple[str, list[str]], path: str, message: str) -> None:
    with pytest.raises(EndpointError, match=message) as caught:
        RemoteStore(server[0] + path, timeout=1).select(ANY, {})
    assert server[0] + path in str(caught.value)


def test_an_endpoint_that_is_down_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    with pytest.raises(EndpointError, match="cannot be reached: .*refused"):
        RemoteStore(url).select(ANY, {})


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://example.org/", "build/", "http://", ""])
def test_only_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(EndpointError, match="is no address of an endpoint"):
        RemoteStore(url)


def test_an_unsafe_term_is_not_sent(server: tuple[str, list[str]]) -> None:
    url, asked = server
    before = len(asked)
    with pytest.raises(QueryError, match="is no IRI"):
        RemoteStore(f"{url}/sparql").select("SELECT ?s { ?s ?p ?_x }", {"_x": URIRef("x:a> . ?s ?p <x:b")})
    assert len(asked) == before
