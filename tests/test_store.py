from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import XSD, Literal, URIRef

from casebook import example, example_store, graph, write_folder
from hfskg.errors import QueryError, StoreError
from hfskg.output import GRAPH_FILE, MANIFEST_FILE
from hfskg.store import LocalStore, open_graph, typed_value

AGE = """
PREFIX hfs: <https://w3id.org/hfskg/ontology#>
PREFIX qudt: <http://qudt.org/schema/qudt/>
SELECT ?age { ?observation a hfs:AgeObservation ; qudt:numericValue ?age }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "graph", graph(example()))


def test_a_graph_folder_is_loaded_with_all_its_graphs(folder: Path) -> None:
    store = open_graph(folder)
    assert len(store) == (folder / GRAPH_FILE).read_bytes().count(b"\n")
    assert store.select(AGE, {}).rows == ((Decimal("13.5"),),)


def test_a_store_outlives_its_folder(folder: Path) -> None:
    store = open_graph(folder)
    (folder / GRAPH_FILE).unlink()
    assert len(store.select(AGE, {}).rows) == 1


def test_the_default_graph_is_the_union_of_all_graphs() -> None:
    store = LocalStore(b"<x:a> <x:p> <x:b> <x:g1> .\n<x:b> <x:p> <x:c> <x:g2> .\n<x:c> <x:p> <x:d> .\n")
    assert store.select("SELECT ?o { <x:a> <x:p>+ ?o } ORDER BY ?o", {}).rows == (("x:b",), ("x:c",), ("x:d",))


def test_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no folder .*nowhere"):
        open_graph(tmp_path / "nowhere")


def test_a_folder_that_no_build_wrote_is_refused(tmp_path: Path) -> None:
    (tmp_path / GRAPH_FILE).write_bytes(graph(example()))
    with pytest.raises(StoreError, match="is no graph folder: it has no hfskg.json"):
        open_graph(tmp_path)


def test_a_folder_of_another_version_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST_FILE).read_text())
    (folder / MANIFEST_FILE).write_text(json.dumps({**manifest, "format_version": 99}))
    with pytest.raises(StoreError, match="of another version") as caught:
        open_graph(folder)
    assert "Build the folder again" in caught.value.cure


@pytest.mark.parametrize("damage", [b"", b"<x:a> <x:p> <x:b> .\n"], ids=["cut short", "lengthened"])
def test_a_damaged_graph_is_refused(folder: Path, damage: bytes) -> None:
    data = (folder / GRAPH_FILE).read_bytes()
    (folder / GRAPH_FILE).write_bytes(data + damage if damage else data[:-100])
    with pytest.raises(StoreError, match="is not what the build wrote"):
        open_graph(folder)


def test_a_graph_that_is_gone_is_told(folder: Path) -> None:
    (folder / GRAPH_FILE).unlink()
    with pytest.raises(StoreError, match="graph.nq cannot be read: No such file"):
        open_graph(folder)


def test_what_is_no_nquads_is_refused_even_if_the_digest_fits(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not valid N-Quads"):
        open_graph(write_folder(tmp_path, b"this is no graph\n"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s {", "cannot be run"),
        ("ASK { ?s ?p ?o }", "no SELECT query"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "no SELECT query"),
        ("DELETE WHERE { ?s ?p ?o }", "cannot be run"),
        ("CLEAR ALL", "cannot be run"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "cannot be run"),
        ("LOAD <file:///etc/hostname>", "cannot be run"),
    ],
)
def test_only_select_queries_are_answered_and_nothing_changes(text: str, message: str) -> None:
    store = example_store()
    before = len(store)
    with pytest.raises(QueryError, match=message):
        store.select(text, {})
    assert len(store) == before


def test_a_bound_variable_that_the_query_lacks_is_an_error() -> None:
    with pytest.raises(QueryError, match="_x"):
        example_store().select("SELECT ?s { ?s ?p '?_x' }", {"_x": URIRef("x:a")})


def test_bound_terms_are_typed() -> None:
    store = LocalStore(b'<x:a> <x:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n<x:b> <x:p> "1" .\n')
    query = "SELECT ?s ?_x { ?s <x:p> ?_x }"
    assert store.select(query, {"_x": Literal(1)}).rows == (("x:a",),)
    assert store.select(query, {"_x": Literal("1")}).rows == (("x:b",),)


@pytest.mark.parametrize(
    ("lexical", "datatype", "value"),
    [
        ("1000.0", XSD.decimal, Decimal(1000)),
        ("-0.50", XSD.double, Decimal("-0.5")),
        ("NaN", XSD.double, "NaN"),
        ("007", XSD.integer, 7),
        ("x", XSD.decimal, "x"),
        ("1", XSD.boolean, True),
        ("false", XSD.boolean, False),
        ("maybe", XSD.boolean, "maybe"),
        ("2", XSD.string, "2"),
        ("2", None, "2"),
    ],
)
def test_literals_become_values(lexical: str, datatype: URIRef | None, value: object) -> None:
    got = typed_value(lexical, None if datatype is None else str(datatype))
    assert got == value
    assert type(got) is type(value)


def test_numbers_lose_the_zeros_at_their_end_but_not_their_size() -> None:
    assert str(typed_value("13200.00", str(XSD.decimal))) == "13200"
