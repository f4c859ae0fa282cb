"""The pages for people, in a worker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from jinja2 import Environment

from hfskg.errors import QueryError
from hfskg.namespaces import DATA
from hfskg.page import template_environment
from hfskg.queries import Query, run
from hfskg.server.answering import compressed
from hfskg.server.canned import formats_of
from hfskg.server.describing import evidence_of, span_of
from hfskg.server.graph import ServedGraph
from hfskg.server.media import HTML
from hfskg.server.messages import Answer, Job, refused
from hfskg.server.openapi import openapi
from hfskg.server.passages import Span, passages_of_evidence, passages_of_text
from hfskg.store import Value
from hfskg.tables import Table
from hfskg.terms import shorten
from hfskg.version import __version__

__all__ = ["answer_page", "html", "load_templates"]

MOST_ROWS = 500
"""How many rows of an answer a page shows."""

EDITOR_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " + (
    "font-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What the editor may load; it writes styles into its elements."""

EVIDENCE = """
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT DISTINCT ?evidence ?_document WHERE { ?evidence oa:hasSource ?_document }
"""


@cache
def _environment() -> Environment:
    return template_environment("templates/server", shorten=shorten, flat=lambda text: " ".join(str(text).split()))


def load_templates() -> None:
    """Load all templates, so that no file has to be opened for them later."""
    for name in _environment().list_templates(extensions=["html"]):
        _environment().get_template(name)


def html(graph: ServedGraph, job: Job, template: str, status: int = 200, **values: object) -> Answer:
    """Return a page.

    Args:
        graph: The graph.
        job: The job.
        template: The name of the template.
        status: The status code of HTTP.
        **values: What the template shows.
    """
    page = _environment().get_template(template)
    told = page.render(graph=graph, root=graph.root, address=graph.address, version=__version__, **values)
    answer = Answer(status, HTML.content_type, told.encode(), {"Vary": "Accept, Accept-Encoding"})
    return compressed(answer, job)


def answer_page(graph: ServedGraph, job: Job) -> Answer:
    """Show a page.

    Args:
        graph: The graph.
        job: Its argument ``page`` names the page; the others are those of the page.
    """
    return PAGES[job.arguments["page"]](graph, job)


def _home(graph: ServedGraph, job: Job) -> Answer:
    built = [entry for entry in graph.manifest.documents if entry.status == "built"]
    figures = {
        "documents": len(built),
        "cases": sum(entry.cases for entry in built),
        "readings": sum(entry.readings for entry in built),
        "triples": len(graph.store),
    }
    return html(graph, job, "home.html", figures=figures, groups=_by_tag(graph))


def _by_tag(graph: ServedGraph) -> dict[str, list[Query]]:
    groups: dict[str, list[Query]] = defaultdict(list)
    for query in graph.catalogue.values():
        groups[query.header.tags[0] if query.header.tags else "other"].append(query)
    return dict(sorted(groups.items()))


def _queries(graph: ServedGraph, job: Job) -> Answer:
    return html(graph, job, "queries.html", groups=_by_tag(graph))


def _query(graph: ServedGraph, job: Job) -> Answer:
    name = job.arguments["name"]
    given = {key: [value for value in values if value] for key, values in job.arguments["parameters"].items()}
    if name not in graph.catalogue:
        return refused(404, f"There is no query {name[:100]}.")
    query = graph.catalogue[name]
    asked = job.arguments["asked"] or not any(parameter.required for parameter in query.header.parameters)
    table, fault, status = None, "", 200
    if asked and query.form == "SELECT":
        try:
            table = run(query, graph.store, {name: told for name, told in given.items() if told})
        except QueryError as error:
            fault, status = str(error), 400
    return html(
        graph,
        job,
        "query.html",
        status,
        query=query,
        given=given,
        pairs=[(name, value) for name, values in given.items() for value in values],
        fault=fault,
        formats=formats_of(query),
        table=table,
        places=_shown_columns(table) if table else [],
        rows=table.rows[:MOST_ROWS] if table else (),
        sources=[_sources(graph, table, row) for row in table.rows[:MOST_ROWS]] if table else [],
        most=MOST_ROWS,
    )


def _shown_columns(table: Table) -> list[int]:
    """Return the places of the columns that the page shows: all that are no detail, and the quote."""
    return [place for place, name in enumerate(table.columns) if name not in table.details or name == "quote"]


def _sources(graph: ServedGraph, table: Table, row: tuple[Value, ...]) -> Span | None:
    """Return the evidence that a row rests on, where one of its columns names a statement or evidence."""
    for name in ("statement", "evidence"):
        if name in table.columns and (iri := row[table.columns.index(name)]):
            return next(iter(evidence_of(graph, str(iri))), None)
    return None


def _documents(graph: ServedGraph, job: Job) -> Answer:
    return html(graph, job, "documents.html", documents=graph.manifest.documents)


def _document(graph: ServedGraph, job: Job) -> Answer:
    slug, asked = job.arguments["slug"], job.arguments["evidence"]
    entry = next((e for e in graph.manifest.documents if e.slug == slug and e.status == "built"), None)
    if entry is None:
        return refused(404, "The graph has no such document.")
    rows = graph.store.select(EVIDENCE, {"_document": DATA[slug]}).rows
    spans = sorted(span for row in rows if (span := span_of(graph, str(row[0]))) is not None)
    text = graph.texts.get(slug)
    passages = passages_of_evidence(spans, asked) if text is None else passages_of_text(text, spans, asked)
    shown = next((span for span in spans if span.key == asked), None)
    return html(
        graph, job, "document.html", entry=entry, iri=DATA[slug], passages=passages, whole=text is not None, shown=shown
    )


def _editor(graph: ServedGraph, job: Job) -> Answer:
    answer = html(graph, job, "editor.html", queries=graph.catalogue.values())
    return replace(answer, headers={**answer.headers, "Content-Security-Policy": EDITOR_POLICY})


def _api(graph: ServedGraph, job: Job) -> Answer:
    return html(graph, job, "api.html", document=openapi(graph))


PAGES: dict[str, Callable[[ServedGraph, Job], Answer]] = {
    "home": _home,
    "queries": _queries,
    "query": _query,
    "documents": _documents,
    "document": _document,
    "editor": _editor,
    "api": _api,
}
