"""Each canned query: its header, the rows it gives on the small graph, and the columns that others rely on.

The expected rows stand in `expected/NAME.tsv`, from the default parameters (or the example, where there is none).
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from casebook import example, example_store, graph, second, third
from hfskg.namespaces import PREFIXES
from hfskg.queries import load_catalogue, run
from hfskg.store import LocalStore, open_graph
from hfskg.tables import to_tsv
from support import ROOT

CATALOGUE = load_catalogue()

EXPECTED = Path(__file__).parent / "expected"

CONTRACT = {
    "cases": "document case label age ageUnit sex outcome",
    "conditions": "document case condition conditionIri synonyms status quote",
    "findings": "document case finding findingIri synonyms status quote",
    "lab-results": "document case analyte analyteIri synonyms comparator value unit day time standardValue standardUnit"
    " quote",
    "treatments": "document case drug drugIri synonyms dose doseUnit route frequency day action quote",
    "adverse-events": "document case drug event synonyms quote",
    "variants": "document case gene zygosity status quote",
    "procedures": "document case procedure procedureIri synonyms quote",
    "criteria": "document case criteria day verdict met notMet unknown",
    "claims": "document subject relation object polarity quote",
}


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return example_store()


def required(name: str) -> dict[str, str]:
    return {p.name: p.example for p in CATALOGUE[name].header.parameters if p.required}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_core_queries_keep_their_columns(name: str) -> None:
    columns = CONTRACT[name].split()
    assert list(CATALOGUE[name].header.columns)[: len(columns)] == columns


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_query_gives_the_expected_rows(name: str, store: LocalStore) -> None:
    expected = (EXPECTED / f"{name}.tsv").read_text(encoding="utf-8")
    assert to_tsv(run(CATALOGUE[name], store, required(name))) == expected


def test_there_are_no_expected_rows_without_query() -> None:
    assert {path.stem for path in EXPECTED.iterdir()} == set(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_examples_of_the_parameters_give_rows(name: str, store: LocalStore) -> None:
    parameters = {p.name: p.example for p in CATALOGUE[name].header.parameters}
    assert run(CATALOGUE[name], store, parameters).rows


@pytest.mark.parametrize("name", [name for name, query in CATALOGUE.items() if not query.header.parameters])
def test_a_query_gives_no_rows_on_an_empty_graph(name: str) -> None:
    assert run(CATALOGUE[name], LocalStore(b"")).rows == ()


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_query_is_documented(name: str) -> None:
    header = CATALOGUE[name].header
    assert re.fullmatch(r"[a-z0-9-]+", name)
    assert header.summary.endswith("?")
    assert header.tags
    assert header.description.strip().endswith(".")
    assert all(meaning.endswith((".", "...")) for meaning in header.columns.values())
    assert all(parameter.description.endswith(".") for parameter in header.parameters)


WITHOUT_WORDS = {
    "criteria": "an assessment rests on many statements, which the query evidence lists",
    "documents": "a document is its own source",
    "graph-summary": "it counts all there is",
}
"""The queries whose rows have no quote, and why."""


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_row_carries_its_document_and_the_words_it_was_read_from(name: str) -> None:
    columns = CATALOGUE[name].header.columns.keys()
    assert columns & {"document", "documents"}
    assert bool(columns & {"quote", "quotes"}) == (name not in WITHOUT_WORDS)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_iri_of_a_row_has_its_label_beside_it(name: str) -> None:
    columns = CATALOGUE[name].header.columns.keys()
    assert {column.removesuffix("Iri") for column in columns if column.endswith("Iri")} <= columns


def test_there_are_thirty_queries_beyond_the_core() -> None:
    assert len(CATALOGUE.keys() - CONTRACT.keys()) >= 30


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_query_is_asked_in_several_wordings(name: str) -> None:
    header = CATALOGUE[name].header
    assert header.questions
    assert len({header.summary, *header.questions}) == 1 + len(header.questions)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_query_declares_the_prefixes_it_uses_as_everywhere(name: str) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", CATALOGUE[name].sparql, re.MULTILINE))
    used = set(re.findall(r"(?<![\w<])(\w+):\w", re.sub(r"<[^<>\s]*>|\"[^\"]*\"|#.*", "", CATALOGUE[name].sparql)))
    assert declared.keys() == used
    assert declared.items() <= PREFIXES.items()


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_query_knows_no_document(name: str, seeds: list[Path]) -> None:
    assert not [path.name for path in seeds if path.stem in CATALOGUE[name].text]


def test_the_documentation_names_every_query() -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.*?\?) \|", page, re.MULTILINE))
    assert told == {name: query.header.summary for name, query in CATALOGUE.items()}


@pytest.mark.slow
def test_every_statement_of_the_seeds_leads_to_its_words(built: Path) -> None:
    store = open_graph(built)
    for name in CONTRACT:
        table = run(CATALOGUE[name], store)
        if "statement" in table.columns and "quote" in table.columns:
            statement, quote = table.columns.index("statement"), table.columns.index("quote")
            for row in table.rows[:3]:
                evidence = run(CATALOGUE["evidence"], store, {"statement": str(row[statement])})
                words, primary = evidence.columns.index("quote"), evidence.columns.index("primary")
                assert [found[words] for found in evidence.rows if found[primary]] == [row[quote]]


@pytest.mark.slow
def test_queries_with_defaults_answer_on_the_seeds(built: Path) -> None:
    store = open_graph(built)
    for name, query in CATALOGUE.items():
        if not required(name):
            assert run(query, store).rows, name


@pytest.mark.slow
def test_no_query_is_slow_on_many_documents() -> None:
    store = LocalStore(graph(example(), second(), third(), *(example(f"example{n}") for n in range(150))))
    for name, query in CATALOGUE.items():
        start = time.perf_counter()
        rows = run(query, store, {p.name: p.example for p in query.header.parameters}).rows
        assert time.perf_counter() - start < 3, name
        assert rows
