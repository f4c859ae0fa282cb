from __future__ import annotations

import pytest
from rdflib import Graph, Literal

from casebook import example, example_store, graph, second
from hfskg.errors import QueryError
from hfskg.namespaces import HFS
from hfskg.queries import bind_parameters, explain, load_catalogue, parse_query, run, run_graph
from hfskg.store import Iri, LocalStore
from little_query import HEADER, LABELS, little, parameter


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return example_store()


def test_columns_that_differ_from_the_header_are_an_error(store: LocalStore) -> None:
    other = parse_query("names", HEADER.replace("label: The", "name: The") + LABELS.format("", ""))
    with pytest.raises(QueryError, match="does not give the columns of its header: name"):
        run(other, store)


def test_an_unknown_parameter_is_told_with_suggestions(store: LocalStore) -> None:
    maximum = load_catalogue()["max-dose-per-kilogram"]
    with pytest.raises(QueryError, match="no parameter drugs. Did you mean drug. It takes: drug"):
        run(maximum, store, {"drugs": "anakinra"})
    with pytest.raises(QueryError, match="no parameter drug. It takes none"):
        run(load_catalogue()["cases"], store, {"drug": "anakinra"})


def test_a_missing_parameter_is_told_with_an_example(store: LocalStore) -> None:
    with pytest.raises(QueryError, match="needs the parameter x: Something.") as caught:
        run(little(parameter("string")), store)
    assert "--param x=a" in caught.value.cure


def test_a_default_stands_for_a_parameter_that_is_not_given(store: LocalStore) -> None:
    asked = little(parameter("string", default="fever"), "FILTER(STR(?label) = ?_x)")
    assert set(run(asked, store).rows) == {("fever",)}
    assert set(run(asked, store, {"x": "rash"}).rows) == {("rash",)}


def test_a_number_may_be_a_default(store: LocalStore) -> None:
    asked = little(parameter("integer", default="18"), "FILTER(STRLEN(?label) > ?_x)")
    assert min(len(str(row[0])) for row in run(asked, store).rows) > 18


@pytest.mark.parametrize(
    "value", ['fever" || "1" = "1', 'x") } UNION { ?s ?p ?label } #', "?label", "fever'", "<x:a>", "\\", "fever\n"]
)
def test_what_is_given_is_never_read_as_sparql(store: LocalStore, value: str) -> None:
    asked = little(parameter("string"), "FILTER(STR(?label) = ?_x)")
    assert run(asked, store, {"x": value}).rows == ()


@pytest.mark.parametrize("value", ["anakinra } #", "<x:a> . ?s ?p ?o", "hfs:Anakinra ; ?p ?o", '" || true || "'])
def test_no_term_is_made_of_sparql(store: LocalStore, value: str) -> None:
    with pytest.raises(QueryError, match="none called"):
        run(load_catalogue()["max-dose-per-kilogram"], store, {"drug": value})


def test_lists_are_sorted_whatever_the_order_of_the_store(store: LocalStore) -> None:
    listed = parse_query(
        "names", HEADER + '#+ lists: [label]\nSELECT ?label { VALUES ?label { "b|A||c|a|b" "" } } ORDER BY DESC(?label)'
    )
    assert run(listed, store).rows == (("A|a|b|c",), (None,))


def test_the_same_graph_gives_the_same_rows_in_any_order_of_loading() -> None:
    lines = graph(example(), second()).splitlines(keepends=True)
    turned = LocalStore(b"".join(reversed(lines)))
    straight = LocalStore(b"".join(lines))
    for asked in load_catalogue().values():
        parameters = {p.name: p.example for p in asked.header.parameters}
        assert run(asked, turned, parameters) == run(asked, straight, parameters)


OPTIONAL = 'FILTER(COALESCE(STR(?_x), "") = "" || STRLEN(?label) > ?_x)'


def test_an_optional_parameter_may_be_left_out(store: LocalStore) -> None:
    asked = little(parameter("integer", more="optional: true"), OPTIONAL)
    every, some = run(asked, store), run(asked, store, {"x": "18"})
    assert set(some.rows) < set(every.rows)
    assert every.columns == ("label",)
    assert bind_parameters(asked, store) == ({},)


def test_several_values_of_a_list_give_the_rows_of_each_once(store: LocalStore) -> None:
    asked = little(parameter("string", more="list: true"), "FILTER(STR(?label) = ?_x)")
    assert run(asked, store, {"x": ["rash", "fever", "rash"]}).rows == (("rash",), ("fever",))
    assert bind_parameters(asked, store, {"x": ["a", "b"]}) == ({"_x": Literal("a")}, {"_x": Literal("b")})


def test_several_values_are_an_error_where_one_is_taken(store: LocalStore) -> None:
    with pytest.raises(QueryError, match="takes one value"):
        run(little(parameter("string")), store, {"x": ["a", "b"]})


def test_only_allowed_values_are_taken(store: LocalStore) -> None:
    asked = little(parameter("string", more="values: [a, fever, rash]"), "FILTER(STR(?label) = ?_x)")
    assert set(run(asked, store, {"x": "fever"}).rows) == {("fever",)}
    with pytest.raises(QueryError, match="takes one of a, fever, rash, not x"):
        run(asked, store, {"x": "x"})


def test_the_explanation_is_the_query_with_its_terms(store: LocalStore) -> None:
    told = explain(load_catalogue()["max-dose-per-kilogram"], store, {"drug": "Kineret"})
    assert f"rdfs:subClassOf* <{HFS.Anakinra}>" in told
    assert "?_drug" not in told
    assert "#+" not in told


CONSTRUCT = """#+ title: Kinds
#+ summary: What is below a term?
#+ description: Gives the hierarchy below a term.
#+ parameters:
#+   - {name: top, type: term, description: The term., example: anakinra}
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT { ?below rdfs:subClassOf ?_top } WHERE { ?below rdfs:subClassOf ?_top }
"""


def test_a_query_that_constructs_gives_a_graph(store: LocalStore) -> None:
    asked = parse_query("kinds", CONSTRUCT)
    found = run_graph(asked, store, {"top": "interleukin-1 inhibitor"})
    assert isinstance(found, Graph)
    assert {subject for subject, _, _ in found} == {HFS.Anakinra, HFS.Canakinumab, HFS.Rilonacept}
    with pytest.raises(QueryError, match="gives a graph, not rows"):
        run(asked, store, {"top": "anakinra"})
    with pytest.raises(QueryError, match="gives rows, not a graph"):
        run_graph(load_catalogue()["cases"], store)


def test_iris_are_told_apart_from_texts(store: LocalStore) -> None:
    row = run(load_catalogue()["cases"], store).rows[0]
    assert [isinstance(value, Iri) for value in row[:3]] == [False, True, False]
