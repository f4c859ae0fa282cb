from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebook import example, graph, second, write_folder
from hfskg.cli import app, query
from hfskg.errors import EndpointError, HfskgError, QueryError, StoreError
from hfskg.queries import load_catalogue
from hfskg.queries import run as run_query
from hfskg.store import open_graph
from sparql_server import serving
from support import hfskg as run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_folder(tmp_path_factory.mktemp("query") / "graph", graph(example(), second()))
    (folder / "update.rq").write_text("DROP ALL", encoding="utf-8")
    (folder / "graph.rq").write_text("CONSTRUCT WHERE { ?s ?p ?o }", encoding="utf-8")
    return folder


def ask(*arguments: str | Path) -> str:
    """Run the command in this process and return what it prints."""
    result = CliRunner().invoke(app, ["query", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_into_a_pipe_goes_csv(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("cases", "--graph", folder))))
    assert [(row["document"], row["label"], row["age"], row["sex"]) for row in rows] == [
        ("example.txt", "Patient 1", "13.5", "female"),
        ("example.txt", "Patient 2", "", "male"),
        ("second.txt", "Patient 1", "41", ""),
    ]


def test_a_terminal_gets_a_table(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "150")
    printed: list[str | bytes] = []
    monkeypatch.setattr(query, "write", lambda text, output: printed.append(text))
    monkeypatch.setattr("sys.stdout", Terminal())
    query.write_answer(run_query(load_catalogue()["cases"], open_graph(folder)), None, None)
    assert "3 rows" in str(printed[0])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "records"])
def test_every_format_of_text_can_be_asked_for(folder: Path, format: str) -> None:
    text = ask("cases", "-g", folder, "-f", format)
    assert "Patient 2" in text
    if format == "records":
        assert json.loads(text)[0]["age"] == 13.5
    if format == "json":
        assert json.loads(text)["results"]["bindings"][0]["age"] == {
            "type": "literal", "value": "13.5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"
        }  # fmt: skip


@pytest.mark.parametrize(("format", "start"), [("parquet", b"PAR1"), ("xlsx", b"PK")])
def test_files_of_other_programs_can_be_asked_for(folder: Path, tmp_path: Path, format: str, start: bytes) -> None:
    ask("cases", "-g", folder, "-f", format, "-o", tmp_path / "cases")
    assert (tmp_path / "cases").read_bytes().startswith(start)


def test_the_answer_goes_to_a_file(folder: Path, tmp_path: Path) -> None:
    assert ask("cases", "--graph", folder, "--output", tmp_path / "cases.csv") == ""
    assert (tmp_path / "cases.csv").read_text(encoding="utf-8").startswith("document,case,label")


def test_parameters_are_given_by_name(folder: Path) -> None:
    text = ask("hyperferritinemia", "-g", folder, "-p", "threshold=10000", "-f", "tsv")
    assert [line.split("\t")[4] for line in text.splitlines()[1:]] == ["13200", "18000"]


def test_the_list_names_every_query_and_its_question() -> None:
    lines = ask().splitlines()
    assert ask("--list").splitlines() == lines
    assert [line.split()[0] for line in lines] == list(load_catalogue())
    assert all(line.endswith("?") for line in lines)


def test_a_query_can_be_documented() -> None:
    text = ask("doses-per-kilogram", "--help")
    assert "drug (term below hfs:Drug; may be given several times; default hfs:Drug)" in text
    assert "unit (string; one of mg/kg/day, mg/kg, g/kg; default mg/kg/day)" in text
    assert "minDose (number; optional)" in text
    assert "hfskg query doses-per-kilogram --graph build/ -p drug=anakinra -p minDose=1 -p maxDose=100" in text
    assert "PREFIX" not in text
    assert "Without a name, lists the queries" in " ".join(ask("--help").split())


def test_a_query_can_be_shown_with_its_sparql() -> None:
    text = ask("max-dose-per-kilogram", "--show")
    assert "drug (term below hfs:Drug; default anakinra)" in text
    assert "maxDose" in text
    assert "PREFIX hfs:" in text
    assert "#+" not in text
    assert "case (iri of hfs:Patient; required)" in ask("timeline", "--show")


def test_own_queries_can_be_used(folder: Path, tmp_path: Path) -> None:
    header = "#+ title: A\n#+ summary: B?\n#+ description: C.\n#+ columns: {n: Number.}\n"
    (tmp_path / "count.rq").write_text(header + "SELECT (COUNT(*) AS ?n) { ?s a ?o }", encoding="utf-8")
    assert int(ask("count", "--queries", tmp_path, "-g", folder).split()[1]) > 50


def test_a_query_can_be_explained(folder: Path) -> None:
    text = ask("doses-per-kilogram", "-g", folder, "-p", "drug=Kineret", "-p", "minDose=10", "--explain")
    assert "rdfs:subClassOf* <https://w3id.org/hfskg/ontology#Anakinra>" in text
    assert '?dose >= "10"^^<http://www.w3.org/2001/XMLSchema#decimal>' in text


def test_a_parameter_that_takes_a_list_is_given_several_times(folder: Path) -> None:
    text = ask("patients-by-drug", "-g", folder, "-p", "drug=anakinra", "-p", "drug=prednisone", "-f", "tsv")
    assert [line.split("\t")[6] for line in text.splitlines()[1:]] == ["anakinra", "prednisone"]


def test_a_file_without_a_header_is_mere_sparql(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.rq"
    mine.write_text("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", encoding="utf-8")
    assert int(ask("--file", mine, "-g", folder).split()[1]) > 500
    mine.write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    assert ask("--file", mine, "-g", folder) == "true\n"
    mine.write_text("CONSTRUCT WHERE { ?s a <https://w3id.org/hfskg/ontology#Patient> }", encoding="utf-8")
    assert "<example/case/1> a hfs:Patient ." in ask("--file", mine, "-g", folder, "-f", "turtle")


def test_a_file_with_a_header_takes_parameters(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.rq"
    mine.write_text(load_catalogue()["dose-ranges"].text, encoding="utf-8")
    assert ask("--file", mine, "-g", folder, "-p", "drug=ANK") == ask("dose-ranges", "-g", folder, "-p", "drug=ANK")
    assert ask("--file", mine, "--help").startswith("mine: Within which bounds")


def test_a_query_comes_from_standard_input(folder: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    result = CliRunner().invoke(app, ["query", "--file", "-", "-g", str(folder)], input=text)
    assert result.output.startswith("n\n")


def test_an_endpoint_gives_the_same_bytes(folder: Path) -> None:
    with serving(graph(example(), second())) as (url, _):
        for name in ("treatments", "ferritin-before-after"):
            assert ask(name, "--endpoint", f"{url}/sparql") == ask(name, "--graph", folder)


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        (["nonsense", "-g", "{folder}"], QueryError, "There is no query nonsense"),
        (["cases", "--file", "x.rq"], QueryError, "Both the query cases and the file x.rq"),
        (["--file", "{folder}/none.rq"], QueryError, "cannot be read"),
        (["--file", "{folder}/update.rq", "-g", "{folder}"], QueryError, "updates are not"),
        (["--file", "{folder}/graph.rq", "-g", "{folder}", "-p", "a=b"], QueryError, "takes no parameters"),
        (["--file", "{folder}/graph.rq", "-g", "{folder}", "-f", "csv"], QueryError, "gives a graph"),
        (["cases", "-g", "{folder}", "-f", "turtle"], QueryError, "gives rows"),
        (["cases"], QueryError, "Neither a graph folder nor an endpoint"),
        (["cases", "-g", "{folder}", "--endpoint", "http://127.0.0.1/"], QueryError, "Both"),
        (["cases", "-g", "{folder}/nowhere"], StoreError, "There is no folder"),
        (["cases", "-g", "{folder}/graph.nq"], StoreError, "is a file"),
        (["cases", "--endpoint", "nowhere"], EndpointError, "is no address"),
        (["cases", "-g", "{folder}", "-p", "drug=x"], QueryError, "has no parameter drug"),
        (["analyte-course", "-g", "{folder}", "-p", "analyte"], QueryError, "has no value"),
        (["analyte-course", "-g", "{folder}", "-p", "analyte=a", "-p", "analyte=b"], QueryError, "takes one value"),
        (["analyte-course", "-g", "{folder}", "-p", "analyte=feritin"], QueryError, "Did you mean ferritin"),
        (["hyperferritinemia", "-g", "{folder}", "-p", "threshold=high"], QueryError, "takes a number"),
    ],
)
def test_wrong_use_is_told(folder: Path, arguments: list[str], kind: type[HfskgError], message: str) -> None:
    filled = [argument.format(folder=folder) for argument in arguments]
    result = CliRunner().invoke(app, ["query", *filled])
    assert isinstance(result.exception, kind)
    assert message in str(result.exception)


def test_wrong_use_ends_with_exit_code_2_and_a_cure(folder: Path) -> None:
    done = run("query", "case", "--graph", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean cases" in done.stderr
    assert "See `hfskg query`" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--timeout", "0"], ["--nonsense"]])
def test_unknown_options_end_with_exit_code_2(folder: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["query", "cases", "-g", str(folder), *arguments])
    assert result.exit_code == 2


def test_two_runs_give_the_same_bytes(folder: Path) -> None:
    assert run("query", "findings", "-g", folder).stdout == run("query", "findings", "-g", folder).stdout
