"""From a file to the document model."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hfskg.errors import DocumentError
from hfskg.reading.document import Document
from hfskg.reading.sentences import split_sentences
from hfskg.reading.structure import find_blocks

__all__ = ["parse_document", "read_document"]


def read_document(path: Path) -> Document:
    """Read a text file.

    Args:
        path: A UTF-8 text file.

    Raises:
        DocumentError: The file is missing, empty, binary or not UTF-8.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"There is no document {path}.", "Check the path.") from error
    except IsADirectoryError as error:
        raise DocumentError(f"{path} is a folder, not a document.", "Give the files in it.") from error
    except PermissionError as error:
        raise DocumentError(f"{path} may not be read.", "Change its permissions.") from error
    if b"\0" in data:
        at = data.index(b"\0")
        raise DocumentError(f"{path} is binary (a zero byte at offset {at}).", "Give the text of the report, in UTF-8.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"{path} is not UTF-8 text (byte {error.start}: 0x{data[error.start]:02x})."
        raise DocumentError(what, "Save it in UTF-8, for instance with iconv -f latin1 -t utf-8.") from error
    if not text.strip():
        raise DocumentError(f"{path} is empty.", "Give the text of the report.")
    return parse_document(path.name, hashlib.sha256(data).hexdigest(), text)


def parse_document(file_name: str, sha256: str, text: str) -> Document:
    """Return the document model of a text.

    Args:
        file_name: The file's name without folders.
        sha256: Hex digest of the file's bytes.
        text: The characters of the file.
    """
    blocks = find_blocks(text)
    return Document(file_name, sha256, text, blocks, split_sentences(text, blocks))
