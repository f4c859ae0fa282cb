"""The ontology as HTML pages: one per class and module, an index and a search box; no network, no server."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path

from jinja2 import Environment
from rdflib import URIRef

from hfskg.errors import OutputError
from hfskg.namespaces import DCTERMS, HFS, ONTOLOGY
from hfskg.ontology.cards import Card, Cards, compact
from hfskg.ontology.loading import Ontology
from hfskg.page import template_environment
from hfskg.terms import shorten

__all__ = ["write_site"]

_MARK = "made-by-hfskg"
_SEARCHED = ("synonyms", "narrow synonyms", "abbreviations", "brand names")


@cache
def _environment() -> Environment:
    return template_environment("templates/ontology", compact=compact, shorten=shorten)


def write_site(ontology: Ontology, out: Path) -> int:
    """Write the documentation of an ontology, the same bytes each time.

    Args:
        ontology: The ontology with its inferred hierarchy.
        out: The folder; files of an earlier documentation are replaced, and those of terms that are gone removed.

    Returns:
        The number of pages.

    Raises:
        OutputError: The folder holds something else, or cannot be written.
    """
    cards = Cards(ontology)
    made = [cards.card(URIRef(iri)) for iri in cards.classes() if iri.startswith(str(HFS))]
    pages = {card.iri: f"terms/{card.iri.removeprefix(str(HFS))}.html" for card in made}
    modules: dict[str, list[Card]] = defaultdict(list)
    for card in sorted(made, key=lambda card: (card.label.casefold(), card.iri)):
        modules[card.module or "other"].append(card)
    told = {name: _told(ontology, name) for name in sorted(modules)}
    top = [card for card in made if not card.parents and card.children]
    files = {"index.html": _page("index.html", "", pages, modules=modules, told=told, tops=top)}
    for name, members in modules.items():
        files[f"modules/{name}.html"] = _page(
            "module.html", "../", pages, name=name, title=told[name][0], description=told[name][1], cards=members
        )
    for card in made:
        files[pages[card.iri]] = _page("term.html", "../", pages, card=card)
    files["search.js"] = _index(made, pages) + _asset("search.js")
    files["style.css"] = _asset("style.css")
    _write(out, files)
    return sum(name.endswith(".html") for name in files)


def _told(ontology: Ontology, module: str) -> tuple[str, str]:
    head = URIRef(f"{ONTOLOGY}/{module}")
    graph = ontology.files.graph
    return str(graph.value(head, DCTERMS.title) or module), str(graph.value(head, DCTERMS.description) or "")


def _page(template: str, root: str, pages: dict[str, str], **values: object) -> str:
    return _environment().get_template(template).render(root=root, pages=pages, **values)


def _asset(name: str) -> str:
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _index(cards: list[Card], pages: dict[str, str]) -> str:
    """Return the names that the search box looks through, as a script: a page from disk may not fetch a file."""
    ordered = sorted(cards, key=lambda card: (len(card.label), card.label.casefold(), card.iri))
    names = {card.iri: [name for kind in _SEARCHED for name in card.names.get(kind, ())] for card in ordered}
    entries = [[card.label, pages[card.iri], card.module or "", names[card.iri]] for card in ordered]
    return f"const TERMS = {json.dumps(entries, ensure_ascii=False, separators=(',', ':'))};\n"


def _write(out: Path, files: dict[str, str]) -> None:
    mark = out / _MARK
    try:
        if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not mark.is_file())):
            raise OutputError(f"{out} holds something else than this documentation.", "Name a new or empty folder.")
        for folder in (out, out / "terms", out / "modules"):
            folder.mkdir(parents=True, exist_ok=True)
        mark.touch()
        for path in (*(out / "terms").glob("*.html"), *(out / "modules").glob("*.html")):
            if path.relative_to(out).as_posix() not in files:
                path.unlink()
        for name, text in files.items():
            (out / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{out} cannot be written: {error.strerror or error}.", "Name a writable folder.") from error
