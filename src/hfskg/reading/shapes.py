"""How words and numbers look that ought to have been read: names of drugs and diseases, numbers with units.

The ontology knows names; this stage knows how names look ("-mab", "-itis"), so that one can tell what was missed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from hfskg.reading.annotated import Annotated
from hfskg.reading.cues import rows

__all__ = ["Shape", "find_shapes", "shape_of"]

_WHOLE = r"(?<![^\W_])(?:{})(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Shape:
    """Characters of the source that look like something.

    Attributes:
        kind: What they look like, as the cue table says.
        start: Offset of the first character.
        end: Offset behind the last.
    """

    kind: str
    start: int
    end: int


@cache
def _patterns(table: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_WHOLE.format(row["pattern"]), re.I), row["kind"]) for row in rows(table))


@lru_cache(maxsize=65536)
def shape_of(word: str) -> str:
    """Return what a word by itself looks like, or nothing; the first row of the cue table that fits decides.

    Example:
        >>> shape_of("foomab"), shape_of("diagnosis"), shape_of("and")
        ('drug', 'none', '')
    """
    return next((kind for pattern, kind in _patterns("word_shapes") if pattern.fullmatch(word)), "")


def find_shapes(annotated: Annotated, table: Literal["word_shapes", "number_shapes"]) -> list[Shape]:
    """Return what looks like something in a sentence, from left to right; an earlier row of the cue table wins.

    Args:
        annotated: The sentence.
        table: The cue table.
    """
    text, offsets = annotated.line
    found: list[tuple[int, int, str]] = []
    for pattern, kind in _patterns(table):
        for match in pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return [Shape(kind, offsets[start], offsets[end - 1] + 1) for start, end, kind in sorted(found)]
