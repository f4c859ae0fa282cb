"""A small invented report with two patients, and curation files beside it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from hfskg.curation import Curator
from hfskg.reading import Document, Reader
from hfskg.reading.loading import parse_document
from hfskg.record import DocumentRecord
from support import packaged_vocabulary

__all__ = ["HEAD", "TEXT", "amend", "curator", "document", "record", "write"]

TEXT = """Case reports

Case 1. A 9-year-old girl was admitted with fever. On hospital day 4 her ferritin was 6,480 ng/mL, and intravenous
anakinra was started at a dose of 2 mg/kg twice a day. Sepsis was considered. A bone marrow biopsy was done. Her fever
resolved. She was well at the last visit.

Case 2. A 31-year-old man was admitted with fever and a rash. He was given prednisone. He died.

Discussion

Anakinra is effective in macrophage activation syndrome.
"""

HEAD = "by: curation team\non: 2024-01-31\n"


@cache
def document() -> Document:
    return parse_document("report.txt", hashlib.sha256(TEXT.encode()).hexdigest(), TEXT)


@cache
def curator() -> Curator:
    return Curator(packaged_vocabulary())


@cache
def record() -> DocumentRecord:
    return Reader(packaged_vocabulary()).read(document())


def write(folder: Path, text: str, *, head: str = HEAD) -> Path:
    path = folder / "report.curation.yaml"
    path.write_text(head + text, encoding="utf-8")
    return path


def amend(folder: Path, text: str, *, head: str = HEAD, strict: bool = False) -> DocumentRecord:
    return curator().curate(record(), document(), write(folder, text, head=head), strict=strict)
