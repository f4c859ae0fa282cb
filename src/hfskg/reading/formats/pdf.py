"""PDF: the text layer, in reading order."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from hfskg.errors import DocumentError
from hfskg.reading.formats.extract import Extract, find_doi
from hfskg.reading.formats.layout import Glyph, pages_text

__all__ = ["extract_pdf"]

MAX_CHARACTERS = 2_000_000
"""How long a text layer may be: a case report has tens of thousands of characters."""

_LETTERS_PER_PAGE = 20
_MAX_UNKNOWN = 0.05
_UPRIGHT = 0.1
_LIGATURES = range(0xFB00, 0xFB07)
_BREAKS = frozenset("\x02\xad")
_FILE_NAMES = (".doc", ".docx", ".pdf", ".indd", ".tex", ".dvi", ".qxd", ".rtf", ".odt")
_HEAD = 6000


def extract_pdf(data: bytes, path: Path) -> Extract:
    """Return the text layer of a PDF file in reading order, and its metadata.

    Args:
        data: The file's bytes.
        path: Where they are from, for messages.

    Raises:
        DocumentError: The file is encrypted or damaged, has no text layer or an unusable one, or is too long.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentError(f"{path} is encrypted.", "Give a copy without a password.") from error
        raise DocumentError(f"{path} is no PDF file, or damaged.", "Download it again, or give its text.") from error
    try:
        pages = list(_pages(document, path))
        metadata = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise DocumentError(f"{path} is damaged ({error}).", "Download it again, or give its text.") from error
    finally:
        document.close()
    _check(pages, path)
    text = pages_text(pages)
    told = " ".join(metadata.get(key) or "" for key in ("Subject", "Keywords", "Title"))
    return Extract(
        text,
        media_type="application/pdf",
        extraction=f"pypdfium2=={pypdfium2.PYPDFIUM_INFO}",
        title=_title(metadata.get("Title") or ""),
        doi=find_doi(told) or find_doi(text.partition("\f")[0][:_HEAD], named=True),
    )


def _pages(document: Any, path: Path) -> Iterator[tuple[list[Glyph], float]]:
    """Yield the letters of each page and its height in points."""
    count = 0
    for page in document:
        text = page.get_textpage()
        glyphs = list(_glyphs(text))
        height = page.get_height()
        text.close()
        page.close()
        count += len(glyphs)
        if count > MAX_CHARACTERS:
            what = f"{path} has more than {MAX_CHARACTERS:,} characters, far more than a case report."
            raise DocumentError(what, "Give the pages of the report alone.")
        yield glyphs, height


def _glyphs(text: Any) -> Iterator[Glyph]:
    """Yield the upright letters of a page in the order of the file, blanks and line ends among them."""
    box = pdfium.FS_RECTF()
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        angle = pdfium.FPDFText_GetCharAngle(text, at)
        if _UPRIGHT < angle < 2 * 3.14159 - _UPRIGHT:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
        if letter in _BREAKS:
            letter = "-"
        elif code in _LIGATURES:
            letter = unicodedata.normalize("NFKC", letter)
        elif unicodedata.category(letter) in ("Cc", "Cf") and not letter.isspace():
            continue
        yield Glyph(letter, box.left, box.bottom, box.right, box.top)


def _check(pages: list[tuple[list[Glyph], float]], path: Path) -> None:
    """Make sure that a PDF file has a text layer that can be used."""
    letters = [glyph.text for glyphs, _ in pages for glyph in glyphs if not glyph.text.isspace()]
    if len(letters) < _LETTERS_PER_PAGE * max(1, len(pages)):
        what = f"{path} has {len(pages)} pages but hardly any text ({len(letters)} letters): it may be a scan."
        raise DocumentError(what, "Run text recognition on it first (for instance with ocrmypdf), or give its text.")
    unknown = sum(letter == "\ufffd" or unicodedata.category(letter) == "Co" for letter in letters)
    if unknown > _MAX_UNKNOWN * len(letters):
        what = f"{path}: {unknown} of {len(letters)} letters of its text layer are unknown."
        raise DocumentError(what, "Give its XML, HTML or text, or run text recognition on it.")


def _title(told: str) -> str | None:
    """Return the title that the metadata give, unless it is a file's name."""
    title = " ".join(told.split())
    if " " not in title or title.casefold().endswith(_FILE_NAMES) or title.startswith("Microsoft Word"):
        return None
    return title
