from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from browser import CHROMIUM, Browser
from hfskg.output import load_manifest
from hfskg.server.graph import ServedGraph
from hfskg.server.messages import Answer, Job
from hfskg.server.pages import answer_page

browses = [pytest.mark.browser, pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium")]


def page(graph: ServedGraph, wanted: str, **arguments: object) -> Answer:
    return answer_page(graph, Job("page", {"page": wanted, **arguments}))


def query(graph: ServedGraph, name: str, **given: str) -> Answer:
    parameters = {key: [value] for key, value in given.items()}
    return page(graph, "query", name=name, parameters=parameters, asked=bool(given))


@pytest.mark.parametrize("name", ["home", "queries", "documents", "editor", "api"])
def test_each_page_links_below_the_public_address(name: str, graph: ServedGraph) -> None:
    told = page(graph, name)
    assert told.status == 200
    text = told.body.decode()
    assert 'href="/kg/queries"' in text
    assert not [link for link in text.split('href="')[1:] if link.startswith("/") and not link.startswith("/kg/")]


def test_a_query_without_required_parameters_answers_at_once(graph: ServedGraph) -> None:
    assert b'id="rows"' in query(graph, "cases").body
    waiting = query(graph, "timeline")
    assert (waiting.status, b'id="rows"' in waiting.body) == (200, False)


def test_a_form_tells_what_is_wrong_and_keeps_what_was_typed(graph: ServedGraph) -> None:
    told = query(graph, "max-dose-per-kilogram", drug='"><script>x</script>')
    assert told.status == 400
    assert b'role="alert"' in told.body and b"<script>x" not in told.body
    assert b"&#34;&gt;&lt;script&gt;x&lt;/script&gt;" in told.body


def test_a_row_leads_to_the_words_that_it_was_read_from(graph: ServedGraph) -> None:
    text = query(graph, "treatments").body.decode()
    link = text.partition('<a href="/kg/documents/')[2].partition('"')[0]
    slug, _, evidence = link.removesuffix("#asked").partition("?evidence=")
    shown = page(graph, "document", slug=slug, evidence=evidence).body.decode()
    start, end = map(int, evidence.split("-"))
    marked = shown.partition('id="asked">')[2].partition("</mark>")[0]
    assert marked and " ".join(graph.texts[slug][start:end].split()).startswith(" ".join(marked.split())[:20])


def test_a_document_without_its_source_shows_the_sentences_of_its_evidence(built: Path, graph: ServedGraph) -> None:
    bare = ServedGraph(built, graph.manifest, graph.store, graph.catalogue, graph.limits, graph.base)
    slug = load_manifest(built).documents[0].slug
    whole, some = (page(one, "document", slug=slug, evidence="").body for one in (graph, bare))
    assert len(some) < len(whole)
    assert b"only the sentences" in some and b"only the sentences" not in whole


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


def visit(browser: Browser, client: httpx.Client, path: str) -> None:
    browser.events.clear()
    browser.send("Page.navigate", url=str(client.base_url.join(path)))
    browser.wait(lambda: browser.run(f"document.readyState === 'complete' && location.href.includes({path!r})") is True)


def faults(browser: Browser) -> list[str]:
    """Return what the browser complained of: errors of scripts, and what the page's policy forbids."""
    browser.run("1")
    kinds = ("Log.entryAdded", "Runtime.exceptionThrown")
    return [str(event["params"]) for event in browser.events if event.get("method") in kinds]


class TestInTheBrowser:
    pytestmark = browses

    @pytest.mark.parametrize("path", ["/", "/queries", "/queries/cases", "/documents", "/editor", "/api", "/ontology"])
    def test_a_page_loads_without_a_fault(self, path: str, browser: Browser, client: httpx.Client) -> None:
        visit(browser, client, path)
        assert faults(browser) == []
        assert browser.run("document.querySelector('h1').textContent.length > 2")
        assert browser.run("document.documentElement.scrollWidth <= innerWidth + 1")

    def test_a_form_completes_terms_and_answers(self, browser: Browser, client: httpx.Client) -> None:
        visit(browser, client, "/queries/max-dose-per-kilogram")
        browser.run(
            "(() => { const f = document.querySelector('#p-drug'); f.value = 'kiner';"
            " f.dispatchEvent(new Event('input')) })()"
        )
        browser.wait(lambda: bool(browser.run("document.querySelectorAll('#l-drug option').length === 1")))
        browser.run("document.querySelector('#p-drug').value = document.querySelector('#l-drug option').value")
        browser.run("document.querySelector('form.ask').requestSubmit()")
        browser.wait(
            lambda: bool(browser.run("location.search.startsWith('?drug=') && !!document.querySelector('.rows')"))
        )
        browser.run("document.querySelector('.rows td a[href*=evidence]').click()")
        browser.wait(lambda: bool(browser.run("!!document.querySelector('#asked')")))
        seen = "(b => b.top > 0 && b.bottom < innerHeight)(document.querySelector('#asked').getBoundingClientRect())"
        browser.wait(lambda: bool(browser.run(seen)))
        assert faults(browser) == []

    def test_the_editor_runs_a_query(self, browser: Browser, client: httpx.Client) -> None:
        visit(browser, client, "/editor?example=cases")
        browser.wait(lambda: bool(browser.run("document.documentElement.dataset.ready === 'yes'")))
        browser.run("document.querySelector('.yasqe_queryButton').click()")
        browser.wait(lambda: bool(browser.run("document.querySelectorAll('.yasr tbody tr').length > 1")))
        time.sleep(0.2)
        assert faults(browser) == []
