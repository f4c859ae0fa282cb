"""No parameter of any query becomes anything but one term, on the command line and in Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from typer.testing import CliRunner

import hfskg
from casebook import example, graph, second, third, write_folder
from hfskg.api import KnowledgeGraph
from hfskg.binding import bind
from hfskg.canonical import term as canonical_term
from hfskg.cli import app
from hfskg.errors import QueryError
from hfskg.queries import Query, bind_parameters, load_catalogue, run
from hfskg.store import LocalStore
from hfskg.toolbox import Toolbox

CATALOGUE = load_catalogue()

ATTACKS = (
    "x> . ?s ?p ?o . <x",
    '" . ?s ?p ?o . "',
    "' } UNION { ?s ?p ?o } #",
    "?s",
    "hfs:Anakinra } #",
    "1) || (1 = 1",
    "\\u0022 || true",
    "anakinra\n} DROP ALL #",
)

PARAMETERS = [(name, parameter.name) for name, query in CATALOGUE.items() for parameter in query.header.parameters]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("attacked") / "graph", graph(example(), second(), third()))


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return LocalStore(graph(example(), second(), third()))


def attacked(query: Query, parameter: str, attack: str) -> dict[str, str]:
    return {**query.example, parameter: attack}


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_python_takes_an_attack_as_one_term_or_refuses_it(
    name: str, parameter: str, attack: str, store: LocalStore
) -> None:
    query = CATALOGUE[name]
    size = len(store)
    try:
        (bindings,) = bind_parameters(query, store, attacked(query, parameter, attack))
    except QueryError as error:
        assert parameter in str(error)
    else:
        assert bindings[f"_{parameter}"] == Literal(attack)
        assert run(query, store, attacked(query, parameter, attack)).rows == ()
    assert len(store) == size


@pytest.mark.slow
@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_the_command_line_takes_an_attack_as_one_term_or_refuses_it(name: str, parameter: str, folder: Path) -> None:
    query = CATALOGUE[name]
    before = (folder / "graph.nq").read_bytes()
    for attack in ATTACKS:
        given = [f"-p{key}={value}" for key, value in attacked(query, parameter, attack).items()]
        result = CliRunner().invoke(app, ["query", name, "-g", str(folder), "-f", "csv", *given])
        if result.exception is None:
            assert len(result.output.splitlines()) == 1
        else:
            assert isinstance(result.exception, QueryError)
            assert parameter in str(result.exception)
    assert (folder / "graph.nq").read_bytes() == before


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_what_is_written_for_endpoints_holds_an_attack_as_one_literal_or_refuses_it(
    name: str, parameter: str, store: LocalStore
) -> None:
    query = CATALOGUE[name]
    plain = bind(query.sparql, {f"_{parameter}": Literal("harmless")})
    for attack in ATTACKS:
        for term in (Literal(attack), URIRef(attack)):
            try:
                written = bind(query.sparql, {f"_{parameter}": term})
            except QueryError:
                continue
            assert written.replace(canonical_term(term), '"harmless"') == plain


def test_tools_of_agents_take_an_attack_as_one_term_or_refuse_it(store: LocalStore) -> None:
    toolbox = Toolbox(KnowledgeGraph(store))
    for name, parameter in PARAMETERS:
        for attack in ATTACKS:
            try:
                answer = toolbox.call(name.replace("-", "_"), attacked(CATALOGUE[name], parameter, attack))
            except QueryError as error:
                assert parameter in str(error)
            else:
                assert answer["rows"] == []


def test_the_graph_object_refuses_as_the_command_line_does(folder: Path) -> None:
    opened = hfskg.open(folder)
    for name, parameter in PARAMETERS:
        for attack in ATTACKS:
            try:
                rows = opened.query(name, **attacked(CATALOGUE[name], parameter, attack))
            except QueryError as error:
                assert parameter in str(error)
            else:
                assert len(rows) == 0
