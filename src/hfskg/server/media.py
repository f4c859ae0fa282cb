"""The formats of answers and how a client chooses among them."""

from __future__ import annotations

from dataclasses import dataclass

import mimeparse
import pyoxigraph

__all__ = ["GRAPH_FORMATS", "HTML", "JSON", "RESULT_FORMATS", "TABLE_FORMATS", "TEXT", "MediaFormat", "choose", "named"]


@dataclass(frozen=True, slots=True)
class MediaFormat:
    """A format of answers.

    Attributes:
        name: What the parameter ``format`` and the endings of addresses call it.
        media_types: Its media types; answers carry the first.
        results: The engine's name for it, for the answers of SELECT and ASK.
        rdf: The engine's name for it, for graphs.
    """

    name: str
    media_types: tuple[str, ...]
    results: pyoxigraph.QueryResultsFormat | None = None
    rdf: pyoxigraph.RdfFormat | None = None

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type."""
        media_type = self.media_types[0]
        return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


_RESULTS, _RDF = pyoxigraph.QueryResultsFormat, pyoxigraph.RdfFormat

RESULT_FORMATS = (
    MediaFormat("json", ("application/sparql-results+json", "application/json"), results=_RESULTS.JSON),
    MediaFormat("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), results=_RESULTS.XML),
    MediaFormat("csv", ("text/csv",), results=_RESULTS.CSV),
    MediaFormat("tsv", ("text/tab-separated-values",), results=_RESULTS.TSV),
)
"""For SELECT and ASK; the first stands where the client does not care."""

GRAPH_FORMATS = (
    MediaFormat("ttl", ("text/turtle", "application/x-turtle"), rdf=_RDF.TURTLE),
    MediaFormat("nt", ("application/n-triples", "text/plain"), rdf=_RDF.N_TRIPLES),
    MediaFormat("jsonld", ("application/ld+json", "application/json"), rdf=_RDF.JSON_LD),
    MediaFormat("rdf", ("application/rdf+xml", "application/xml", "text/xml"), rdf=_RDF.RDF_XML),
)
"""For CONSTRUCT, DESCRIBE and descriptions of resources."""

HTML = MediaFormat("html", ("text/html", "application/xhtml+xml"))
JSON = MediaFormat("json", ("application/json",))
TEXT = MediaFormat("txt", ("text/plain",))

TABLE_FORMATS = (
    JSON,
    MediaFormat("csv", ("text/csv",)),
    MediaFormat("tsv", ("text/tab-separated-values",)),
)
"""For the answers of canned queries."""


def choose(accept: str, formats: tuple[MediaFormat, ...]) -> MediaFormat | None:
    """Return the format that a client likes best, or None if it takes none of them.

    Args:
        accept: The value of the header Accept; what is empty or no list of media ranges accepts everything.
        formats: What there is, the most useful first.

    Example:
        >>> choose("text/csv;q=0.5, application/sparql-results+xml", RESULT_FORMATS).name
        'xml'
        >>> choose("*/*", GRAPH_FORMATS).name
        'ttl'
        >>> choose("image/png", GRAPH_FORMATS) is None
        True
    """
    by_type = {media_type: found for found in reversed(formats) for media_type in found.media_types}
    backwards = [media_type for found in reversed(formats) for media_type in reversed(found.media_types)]
    try:
        return by_type.get(mimeparse.best_match(backwards, accept or "*/*"))
    except (mimeparse.MimeTypeParseException, ValueError):
        return formats[0]


def named(name: str, formats: tuple[MediaFormat, ...]) -> MediaFormat | None:
    """Return the format of a name or media type, or None if there is none.

    Example:
        >>> named("nt", GRAPH_FORMATS).content_type
        'application/n-triples'
    """
    return next((found for found in formats if name == found.name or name in found.media_types), None)
