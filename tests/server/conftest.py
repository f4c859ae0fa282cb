from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hfskg.server.graph import ServedGraph, load_served
from hfskg.server.limits import Limits
from hfskg.server.worker import warm
from serving import serving_graph
from support import ROOT

BASE = "http://localhost:8000/kg"


@pytest.fixture(scope="session")
def graph(built: Path) -> ServedGraph:
    """The seeds, loaded as a worker sees them."""
    loaded = load_served(built, Limits(workers=2), BASE, sources=ROOT / "seeds")
    warm(loaded)
    return loaded


@pytest.fixture(scope="session")
def client(built: Path) -> Iterator[httpx.Client]:
    """A client of a server over the seeds."""
    with serving_graph(built, "--sources", str(ROOT / "seeds"), "--seconds", "5") as client:
        yield client
