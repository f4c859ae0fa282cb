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
from sparql_server import serving
from support import hfskg as run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("query") / "graph", graph(example(), second()))


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
    query.query("cases", graph=folder)
    assert "3 rows" in str(printed[0])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json"])
def test_every_format_can_be_asked_for(folder: Path, format: str) -> None:
    text = ask("cases", "-g", folder, "-f", format)
    assert "Patient 2" in text
    if format == "json":
        assert json.loads(text)[0]["age"] == 13.5


def test_the_answer_goes_to_a_file(folder: Path, tmp_path: Path) -> None:
    assert ask("cases", "--graph", folder, "--output", tmp_path / "cases.csv") == ""
    assert (tmp_path / "cases.csv").read_text(encoding="utf-8").startswith("document,case,label")


def test_parameters_are_given_by_name(folder: Path) -> None:
    text = ask("hyperferritinemia", "-g", folder, "-p", "threshold=10000", "-f", "tsv")
    assert [line.split("\t")[4] for line in text.splitlines()[1:]] == ["13200", "18000"]


def test_the_list_names_every_query_and_its_question() -> None:
    lines = ask("--list").splitlines()
    assert [line.split()[0] for line in lines] == list(load_catalogue())
    assert all(line.endswith("?") for line in lines)


def test_a_query_can_be_shown() -> None:
    text = ask("max-dose-per-kilogram", "--show")
    assert "drug (term below hfs:Drug; default anakinra)" in text
    assert "Example: --param drug='hfs:Anakinra'" in text
    assert "maxDose" in text
    assert "PREFIX hfs:" in text
    assert "#+" not in text
    assert "case (iri; required)" in ask("timeline", "--show")


def test_own_queries_can_be_used(folder: Path, tmp_path: Path) -> None:
    header = "#+ title: A\n#+ summary: B?\n#+ description: C.\n#+ columns: {n: Number.}\n"
    (tmp_path / "count.rq").write_text(header + "SELECT (COUNT(*) AS ?n) { ?s a ?o }", encoding="utf-8")
    assert int(ask("count", "--queries", tmp_path, "-g", folder).split()[1]) > 50


def test_an_endpoint_gives_the_same_bytes(folder: Path) -> None:
    with serving(graph(example(), second())) as (url, _):
        for name in ("treatments", "ferritin-before-after"):
            assert ask(name, "--endpoint", f"{url}/sparql") == ask(name, "--graph", folder)


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        (["nonsense", "-g", "{folder}"], QueryError, "There is no query nonsense"),
        ([], QueryError, "No query is named"),
        (["cases"], QueryError, "Neither a graph folder nor an endpoint"),
        (["cases", "-g", "{folder}", "--endpoint", "http://127.0.0.1/"], QueryError, "Both"),
        (["cases", "-g", "{folder}/nowhere"], StoreError, "There is no folder"),
        (["cases", "-g", "{folder}/graph.nq"], StoreError, "is a file"),
        (["cases", "--endpoint", "nowhere"], EndpointError, "is no address"),
        (["cases", "-g", "{folder}", "-p", "drug=x"], QueryError, "has no parameter drug"),
        (["analyte-course", "-g", "{folder}", "-p", "analyte"], QueryError, "has no value"),
        (["analyte-course", "-g", "{folder}", "-p", "analyte=a", "-p", "analyte=b"], QueryError, "given twice"),
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
    assert "hfskg query --list" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--timeout", "0"], ["--nonsense"]])
def test_unknown_options_end_with_exit_code_2(folder: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["query", "cases", "-g", str(folder), *arguments])
    assert result.exit_code == 2


def test_two_runs_give_the_same_bytes(folder: Path) -> None:
    assert run("query", "findings", "-g", folder).stdout == run("query", "findings", "-g", folder).stdout
