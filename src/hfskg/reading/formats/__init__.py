"""The kinds of files that documents come in: text, PDF, JATS XML and HTML.

Each module turns the bytes of a file into an :class:`~hfskg.reading.formats.extract.Extract`: the characters that all
offsets count in and, where the file marks them, blocks and metadata.
"""

from __future__ import annotations

from hfskg.reading.formats.extract import Extract

__all__ = ["Extract"]
