"""What the documentation names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hfskg.listing import list_record
from hfskg.queries import load_catalogue
from hfskg.reading import Reader
from hfskg.reading.loading import parse_document
from hfskg.store import open_graph
from support import ROOT, packaged_vocabulary

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


@pytest.fixture(scope="module")
def local_names() -> set[str]:
    graph = packaged_vocabulary().graph
    return {str(term).rpartition("#")[2] for term in (*graph.all_nodes(), *graph.predicates())}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_queries_that_are_named_exist(page: Path) -> None:
    named = set(re.findall(r"hfskg query ([a-z][a-z0-9-]+)", page.read_text(encoding="utf-8")))
    assert named <= set(load_catalogue())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_terms_that_are_named_stand_in_the_ontology(page: Path, local_names: set[str]) -> None:
    named = set(re.findall(r"\bhfs:(\w+)", page.read_text(encoding="utf-8")))
    assert named - {"Examplimab", "Toy", "Toy_Rule", "Toy_Ferritin", "Toy_Limit"} <= local_names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:ontology|shapes|queries|seeds|src|tests|docs)/[\w./-]*)`", text))
    assert [name for name in named if "NAME" not in name and not (ROOT / name).exists()] == []


def test_the_readme_names_every_command_and_no_other() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\$ hfskg (\w+)", text)) == {
        "ask",
        "build",
        "inspect",
        "curate",
        "mcp",
        "validate",
        "query",
        "serve",
        "load",
        "criteria",
        "reason",
        "export",
        "ontology",
    }


@pytest.mark.slow
def test_the_sentences_of_the_architecture_page_are_read_as_it_says() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    report = "Case report\n\n" + " ".join(re.findall(r"^> (.*)$", text, re.M)) + "\n"
    record = Reader(packaged_vocabulary()).read(parse_document("example.txt", "0" * 64, report))
    shown = re.findall(r"^(?:Patient 1,| {5}\d  ).*$", text, re.M)
    told = list_record(record).splitlines()[2:7]
    assert len(shown) == len(told)
    assert [line.startswith(start.rstrip("…")) for line, start in zip(told, shown, strict=True)] == [True] * len(told)


@pytest.mark.slow
def test_the_query_in_the_readme_has_answers(built: Path) -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert len(open_graph(built).select(query, {}).rows) > 1
