"""All evaluations of the seeds, worked out by hand, against those of a build from the texts of the reports.

``expected.json`` names for each the verdict in the strict reading and those that a careful reader could defend.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from hfskg.namespaces import DATA, HFS, document_iri
from hfskg.output import GRAPH_FILE

pytestmark = pytest.mark.slow

EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))

SETS = {"MAS2016": "MAS2016", "HLH2004": "HLH2004", "HLH2024_no_NK": "HLH2024", "HScore": "HScore"}

STRETCHES = {
    # Time points without a day, as the stretches of the narrative that tell of them; all others are the first one.
    ("000/P2", "regional_admission"): "undated-2",
    ("003/C3", "week2_MAS"): "undated-2",
    ("003/C8", "remission"): "undated-2",
    ("003/C8", "relapse"): "undated-3",
}

AUTHORS = {"not_met": "NotMet", "met": "Met"}


@pytest.fixture(scope="module")
def verdicts(built: Path) -> dict[str, str]:
    """The strict verdicts of a build, by the assessment's IRI."""
    store = pyoxigraph.Store()
    store.bulk_load(path=built / GRAPH_FILE, format=pyoxigraph.RdfFormat.N_QUADS)
    query = f"SELECT ?s ?v WHERE {{ GRAPH ?g {{ ?s <{HFS.verdict}> ?v ; <{HFS.reading}> <{HFS.StrictReading}> }} }}"
    rows = store.query(query)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return {row["s"].value: row["v"].value.removeprefix(HFS) for row in rows}


def where(evaluation: dict[str, Any]) -> str:
    number = evaluation["case"].partition("/")[2][1:]
    day = evaluation["day"]
    when = STRETCHES.get((evaluation["case"], evaluation["timepoint"]), "undated") if day is None else day
    document = str(document_iri(evaluation["document"])).removeprefix(DATA)
    return str(DATA[f"{document}/case/{number}/criteria/{SETS[evaluation['criterion']]}/{when}"])


@cache
def evaluations() -> list[Any]:
    return [
        pytest.param(one, id=f"{one['case']}-{one['timepoint']}-{one['criterion']}") for one in EXPECTED["evaluations"]
    ]


def test_all_evaluations_are_there() -> None:
    assert len(evaluations()) == 108


@pytest.mark.parametrize("evaluation", evaluations())
def test_the_verdict_is_one_that_can_be_defended(evaluation: dict[str, Any], verdicts: dict[str, str]) -> None:
    words = {"Met": "met", "NotMet": "not_met", "Undetermined": "undetermined"}
    assert words[verdicts[where(evaluation)]] in evaluation["accept"]
    assert words[verdicts[where(evaluation)]] == evaluation["verdict"]


@pytest.mark.parametrize(
    "statement", EXPECTED["meta"]["source_statements_to_reproduce"][:3], ids=lambda s: s["timepoint"]
)
def test_the_authors_of_the_first_seed_agree(statement: dict[str, Any], verdicts: dict[str, str]) -> None:
    (one,) = (
        e
        for e in EXPECTED["evaluations"]
        if (e["case"], e["timepoint"], e["criterion"]) == (statement["case"], statement["timepoint"], "MAS2016")
    )
    assert verdicts[where(one)] == AUTHORS[statement["MAS2016"]]
