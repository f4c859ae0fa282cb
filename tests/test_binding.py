from __future__ import annotations

from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Literal, URIRef

from hfskg.binding import bind, strip_comments
from hfskg.canonical import term as canonical_term
from hfskg.errors import QueryError
from hfskg.store import Bindings, LocalStore

DATA = LocalStore(
    "".join(f'<x:{n}> <x:p> "{n}"^^<{XSD.integer}> .\n<x:{n}> <x:q> <x:{n % 3}> .\n' for n in range(9)).encode()
)

QUERIES = {
    "filter": "SELECT ?s ?_x { ?s <x:p> ?v FILTER(?v > ?_x) } ORDER BY ?s",
    "expression": "SELECT ?s (?v * ?_x AS ?w) ?_x { ?s <x:p> ?v } ORDER BY ?w",
    "optional": "SELECT ?s ?v ?_x { ?s <x:q> <x:1> OPTIONAL { ?s <x:p> ?v FILTER(?v < ?_x) } } ORDER BY ?s",
    "group": "SELECT ?o (MAX(?v) AS ?m) ?_x WHERE { ?s <x:p> ?v ; <x:q> ?o FILTER(?v != ?_x) }"
    " GROUP BY ?o ?_x ORDER BY ?o",
    "having": "SELECT ?o (COUNT(?s) AS ?n) ?_x { ?s <x:p> ?v ; <x:q> ?o }"
    " GROUP BY ?o ?_x HAVING (MIN(?v) < ?_x) ORDER BY ?o",
    "subquery": """SELECT ?o ?m ?_x {  # the ?_x of a comment stays
      { SELECT ?o ?_x (MIN(?v) AS ?m) { ?s <x:p> ?v ; <x:q> ?o FILTER(?v > ?_x) } GROUP BY ?o ?_x }
      FILTER NOT EXISTS { ?o <x:p> ?_x }
    } ORDER BY ?o""",
}


Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


def substituted(text: str, bindings: Bindings) -> list[tuple[str | None, ...]]:
    """Return the rows that the engine gives when it puts the terms in itself."""
    terms: dict[pyoxigraph.Variable, Term] = {
        pyoxigraph.Variable(name): pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(str(term.datatype)))
        if isinstance(term, Literal)
        else pyoxigraph.NamedNode(str(term))
        for name, term in bindings.items()
    }
    found = DATA.engine.query(text, substitutions=terms)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in found.variables if variable.value not in bindings]
    return [tuple(getattr(row[name], "value", None) for name in names) for row in found]


def selected(text: str, bindings: Bindings) -> list[tuple[str | None, ...]]:
    return [tuple(None if cell is None else str(cell) for cell in row) for row in DATA.select(text, bindings).rows]


@pytest.mark.parametrize("text", QUERIES.values(), ids=QUERIES.keys())
@pytest.mark.parametrize("value", [0, 1, 4])
def test_rewriting_gives_what_substitution_gives(text: str, value: int) -> None:
    bindings: Bindings = {"_x": Literal(value)}
    assert selected(text, bindings) == substituted(text, bindings)
    assert "_x" not in DATA.select(text, bindings).variables


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT ?_x {}", [()]),
        ("SELECT DISTINCT ?_x WHERE { ?s <x:q> ?_x }", [()]),
        ("SELECT (COUNT(?s) AS ?n) ?_x { ?s <x:q> ?_x } GROUP BY ?_x # the end", [("3",)]),
        ("SELECT (COUNT(?s) AS ?n) { ?s <x:q> <x:9> } GROUP BY ?_x", []),
        ("SELECT ?s { ?s <x:q> ?_x } ORDER BY ?_x", [("x:1",), ("x:4",), ("x:7",)]),
        ("SELECT ?s { ?s <x:q> ?_x } ORDER BY ?_x DESC(?s) LIMIT 1", [("x:7",)]),
        ("SELECT (?_x AS ?y) (BOUND( ?_x ) AS ?z) {}", [("x:1", "True")]),
        ("SELECT ?s { ?s <x:q> <x:2> FILTER(!bound(?_x) || STR(?_x) = 'x:0') }", []),
        ("SELECT ?s { ?s <x:p> ?v . <x:4> <x:q>?_x FILTER(?v<3&&?s=?_x) }", [("x:1",)]),
        ("PREFIX x: <x:> SELECT ?s { ?s x:q ?_x ; x:p 1 . FILTER(?s != x:a\\?_x) }", [("x:1",)]),
    ],
)
def test_a_term_may_stand_wherever_its_variable_does(text: str, rows: list[tuple[str, ...]]) -> None:
    assert sorted(map(str, selected(text, {"_x": URIRef("x:1")}))) == sorted(map(str, rows))


@pytest.mark.parametrize("term", [URIRef("x:1"), Literal("a", lang="en"), Literal(1)])
def test_a_term_and_what_it_touches_stay_apart(term: URIRef | Literal) -> None:
    written = bind("ASK{FILTER(?a<?_x||?_x-1=2||?_x=?a)}", {"_x": term})
    assert strip_comments(written).split() == [
        "ASK{FILTER(?a<", canonical_term(term), "||", canonical_term(term), "-1=2||", canonical_term(term), "=?a)}",
    ]  # fmt: skip


@given(st.text())
def test_no_text_can_become_anything_but_one_literal(text: str) -> None:
    query = "SELECT ?same ?_x { VALUES ?y { 1 } BIND(STR(?_x) AS ?same) }"
    bindings: Bindings = {"_x": Literal(text)}
    try:
        written = bind(query, bindings)
    except QueryError as error:
        assert "backslash" in str(error)
        return
    assert DATA.select(written, {}).rows == ((text,),)


@pytest.mark.parametrize(
    "text", ['"', "'", '"""', "\\", '\\"', "a\nb\r\t", "} UNION { ?s ?p ?o", '" . ?s ?p "', "# no comment"]
)
def test_texts_are_escaped(text: str) -> None:
    query = "SELECT ?same ?_x { BIND(?_x AS ?same) }"
    assert DATA.select(bind(query, {"_x": Literal(text)}), {}).rows == ((text,),)


def test_a_text_that_endpoints_read_in_different_ways_is_refused() -> None:
    with pytest.raises(QueryError, match="holds a backslash"):
        bind("SELECT ?_x {}", {"_x": Literal("\\u0022")})


@pytest.mark.parametrize("iri", ["x:a> <x:b", "x:a b", 'x:"', "x:{a}", "x:\\u003e", "x:\n"])
def test_an_iri_that_would_end_early_is_refused(iri: str) -> None:
    with pytest.raises(QueryError, match="is no IRI"):
        bind("SELECT ?s { ?s ?p ?_x }", {"_x": URIRef(iri)})


def test_only_whole_variables_are_replaced() -> None:
    text = 'SELECT ?s ?_xy { <x:?_x> ?_xy \'?_x\' ; ?p """?_x "?_x""" , $_x , \'it\\\'s ?_x\' } # ?_x'
    bound = bind(text, {"_x": URIRef("x:term")})
    assert bound == text.replace("$_x", "<x:term>")


def test_numbers_keep_their_type() -> None:
    text = "SELECT ?s { ?s ?p ?v FILTER(?v > ?_x) }"
    assert '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>' in bind(text, {"_x": Literal(Decimal("0.5"))})


def test_a_variable_that_the_query_lacks_is_an_error() -> None:
    with pytest.raises(QueryError, match=r"no variable \?_y"):
        bind("SELECT ?s { ?s ?p '?_y' }", {"_y": Literal(1)})


def test_comments_go_and_hash_signs_of_iris_and_texts_stay() -> None:
    assert strip_comments("#+ title: LOAD\n# ADD\nSELECT <x#y> '#' # end") == "\n\nSELECT <x#y> '#' "
