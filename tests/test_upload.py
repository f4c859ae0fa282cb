from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

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


NESTED = "Virtuoso 7.2 gives other values where a group in a group has values that are not bound"
DIFFERS = {
    "doses-per-kilogram": NESTED,
    "drug-combinations": NESTED,
    "ferritin-before-after": NESTED,
    "gaps": "Virtuoso's compiler fails with an internal error (SP031)",
    "infections": NESTED,
    "patients-by-drug": NESTED,
    "routes": "Virtuoso leaves out in MIN and MAX what is not bound",
    "steroid-sparing": NESTED,
}
"""The queries that Virtuoso answers otherwise, and why."""


def plain(table: Table) -> list[str]:
    """Return the rows as texts, in an order of their own: engines order what a query leaves open as they please."""
    return sorted(json.dumps([None if value is None else _text(value) for value in row]) for row in table.rows)


def _text(value: Value) -> str:
    return BOOLEANS.get(str(value), str(value))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(name for name, query in load_catalogue().items() if query.form == "SELECT"))
def test_a_canned_query_has_the_same_rows_on_an_engine_of_others(
    name: str, built: Path, remote: RemoteStore, request: pytest.FixtureRequest
) -> None:
    if name in DIFFERS and "virtuoso" in request.node.name:
        request.node.add_marker(pytest.mark.xfail(reason=DIFFERS[name], strict=True))
    query, slug = load_catalogue()[name], load_manifest(built).documents[0].slug
    given = {p.name: p.example.replace("example", slug) for p in query.header.parameters if p.required}
    assert plain(run(query, remote, given)) == plain(run(query, _local(built), given))


_STORES: dict[Path, LocalStore] = {}


def _local(built: Path) -> LocalStore:
    if built not in _STORES:
        _STORES[built] = open_graph(built)
    return _STORES[built]
