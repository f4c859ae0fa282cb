"""A document with its readings as text: stretches for a terminal, brackets where there are no colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hfskg.listing import list_record
from hfskg.view import BlockView, DocumentView, Run, Segment
from hfskg.wording import counted, quoted

__all__ = ["Stretch", "list_coverage", "stretches", "transcribe"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters that look the same.

    Attributes:
        text: The characters, on one line within a block.
        style: Name of the kind of reading, ``gap``, ``unread``, ``role``, ``case``, ``heading`` or empty.
        note: What they are, where no colour tells it.
    """

    text: str
    style: str = ""
    note: str = ""


def stretches(view: DocumentView) -> Iterator[Stretch]:
    """Yield the text of a document with what was read from it, section by section and block by block.

    Args:
        view: The document as people look at it.
    """
    for section in view.sections:
        yield Stretch(f"── {section.role or 'no section'} ", "role")
        yield Stretch("\n\n")
        for block in section.blocks:
            yield from _block(view, block)
            yield Stretch("\n\n")


def transcribe(view: DocumentView) -> str:
    """Return all that inspecting a document tells: its text with the readings in brackets, their listing, the gaps."""
    text = "".join(_plain(stretch) for stretch in stretches(view))
    return f"{text}{list_record(view.record)}\n{list_coverage(view)}"


def list_coverage(view: DocumentView) -> str:
    """Return the figures of a document and the list of what was not understood."""
    gaps = view.survey.gaps
    lines = ["Understood", *(f"  {share} {name}" for name, share in view.survey.coverage.shares()), ""]
    lines.append(f"Not understood: {counted(len(gaps), 'gap')}")
    for gap in gaps:
        case = f"  [{gap.case}]" if gap.case else ""
        lines.append(f"  {gap.kind:<8}  {quoted(gap.quote)} {gap.start}-{gap.end}{case}  {gap.reason}")
    return "".join(f"{line}\n" for line in lines)


def _plain(stretch: Stretch) -> str:
    return f"[{stretch.text}|{stretch.note}]" if stretch.note else stretch.text


def _block(view: DocumentView, block: BlockView) -> Iterator[Stretch]:
    style = "heading" if block.kind == "heading" else ""
    for place, run in enumerate(block.runs):
        if place:
            yield Stretch(" ")
        if run.opens:
            yield Stretch(f"{view.cases[run.case]}: ", "case")
        yield from _run(run, style)
    for row in block.rows:
        yield Stretch("\n")
        for place, cell in enumerate(row.cells):
            if place:
                yield Stretch(" │ ", "role")
            yield from (_segment(segment, "") for segment in cell)


def _run(run: Run, style: str) -> Iterator[Stretch]:
    if run.unread is not None and not any(segment.gap is not None for segment in run.segments):
        style = "unread"
    for segment in run.segments:
        yield _segment(segment, style)


def _segment(segment: Segment, style: str) -> Stretch:
    text = _flat(segment.text)
    if segment.marks:
        mark = segment.marks[0]
        label = mark.kind.label.lower()
        return Stretch(text, mark.kind.name, f"{label}, {mark.status}" if mark.kind.name == "diagnosis" else label)
    if segment.gap is not None:
        return Stretch(text, "gap", "?")
    return Stretch(text, style)


def _flat(text: str) -> str:
    """Return a text on one line, a blank at its ends kept."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if text[-1:].isspace() else ''}"
