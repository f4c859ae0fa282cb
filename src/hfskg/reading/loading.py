"""From a file to the document model."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from hfskg.errors import DocumentError
from hfskg.reading.document import Document
from hfskg.reading.sentences import split_sentences
from hfskg.reading.structure import find_blocks

__all__ = ["parse_document", "read_document"]

_ASCII = 127
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1c\x1d\x1e\x1f")
_MAX_FOREIGN = 0.1


def read_document(path: Path) -> Document:
    """Read a text file.

    Args:
        path: A text file in UTF-8, in UTF-16 with a byte order mark, or in Windows-1252 (Latin 1).

    Raises:
        DocumentError: The file is missing, empty, binary or in another encoding.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"There is no document {path}.", "Check the path.") from error
    except IsADirectoryError as error:
        raise DocumentError(f"{path} is a folder, not a document.", "Give the files in it.") from error
    except PermissionError as error:
        raise DocumentError(f"{path} may not be read.", "Change its permissions.") from error
    text, encoding = _decode(data, path)
    if not text.strip():
        raise DocumentError(f"{path} is empty.", "Give the text of the report.")
    return parse_document(path.name, hashlib.sha256(data).hexdigest(), text, encoding)


def parse_document(file_name: str, sha256: str, text: str, encoding: str = "utf-8") -> Document:
    """Return the document model of a text.

    Args:
        file_name: The file's name without folders.
        sha256: Hex digest of the file's bytes.
        text: The characters of the file.
        encoding: How its bytes were decoded.
    """
    blocks = find_blocks(text)
    return Document(file_name, sha256, text, blocks, split_sentences(text, blocks), encoding)


def _decode(data: bytes, path: Path) -> tuple[str, str]:
    """Return the text of a file's bytes and the encoding they are in."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            what = f"{path} begins as UTF-16 text but is damaged at byte {error.start}."
            raise DocumentError(what, "Save it in UTF-8.") from error
    if b"\0" in data:
        at = data.index(b"\0")
        raise DocumentError(f"{path} is binary (a zero byte at offset {at}).", "Give the text of the report, in UTF-8.")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        foreign = sum(byte > _ASCII for byte in data)
        controls = sum(byte in _CONTROLS for byte in data)
        if foreign <= _MAX_FOREIGN * len(data) and not controls:
            try:
                return data.decode("cp1252"), "windows-1252"
            except UnicodeDecodeError:
                pass
        what = f"{path} is neither UTF-8 nor Windows-1252 text (byte {error.start}: 0x{data[error.start]:02x})."
        raise DocumentError(what, "Save it in UTF-8, for instance with iconv -f ENCODING -t utf-8.") from error
