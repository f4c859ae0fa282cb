from __future__ import annotations

import socket
from pathlib import Path

import pytest

from serving import write_folder
from support import hfskg


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "no graph folder"),
        (["--sources", "missing"], "There is no folder missing"),
        (["--workers", "1"], "--workers"),
    ],
)
def test_what_cannot_be_served_is_told(options: list[str], told: str, tmp_path: Path) -> None:
    done = hfskg("serve", tmp_path, "--port", "0", *options)
    assert done.returncode == 2 and told in done.stderr


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "graph", "")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = hfskg("serve", folder, "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2 and "cannot be listened on" in done.stderr
