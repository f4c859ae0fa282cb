from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from browser import CHROMIUM, Browser
from hfskg.page import render_page
from inspected import view

NEEDS_CHROMIUM = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed (apt-get install chromium)")


@pytest.fixture(scope="module")
def page() -> str:
    return render_page(view())


class Reading(HTMLParser):
    """Collects what a page links to and its identifiers."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.used: set[str] = set()
        self.outside: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(str(value))
            elif name == "data-r":
                self.used |= {f"r{number}" for number in str(value).split()}
            elif name == "data-g":
                self.used.add(f"g{value}")
            elif name in ("src", "href", "srcset", "style", "onclick") and not str(value).startswith("#"):
                self.outside.append(f"{name}={value}")
        self.scripts += tag == "script"


@pytest.fixture(scope="module")
def parsed(page: str) -> Reading:
    reading = Reading()
    reading.feed(page)
    return reading


def test_the_page_needs_nothing_else(parsed: Reading, page: str) -> None:
    assert parsed.outside == []
    assert not re.search(r"https?://|@import|url\(", page)
    assert "default-src 'none'" in page


def test_the_text_of_a_document_is_escaped(parsed: Reading, page: str) -> None:
    assert parsed.scripts == 1
    assert "&lt;script&gt;alert(" in page
    assert "<script>alert" not in page


def test_every_mark_leads_to_an_entry(parsed: Reading) -> None:
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.used <= set(parsed.ids)
    entries = {name for name in parsed.ids if re.fullmatch(r"[rg]\d+", name)}
    assert entries == parsed.used


def test_the_page_is_the_same_each_time(page: str) -> None:
    assert render_page(view()) == page


def test_what_was_missed_inside_a_reading_is_shown_too() -> None:
    page = render_page(view("Case report\n\nA 9-year-old girl had fever. Ferritin (in foozumab) was 480 ng/mL.\n"))
    assert re.search(r'<mark class="m k-laboratory-measurement gap g-drug" data-g="0" data-r="4"[^>]*>foozumab<', page)


def test_a_document_without_patients_has_a_page() -> None:
    page = render_page(view("Nothing much.\n"))
    assert "Nothing was read from this document." in page


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, page: str) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "page.html").write_text(page, encoding="utf-8")
    with Browser(folder / "profile") as opened:
        opened.open(folder / "page.html")
        yield opened


@pytest.fixture
def fresh(browser: Browser) -> Browser:
    """The browser, with everything switched on and nothing chosen."""
    browser.run("document.getElementById('all-on').click()")
    browser.press("Escape")
    return browser


@pytest.mark.browser
@NEEDS_CHROMIUM
class TestInABrowser:
    def test_nothing_is_fetched_and_nothing_fails(self, browser: Browser) -> None:
        browser.mouse("mark", click=True)
        asked = [e["params"]["request"]["url"] for e in browser.events if e["method"] == "Network.requestWillBeSent"]
        assert [url for url in asked if not url.startswith("file:")] == []
        assert len(asked) == 1
        troubles = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
        assert [e for e in browser.events if e["method"] in troubles] == []

    def test_hovering_shows_the_reading(self, fresh: Browser) -> None:
        fresh.mouse("mark.k-laboratory-measurement")
        told = fresh.run("document.getElementById('tip').innerText")
        assert "ferritin: 6480 ng/mL" in told
        assert "day 4" in told.replace("\n", " ") or "on day 4" in told
        assert "Patient 1" in told

    def test_clicking_opens_the_details_beside_the_text(self, fresh: Browser) -> None:
        fresh.mouse("mark.k-drug-administration", click=True)
        lit = fresh.run("document.querySelector('#readings .entry.lit').innerText")
        assert "2 mg/kg" in lit
        assert "start" in lit

    def test_clicking_a_gap_opens_the_list_of_gaps(self, fresh: Browser) -> None:
        fresh.mouse(".g-drug", click=True)
        assert fresh.run("document.getElementById('gaps').hidden") is False
        assert "foozumab" in fresh.run("document.querySelector('#gaps .entry.lit').innerText")

    def test_a_kind_is_switched_off_and_on(self, fresh: Browser) -> None:
        shown = "document.querySelectorAll('main mark.k-finding-present').length"
        listed = "document.querySelectorAll('#readings .entry[data-kind=finding-present]:not(.off)').length"
        assert (fresh.run(shown), fresh.run(listed)) == (2, 2)
        fresh.run("document.querySelector('[data-kind=finding-present][type=checkbox]').click()")
        assert (fresh.run(shown), fresh.run(listed)) == (0, 0)
        fresh.run("document.querySelector('[data-kind=finding-present][type=checkbox]').click()")
        assert (fresh.run(shown), fresh.run(listed)) == (2, 2)

    def test_the_keyboard_goes_from_reading_to_reading_and_gap_to_gap(self, fresh: Browser) -> None:
        focused = "document.activeElement.textContent"
        fresh.run("document.querySelector('mark.k-encounter').focus()")
        fresh.mouse("mark.k-encounter", click=True)
        fresh.press("j")
        assert fresh.run(focused) == "fever"
        fresh.press("j")
        fresh.press("k")
        assert fresh.run(focused) == "fever"
        fresh.press("Enter")
        assert "fever" in fresh.run("document.querySelector('.entry.lit').innerText")
        fresh.press("n")
        assert fresh.run("'g' in document.activeElement.dataset") is True
        fresh.press("Escape")
        assert fresh.run("document.querySelectorAll('.lit').length") == 0

    def test_what_is_not_understood_can_be_hidden(self, fresh: Browser) -> None:
        line = "getComputedStyle(document.querySelector('.g-drug')).textDecorationStyle"
        assert fresh.run(line) == "wavy"
        fresh.run("document.querySelector('[data-show=gaps]').click()")
        assert fresh.run(line) == "solid"
        fresh.run("document.querySelector('[data-show=gaps]').click()")

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_text_and_ground_differ_enough(self, fresh: Browser, scheme: str) -> None:
        fresh.media(scheme)
        worst = fresh.run(CONTRAST)
        assert worst >= 4.5

    @pytest.mark.parametrize("width", [360, 900, 1500])
    def test_the_page_fits_its_window(self, fresh: Browser, width: int) -> None:
        fresh.send("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        assert fresh.run("document.documentElement.scrollWidth") <= width
        fresh.send("Emulation.clearDeviceMetricsOverride")


CONTRAST = """(() => {
  const probe = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = (colour) => {
    probe.clearRect(0, 0, 1, 1); probe.fillStyle = colour; probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = rgb(colour).slice(0, 3).map((c) => c / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgb(colour)[3] > 0) return colour;
    }
    return 'white';
  };
  const ratios = [...document.querySelectorAll('mark, .swatch, .flag, .role, .count, .meta, .at, .unread, .title, kbd')]
    .map((node) => {
      const [a, b] = [light(getComputedStyle(node).color), light(ground(node))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05);
    });
  return Math.min(...ratios);
})()"""
