"""The server under load; `benchmarks/serving.py` measures it for longer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT


@pytest.mark.slow
def test_ordinary_answers_are_right_while_hostile_queries_are_refused_or_stopped(built: Path) -> None:
    options = ["--clients", "12", "--seconds", "8", "--hostile", "0.1", "--pause", "0.5", "--factor", "50"]
    command = [sys.executable, str(ROOT / "benchmarks" / "serving.py"), str(built), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wrong answers 0" in done.stdout
