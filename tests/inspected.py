"""A report that is inspected in tests, and what the small vocabulary of the tests of the reading reads from it."""

from __future__ import annotations

from functools import cache

from hfskg.coverage import Surveyor
from hfskg.reading.document import Document
from hfskg.reading.loading import parse_document
from hfskg.reading.reader import Reader
from hfskg.view import DocumentView, view_of
from hfskg.vocabulary import Vocabulary, load_vocabulary
from support import ROOT

__all__ = ["REPORT", "document", "reader", "surveyor", "view", "vocabulary"]

REPORT = """Background

Anakinra may be effective in lymphoma. <script>alert("no")</script>

Case report

A 9-year-old girl was admitted with fever & rash. Ferritin was 6,480 ng/mL (normal range 15-150 ng/mL) on day 4. \
She was given foozumab and 350 mg/dL. Temperature was 38.7 °C. There was no arthritis. \
Her aunt went home early that evening. Anakinra 2 mg/kg was started. Foobaritis was seen (Table 1). \
Her mother had barfooitis.

Table 1. Course

Test\tNormal range\tDay 3\tDay 5
Ferritin (ng/mL)\t15-150\t220\t330

Discussion

Fever is common.
"""


@cache
def vocabulary() -> Vocabulary:
    """Return the small vocabulary."""
    return load_vocabulary(ROOT / "tests" / "reading")


@cache
def reader() -> Reader:
    """Return the reader with the small vocabulary."""
    return Reader(vocabulary())


@cache
def surveyor() -> Surveyor:
    """Return the surveyor with the small vocabulary."""
    return Surveyor(vocabulary(), reader().finder)


def document(text: str = REPORT) -> Document:
    """Return the document of a text."""
    return parse_document("report.txt", "0" * 64, text)


def view(text: str = REPORT) -> DocumentView:
    """Return a text as people look at it."""
    parsed = document(text)
    record = reader().read(parsed)
    return view_of(parsed, record, surveyor().survey(parsed, record))
