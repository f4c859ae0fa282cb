from __future__ import annotations

from pathlib import Path

import pytest

from casebook import example, example_store, graph, second
from hfskg.errors import QueryError
from hfskg.queries import Catalogue, Query, load_catalogue, parse_query, run
from hfskg.store import LocalStore

HEADER = """#+ title: Names
#+ summary: What is called what?
#+ description: Lists labels.
#+ columns:
#+   label: The label.
"""

LABELS = "SELECT ?label{} WHERE {{ ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label {} }} ORDER BY ?label"


def query(parameters: str = "", more: str = "", *, extra: str = "") -> Query:
    return parse_query("names", HEADER + extra + parameters + LABELS.format(" ?_x" if parameters else "", more))


def parameter(kind: str, *, default: str = "") -> str:
    told = f"#+ parameters:\n#+   - name: x\n#+     type: {kind}\n#+     description: Something.\n#+     example: a\n"
    return told + (f"#+     default: {default}\n" if default else "")


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return example_store()


def test_the_catalogue_holds_the_queries_by_name_in_order() -> None:
    catalogue = load_catalogue()
    assert list(catalogue) == sorted(catalogue)
    assert catalogue["cases"] is catalogue.find("cases")
    assert len(catalogue) >= 22


def test_an_unknown_query_is_told_with_suggestions() -> None:
    with pytest.raises(QueryError, match="There is no query case. Did you mean cases"):
        load_catalogue().find("case")
    with pytest.raises(QueryError, match="There is no query zzz. See"):
        load_catalogue().find("zzz")


def test_a_folder_with_own_queries_is_read(tmp_path: Path, store: LocalStore) -> None:
    (tmp_path / "my-names.rq").write_text(query().text, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert isinstance(catalogue, Catalogue)
    assert list(catalogue) == ["my-names"]
    assert ("anakinra",) in run(catalogue["my-names"], store).rows


def test_a_folder_without_queries_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="There is no query"):
        load_catalogue(tmp_path)


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_bytes(b"\xff\xfe")
    with pytest.raises(QueryError, match="a.rq cannot be read"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s { ?s ?p ?o }", "title: Field required"),
        (HEADER.replace("#+ summary: What is called what?\n", ""), "summary: Field required"),
        (HEADER + "#+ colour: red\n", "colour: Extra inputs"),
        (HEADER + "#+ lists: [nothing]\n", "nothing is no column"),
        (HEADER + "#+ details: [nothing]\n", "nothing is no column"),
        (HEADER.replace("label: The", "_label: The"), "columns._label"),
        (HEADER + parameter("date"), "parameters.0.type"),
        (HEADER + parameter("string") + "#+     below: hfs:Drug\n", "has `below` but is no term"),
        (HEADER + parameter("string") + parameter("string").partition("\n")[2], "the same name"),
        (HEADER + "#+ title: a: b\n", "is no YAML"),
        ("#+ - a\n#+ - b\n", "is wrong"),
    ],
)
def test_a_broken_header_is_an_error(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        parse_query("names", text)
    assert "names" in caught.value.what
    assert "\n" not in caught.value.what
    assert "docs/queries.md" in caught.value.cure


def test_the_sparql_is_the_file_without_its_header() -> None:
    assert query().sparql.startswith("SELECT ?label")


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
        run(query(parameter("string")), store)
    assert "--param x=a" in caught.value.cure


def test_a_default_stands_for_a_parameter_that_is_not_given(store: LocalStore) -> None:
    asked = query(parameter("string", default="fever"), "FILTER(STR(?label) = ?_x)")
    assert set(run(asked, store).rows) == {("fever",)}
    assert set(run(asked, store, {"x": "rash"}).rows) == {("rash",)}


def test_a_number_may_be_a_default(store: LocalStore) -> None:
    asked = query(parameter("integer", default="18"), "FILTER(STRLEN(?label) > ?_x)")
    assert min(len(str(row[0])) for row in run(asked, store).rows) > 18


@pytest.mark.parametrize(
    "value", ['fever" || "1" = "1', 'x") } UNION { ?s ?p ?label } #', "?label", "fever'", "<x:a>", "\\", "fever\n"]
)
def test_what_is_given_is_never_read_as_sparql(store: LocalStore, value: str) -> None:
    asked = query(parameter("string"), "FILTER(STR(?label) = ?_x)")
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
