"""The problems of a curation file: all are gathered before one error tells them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from hfskg.errors import CurationError
from hfskg.wording import counted

__all__ = ["Problems", "did_you_mean"]

CURE = "Mend the entries; docs/curation.md tells what they may say."


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return a question with the known names that are closest to what was given, or nothing.

    Example:
        >>> did_you_mean("statsu", ["status", "term"])
        ' Did you mean status?'
    """
    names = {name.casefold(): name for name in sorted(known, reverse=True)}
    close = difflib.get_close_matches(given.casefold(), sorted(names), n=3)
    return f" Did you mean {' or '.join(names[name] for name in close)}?" if close else ""


class Problems:
    """Gathers what is wrong with a file.

    Args:
        file: The file, as messages name it.
    """

    def __init__(self, file: Path | str) -> None:
        self._file = file
        self._found: list[str] = []

    def add(self, where: str, what: str) -> None:
        """Add a problem.

        Args:
            where: The line and the entry.
            what: What is wrong, and what would be right.
        """
        text = f"{where}: {what}"
        if text not in self._found:
            self._found.append(text)

    def __len__(self) -> int:
        return len(self._found)

    def raise_any(self) -> None:
        """Raise an error that tells all problems, if there are any.

        Raises:
            CurationError: There are some.
        """
        if self._found:
            told = "".join(f"\n  {problem}" for problem in self._found)
            raise CurationError(f"{self._file} has {counted(len(self._found), 'problem')}:{told}", CURE)
