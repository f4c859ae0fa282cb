from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hfskg.errors import DocumentError
from hfskg.reading.loading import parse_document, read_document

TEXT = "Case report\n\nA 9-year-old girl had a fever of 39 °C – for a week.\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param(TEXT.encode(), TEXT, "utf-8", id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), "\ufeff" + TEXT, "utf-8", id="UTF-8 with byte order mark"),
        pytest.param(TEXT.encode("cp1252"), TEXT, "windows-1252", id="Windows-1252"),
        pytest.param(TEXT.encode("utf-16"), TEXT, "utf-16", id="UTF-16"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), TEXT.replace("\n", "\r\n"), "utf-8", id="CR LF"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str, encoding: str) -> None:
    path = tmp_path / "girl.txt"
    path.write_bytes(data)
    document = read_document(path)
    assert (document.file_name, document.text, document.encoding) == ("girl.txt", text, encoding)
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \n\t\n", "is empty", id="blank"),
        pytest.param(b"PK\0\0data", "binary", id="zero byte"),
        pytest.param(b"\xff\xfeA\0B", "damaged", id="half a character of UTF-16"),
        pytest.param(b"\x90\x8d\x81" * 40, "neither UTF-8 nor", id="other encoding"),
        pytest.param(b"text \x9f\x01\x02", "neither UTF-8 nor", id="control characters"),
    ],
)
def test_unreadable(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "girl.txt"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=message) as caught:
        read_document(path)
    assert str(path) in caught.value.what
    assert caught.value.cure


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="There is no document"):
        read_document(tmp_path / "none.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is a folder"):
        read_document(tmp_path)


def test_a_parsed_document_has_blocks_and_sentences() -> None:
    document = parse_document("girl.txt", "0" * 64, TEXT)
    assert [block.kind for block in document.blocks] == ["heading", "paragraph"]
    assert len(document.sentences) == 1
