from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from hfskg.build import DocumentResult
from hfskg.cli.progress import ProgressListener


def drawn(*, terminal: bool, name: str = "report.txt") -> str:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=terminal, width=100, color_system=None)
    with ProgressListener(console) as listener:
        listener.started(3)
        listener.finished(DocumentResult(Path(name), "built"))
        listener._progress.refresh()
    return screen.getvalue()


def test_a_terminal_shows_the_document_and_the_count() -> None:
    assert "report.txt" in drawn(terminal=True)
    assert "1/3" in drawn(terminal=True)


def test_a_file_or_pipe_gets_nothing() -> None:
    assert drawn(terminal=False).strip() == ""


def test_brackets_in_a_file_name_are_no_markup() -> None:
    assert "[bold]report[2].txt" in drawn(terminal=True, name="[bold]report[2].txt")
