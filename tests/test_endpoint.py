from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from rdflib import Graph, URIRef

from casebook import example, graph, second, third
from hfskg.endpoint import RemoteStore
from hfskg.errors import EndpointError, QueryError
from hfskg.namespaces import HFS
from hfskg.queries import load_catalogue, run
from hfskg.store import Iri, LocalStore
from sparql_server import serving

DATA = graph(example(), second(), third())

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
        RemoteStore(server[0] + path, timeout=1, sleep=lambda seconds: None).select(ANY, {})
    assert server[0] + path in str(caught.value)


def test_an_endpoint_that_is_down_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    with pytest.raises(EndpointError, match="cannot be reached: .*refused"):
        RemoteStore(url, retries=0).select(ANY, {})


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


def test_an_endpoint_that_is_busy_is_asked_again(server: tuple[str, list[str]]) -> None:
    url, asked = server
    pauses: list[float] = []
    before = len(asked)
    with pytest.raises(EndpointError, match="answers 503"):
        RemoteStore(f"{url}/busy", retries=3, sleep=pauses.append).select(ANY, {})
    assert len(asked) - before == 4
    assert pauses == [0.5, 1.0, 2.0]


def test_an_endpoint_that_names_a_pause_is_asked_after_it(server: tuple[str, list[str]]) -> None:
    pauses: list[float] = []
    assert RemoteStore(f"{server[0]}/once-busy", sleep=pauses.append).select(ANY, {}).rows
    assert pauses == [7.0]


@pytest.mark.parametrize("path", ["/bad", "/login", "/missing", "/broken", "/page"])
def test_what_will_not_pass_is_not_tried_again(server: tuple[str, list[str]], path: str) -> None:
    with pytest.raises(EndpointError):
        RemoteStore(server[0] + path, sleep=lambda seconds: pytest.fail("waited")).select(ANY, {})


def test_queries_of_all_forms_are_answered_by_post_and_get(server: tuple[str, list[str]]) -> None:
    local = LocalStore(DATA)
    for method in ("POST", "GET"):
        remote = RemoteStore(f"{server[0]}/sparql", method="GET" if method == "GET" else "POST")
        for form in ("SELECT ?s ?_x", "ASK", "CONSTRUCT { ?s a ?_x }"):
            text = f"{form} WHERE {{ ?s a ?_x }}"
            remote_answer, local_answer = (store.answer(text, {"_x": HFS.Patient}) for store in (remote, local))
            if isinstance(local_answer, Graph):
                assert isinstance(remote_answer, Graph)
                assert set(remote_answer) == set(local_answer) != set()
            else:
                assert remote_answer == local_answer


@pytest.mark.parametrize(
    ("form", "message"),
    [("ASK {}", "neither true nor false"), ("CONSTRUCT WHERE { ?s ?p ?o }", "no Turtle, but: <html>")],
)
def test_nonsense_is_told_for_every_form(server: tuple[str, list[str]], form: str, message: str) -> None:
    with pytest.raises(EndpointError, match=message):
        RemoteStore(f"{server[0]}/page").answer(form)


def test_the_login_is_sent(server: tuple[str, list[str]]) -> None:
    assert RemoteStore(f"{server[0]}/private", login=("ada", "sesame")).select(ANY, {}).rows
    with pytest.raises(EndpointError, match="refuses the login"):
        RemoteStore(f"{server[0]}/private", login=("ada", "wrong")).select(ANY, {})
    with pytest.raises(EndpointError, match="wants a login"):
        RemoteStore(f"{server[0]}/private").select(ANY, {})


def test_iris_are_told_apart_from_texts(server: tuple[str, list[str]]) -> None:
    rows = (
        RemoteStore(f"{server[0]}/sparql")
        .select("SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }", {})
        .rows
    )
    assert all(isinstance(term, Iri) and not isinstance(label, Iri) for term, label in rows)
