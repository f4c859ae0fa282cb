"""Text files: which characters their bytes stand for."""

from __future__ import annotations

import codecs
from pathlib import Path

from hfskg.errors import DocumentError
from hfskg.reading.formats.extract import Extract

__all__ = ["extract_plain"]

_ASCII = 127
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1c\x1d\x1e\x1f")
_MAX_FOREIGN = 0.1


def extract_plain(data: bytes, path: Path) -> Extract:
    """Return the characters of a text file, exactly as they are.

    Args:
        data: The file's bytes.
        path: Where they are from, for messages.

    Raises:
        DocumentError: The file is binary or in an unknown encoding.
    """
    text, encoding = _decode(data, path)
    return Extract(text, encoding=encoding)


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
