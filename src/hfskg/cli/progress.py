"""The progress bar of a build, on a terminal only."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from hfskg.build import BuildListener, DocumentResult

__all__ = ["ProgressListener"]


class ProgressListener(BuildListener):
    """Draws a bar on standard error while documents are built; draws nothing if that is no terminal.

    Args:
        console: Where to draw; standard error if left out.
    """

    def __init__(self, console: Console | None = None) -> None:
        console = console or Console(stderr=True)
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("Loading the ontology", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def started(self, documents: int) -> None:
        """Set the length of the bar."""
        self._progress.update(self._task, total=documents)

    def finished(self, document: DocumentResult) -> None:
        """Move the bar on by one document."""
        self._progress.update(self._task, advance=1, description=document.path.name)
