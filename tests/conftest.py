from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The cache of the tests, and of the commands they run, in a folder of its own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HFSKG_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The source documents of the checkout, in the order of their slugs."""
    return sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the seeds with the real stages; read it, do not write it."""
    from hfskg.build import build

    out = tmp_path_factory.mktemp("seeds") / "graph"
    build([ROOT / "seeds"], out)
    return out
