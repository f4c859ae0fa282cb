"""Same input, same bytes: a rebuild changes nothing, whatever order Python's sets and dictionaries have."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hfskg.output import file_digests, load_manifest
from support import ROOT, contents

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_a_rebuild_is_the_same_whatever_the_hash_seed(seed: str, built: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    out = tmp_path / f"graph-{seed}"
    command = [sys.executable, "-m", "hfskg", "build", str(ROOT / "seeds"), "--out", str(out)]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=600)
    assert file_digests(out) == file_digests(built)
    assert contents(out) == contents(built)


def test_a_manifest_has_the_digest_of_every_file(built: Path) -> None:
    assert load_manifest(built).files == file_digests(built)
