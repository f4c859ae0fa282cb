"""Reading: from the characters of a document to the typed record, in small stages.

A :class:`~hfskg.reading.document.Document` is immutable text that knows its blocks, sentences and tokens.
Stages add mentions, their context and frames, and the last one merges the frames of a case into its record.
"""

from __future__ import annotations

from hfskg.reading.background import BackgroundNames
from hfskg.reading.document import Document
from hfskg.reading.loading import SUFFIXES, read_document
from hfskg.reading.reader import Reader, read_record

__all__ = ["SUFFIXES", "BackgroundNames", "Document", "Reader", "read_document", "read_record"]
