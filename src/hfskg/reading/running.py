"""Running heads and feet: lines that stand on page after page and belong to no paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

__all__ = ["is_page_number", "repeated", "running_key", "running_lines"]

_MARGIN_LINES = 2
_MIN_TIMES = 3
_MIN_WORDS = 3
_NUMBERED = re.compile(r"^\d{1,5}\s+(?=\S)|(?<=\S)\s+(?:page\s+)?\d{1,5}(?:\s*(?:of|/)\s*\d{1,5})?$", re.I)
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[–—-]?\s*\d{1,5}\s*[–—-]?(?:\s*(?:of|/)\s*\d{1,5})?", re.I)


def running_key(line: str) -> str:
    """Return what two running lines of different pages have in common.

    Example:
        >>> running_key("Doe et al.  Page 3 of 9") == running_key("Doe et al. Page 4 of 9")
        True
    """
    return _DIGITS.sub("#", " ".join(line.split())).casefold()


def is_page_number(line: str) -> bool:
    """Tell whether a line is nothing but the number of a page.

    Example:
        >>> is_page_number("Page 3 of 9"), is_page_number("- 3 -"), is_page_number("3 mg")
        (True, True, False)
    """
    return _PAGE_NUMBER.fullmatch(line.strip()) is not None


def repeated(pages: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the keys of lines that stand on two pages or more.

    Args:
        pages: For each page the lines at its top and bottom.
    """
    counts = Counter(key for page in pages for key in {running_key(line) for line in page})
    return frozenset(key for key, count in counts.items() if count > 1 and any(c.isalpha() for c in key))


def running_lines(pages: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the places of the running heads and feet of a text, counted over all its lines.

    Where form feeds part the pages, these are page numbers and repeated lines among the first or last two of a page.
    In a text without them, these are lines of several words that stand alone between empty ones and return three
    times or more, but for the number of the page.

    Args:
        pages: The lines of each page; a text without form feeds is one page.
    """
    if len(pages) == 1:
        return _returning(pages[0])
    margins = []
    start = 0
    for page in pages:
        filled = [start + at for at, line in enumerate(page) if line.strip()]
        margins.append([*filled[:_MARGIN_LINES], *filled[-_MARGIN_LINES:]])
        start += len(page)
    lines = [line for page in pages for line in page]
    common = repeated([lines[at] for at in places] for places in margins)
    flat = {at for places in margins for at in places}
    return frozenset(at for at in flat if is_page_number(lines[at]) or running_key(lines[at]) in common)


def _returning(lines: Sequence[str]) -> frozenset[int]:
    places: dict[str, list[int]] = {}
    empty = [True, *(not line.strip() for line in lines), True]
    for at, line in enumerate(lines):
        if not (empty[at] or empty[at + 2]) or line.rstrip().endswith((".", ":", "?", "!")):
            continue
        key = _NUMBERED.sub("", " ".join(line.split()))
        if len(key.split()) >= _MIN_WORDS:
            places.setdefault(key, []).append(at)
    return frozenset(at for found in places.values() if len(found) >= _MIN_TIMES for at in found)
