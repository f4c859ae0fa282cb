from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdfium2 import PYPDFIUM_INFO, PdfDocument

from hfskg.errors import DocumentError
from hfskg.reading.document import Document
from hfskg.reading.formats import pdf
from hfskg.reading.loading import read_document
from reports_pdf import Pages

STORY = (
    "A 9-year-old girl was admitted with fever. Her ferritin was 6,480 ng/mL. Intravenous anakinra was started at "
    "once. She was seen by many people who wrote down what they saw, each in turn. On day 4 the fever had gone."
)


def read(pages: Pages, folder: Path) -> Document:
    path = folder / "girl.pdf"
    path.write_bytes(pages.data())
    return read_document(path)


def running(document: Document) -> list[str]:
    """Return the texts of the paragraphs, pieces and lines joined."""
    paragraphs = [b for b in document.blocks if b.kind == "paragraph"]
    return [" ".join(" ".join(document.text[s:e].split()) for s, e in b.pieces) for b in paragraphs]


def test_lines_become_sentences(tmp_path: Path) -> None:
    pages = Pages(title="A girl with fever")
    pages.lines(["Case report"])
    pages.paragraph(STORY)
    document = read(pages, tmp_path)
    assert [(b.kind, b.role) for b in document.blocks] == [("heading", "case"), ("paragraph", "case")]
    assert running(document) == [STORY]
    assert len(document.sentences) == 5
    assert (document.media_type, document.title) == ("application/pdf", "A girl with fever")
    assert document.extraction == f"pypdfium2=={PYPDFIUM_INFO}"


def test_two_columns_with_running_heads_over_pages(tmp_path: Path) -> None:
    pages = Pages(columns=2, head="Doe and others   Journal of Glows   {}", foot="Page {} of 2")
    pages.wide("A girl with fever, and what came of it in the end")
    pages.lines(["Case report"])
    for _ in range(20):
        pages.paragraph(STORY)
    document = read(pages, tmp_path)
    assert document.text.count("\f") == 1
    told = " ".join(running(document)[1:])
    assert told == " ".join([STORY] * 20)
    assert "Journal of Glows 1" in document.text
    assert len(document.sentences) == 1 + 5 * 20


def test_a_word_broken_at_the_end_of_a_line_is_one_token(tmp_path: Path) -> None:
    pages = Pages()
    pages.lines(["She was admitted with an enlarged spleen and hemo-", "phagocytosis of the marrow."])
    assert "hemophagocytosis" in [token.text for s in read(pages, tmp_path).sentences for token in s.tokens]


def test_a_table_keeps_its_columns(tmp_path: Path) -> None:
    pages = Pages()
    pages.paragraph(STORY)
    pages.lines(["Table 1. Laboratory values"])
    pages.table([["Test", "Day 1", "Day 4"], ["Ferritin (ng/mL)", "6480", "900"], ["CRP (mg/L)", "", "12"]])
    table = next(b.table for b in read(pages, tmp_path).blocks if b.table)
    assert table.caption.text.startswith("Table 1.")
    assert [cell.text for cell in table.header.cells] == ["Day 1", "Day 4"]
    assert [(row.head.text, *(c.text for c in row.cells)) for row in table.rows] == [
        ("Ferritin (ng/mL)", "6480", "900"),
        ("CRP (mg/L)", "", "12"),
    ]


def test_the_doi_comes_from_the_metadata_or_the_first_page(tmp_path: Path) -> None:
    named = Pages(subject="Journal of Glows, doi:10.1234/glow.5")
    printed = Pages()
    for pages in (named, printed):
        pages.paragraph(STORY)
    printed.paragraph("https://doi.org/10.1234/glow.7")
    assert read(named, tmp_path).doi == "10.1234/glow.5"
    assert read(printed, tmp_path).doi == "10.1234/glow.7"


@pytest.mark.parametrize("title", ["Microsoft Word - girl final.doc", "girl_final", "the last one.indd"])
def test_a_file_name_is_no_title(title: str, tmp_path: Path) -> None:
    pages = Pages(title=title)
    pages.paragraph(STORY)
    assert read(pages, tmp_path).title is None


def test_encrypted(tmp_path: Path) -> None:
    pages = Pages(password="secret")
    pages.paragraph(STORY)
    with pytest.raises(DocumentError, match="is encrypted") as caught:
        read(pages, tmp_path)
    assert "girl.pdf" in caught.value.what
    assert caught.value.cure


def test_scanned(tmp_path: Path) -> None:
    pages = Pages()
    pages.scan()
    with pytest.raises(DocumentError, match="may be a scan") as caught:
        read(pages, tmp_path)
    assert "text recognition" in caught.value.cure


def test_damaged(tmp_path: Path) -> None:
    path = tmp_path / "girl.pdf"
    path.write_bytes(b"%PDF-1.7\nthis is not a file that anyone made\n")
    with pytest.raises(DocumentError, match="no PDF file, or damaged"):
        read_document(path)


def test_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "girl.pdf"
    empty = PdfDocument.new()
    buffer = io.BytesIO()
    empty.save(buffer)
    path.write_bytes(buffer.getvalue())
    with pytest.raises(DocumentError, match="damaged|hardly any text"):
        read_document(path)


def test_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 100)
    pages = Pages()
    pages.paragraph(STORY)
    with pytest.raises(DocumentError, match="more than 100 characters"):
        read(pages, tmp_path)
