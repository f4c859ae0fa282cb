"""A document with its readings in the colours of a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.style import Style
from rich.text import Text

from hfskg.listing import list_record
from hfskg.marks import MARK_KINDS
from hfskg.transcript import list_coverage, stretches
from hfskg.view import DocumentView

__all__ = ["print_view"]

_COLOURS = (
    "bright_red",
    "yellow",
    "white",
    "green",
    "bright_blue",
    "bright_green",
    "magenta",
    "bright_magenta",
    "bright_yellow",
    "bright_black",
    "cyan",
    "bright_cyan",
    "bright_white",
    "red",
    "blue",
)
_DENIED = frozenset({"finding-absent", "finding-resolved"})


def _styles() -> dict[str, Style]:
    styles = {
        kind.name: Style(color=colour, bold=True, underline=True, italic=kind.name in _DENIED)
        for kind, colour in zip(MARK_KINDS, _COLOURS, strict=True)
    }
    plain = {
        "gap": Style(color="black", bgcolor="bright_yellow"),
        "unread": Style(dim=True),
        "role": Style(dim=True),
        "case": Style(bold=True, reverse=True),
        "heading": Style(bold=True),
    }
    return styles | plain


def print_view(view: DocumentView, console: Console | None = None) -> None:
    """Print a document in colours: a legend, its text, the listing of its readings, and what was not understood.

    Args:
        view: The document as people look at it.
        console: Where to print; standard output if left out.
    """
    console = console or Console(highlight=False)
    styles = _styles()
    legend = Text()
    for kind, count in view.counts():
        if count:
            legend.append(f"{kind.label} {count}", styles[kind.name]).append("   ")
    legend.append("not understood", styles["gap"])
    text = Text()
    for stretch in stretches(view):
        text.append(stretch.text, styles.get(stretch.style))
    console.print(legend, end="\n\n")
    console.print(text, end="")
    console.print(list_record(view.record), markup=False, highlight=False)
    console.print(list_coverage(view), markup=False, highlight=False, end="")
