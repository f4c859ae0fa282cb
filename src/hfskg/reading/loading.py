"""From a file to the document model."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hfskg.errors import DocumentError
from hfskg.rdf import uncollected
from hfskg.reading.document import Document
from hfskg.reading.formats.extract import Extract
from hfskg.reading.language import foreign_language, has_little_english
from hfskg.reading.sentences import split_sentences
from hfskg.reading.structure import find_blocks

__all__ = ["SUFFIXES", "parse_document", "read_document"]

SUFFIXES = (".txt", ".pdf", ".xml", ".nxml", ".html", ".htm")
"""How the names of files end that can be read."""

MAX_BYTES = 50_000_000
"""How large a file may be."""

MAX_CHARACTERS = 2_000_000
"""How long a document's text may be: a case report has tens of thousands of characters."""


def read_document(path: Path) -> Document:
    """Read a file: text, PDF, JATS XML or HTML, by the end of its name; any other name is taken for text.

    Args:
        path: The file. Text is in UTF-8, in UTF-16 with a byte order mark, or in Windows-1252 (Latin 1).

    Raises:
        DocumentError: The file is missing, empty, too large, encrypted, damaged, without text, in another encoding or
            not in English.
    """
    try:
        size = path.stat().st_size
        if size >= MAX_BYTES and path.is_file():
            what = f"{path} has {size:,} bytes, {MAX_BYTES:,} are too many."
            raise DocumentError(what, "Give the report alone, or its text.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"There is no document {path}.", "Check the path.") from error
    except IsADirectoryError as error:
        raise DocumentError(f"{path} is a folder, not a document.", "Give the files in it.") from error
    except PermissionError as error:
        raise DocumentError(f"{path} may not be read.", "Change its permissions.") from error
    if not data.strip():
        raise DocumentError(f"{path} is empty.", "Give the text of the report.")
    extract = _extract(data, path)
    _check(extract.text, path)
    return _document(path.name, hashlib.sha256(data).hexdigest(), extract)


def parse_document(file_name: str, sha256: str, text: str, encoding: str = "utf-8") -> Document:
    """Return the document model of a text.

    Args:
        file_name: The file's name without folders.
        sha256: Hex digest of the file's bytes.
        text: The characters of the file.
        encoding: How its bytes were decoded.
    """
    return _document(file_name, sha256, Extract(text, encoding=encoding))


@uncollected()
def _document(file_name: str, sha256: str, extract: Extract) -> Document:
    text = extract.text
    blocks = find_blocks(text) if extract.blocks is None else extract.blocks
    return Document(
        file_name,
        sha256,
        text,
        blocks,
        split_sentences(text, blocks),
        extract.encoding,
        media_type=extract.media_type,
        extraction=extract.extraction,
        title=extract.title,
        doi=extract.doi,
        licence=extract.licence,
        warnings=("It hardly looks like English, the only language that is read.",) if has_little_english(text) else (),
    )


def _extract(data: bytes, path: Path) -> Extract:
    """Return what a file gives; the libraries of a kind of file are loaded when one is read."""
    match path.suffix.lower():
        case ".pdf":
            from hfskg.reading.formats.pdf import extract_pdf

            return extract_pdf(data, path)
        case ".xml" | ".nxml":
            from hfskg.reading.formats.jats import extract_jats

            return extract_jats(data, path)
        case ".html" | ".htm":
            from hfskg.reading.formats.html import extract_html

            return extract_html(data, path)
    from hfskg.reading.formats.plain import extract_plain

    return extract_plain(data, path)


def _check(text: str, path: Path) -> None:
    """Make sure that a text is one that can be read: there, not too long, and in English."""
    if not text.strip():
        raise DocumentError(f"{path} has no text.", "Give the text of the report.")
    if len(text) > MAX_CHARACTERS:
        what = f"{path} has {len(text):,} characters, far more than a case report."
        raise DocumentError(what, "Give the report alone.")
    language = foreign_language(text)
    if language is not None:
        raise DocumentError(f"{path} is not in English but in {language}.", "Give an English version of the report.")
