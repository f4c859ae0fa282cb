from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph

import hfskg
from casebook import example, graph, second, third, write_folder
from hfskg.errors import EndpointError, QueryError, StoreError
from hfskg.queries import load_catalogue
from sparql_server import serving
from support import ROOT

DATA = graph(example(), second(), third())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("api") / "graph", DATA)


@pytest.fixture(scope="module")
def opened(folder: Path) -> hfskg.KnowledgeGraph:
    return hfskg.open(str(folder))


def test_importing_is_quick() -> None:
    code = (
        "import sys, hfskg; print(sorted({'pydantic', 'rdflib', 'pyoxigraph', 'SPARQLWrapper'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_public_names_are_there_and_no_others() -> None:
    assert set(hfskg.__all__) <= set(dir(hfskg))
    assert all(getattr(hfskg, name) is not None for name in hfskg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        hfskg.__getattr__("nothing")


def test_a_question_is_answered_by_rows(opened: hfskg.KnowledgeGraph) -> None:
    rows = opened.query("treatments", drug="anakinra")
    assert [row["dose"] for row in rows] == [Decimal(2), Decimal("2.5"), Decimal(12)]
    assert rows[0]["drug"] == "anakinra"
    assert len(rows[:2]) == 2
    assert rows.column("route") == ["subcutaneous", "intravenous", "intravenous"]
    assert "3 rows" in repr(rows)
    assert rows.to_csv().startswith("document,case,drug")
    assert rows == opened.query("treatments", drug="Kineret")
    assert {rows, opened.query("treatments", drug="ANK")} == {rows}
    with pytest.raises(QueryError, match="no column drugs. There are: document"):
        rows.column("drugs")


def test_rows_become_frames(opened: hfskg.KnowledgeGraph) -> None:
    rows = opened.query("cases")
    assert rows.to_pandas()["age"].dropna().tolist() == [13.5, 41.0]
    assert rows.to_polars()["age"].drop_nulls().to_list() == [13.5, 41.0]


def test_rows_are_shown_in_notebooks_with_what_they_hold_escaped() -> None:
    from hfskg.tables import Table

    html = hfskg.Rows(Table(("a",), (("<b>",), (None,))))._repr_html_()
    assert html == (
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr><tr><td></td></tr></tbody></table>"
    )


def test_parameters_are_python_values(opened: hfskg.KnowledgeGraph) -> None:
    for bound in (10, 10.0, Decimal(10), "10"):
        assert opened.query("doses-per-kilogram", minDose=bound).column("dose") == [10, 12]
    assert opened.query("doses-per-kilogram", minDose=10, drug=None).column("dose") == [10, 12]
    both = opened.query("patients-by-drug", drug=["ciclosporin", "prednisone"])
    assert both.column("drug") == ["ciclosporin", "prednisone", "prednisone"]
    assert "?_percentage" not in opened.explain("time-to-response", percentage=20)
    with pytest.raises(QueryError, match="takes a number such as 0.5, not 2024-01-31"):
        opened.query("hyperferritinemia", threshold=date(2024, 1, 31))
    with pytest.raises(QueryError, match="not true"):
        opened.query("hyperferritinemia", threshold=True)


def test_own_sparql_is_answered_by_its_form(opened: hfskg.KnowledgeGraph) -> None:
    rows = opened.sparql("SELECT (COUNT(?s) AS ?n) { ?s a <https://w3id.org/hfskg/ontology#Patient> }")
    assert isinstance(rows, hfskg.Rows)
    assert list(rows) == [{"n": 4}]
    assert opened.sparql("ASK { ?s ?p ?o }") is True
    assert isinstance(opened.sparql("CONSTRUCT WHERE { ?s a ?o }"), Graph)
    with pytest.raises(QueryError, match="updates are not"):
        opened.sparql("DROP ALL")
    with pytest.raises(QueryError, match="cannot be run"):
        opened.sparql("SELECT * { ?s ?p }")


def test_a_query_for_a_graph_gives_one(folder: Path, tmp_path: Path) -> None:
    text = "#+ title: A\n#+ summary: B?\n#+ description: C.\nCONSTRUCT WHERE { ?s a ?o }"
    (tmp_path / "kinds.rq").write_text(text, encoding="utf-8")
    assert len(hfskg.open(folder, queries=tmp_path).graph("kinds")) > 50


def test_evidence_and_terms(opened: hfskg.KnowledgeGraph) -> None:
    statement = opened.query("treatments", drug="anakinra")[0]["statement"]
    assert opened.evidence(str(statement)).column("quote") == ["Anakinra 2 given"]
    assert [term.label for term in opened.terms("kine", below="hfs:Drug")] == ["anakinra"]
    with pytest.raises(QueryError, match="Drug is no IRI"):
        opened.terms("kine", below="Drug")


def test_an_endpoint_is_the_same_object(opened: hfskg.KnowledgeGraph) -> None:
    with serving(DATA) as (url, _):
        remote = hfskg.open(f"{url}/sparql", method="GET", timeout=5)
        for name in ("treatments", "syndromes", "responses"):
            assert remote.query(name) == opened.query(name)
        assert remote.terms("kine") == opened.terms("kine")
        assert hfskg.open(f"{url}/private", login=("ada", "sesame")).query("cases") == opened.query("cases")


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        hfskg.open(tmp_path / "nowhere")
    with pytest.raises(EndpointError, match="is no address"):
        hfskg.open("ftp://example.org/sparql")


def test_the_catalogue_is_at_hand(opened: hfskg.KnowledgeGraph) -> None:
    assert list(opened.queries) == list(load_catalogue()) == list(hfskg.load_catalogue())


@pytest.mark.slow
def test_reports_are_read_built_validated_and_assessed(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "Case report\n\nA 9-year-old girl was admitted with fever. On hospital day 4 her ferritin was 6,480 ng/mL, and "
        "intravenous anakinra was started at a dose of 2 mg/kg twice a day.\n",
        encoding="utf-8",
    )
    assert hfskg.read_report(report).cases[0].label == "Patient 1"
    assert set(hfskg.assess_report(report).column("verdict")) <= {"met", "not_met", "undetermined"}
    built = hfskg.build_graph(report, tmp_path / "graph")
    assert built.written
    assert hfskg.validate_graph(tmp_path / "graph").conforms
    assert hfskg.open(tmp_path / "graph").query("treatments").column("drug") == ["anakinra"]
    assert hfskg.assess_report(report) == hfskg.open(tmp_path / "graph").query("criteria")


def test_the_checkout_has_the_queries_of_the_package() -> None:
    assert set(load_catalogue()) == {path.stem for path in (ROOT / "queries").glob("*.rq")}
