"""Headings that stand on the line of the text they open: "Case presentation: A 9-year-old girl ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from hfskg.reading.sections import section_role
from hfskg.reading.tables import Line

__all__ = ["with_run_in_heads"]

_RUN_IN = re.compile(r"(?:^|(?<=[.!?)\]])\s?)(?P<title>[A-Z][A-Za-z ,'’/&-]{3,45}?)\s?:\s?(?=\S)")


def with_run_in_heads(lines: Sequence[Line], borders: Set[int]) -> tuple[list[Line], frozenset[int]]:
    """Return lines in which each run-in heading of a section is a line of its own, and the places that end a page.

    A text that prints the heading of its case section as a line of its own is left as it is: there such words
    structure the abstract.

    Args:
        lines: The lines of a text.
        borders: The places of those that end a page.

    Example:
        >>> lines, _ = with_run_in_heads([Line(0, 28, "Case: A girl. Discussion: It")], frozenset())
        >>> [line.text for line in lines]
        ['Case', 'A girl.', 'Discussion', 'It']
    """
    if any(section_role(line.text) == "case" for line in lines):
        return list(lines), frozenset(borders)
    parted: list[Line] = []
    ends: set[int] = set()
    for at, line in enumerate(lines):
        parted += _parts(line)
        if at in borders:
            ends.add(len(parted) - 1)
    return parted, frozenset(ends)


def _parts(line: Line) -> Iterator[Line]:
    done = 0
    for match in _RUN_IN.finditer(line.text):
        if section_role(match["title"]) is None:
            continue
        yield from _piece(line, done, match.start("title"))
        yield from _piece(line, match.start("title"), match.end("title"))
        done = match.end()
    if done:
        yield from _piece(line, done, len(line.text))
    else:
        yield line


def _piece(line: Line, first: int, last: int) -> Iterator[Line]:
    text = line.text[first:last].rstrip()
    if text:
        yield Line(line.start + first, line.start + first + len(text), text)
