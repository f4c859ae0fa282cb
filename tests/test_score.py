"""The floors: how much of the annotated seeds a build must get right, as the scorer beside the checkout counts."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from support import ROOT

SCORER = ROOT.parent / "shared" / "score.py"

FLOORS = {
    "cases": 1.0,
    "conditions": 0.75,
    "findings": 0.65,
    "labs": 0.98,
    "lab days": 0.98,
    "drugs": 0.90,
    "doses": 0.88,
    "variants": 1.0,
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SCORER.is_file(), reason="the scorer is not beside this checkout"),
]


@pytest.fixture(scope="module")
def scores(built: Path) -> Mapping[str, float]:
    """The F1 of each facet."""
    query = f"{shlex.quote(sys.executable)} -m hfskg query"
    command = [sys.executable, str(SCORER), str(ROOT / "tests" / "gold"), str(built), "--query-command", query]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    assert done.stderr == ""
    lines = (line.rsplit(maxsplit=4) for line in done.stdout.splitlines()[1:-1])
    return {facet.strip(): float(f1) for facet, _, _, _, f1 in lines}


@pytest.mark.parametrize("facet", FLOORS)
def test_a_facet_does_not_fall_below_its_floor(facet: str, scores: Mapping[str, float]) -> None:
    assert scores[facet] >= FLOORS[facet]
