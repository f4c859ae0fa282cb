"""The text of a document in passages, with the characters that statements were read from marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Passage", "Piece", "Span", "passages_of_evidence", "passages_of_text"]

_PARAGRAPH = re.compile(r"\S(?:(?!\r?\n[ \t]*\r?\n)[\s\S])*")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters that something was read from.

    Attributes:
        document: IRI of the document.
        start: Offset of the first character.
        end: Offset behind the last one.
        quote: The characters.
        before: The rest of the sentence before them.
        after: The rest of the sentence behind them.
    """

    document: str
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""

    @property
    def key(self) -> str:
        """What names it within its document, such as ``78-102``."""
        return f"{self.start}-{self.end}"

    @property
    def sentence(self) -> tuple[int, str]:
        """The offset and the characters of the sentence that it stands in."""
        return self.start - len(self.before), f"{self.before}{self.quote}{self.after}"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with the same marks.

    Attributes:
        text: The characters.
        keys: The keys of the spans that they are part of.
        asked: Whether they are part of the span that was asked for.
    """

    text: str
    keys: tuple[str, ...] = ()
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or paragraph.

    Attributes:
        start: Offset of its first character.
        pieces: Its characters.
        apart: Whether text that is not shown stands before it.
    """

    start: int
    pieces: tuple[Piece, ...]
    apart: bool = False


def passages_of_text(text: str, spans: Sequence[Span], asked: str = "") -> list[Passage]:
    """Return the paragraphs of a text.

    Args:
        text: The whole text.
        spans: What is marked.
        asked: The key of the span that was asked for.
    """
    found = ((match.start(), match[0]) for match in _PARAGRAPH.finditer(text))
    return [Passage(start, tuple(_pieces(start, told, spans, asked))) for start, told in found]


def passages_of_evidence(spans: Iterable[Span], asked: str = "") -> list[Passage]:
    """Return the sentences that evidence stands in, as far as the evidence itself tells them.

    Args:
        spans: The evidence of one document.
        asked: The key of the span that was asked for.
    """
    spans = sorted(spans)
    sentences: list[tuple[int, str]] = []
    for start, told in sorted({span.sentence for span in spans}):
        if not sentences or start + len(told) > sentences[-1][0] + len(sentences[-1][1]):
            sentences.append((start, told))
    passages, end = list[Passage](), 0
    for start, told in sentences:
        passages.append(Passage(start, tuple(_pieces(start, told, spans, asked)), apart=start > end + 3))
        end = start + len(told)
    return passages


def _pieces(start: int, text: str, spans: Sequence[Span], asked: str) -> Iterator[Piece]:
    """Cut a stretch of text where spans begin and end."""
    end = start + len(text)
    inside = [span for span in spans if span.start < end and start < span.end]
    borders = sorted({start, end, *(at for span in inside for at in (span.start, span.end) if start < at < end)})
    for first, last in zip(borders, borders[1:], strict=False):
        keys = tuple(span.key for span in inside if span.start <= first and last <= span.end)
        yield Piece(text[first - start : last - start], keys, asked in keys)
