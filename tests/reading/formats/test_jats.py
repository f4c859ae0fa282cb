from __future__ import annotations

from pathlib import Path

import pytest

from hfskg.errors import DocumentError
from hfskg.reading.document import Document
from hfskg.reading.loading import read_document

FRONT = """
<front><article-meta>
  <article-id pub-id-type="pmid">1</article-id><article-id pub-id-type="doi">10.1234/Glow.5</article-id>
  <title-group><article-title>A girl with <italic>high</italic>
    fever</article-title></title-group>
  <permissions><license xlink:href="https://example.org/licenses/free"><license-p>Free.</license-p></license></permissions>
  <abstract><sec><title>Case presentation</title><p>A girl came.</p></sec></abstract>
  <abstract abstract-type="graphical"><p>A picture.</p></abstract>
</article-meta></front>"""
BACK = """
<back><ack><title>Acknowledgments</title><p>We thank all.</p></ack>
<ref-list><title>References</title>
  <ref id="r1"><label>1.</label><mixed-citation>Doe J. <source>J Glows</source>. 2001.</mixed-citation></ref>
  <ref id="r2"><element-citation><name><surname>Roe</surname></name><year>2002</year></element-citation></ref>
</ref-list></back>"""


def write(folder: Path, body: str, *, front: str = FRONT, back: str = BACK, name: str = "girl.nxml") -> Path:
    path = folder / name
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">\n'
        f'<article xmlns:xlink="http://www.w3.org/1999/xlink">{front}<body>{body}</body>{back}</article>',
        encoding="utf-8",
    )
    return path


def read(folder: Path, body: str) -> Document:
    return read_document(write(folder, body))


def blocks(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind, b.role, " ".join(document.text[b.start : b.end].split())) for b in document.blocks]


def body_of(document: Document) -> list[tuple[str, str, str]]:
    return [block for block in blocks(document) if block[1] not in ("abstract", "back", "references")][1:]


def test_metadata_and_parts(tmp_path: Path) -> None:
    document = read(tmp_path, "<sec><title>Case report</title><p>She came.</p></sec>")
    assert (document.title, document.doi, document.licence) == (
        "A girl with high fever",
        "10.1234/glow.5",
        "https://example.org/licenses/free",
    )
    assert document.media_type == "application/jats+xml"
    assert document.extraction is not None and document.extraction.startswith("lxml==")
    assert blocks(document) == [
        ("heading", "", "A girl with high fever"),
        ("heading", "abstract", "Abstract"),
        ("heading", "abstract", "Case presentation"),
        ("paragraph", "abstract", "A girl came."),
        ("heading", "case", "Case report"),
        ("paragraph", "case", "She came."),
        ("heading", "back", "Acknowledgments"),
        ("paragraph", "back", "We thank all."),
        ("heading", "references", "References"),
        ("paragraph", "references", "1. Doe J. J Glows. 2001."),
        ("paragraph", "references", "Roe 2002"),
    ]


def test_every_token_stands_in_the_text(tmp_path: Path) -> None:
    document = read(tmp_path, "<sec><title>Case report</title><p>She had\n a fever.</p></sec>")
    tokens = [token for sentence in document.sentences for token in sentence.tokens]
    assert tokens
    assert all(document.text[token.start : token.end] == token.text for token in tokens)


def test_roles_of_nested_sections(tmp_path: Path) -> None:
    body = (
        "<sec><title>Introduction</title><p>It is rare.</p></sec>"
        "<sec><title>Case report</title><sec><title>Course in the garden</title><p>She came.</p></sec></sec>"
        "<sec><title>Later</title><p>She went.</p></sec>"
        "<sec><title>Discussion</title><sec><title>Treatment</title><p>It helps.</p></sec></sec>"
    )
    told = {text: role for kind, role, text in blocks(read(tmp_path, body)) if kind == "paragraph"}
    assert (told["It is rare."], told["She came."], told["She went."], told["It helps."]) == (
        "background",
        "case",
        "case",
        "discussion",
    )


def test_headings_of_patients(tmp_path: Path) -> None:
    body = "<sec><title>Case 1: a girl</title><p>She came.</p></sec><sec><title>Case 2</title><p>He came.</p></sec>"
    document = read(tmp_path, body)
    assert [b.label for b in document.blocks if b.label] == ["Case 1", "Case 2"]
    assert {b.role for b in document.blocks if b.label} == {"case"}


def test_a_paragraph_stays_whole_around_a_table(tmp_path: Path) -> None:
    body = (
        "<p>She was given <table-wrap><label>Table 1</label><caption><p>Course</p></caption><table>"
        "<thead><tr><th rowspan='2'>Test</th><th colspan='2'>Day</th></tr><tr><th>1</th><th>4</th></tr></thead>"
        "<tbody><tr><td>Glow<xref ref-type='table-fn'>a</xref></td><td>10</td><td/></tr>"
        "<tr><td rowspan='2'>Gleam</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody>"
        "</table><table-wrap-foot><p>a: at night</p></table-wrap-foot></table-wrap>anakinra at once.</p>"
    )
    document = read(tmp_path, body)
    assert [text for kind, _, text in body_of(document) if kind == "paragraph"] == ["She was given anakinra at once."]
    table = next(b.table for b in document.blocks if b.table)
    assert table.caption.text == "Table 1. Course"
    assert [note.text for note in table.notes] == ["a: at night"]
    assert [table.header.head.text, *(cell.text for cell in table.header.cells)] == ["Test", "Day 1", "Day 4"]
    rows = [(row.head.text, *(cell.text for cell in row.cells)) for row in table.rows]
    assert rows == [("Glowa", "10", ""), ("Gleam", "1", "2"), ("Gleam", "3", "4")]
    cells = [cell for row in table.rows for cell in (row.head, *row.cells)]
    assert all(document.text[cell.start : cell.end] == cell.text for cell in cells)


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        pytest.param("4 × 10<sup>9</sup>/L", "4 × 10^9/L", id="power"),
        pytest.param("5/mm<sup>3</sup>", "5/mm3", id="unit"),
        pytest.param(
            "fever<sup><xref ref-type='bibr'>1</xref>,<xref ref-type='bibr'>2</xref></sup>", "fever [1,2]", id="sup"
        ),
        pytest.param("fever<xref ref-type='bibr'><sup>1</sup></xref>", "fever [1]", id="xref"),
        pytest.param("fever [<xref ref-type='bibr'>1</xref>]", "fever [1]", id="in brackets"),
        pytest.param("IL-1&#x3b2; &amp; more", "IL-1β & more", id="entities"),
        pytest.param("CO<sub>2</sub>", "CO2", id="sub"),
    ],
)
def test_running_text(tmp_path: Path, inner: str, told: str) -> None:
    assert body_of(read(tmp_path, f"<p>{inner}</p>")) == [("paragraph", "", told)]


def test_lists_and_figures(tmp_path: Path) -> None:
    body = (
        "<p>There were two.</p><list list-type='order'><list-item><p>A girl came.</p></list-item>"
        "<list-item><p>A boy came.</p></list-item></list><list><list-item><p>A dot.</p></list-item></list>"
        "<fig><label>Figure 1</label><caption><p>A scan.</p></caption><graphic/></fig>"
    )
    document = read(tmp_path, body)
    assert [(b.kind, b.label) for b in document.blocks if b.kind == "item"] == [("item", "1"), ("item", "2")]
    assert body_of(document)[-2:] == [("paragraph", "", "A dot."), ("figure", "", "Figure 1. A scan.")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param("<article><body>", "no well-formed XML", id="torn"),
        pytest.param("<records><record/></records>", "holds no JATS article", id="other XML"),
        pytest.param("<set><article/><article/></set>", "holds 2 articles", id="several"),
        pytest.param("<article><front/></article>", "has no text", id="empty"),
        pytest.param(
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><article><body><p>&x;</p></body></article>',
            None,
            id="foreign file",
        ),
    ],
)
def test_unusable(tmp_path: Path, data: str, message: str | None) -> None:
    path = tmp_path / "girl.xml"
    path.write_text(data, encoding="utf-8")
    if message is None:
        assert read_document(path).text.strip() == "&x;"
        return
    with pytest.raises(DocumentError, match=message) as caught:
        read_document(path)
    assert "girl.xml" in caught.value.what
    assert caught.value.cure


def test_an_article_in_an_envelope_with_a_namespace(tmp_path: Path) -> None:
    path = tmp_path / "girl.xml"
    path.write_text(
        '<envelope><article xmlns="https://example.org/jats"><body><sec><title>Case report</title><p>She came.</p>'
        "</sec></body></article></envelope>",
        encoding="utf-8",
    )
    assert blocks(read_document(path)) == [("heading", "case", "Case report"), ("paragraph", "case", "She came.")]
