"""JATS XML, as PubMed Central and publishers give it: sections, tables and references are marked."""

from __future__ import annotations

from collections.abc import Iterator
from html.entities import name2codepoint
from pathlib import Path

from lxml import etree

from hfskg.errors import DocumentError
from hfskg.reading.formats.extract import Extract, find_doi, web_address
from hfskg.reading.formats.grid import local_name, read_grid
from hfskg.reading.formats.markup import Outline, TextWriter, raised, tidy

__all__ = ["extract_jats"]

_NO_TEXT = frozenset(("tex-math", "graphic", "media", "object-id", "inline-graphic", "label", "table-wrap-foot"))
_APART = frozenset(
    ("table-wrap", "table-wrap-group", "fig", "fig-group", "list", "def-list", "disp-quote", "boxed-text")
)
_SPACED = frozenset(("break", "p", "title", "list-item", "def", "term", "sec", "label"))
_GROUPS = frozenset(
    (
        "table-wrap-group",
        "fig-group",
        "disp-quote",
        "boxed-text",
        "statement",
        "app-group",
        "app",
        "fn-group",
        "fn",
        "ack",
    )
    + ("glossary", "notes", "floats-group", "disp-formula-group", "verse-group", "supplementary-material", "bio")
)
_SKIPPED_ABSTRACTS = frozenset(("graphical", "toc", "teaser", "video"))
_REFERENCE = ("mixed-citation", "element-citation", "citation", "nlm-citation", "citation-alternatives")
_HREF = "{http://www.w3.org/1999/xlink}href"


def extract_jats(data: bytes, path: Path) -> Extract:
    """Return the text of a JATS article with its blocks and metadata.

    Args:
        data: The file's bytes.
        path: Where they are from, for messages.

    Raises:
        DocumentError: The file is no well-formed XML, or holds no JATS article or several.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        what = f"{path} is no well-formed XML ({error.msg})."
        raise DocumentError(what, "Download the article's XML again, or give its text.") from error
    articles = [element for element in root.iter() if local_name(element) == "article"]
    if len(articles) != 1:
        holds = f"holds {len(articles)} articles" if articles else "holds no JATS article"
        raise DocumentError(f"{path} {holds} (its root is <{local_name(root)}>).", "Give one JATS article per file.")
    article = articles[0]
    writer = _Writer()
    writer.article(article)
    title = _first(article, "front", "article-meta", "title-group", "article-title")
    return Extract(
        writer.out.text,
        writer.out.blocks,
        encoding=(root.getroottree().docinfo.encoding or "utf-8").lower(),
        media_type="application/jats+xml",
        extraction=f"lxml=={etree.__version__}",
        title=tidy(_inline(title)) or None if title is not None else None,
        doi=_doi(article),
        licence=_licence(article),
    )


class _Writer:
    def __init__(self) -> None:
        self.out = TextWriter()
        self.outline = Outline()

    def article(self, article: etree._Element) -> None:
        for part in article:
            match local_name(part):
                case "front":
                    self.front(part)
                case "body" | "floats-group":
                    self.children(part, 1)
                case "back":
                    self.outline.enter(1, "", "back")
                    self.children(part, 2)
                    self.outline.leave(1)

    def front(self, front: etree._Element) -> None:
        meta = _first(front, "article-meta")
        title = _first(front, "article-meta", "title-group", "article-title")
        if title is not None:
            self.out.block("heading", _inline(title), "")
        for abstract in meta if meta is not None else ():
            if local_name(abstract) == "abstract" and abstract.get("abstract-type") not in _SKIPPED_ABSTRACTS:
                self.outline.enter(1, "Abstract", "abstract")
                if _first(abstract, "title") is None:
                    self.out.block("heading", "Abstract", "abstract")
                self.children(abstract, 2)
                self.outline.leave(1)
        self.outline = Outline()

    def children(self, parent: etree._Element, level: int) -> None:
        for element in parent:
            self.element(element, level)

    def element(self, element: etree._Element, level: int) -> None:
        """Write an element that stands among blocks."""
        name, role = local_name(element), self.outline.role
        match name:
            case "sec":
                self.section(element, level)
            case "title":
                self.out.block("heading", _inline(element), role)
            case "p":
                self.paragraph(element, level)
            case "list" | "def-list":
                self.items(element, level)
            case "fig":
                self.out.block("figure", _caption(element), role)
            case "table-wrap":
                self.table(element)
            case "ref-list":
                self.references(element, level)
            case _ if name in _GROUPS:
                self.children(element, level)
            case "disp-formula" | "attrib" | "term" | "def" | "verse-line" | "preformat":
                self.out.block("paragraph", _inline(element), role)

    def section(self, section: etree._Element, level: int) -> None:
        title = _first(section, "title")
        told = tidy(_inline(title)) if title is not None else ""
        number = _first(section, "label")
        label = self.outline.enter(level, told or (section.get("sec-type") or ""))
        if told:
            shown = f"{tidy(_inline(number))} {told}" if number is not None else told
            self.out.block("heading", shown, self.outline.role, label)
        for element in section:
            if element is not title:
                self.element(element, level + 1)
        self.outline.leave(level + 1)

    def paragraph(self, element: etree._Element, level: int, kind: str = "paragraph", label: str = "") -> None:
        """Write a paragraph as one, and what stands apart inside it behind it."""
        self.out.block(kind, _inline(element), self.outline.role, label)
        for inner in element.iter():
            if local_name(inner) in _APART and not any(local_name(a) in _APART for a in _above(inner, element)):
                self.element(inner, level)

    def items(self, element: etree._Element, level: int) -> None:
        ordered = (element.get("list-type") or "").startswith(("order", "arabic"))
        for number, item in enumerate((e for e in element if local_name(e) in ("list-item", "def-item")), 1):
            marked = _first(item, "label")
            label = tidy(_inline(marked)).strip("().") if marked is not None else str(number) if ordered else ""
            if not label.isdecimal():
                label = ""
            first = True
            for part in item:
                if local_name(part) == "p" and first and label:
                    self.paragraph(part, level, "item", label)
                    first = False
                else:
                    self.element(part, level)

    def table(self, wrap: etree._Element) -> None:
        caption, role = _caption(wrap), self.outline.role
        tables = [e for e in wrap.iter() if local_name(e) == "table"]
        feet = (foot for foot in wrap if local_name(foot) == "table-wrap-foot")
        notes = [_inline(note) for foot in feet for note in foot]
        for table in tables:
            grid = read_grid(table, _inline)
            self.out.table(caption, grid.head, grid.body, role, notes)
        if not tables:
            self.out.block("figure", caption, role)

    def references(self, element: etree._Element, level: int) -> None:
        self.outline.enter(level, "", "references")
        title = _first(element, "title")
        self.out.block("heading", _inline(title) if title is not None else "References", "references")
        for reference in element.iter():
            if local_name(reference) == "ref":
                cited = next((e for e in reference.iter() if local_name(e) in _REFERENCE), None)
                number = _first(reference, "label")
                shown = _inline(number) if number is not None else ""
                self.out.block("paragraph", f"{shown} {_reference(cited)}", "references")
        self.outline.leave(level)


def _reference(cited: etree._Element | None) -> str:
    """Return a reference: as printed where the file holds it so, else its parts with blanks between them."""
    if cited is None:
        return ""
    if (cited.text or "").strip() or any((part.tail or "").strip() for part in cited):
        return _inline(cited)
    return " ".join(part for text in cited.itertext() if (part := str(text).strip()))


def _above(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements between one and another above it."""
    here = element.getparent()
    while here is not None and here is not top:
        yield here
        here = here.getparent()


def _first(element: etree._Element, *path: str) -> etree._Element | None:
    """Return the first descendant by a path of local names."""
    for name in path:
        found = next((child for child in element if local_name(child) == name), None)
        if found is None:
            return None
        element = found
    return element


def _caption(element: etree._Element) -> str:
    """Return label and caption of a table or figure."""
    parts = [part for part in element if local_name(part) in ("label", "caption")]
    texts = [tidy(_inline(part)) for part in parts]
    if len(texts) > 1 and local_name(parts[0]) == "label" and not texts[0].endswith((".", ":")):
        texts[0] += "."
    return " ".join(texts)


def _inline(element: etree._Element) -> str:
    """Return the running text of an element without what stands apart in it."""
    parts: list[str] = []
    _collect(element, parts, top=True)
    return "".join(parts)


def _collect(element: etree._Element, parts: list[str], *, top: bool = False) -> None:
    if element.tag is etree.Entity:
        code = name2codepoint.get((element.text or "").strip("&;"))
        parts.append(chr(code) if code else (element.text or ""))
        return
    name = local_name(element)
    if not name or (not top and (name in _NO_TEXT or name in _APART)):
        return
    if name == "sup" or _is_reference(element):
        inner: list[str] = [element.text or ""]
        for child in element:
            _collect(child, inner)
            inner.append(child.tail or "")
        cites = _is_reference(element) or any(_is_reference(e) for e in element.iter())
        high = name == "sup" or any(local_name(e) == "sup" for e in element.iter())
        text = "".join(inner)
        parts.append(raised("".join(parts[-3:]), text, cites=cites and not text.startswith(" [")) if high else text)
        return
    if name in _SPACED and not top:
        parts.append(" ")
    parts.append(element.text or "")
    for child in element:
        _collect(child, parts)
        parts.append(child.tail or "")
    if name in _SPACED and not top:
        parts.append(" ")


def _is_reference(element: etree._Element) -> bool:
    return local_name(element) == "xref" and element.get("ref-type") == "bibr"


def _doi(article: etree._Element) -> str | None:
    meta = _first(article, "front", "article-meta")
    for element in meta if meta is not None else ():
        if local_name(element) == "article-id" and element.get("pub-id-type") == "doi":
            return find_doi(element.text or "")
    return None


def _licence(article: etree._Element) -> str | None:
    permissions = _first(article, "front", "article-meta", "permissions")
    if permissions is None:
        return None
    for element in permissions.iter():
        if local_name(element) in ("license", "license_ref", "ext-link", "uri"):
            address = web_address(element.get(_HREF)) or web_address(element.text)
            if address:
                return address
    return None
