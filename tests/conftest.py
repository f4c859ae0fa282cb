from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hfskg.ontology.reasoners import Reasoner
from owl_reasoner import Classification, load_classification, write_classification
from support import ROOT, Once


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """What takes long is made by the first process that needs it; read it, do not write it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def make(name: str, work: Callable[[Path], object]) -> Path:
        path, partial = shared / "shared" / name, shared / "shared" / f"{name}.partial"
        path.parent.mkdir(exist_ok=True)
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                work(partial)
                partial.rename(path)
        return path

    return make


@pytest.fixture(scope="session", autouse=True)
def cache_folder(once: Once) -> Iterator[Path]:
    """The cache of the tests, and of the commands they run, in a folder of its own."""
    folder = once("cache", Path.mkdir)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HFSKG_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The source documents of the checkout, in the order of their slugs."""
    return sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def built(once: Once) -> Path:
    """A build of the seeds with the real stages; read it, do not write it."""
    from hfskg.build import build

    return once("seeds", lambda out: build([ROOT / "seeds"], out))


@pytest.fixture(scope="session")
def hermit(once: Once) -> Classification:
    """What HermiT finds in the ontology."""
    return load_classification(once("hermit", lambda path: write_classification(path, Reasoner.HERMIT)))


@pytest.fixture(scope="session")
def pellet(once: Once) -> Classification:
    """What Pellet finds in the ontology."""
    return load_classification(once("pellet", lambda path: write_classification(path, Reasoner.PELLET)))
