from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hfskg.errors import DocumentError
from hfskg.reading import loading
from hfskg.reading.loading import SUFFIXES, parse_document, read_document

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


GERMAN = "Das Mädchen wurde mit Fieber und einem Ausschlag auf die Station gebracht. " * 8


def test_another_language(tmp_path: Path) -> None:
    path = tmp_path / "girl.txt"
    path.write_text(GERMAN, encoding="utf-8")
    with pytest.raises(DocumentError, match="not in English but in German") as caught:
        read_document(path)
    assert caught.value.cure


def test_hardly_any_english_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "girl.txt"
    path.write_text("glow gleam " * 60, encoding="utf-8")
    assert any("English" in warning for warning in read_document(path).warnings)
    path.write_text(TEXT, encoding="utf-8")
    assert read_document(path).warnings == ()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_too_large(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"girl{suffix}"
    with path.open("wb") as file:
        file.truncate(loading.MAX_BYTES)
    with pytest.raises(DocumentError, match="are too many") as caught:
        read_document(path)
    assert str(path) in caught.value.what


def test_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_CHARACTERS", 10)
    path = tmp_path / "girl.txt"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(DocumentError, match="far more than a case report"):
        read_document(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_of_each_kind(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"girl{suffix.upper()}"
    path.write_bytes(b"")
    with pytest.raises(DocumentError, match="is empty"):
        read_document(path)


def test_a_text_file_is_its_own_text(tmp_path: Path) -> None:
    path = tmp_path / "girl.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = read_document(path)
    assert (document.media_type, document.extraction, document.title) == ("text/plain", None, None)
