from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from engines import VIRTUOSO, Engine, oxigraph, virtuoso
from hfskg.endpoint import RemoteStore
from hfskg.errors import EndpointError
from hfskg.export import read_graphs, to_nquads
from hfskg.output import load_manifest
from hfskg.queries import load_catalogue, run
from hfskg.store import LocalStore, Value, open_graph
from hfskg.tables import Table
from hfskg.upload import Protocol, upload
from serving import write_folder
from support import hfskg

ENGINES = {"oxigraph": oxigraph, "virtuoso": virtuoso}
NAME = URIRef("http://graph.example/one")
EX = "http://graph.example/#"


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one graph in which blank nodes hang together."""
    graph = Graph()
    for number in range(3):
        node, inner = BNode(f"a{number}"), BNode(f"b{number}")
        graph.add((URIRef(f"{EX}thing{number}"), RDF.value, node))
        graph.add((node, RDF.rest, inner))
        graph.add((inner, RDF.first, Literal('a "quoted"\nline', lang="en")))
    return write_folder(tmp_path_factory.mktemp("little") / "graph", to_nquads({NAME: graph}).decode())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as engine:
        yield engine


def stored(engine: Engine) -> Graph:
    told = httpx.get(engine.store, params={"graph": str(NAME)}, headers={"accept": "application/n-triples"})
    return Graph().parse(data=told.raise_for_status().text, format="nt")


@pytest.mark.parametrize("protocol", Protocol)
def test_a_graph_is_replaced(
    protocol: Protocol, little: Path, running: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hfskg.upload.PART", 4)
    old = "<http://graph.example/#old> <http://graph.example/#p> 1 ."
    headers = {"content-type": "text/turtle"}
    httpx.put(running.store, params={"graph": str(NAME)}, content=old, headers=headers).raise_for_status()
    url = running.store if protocol is Protocol.GRAPH_STORE else running.update
    assert upload(little, url, protocol=protocol) == {NAME: 9}
    assert isomorphic(stored(running), read_graphs(little)[NAME])


def test_the_command_says_what_it_loaded(little: Path, running: Engine) -> None:
    done = hfskg("load", little, "--endpoint", running.update, "--update")
    assert (done.returncode, done.stdout.split()) == (0, ["9", str(NAME), "9", "triples", "in", "1", "graphs"])
    wrong = hfskg("load", little, "--endpoint", running.query)
    assert wrong.returncode == 2 and "refuses the graph" in wrong.stderr


@pytest.mark.parametrize(
    ("told", "pauses"),
    [([(500, "Error 40001: deadlock")] * 2, [0.5, 1.0]), ([(503, "busy")], [0.5]), ([(500, "Error 40002")] * 9, None)],
)
@pytest.mark.parametrize("protocol", Protocol)
def test_a_part_that_was_rolled_back_is_sent_again(
    protocol: Protocol, told: list[tuple[int, str]], pauses: list[float] | None, little: Path
) -> None:
    slept: list[float] = []
    with refusing(told) as (url, taken):
        if pauses is None:
            with pytest.raises(EndpointError, match="500 .*40002"):
                upload(little, url, protocol=protocol, sleep=slept.append)
            assert (taken, slept) == ([], [])
        else:
            upload(little, url, protocol=protocol, sleep=slept.append)
            assert slept == pauses
            assert len(taken) == (1 if protocol is Protocol.GRAPH_STORE else 2)


@contextmanager
def refusing(told: list[tuple[int, str]]) -> Iterator[tuple[str, list[bytes]]]:
    """Serve what gives some answers before it takes what is sent; yield its address and what it has taken."""
    waiting, taken = list(told), list[bytes]()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            code, text = waiting.pop(0) if waiting else (204, "")
            if not text:
                taken.append(body)
            self.send_response(code)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        do_POST = do_PUT

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", taken
        server.shutdown()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://a.example/", "no address"),
        ("http://127.0.0.1:1/", "cannot be reached"),
    ],
)
def test_an_engine_that_does_not_answer_is_told(url: str, told: str, little: Path) -> None:
    with pytest.raises(EndpointError, match=told):
        upload(little, url)


@pytest.fixture(scope="module", params=ENGINES)
def remote(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RemoteStore]:
    """An engine of others with the graph of the seeds."""
    if request.param == "virtuoso" and not VIRTUOSO:
        pytest.skip("Virtuoso is not installed (on Debian `apt-get install virtuoso-opensource-7-bin`)")
    with ENGINES[request.param](tmp_path_factory.mktemp(request.param)) as engine:
        upload(built, engine.store, login=engine.login, digest=engine.digest)
        yield RemoteStore(engine.query, timeout=120)


BOOLEANS = {"0": "False", "1": "True"}
"""Virtuoso has numbers where the standard has booleans."""


def plain(table: Table) -> list[str]:
    """Return the rows as texts, in an order of their own: engines order what a query leaves open as they please."""
    return sorted(json.dumps([None if value is None else _text(value) for value in row]) for row in table.rows)


def _text(value: Value) -> str:
    return BOOLEANS.get(str(value), str(value))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(name for name, query in load_catalogue().items() if query.form == "SELECT"))
def test_a_canned_query_has_the_same_rows_on_an_engine_of_others(name: str, built: Path, remote: RemoteStore) -> None:
    query, slug = load_catalogue()[name], load_manifest(built).documents[0].slug
    given = {p.name: p.example.replace("example", slug) for p in query.header.parameters if p.required}
    assert plain(run(query, remote, given)) == plain(run(query, _local(built), given))


_STORES: dict[Path, LocalStore] = {}


def _local(built: Path) -> LocalStore:
    if built not in _STORES:
        _STORES[built] = open_graph(built)
    return _STORES[built]
