from __future__ import annotations

from pathlib import Path

import pytest

from hfskg.errors import DocumentError
from hfskg.reading.document import Document
from hfskg.reading.loading import read_document

HEAD = (
    '<title>A girl with fever | Journal of Glows</title><meta charset="utf-8">'
    '<meta name="citation_title" content="A girl with fever"><meta name="DC.Identifier" content="doi:10.1234/glow.5">'
    '<link rel="license" href="https://example.org/licenses/free"><style>p { color: red }</style>'
)


def read(folder: Path, body: str, head: str = HEAD, name: str = "girl.html") -> Document:
    path = folder / name
    path.write_text(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return read_document(path)


def blocks(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind, b.role, document.text[b.start : b.end]) for b in document.blocks]


def test_metadata(tmp_path: Path) -> None:
    document = read(tmp_path, "<p>She came.</p>")
    assert (document.title, document.doi, document.licence, document.media_type, document.encoding) == (
        "A girl with fever",
        "10.1234/glow.5",
        "https://example.org/licenses/free",
        "text/html",
        "utf-8",
    )
    assert read(tmp_path, "<p>She came.</p>", "<title> A  page </title>").title == "A page"
    assert read(tmp_path, "<p>She came.</p>", "").title is None


def test_sections_of_the_article_and_nothing_around_it(tmp_path: Path) -> None:
    body = (
        "<nav>Home</nav><header role='banner'>Glows</header><main><h1>A girl with fever</h1>"
        "<h2>Abstract</h2><h3>Case presentation</h3><p>A girl.</p>"
        "<h2>Case report</h2><h3>In the garden</h3><p>She <b>came</b>\n with<br>fever.</p><div>She stayed.</div>"
        "<h2>Discussion</h2><p>It is rare.</p><p hidden>Secret</p><script>x</script>"
        "<h2>References</h2><ol><li>Doe J. 2001.</li></ol></main><footer>Imprint</footer>"
    )
    assert blocks(read(tmp_path, body)) == [
        ("heading", "", "A girl with fever"),
        ("heading", "abstract", "Abstract"),
        ("heading", "abstract", "Case presentation"),
        ("paragraph", "abstract", "A girl."),
        ("heading", "case", "Case report"),
        ("heading", "case", "In the garden"),
        ("paragraph", "case", "She came with fever."),
        ("paragraph", "case", "She stayed."),
        ("heading", "discussion", "Discussion"),
        ("paragraph", "discussion", "It is rare."),
        ("heading", "references", "References"),
        ("item", "references", "Doe J. 2001."),
    ]


def test_a_bold_line_may_be_a_heading(tmp_path: Path) -> None:
    assert blocks(read(tmp_path, "<p><b>Case report</b></p><p>She came.</p>")) == [
        ("heading", "case", "Case report"),
        ("paragraph", "case", "She came."),
    ]


def test_tables(tmp_path: Path) -> None:
    body = (
        "<h2>Case report</h2><table><caption>Table 1. Course</caption><tr><th>Test</th><th>Day 1</th></tr>"
        "<tr><td>Glow</td><td>4 × 10<sup>9</sup>/L</td></tr></table>"
        "<table role='presentation'><tr><td><p>She came.</p></td><td><p>She went.</p></td></tr></table>"
    )
    document = read(tmp_path, body)
    table = next(b.table for b in document.blocks if b.table)
    assert (table.caption.text, table.header.cells[0].text) == ("Table 1. Course", "Day 1")
    assert [(row.head.text, row.cells[0].text) for row in table.rows] == [("Glow", "4 × 10^9/L")]
    assert [text for kind, _, text in blocks(document) if kind == "paragraph"] == ["She came.", "She went."]


def test_citations_and_items(tmp_path: Path) -> None:
    body = "<p>She had fever<sup><a href='#r1'>1</a>,<a href='#r2'>2</a></sup>.</p><ol><li>One girl.</li></ol>"
    document = read(tmp_path, body)
    assert blocks(document)[0][2] == "She had fever [1,2]."
    assert [(b.kind, b.label) for b in document.blocks][1:] == [("item", "1")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        pytest.param("<p>39 °C – hot</p>".encode("cp1252"), "windows-1252", id="not named"),
        pytest.param('<meta charset="iso-8859-1"><p>39 °C – hot</p>'.encode("cp1252"), "windows-1252", id="Latin 1"),
        pytest.param("\ufeff<p>39 °C – hot</p>".encode("utf-16-le"), "utf-16", id="UTF-16"),
        pytest.param('<meta charset="nonsense"><p>39 °C – hot</p>'.encode(), "utf-8", id="unknown name"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str) -> None:
    path = tmp_path / "girl.htm"
    path.write_bytes(data)
    document = read_document(path)
    assert (document.text.strip(), document.encoding) == ("39 °C – hot", encoding)


@pytest.mark.parametrize("body", ["", "<script>load()</script>", "<!-- nothing -->"])
def test_without_text(tmp_path: Path, body: str) -> None:
    with pytest.raises(DocumentError, match="has no text") as caught:
        read(tmp_path, body)
    assert "girl.html" in caught.value.what
