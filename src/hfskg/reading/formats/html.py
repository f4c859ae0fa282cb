"""HTML pages: the article in them, without navigation and the like."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lxml import etree, html

from hfskg.errors import DocumentError
from hfskg.reading.formats.extract import Extract, find_doi, web_address
from hfskg.reading.formats.grid import local_name, read_grid
from hfskg.reading.formats.markup import Outline, TextWriter, raised, tidy
from hfskg.reading.sections import section_role

__all__ = ["extract_html"]

_SKIPPED = frozenset(
    ("script", "style", "nav", "aside", "footer", "form", "noscript", "template", "button", "svg", "iframe", "select")
    + ("head", "audio", "video", "canvas", "object", "dialog", "math")
)
_SKIPPED_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu"))
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "header", "ul", "ol", "li", "dl", "dt", "dd", "table", "figure", "body")
    + ("figcaption", "blockquote", "pre", "address", "details", "summary", "hr", "fieldset", "center", "caption")
    + ("h1", "h2", "h3", "h4", "h5", "h6", "tbody", "thead", "tfoot", "tr", "td", "th", "html")
)
_HEADING = re.compile(r"h[1-6]")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_MAIN_SHARE = 0.4
_PLAIN_HEADING = 7
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title")
_IDENTIFIERS = ("citation_doi", "dc.identifier", "dcterms.identifier", "prism.doi")
_LICENCES = ("dc.rights", "dcterms.license", "dc.rights.license", "dcterms.rights", "citation_license")


def extract_html(data: bytes, path: Path) -> Extract:
    """Return the text of an HTML page with its blocks and metadata.

    Args:
        data: The file's bytes.
        path: Where they are from, for messages.

    Raises:
        DocumentError: The page has no content, or its encoding is not the one it names.
    """
    encoding = _encoding(data, path)
    parser = html.HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise DocumentError(f"{path} holds no HTML page.", "Save the page again, or give its text.") from error
    writer = _Writer()
    writer.walk(_main(root))
    writer.flush()
    meta = _metadata(root)
    heading = next((e for e in root.iter("title") if tidy(e.text or "")), None)
    title = next((meta[name] for name in _TITLES if meta.get(name)), None)
    doi = next((found for name in _IDENTIFIERS if (found := find_doi(meta.get(name, "")))), None)
    return Extract(
        writer.out.text,
        writer.out.blocks,
        encoding=encoding,
        media_type="text/html",
        extraction=f"lxml=={etree.__version__}",
        title=title or (tidy(heading.text or "") if heading is not None else None),
        doi=doi,
        licence=_licence(root, meta),
    )


def _encoding(data: bytes, path: Path) -> str:
    """Return the encoding of a page: by its byte order mark, its own word, or as UTF-8 and then Windows-1252."""
    named = _CHARSET.search(data[:4096])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        told = "utf-16"
    elif data.startswith(codecs.BOM_UTF8) or named is None:
        told = "utf-8"
    else:
        told = named[1].decode("ascii").lower()
    if told in ("iso-8859-1", "latin1", "ascii", "us-ascii"):
        told = "windows-1252"
    for encoding in dict.fromkeys((told, "utf-8", "windows-1252")):
        try:
            data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return encoding
    raise DocumentError(f"{path} is not in the encoding it names ({told}).", "Save the page in UTF-8.")


def _metadata(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        found.setdefault(name, tidy(element.get("content") or ""))
    return found


def _licence(root: etree._Element, meta: dict[str, str]) -> str | None:
    for name in _LICENCES:
        if address := web_address(meta.get(name)):
            return address
    for element in root.iter("link", "a"):
        if "license" in (element.get("rel") or "").lower().split() and (address := web_address(element.get("href"))):
            return address
    return None


def _main(root: etree._Element) -> etree._Element:
    """Return the element that holds the article, the page's body if none is marked."""
    body = next(root.iter("body"), root)
    whole = len(tidy("".join(map(str, body.itertext()))))
    candidates = [e for e in body.iter("article", "main") if not _skipped(e)]
    candidates += [e for e in body.iter("div", "section") if e.get("role") == "main"]
    for element in candidates:
        if len(tidy("".join(map(str, element.itertext())))) >= _MAIN_SHARE * whole:
            return element
    return body


def _skipped(element: etree._Element) -> bool:
    name = local_name(element)
    if not name or name in _SKIPPED or element.get("role") in _SKIPPED_ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return "display:none" in (element.get("style") or "").replace(" ", "").lower()


class _Writer:
    def __init__(self) -> None:
        self.out = TextWriter()
        self.outline = Outline()
        self.buffer: list[str] = []
        self.kind = "paragraph"
        self.label = ""

    def flush(self) -> None:
        """Write the running text so far as a block."""
        text = tidy("".join(self.buffer))
        self.buffer.clear()
        if self.kind == "paragraph" and text and section_role(text) is not None:
            label = self.outline.enter(_PLAIN_HEADING, text)
            self.out.block("heading", text, self.outline.role, label)
        else:
            self.out.block(self.kind, text, self.outline.role, self.label)
        if text:
            self.kind, self.label = "paragraph", ""

    def walk(self, element: etree._Element) -> None:
        """Take in an element that may hold blocks."""
        name = local_name(element)
        self.flush()
        if _HEADING.fullmatch(name):
            text = tidy(_inline(element))
            if text:
                label = self.outline.enter(int(name[1]), text)
                self.out.block("heading", text, self.outline.role, label)
            return
        if name == "table" and self.table(element):
            return
        if name in ("figcaption", "caption"):
            self.kind = "figure"
        elif name == "li":
            self.kind, self.label = self.item(element)
        self.content(element)
        self.flush()
        self.kind, self.label = "paragraph", ""

    def content(self, element: etree._Element) -> None:
        self.buffer.append(element.text or "")
        for child in element:
            if not _skipped(child):
                if local_name(child) in _BLOCKS:
                    self.walk(child)
                elif any(local_name(inner) in _BLOCKS for inner in child.iterdescendants()):
                    self.content(child)
                else:
                    _collect(child, self.buffer)
            self.buffer.append(child.tail or "")

    @staticmethod
    def item(element: etree._Element) -> tuple[str, str]:
        above = element.getparent()
        if above is None or local_name(above) != "ol":
            return "paragraph", ""
        return "item", str(1 + sum(local_name(e) == "li" for e in element.itersiblings(preceding=True)))

    def table(self, table: etree._Element) -> bool:
        """Write a table of data; tables that only lay out a page are walked through instead."""
        grid = read_grid(table, _inline)
        nested = any(local_name(inner) == "table" for inner in table.iterdescendants())
        if nested or table.get("role") in ("presentation", "none") or grid.width < 2:
            return False
        caption = next((_inline(e) for e in table if local_name(e) == "caption"), "")
        self.out.table(caption or self.caption_above(table), grid.head, grid.body, self.outline.role)
        return True

    @staticmethod
    def caption_above(table: etree._Element) -> str:
        """Return the caption of the figure around a table."""
        figure = next(table.iterancestors("figure"), None)
        caption = next(figure.iter("figcaption"), None) if figure is not None else None
        return _inline(caption) if caption is not None else ""


def _inline(element: etree._Element) -> str:
    parts: list[str] = [element.text or ""]
    for child in element:
        if not _skipped(child):
            _collect(child, parts)
        parts.append(child.tail or "")
    return "".join(parts)


def _collect(element: etree._Element, parts: list[str]) -> None:
    if _skipped(element):
        return
    name = local_name(element)
    if name == "br" or name in _BLOCKS:
        parts.append(" ")
    if name == "sup" or _cites(element):
        inner = _inline(element)
        high = name == "sup" or next(element.iter("sup"), None) is not None
        cites = any(_cites(e) for e in element.iter()) and not inner.startswith(" [")
        parts.append(raised("".join(parts[-3:]), inner, cites=cites) if high else inner)
        return
    parts.append(_inline(element))
    if name in _BLOCKS:
        parts.append(" ")


def _cites(element: etree._Element) -> bool:
    """Tell whether an element leads to a reference within the page."""
    return local_name(element) == "a" and (element.get("href") or "").startswith("#")
