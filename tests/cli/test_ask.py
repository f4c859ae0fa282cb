from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebook import example, graph, second, third, write_folder
from hfskg.cli import app
from hfskg.errors import QueryError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("ask") / "graph", graph(example(), second(), third()))


def test_the_query_is_told_before_its_rows_and_others_behind(folder: Path) -> None:
    question = "which patients improved on intravenous anakinra above 10 mg/kg/day?"
    result = CliRunner().invoke(app, ["ask", question, "-g", str(folder)], catch_exceptions=False)
    assert "third.txt" in result.stdout.splitlines()[1]
    first, *_, last = result.stderr.splitlines()
    assert first.startswith("responses: How did the patients respond")
    assert "minDose = 10; unit = mg/kg/day; route = hfs:IntravenousRoute]" in first
    assert last.startswith("Others that fit: ")


def test_a_question_that_nothing_fits_is_told(folder: Path) -> None:
    result = CliRunner().invoke(app, ["ask", "Who won the cup?", "-g", str(folder)])
    assert isinstance(result.exception, QueryError)
    assert "No query fits the question." in str(result.exception)
