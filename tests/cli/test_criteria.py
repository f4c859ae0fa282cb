from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebook import example, graph, write_folder
from hfskg.cli import app
from hfskg.errors import QueryError

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("criteria") / "graph", graph(example()))


def test_the_command_prints_the_items_of_a_patient(folder: Path) -> None:
    result = RUNNER.invoke(app, ["criteria", "data:example/case/1", "--graph", str(folder)])
    assert result.exit_code == 0
    assert "fever            met      2 points «Fever seen»" in result.stdout


def test_the_sets_are_listed_into_a_file(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["criteria", "--sets", "--output", str(tmp_path / "sets.txt")])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "HScore" in (tmp_path / "sets.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [[], ["data:example/case/1"]])
def test_a_patient_and_a_graph_are_needed(arguments: list[str]) -> None:
    result = RUNNER.invoke(app, ["criteria", *arguments])
    assert isinstance(result.exception, QueryError)
