from __future__ import annotations

from pathlib import Path

from hfskg.results import BuildListener, BuildResult, DocumentResult


def test_documents_are_told_apart_by_what_became_of_them() -> None:
    built, unusable = DocumentResult(Path("a.txt"), "built", cases=1), DocumentResult(Path("b.txt"), "unusable", "Why.")
    result = BuildResult(Path("out"), True, (built, unusable), 7, "")
    assert result.with_status("built") == (built,)
    assert result.with_status("unusable", "mismatched") == (unusable,)


def test_a_listener_does_nothing_by_itself() -> None:
    listener = BuildListener()
    listener.started(1)
    listener.finished(DocumentResult(Path("a.txt"), "built"))
    assert vars(listener) == {}
