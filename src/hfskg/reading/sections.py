"""What the titles of sections say of the text below them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hfskg.reading.cues import rows

__all__ = ["section_role"]

_ROOM = 40
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[IVX]+\.)\s+(?=[A-Z])")
_JOINTS = re.compile(r" ?[/&,;:] ?(?:and )?| and ")


@cache
def _titles() -> dict[str, str]:
    return {row["title"]: row["role"] for row in rows("sections")}


@cache
def _longest() -> int:
    """Return the number of characters that a heading with its number and blanks may have."""
    return max(map(len, _titles())) + _ROOM


@cache
def _most_words() -> int:
    """Return the number of words that a heading with its number and colon may have."""
    return max(len(title.split()) for title in _titles()) + 2


@lru_cache(maxsize=1024)
def section_role(line: str) -> str | None:
    """Return the role of the section that a heading opens, or None if the line is no known heading.

    Example:
        >>> section_role("3. Discussion and conclusions")
        'discussion'
    """
    if len(line) > _longest() or len(line.split()) > _most_words():
        return None
    title = " ".join(_NUMBERING.sub("", line.strip()).rstrip(":.").casefold().split())
    return _titles().get(title) or _role_of_parts(title)


def _role_of_parts(title: str) -> str | None:
    """Return the role of a title made of known ones ("Discussion/Conclusion"): case if one is, else the first's."""
    roles = [_titles().get(part) for part in _JOINTS.split(title)]
    if len(roles) < 2 or None in roles:
        return None
    return "case" if "case" in roles else roles[0]
