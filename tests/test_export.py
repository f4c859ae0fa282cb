"""Exports: the same graph, the same bytes, and nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic, to_isomorphic

from hfskg.errors import StoreError
from hfskg.export import (
    Format,
    document_graphs,
    read_graphs,
    serialise,
    to_jsonld,
    to_nquads,
    to_ntriples,
    to_trig,
    to_turtle,
)
from hfskg.graph import record_graph
from hfskg.namespaces import DATA, HFS, ONTOLOGY_GRAPH, RDF, RDFS, XSD
from hfskg.output import GRAPH_FILE
from hfskg.turtle import EXPORT_PREFIXES
from samples import FILE_NAME, document, graphs, ontology, record, write_folder

TESTS = Path(__file__).parent


def copies(graph: Graph) -> Graph:
    """The same graph, filled in another order."""
    other = Graph()
    for triple in sorted(graph, reverse=True):
        other.add(triple)
    return other


def by_name(dataset: Dataset) -> dict[URIRef, Graph]:
    return {URIRef(str(g.identifier)): g for g in dataset.graphs() if len(g)}


def test_nquads_are_sorted_and_canonical() -> None:
    data = to_nquads(graphs())
    lines = data.decode().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert all(line.endswith(" .\n") and "\t" not in line for line in lines)
    assert len(lines) == sum(map(len, graphs().values()))


def test_nquads_without_blank_nodes_are_those_of_the_standard() -> None:
    named = document_graphs(graphs())
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(to_nquads(named), pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    assert sorted(f"{quad} ." for quad in dataset) == to_nquads(named).decode().splitlines()


@pytest.mark.parametrize(
    "graph", [ontology(), record_graph(record(), document(), ontology())], ids=["ontology", "data"]
)
def test_each_format_parses_back_to_the_same_graph(graph: Graph) -> None:
    name = URIRef("https://example.org/g")
    assert isomorphic(Graph().parse(data=to_turtle(graph), format="turtle"), graph)
    assert isomorphic(Graph().parse(data=to_ntriples({name: graph}), format="nt"), graph)
    for data, form in ((to_nquads, "nquads"), (to_trig, "trig"), (to_jsonld, "json-ld")):
        parsed = by_name(Dataset().parse(data=data({name: graph}), format=form))
        assert set(parsed) == {name}, form
        assert to_isomorphic(parsed[name]) == to_isomorphic(graph), form


@pytest.mark.parametrize("form", list(Format))
def test_the_order_of_filling_and_blank_node_names_do_not_matter(form: Format) -> None:
    named = graphs()
    again = Graph().parse(data=to_turtle(named[ONTOLOGY_GRAPH]), format="turtle")
    turned = {name: copies(graph) for name, graph in reversed(named.items())} | {ONTOLOGY_GRAPH: again}
    assert serialise(turned, form) == serialise(named, form)


@pytest.mark.parametrize("form", [Format.NQUADS, Format.TRIG, Format.JSONLD])
def test_named_graphs_stay_apart(form: Format) -> None:
    kinds = {Format.NQUADS: "nquads", Format.TRIG: "trig", Format.JSONLD: "json-ld"}
    parsed = by_name(Dataset().parse(data=serialise(graphs(), form), format=kinds[form]))
    assert {name: len(graph) for name, graph in parsed.items()} == {n: len(g) for n, g in graphs().items()}


@pytest.mark.parametrize("form", [Format.TURTLE, Format.NTRIPLES])
def test_formats_without_named_graphs_merge_them(form: Format) -> None:
    kind = {Format.TURTLE: "turtle", Format.NTRIPLES: "nt"}[form]
    merged = Graph().parse(data=serialise(graphs(), form), format=kind)
    assert len(merged) == sum(map(len, graphs().values()))


def test_blank_nodes_of_two_graphs_stay_apart() -> None:
    first, second = Graph(), Graph()
    first.add((BNode("x"), RDFS.label, Literal("one")))
    second.add((BNode("x"), RDFS.comment, Literal("two")))
    merged = Graph().parse(data=to_ntriples({DATA.a: first, DATA.b: second}), format="nt")
    assert len(set(merged.subjects())) == 2


def test_two_runs_of_python_write_the_same_bytes() -> None:
    script = (
        "import sys, hashlib, samples; from hfskg.export import *\n"
        "for form in Format: print(hashlib.sha256(serialise(samples.graphs(), form)).hexdigest())"
    )
    found = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(TESTS)}
        run = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        found.add(run.stdout)
    assert len(found) == 1
    assert len(found.pop().split()) == len(Format)


def test_turtle_is_read_by_people() -> None:
    text = to_turtle(record_graph(record(), document(), ontology())).decode()
    assert text.startswith(f"@base <{DATA}> .\n@prefix dcterms: ")
    block = """<small-report/case/1/diagnosis/1> a hfs:Diagnosis ;
    prov:wasDerivedFrom <small-report/evidence/"""
    assert block in text
    assert text.index("<small-report/case/1/") < text.index("<small-report/case/2/")
    assert text.index("laboratory-measurement/2>") < text.index("outcome/1>")
    assert "_:" not in text
    assert "@prefix skos:" not in text


def test_turtle_orders_numbers_as_numbers() -> None:
    graph = Graph()
    for number in (10, 9, 1):
        graph.add((DATA[f"x/{number}"], RDFS.label, Literal(str(number))))
    text = to_turtle(graph).decode()
    assert [text.index(f"<x/{number}>") for number in (1, 9, 10)] == sorted(text.index(f"<x/{n}>") for n in (1, 9, 10))


def test_turtle_changes_only_where_the_graph_does() -> None:
    graph = record_graph(record(), document(), ontology())
    before = to_turtle(graph).decode().splitlines()
    graph.add((DATA["small-report/case/1/diagnosis/1"], HFS.timePhrase, Literal("on day 1")))
    after = to_turtle(graph).decode().splitlines()
    assert len([line for line in after if line not in before]) == 1
    assert [line for line in before if line not in after] == []


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (Literal("1", datatype=XSD.integer), " 1 "),
        (Literal("-1.50", datatype=XSD.decimal), " -1.50 "),
        (Literal("11", datatype=XSD.decimal), ' "11"^^xsd:decimal '),
        (Literal(True), " true "),
        (Literal("a\nb"), ' "a\\nb" '),
        (Literal("a", lang="en"), ' "a"@en '),
        (Literal("P1D", datatype=XSD.duration), ' "P1D"^^xsd:duration '),
    ],
)
def test_literals_of_turtle(literal: Literal, text: str) -> None:
    graph = Graph()
    graph.add((DATA.a, RDFS.label, literal))
    data = to_turtle(graph)
    assert text in data.decode()
    assert set(Graph().parse(data=data, format="turtle")) == set(graph)


def test_turtle_writes_lists_and_nested_nodes() -> None:
    source = """@prefix hfs: <https://w3id.org/hfskg/ontology#> .
        hfs:a hfs:p ( hfs:b [ hfs:q 1 ] () ) ; hfs:r _:x . hfs:c hfs:r _:x .
        _:x hfs:s [] . [] hfs:t _:y . _:y hfs:t _:y ."""
    graph = Graph().parse(data=source, format="turtle")
    data = to_turtle(graph)
    assert isomorphic(Graph().parse(data=data, format="turtle"), graph)
    assert "( hfs:b [ hfs:q 1 ] () )" in data.decode() or "( hfs:b [ hfs:q 1 ] rdf:nil )" in data.decode()


def test_odd_iris_are_written_in_full() -> None:
    graph = Graph()
    for iri in (f"{DATA}a//b", f"{DATA}../c", f"{HFS}a.b", f"{HFS}", "https://example.org/ü"):
        graph.add((URIRef(iri), RDF.type, HFS.Thing))
    assert set(Graph().parse(data=to_turtle(graph), format="turtle")) == set(graph)


def test_jsonld_has_prefixes_and_named_graphs() -> None:
    content = json.loads(to_jsonld(document_graphs(graphs())))
    assert content["@context"] == EXPORT_PREFIXES
    assert [graph["@id"] for graph in content["@graph"]] == ["data:small-report", "data:small-report/criteria"]
    nodes = {node["@id"]: node for node in content["@graph"][0]["@graph"]}
    assert nodes["data:small-report/case/1"]["@type"] == ["hfs:Patient"] or (
        nodes["data:small-report/case/1"]["@type"] == "hfs:Patient"
    )
    assert nodes["data:small-report/case/1"]["hfs:sex"] == {"@id": "hfs:Female"}


def test_a_folder_is_read_back(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph")
    found = read_graphs(folder)
    assert set(found) == set(graphs())
    assert to_nquads(found) == (folder / GRAPH_FILE).read_bytes()


def test_a_changed_folder_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph")
    with (folder / GRAPH_FILE).open("ab") as file:
        file.write(b"<https://e.org/s> <https://e.org/p> <https://e.org/o> <https://e.org/g> .\n")
    with pytest.raises(StoreError, match="digest differs"):
        read_graphs(folder)
    assert URIRef("https://e.org/g") in read_graphs(folder, intact=False)


@pytest.mark.parametrize("content", [b"no quads", b"<https://e.org/s> <https://e.org/p> <https://e.org/o> .\n"])
def test_a_damaged_folder_is_refused(content: bytes, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph")
    (folder / GRAPH_FILE).write_bytes(content)
    with pytest.raises(StoreError, match="is damaged"):
        read_graphs(folder, intact=False)


def test_a_folder_without_graph_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph")
    (folder / GRAPH_FILE).unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        read_graphs(folder)


@pytest.mark.parametrize("name", [FILE_NAME, "small-report", str(DATA["small-report"])])
def test_a_document_is_found_by_name(name: str) -> None:
    assert set(document_graphs(graphs(), name)) == {DATA["small-report"], DATA["small-report/criteria"]}


def test_an_unknown_document_is_refused_with_those_there_are() -> None:
    with pytest.raises(StoreError, match=r"no document other\.txt\..*data/small-report"):
        document_graphs(graphs(), "other.txt")


def test_the_ontology_is_no_document() -> None:
    assert ONTOLOGY_GRAPH not in document_graphs(graphs())
