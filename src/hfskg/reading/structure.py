"""The first stage: headings, paragraphs, numbered items, figure captions and tables of a text.

Texts come in two shapes: wrapped as PDF extraction leaves them (short lines, words broken by hyphens, page
breaks inside sentences, tables torn into lines) and one paragraph a line with tab-separated tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hfskg.reading.document import Block
from hfskg.reading.run_in_heads import with_run_in_heads
from hfskg.reading.running import running_lines
from hfskg.reading.sections import section_role
from hfskg.reading.tables import Line, find_table

__all__ = ["case_label", "find_blocks", "is_legend"]

_COUNTED = "one|two|three|four|five|six|seven|eight|nine|ten"
_CASE_HEADING = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?P<label>(?:the\s+)?(?:(?:patient|case)(?:\s+(?:report|presentation|description|history|study))?"
    rf"\s*(?:no\.?|number|#|№)?\s*(?:\d{{1,3}}|[IVX]{{1,4}}|(?:{_COUNTED})\b|[A-Z](?![a-z]))"
    r"|(?:first|second|third|fourth|fifth|sixth)\s+(?:patient|case)))"
    r"(?:\s*\([^()]{1,60}\))?\s*(?:[.:)–—-]\s*|$)",
    re.I,
)
_TITLE = 90
_ITEM = re.compile(r"^\(?(?P<label>\d{1,3})[).]\s+(?=[A-Z])")
_FIGURE = re.compile(r"^(?:Supplementary\s+)?Fig(?:ure|\.)?\s*\d", re.I)
_ENDED = re.compile(r"[.!?:]['\")\]\d,–-]*\s*$")
_LEGEND = re.compile(r"^(?:List of )?Abbreviations?\b", re.I)
_DEFINITION = re.compile(r"(?:^|[,;.]\s*)[A-Za-zµγαβ][\w/γαβ-]{1,11}(?:\s*[=:]\s*|,\s)[A-Za-zα-ω][^=:;,.]*(?=[,;.]|$)")
_MIN_DEFINITIONS = 3
_DEFINING = ",;.=:"
_WRAPPED_WIDTH = 160
_MAX_GAP = 4


@dataclass(slots=True)
class _Paragraph:
    kind: str
    label: str
    pieces: list[tuple[int, int]]
    role: str
    open: bool = True


def case_label(line: str) -> str:
    """Return the label of the patient that a heading names first, or an empty text.

    Example:
        >>> case_label("Case 2: a boy with fever"), case_label("Case presentation")
        ('Case 2', '')
    """
    found = _CASE_HEADING.match(line.strip())
    return found["label"] if found else ""


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in document order, each with the role of its section."""
    return tuple(_Finder(text).blocks())


class _Finder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines, self.borders = with_run_in_heads(*_lines(text))
        filled = [len(line.text) for line in self.lines if line.text]
        self.wrapped = bool(filled) and sorted(filled)[len(filled) * 9 // 10] <= _WRAPPED_WIDTH
        self.running: frozenset[int] = _running(self.lines, self.borders) if self.wrapped else frozenset()
        self.role = ""
        self.done: list[Block] = []
        self.current: _Paragraph | None = None
        self.interrupted: _Paragraph | None = None
        self.ended = True
        self.turned = False

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self.lines):
            at = self.step(at)
        self.close()
        return iter(sorted(self.done, key=lambda block: block.start))

    def step(self, at: int) -> int:
        """Take in the line at a place; return the place of the next."""
        line = self.lines[at]
        self.turned = self.turned or at in self.borders or at in self.running
        if not line.text or at in self.running:
            self.blank()
            return at + 1
        found = find_table(self.lines, at)
        if found:
            table, after = found
            self.done.append(Block("table", table.start, table.end, (), role=self.role, table=table))
            return after
        role = section_role(line.text)
        if role is not None:
            self.close()
            self.role = role
            self.heading(line, "")
        elif (case := _CASE_HEADING.match(line.text)) and self.tells_case(line, case):
            self.close()
            self.role = "case"
            rest = line.text[case.end() :]
            label_line = line._replace(
                text=line.text[: case.end()].rstrip(), end=line.start + len(line.text[: case.end()].rstrip())
            )
            self.heading(label_line, case["label"])
            if rest:
                self.extend(line._replace(start=line.start + case.end(), text=rest), "paragraph", "")
        elif self.starts_block(line) and _FIGURE.match(line.text):
            self.interrupt()
            self.extend(line, "figure", "")
            if not self.wrapped:
                self.close()
        elif is_legend(line.text):
            self.close()
            self.extend(line, "note", "")
            if not self.wrapped:
                self.close()
        elif (item := _ITEM.match(line.text)) and self.starts_block(line):
            self.close()
            self.extend(line, "item", item["label"])
        else:
            self.extend(line, "paragraph", "")
        return at + 1

    def tells_case(self, line: Line, case: re.Match[str]) -> bool:
        """Tell whether a line that begins like the heading of a case is one.

        Behind an introduction it is where it is a line of its own; in an abstract or a discussion it never is.
        """
        if self.role in ("", "case"):
            return True
        title = line.text[case.end() :]
        return self.role == "background" and self.starts_block(line) and len(title) <= _TITLE and title[-1:] != "."

    def starts_block(self, line: Line) -> bool:
        return self.current is None or not self.current.open or not self.wrapped

    def heading(self, line: Line, label: str) -> None:
        self.done.append(Block("heading", line.start, line.end, ((line.start, line.end),), label, self.role))

    def extend(self, line: Line, kind: str, label: str) -> None:
        """Add a line to the open paragraph, or open one."""
        fresh = self.current is None or not (self.wrapped or self.current.open)
        if self.current is not None and not self.current.open:
            fresh = not (self.wrapped and self.goes_on(line))
        if kind != "paragraph":
            fresh = True
        if not fresh and self.interrupted is not None and self.current is not None and not self.current.open:
            self.finish(self.current)
            self.current, self.interrupted = self.interrupted, None
        if fresh:
            if kind != "figure":
                self.close()
            self.current = _Paragraph(kind, label, [], self.role)
        assert self.current is not None
        self.current.pieces.append((line.start, line.end))
        self.current.open = self.wrapped
        self.turned = False
        if kind != "figure" and self.current.kind != "figure":
            self.ended = _ENDED.search(line.text) is not None

    def goes_on(self, line: Line) -> bool:
        """Tell whether a line behind an empty one continues the paragraph, within a sentence or on a new page."""
        assert self.current is not None
        if self.current.kind == "figure":
            return self.interrupted is not None and line.text[0].islower()
        return line.text[0].islower() or (self.turned and not self.ended)

    def interrupt(self) -> None:
        """Keep a paragraph open that a figure interrupts within a sentence."""
        if self.wrapped and not self.ended and self.current is not None and self.current.kind != "figure":
            self.interrupted, self.current = self.current, None
        else:
            if self.current is not None:
                self.finish(self.current)
            self.current = None

    def blank(self) -> None:
        if self.current is not None:
            self.current.open = False

    def close(self) -> None:
        for paragraph in (self.interrupted, self.current):
            if paragraph is not None:
                self.finish(paragraph)
        self.interrupted = self.current = None

    def finish(self, paragraph: _Paragraph) -> None:
        pieces = tuple(paragraph.pieces)
        start, end = pieces[0][0], pieces[-1][1]
        block = Block(paragraph.kind, start, end, _joined(self.text, pieces), paragraph.label, paragraph.role)
        self.done.append(block)


def is_legend(text: str) -> bool:
    """Tell whether a line explains abbreviations: "LDH = lactate dehydrogenase, PT: prothrombin time".

    Example:
        >>> is_legend("Abbreviations: HLH, a syndrome."), is_legend("Hb 9.8 g/dL; she had fever; it rose.")
        (True, False)
    """
    if _LEGEND.match(text):
        return True
    if sum(map(text.count, _DEFINING)) < 2 * _MIN_DEFINITIONS - 1:
        return False
    defined = _DEFINITION.findall(text)
    return len(defined) >= _MIN_DEFINITIONS and sum(map(len, defined)) > len(text) // 2


def _joined(text: str, pieces: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join lines that follow each other, so that a piece is a stretch no other block interrupts."""
    joined = [pieces[0]]
    for start, end in pieces[1:]:
        if start - joined[-1][1] <= _MAX_GAP and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _lines(text: str) -> tuple[list[Line], frozenset[int]]:
    """Return the lines of a text, and the places of those that end a page."""
    lines = []
    borders = set()
    start = 0
    for at, raw in enumerate(text.splitlines(keepends=True)):
        stripped = raw.strip(" \r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\ufeff")
        offset = start + (raw.index(stripped) if stripped else 0)
        lines.append(Line(offset, offset + len(stripped), stripped))
        if "\f" in raw:
            borders.add(at)
        start += len(raw)
    return lines, frozenset(borders)


def _running(lines: Sequence[Line], borders: frozenset[int]) -> frozenset[int]:
    """Return the places of running heads and feet, headings of patients and sections left aside."""
    pages: list[list[str]] = [[]]
    for at, line in enumerate(lines):
        pages[-1].append(line.text)
        if at in borders:
            pages.append([])
    found = running_lines(pages)
    return frozenset(at for at in found if not case_label(lines[at].text) and section_role(lines[at].text) is None)
