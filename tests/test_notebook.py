"""The notebook of the documentation runs from its first cell to its last, and shows its plots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from support import ROOT

PATH = ROOT / "docs" / "analysis.ipynb"


def notebook() -> Any:
    text = PATH.read_text(encoding="utf-8")
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]


def kinds(read: Any) -> Iterator[tuple[str, bool]]:
    """Yield the cell of each output, and whether it is a plot."""
    for cell in read.cells:
        for output in cell.get("outputs", []):
            yield cell["id"], "image/png" in output.get("data", {})


def test_the_notebook_is_kept_with_its_plots() -> None:
    assert sum(plot for _, plot in kinds(notebook())) == 3


@pytest.mark.slow
def test_the_notebook_runs_and_shows_what_is_kept() -> None:
    read = notebook()
    kept = list(kinds(read))
    resources = {"metadata": {"path": str(PATH.parent)}}
    NotebookClient(read, timeout=600, kernel_name="python3", resources=resources).execute()
    assert list(kinds(read)) == kept
    assert not [o for cell in read.cells for o in cell.get("outputs", []) if o["output_type"] == "error"]
