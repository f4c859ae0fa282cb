from __future__ import annotations

import re
from pathlib import Path

import pytest

from browser import CHROMIUM, Browser
from hfskg.errors import OutputError
from hfskg.ontology import write_site
from support import contents, packaged_ontology

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "docs"
    assert write_site(packaged_ontology(), out) > 4000
    return out


def test_every_link_within_the_site_leads_to_a_page(site: Path) -> None:
    dead = set()
    for path in site.rglob("*.html"):
        for link in re.findall(r'href="(?!https?:)([^"#]+)', path.read_text(encoding="utf-8")):
            if not (path.parent / link).exists():
                dead.add((path.name, link))
    assert dead == set()


def test_nothing_is_loaded_from_the_network(site: Path) -> None:
    for path in (site / "index.html", site / "terms" / "Anakinra.html", site / "style.css", site / "search.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'(src|rel="stylesheet" href)="https?:|url\(|fetch\(', text)


def test_two_runs_write_the_same_bytes_and_remove_what_is_gone(site: Path) -> None:
    before = contents(site)
    (site / "terms" / "Gone.html").write_text("gone", encoding="utf-8")
    write_site(packaged_ontology(), site)
    assert contents(site) == before


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="holds something else"):
        write_site(packaged_ontology(), tmp_path)


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed (apt-get install chromium)")
def test_the_search_box_finds_a_brand_name(site: Path, tmp_path: Path) -> None:
    with Browser(tmp_path) as browser:
        browser.open(site / "index.html")
        browser.run(
            "document.getElementById('search').value = 'kineret';"
            "document.getElementById('search').dispatchEvent(new Event('input'))"
        )
        assert browser.run("document.querySelector('#found a').textContent").startswith("anakinra (Kineret)")
