from __future__ import annotations

from pathlib import Path

import pytest

from hfskg.errors import DocumentError
from hfskg.reading.formats.plain import extract_plain


def test_the_text_is_the_file() -> None:
    extract = extract_plain("39 °C\r\n".encode(), Path("girl.txt"))
    assert (extract.text, extract.blocks, extract.extraction) == ("39 °C\r\n", None, None)


def test_binary() -> None:
    with pytest.raises(DocumentError, match="girl.txt is binary"):
        extract_plain(b"a\0b", Path("girl.txt"))
