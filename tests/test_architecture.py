"""What holds for the code as a whole: who imports whom, and what stands in no module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from hfskg.vocabulary import Kind
from support import ROOT, packaged_vocabulary

PACKAGE = ROOT / "src" / "hfskg"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

LAYERS: tuple[tuple[str, ...], ...] = (
    (
        "hfskg.version",
        "hfskg.cache",
        "hfskg.curies",
        "hfskg.decisions",
        "hfskg.errors",
        "hfskg.modules",
        "hfskg.namespaces",
        "hfskg.parts",
        "hfskg.rdf",
        "hfskg.record",
        "hfskg.resources",
        "hfskg.wording",
    ),
    ("hfskg.vocabulary", "hfskg.units", "hfskg.background"),
    ("hfskg.reading",),
    (
        "hfskg.attribution",
        "hfskg.background_graph",
        "hfskg.literals",
        "hfskg.quotes",
        *("hfskg.graph", "hfskg.turtle", "hfskg.canonical", "hfskg.provenance", "hfskg.listing", "hfskg.stages"),
        *("hfskg.nesting", "hfskg.rdfxml"),
        *("hfskg.coverage", "hfskg.marks", "hfskg.view", "hfskg.page", "hfskg.transcript"),
    ),
    ("hfskg.curation",),
    ("hfskg.inference", "hfskg.derivation", "hfskg.validation", "hfskg.criteria", "hfskg.export", "hfskg.output"),
    ("hfskg.store", "hfskg.binding", "hfskg.dialects", "hfskg.endpoint", "hfskg.upload"),
    (
        "hfskg.frames",
        "hfskg.lookup",
        "hfskg.queries",
        "hfskg.tables",
        "hfskg.terms",
        "hfskg.verdicts",
        "hfskg.reasoning",
    ),
    ("hfskg.results", "hfskg.pipeline", "hfskg.build", "hfskg.revalidation"),
    ("hfskg.ontology",),
    ("hfskg.asking",),
    ("hfskg.api",),
    ("hfskg.toolbox",),
    ("hfskg.server",),
    ("hfskg.agents",),
    ("hfskg",),
    ("hfskg.cli",),
    ("hfskg.__main__",),
)
"""Documents, extraction, record, graph, validation and inference, store, queries, the ontology on its own, faces: a
module imports from its own layer and those before it. The record comes first because both reading and graph are written
against it."""

DOCUMENTS = ("brackets", "cues", "document", "formats", "language", "loading", "numbers", "run_in_heads", "running") + (
    "runs",
    "sections",
    "sentences",
    "structure",
    "tables",
    "tokens",
)
"""The modules of ``hfskg.reading`` that make documents; those that extract come behind them."""

RECORD_SIDE = ("hfskg.graph", "hfskg.inference", "hfskg.validation", "hfskg.criteria", "hfskg.store", "hfskg.queries")

DOMAIN_KINDS = frozenset({Kind.DRUG, Kind.DISEASE, Kind.ANALYTE, Kind.ORGANISM})
SHORTEST = 5

OWN_NAME = re.compile(r"hyperferritinemic syndromes?|pandas")
"""What the project is about is its name, not knowledge; and a library is called like the abbreviation of a disease."""


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(path: Path) -> frozenset[str]:
    """Return the modules of the package that a module imports, wherever in it the import stands."""
    names = {module_name(source) for source in SOURCES}
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & names
            found.update(inner or {node.module})
    return frozenset(found & names)


def layer(name: str) -> int:
    """Return the layer of a module: that of the longest name of a module or package in the table."""
    while name:
        for number, members in enumerate(LAYERS):
            if name in members:
                return number
        name = name.rpartition(".")[0]
    raise AssertionError


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_a_module_imports_only_from_its_layer_and_those_before(path: Path) -> None:
    own = layer(module_name(path))
    assert {name for name in imports(path) if layer(name) > own} == set()


def test_every_module_has_a_layer() -> None:
    named = {name for members in LAYERS for name in members}
    known = {module_name(path) for path in SOURCES}
    tops = {".".join(name.split(".")[:2]) for name in known}
    assert named == tops


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {module_name(path): imports(path) - {module_name(path)} for path in SOURCES}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph)


@pytest.mark.parametrize("stem", DOCUMENTS)
def test_documents_know_nothing_of_extraction(stem: str) -> None:
    folder = PACKAGE / "reading" / stem
    paths = sorted(folder.glob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    known = {name for path in paths for name in imports(path) if name.startswith("hfskg.reading.")}
    inside = {name.split(".")[2] for name in known}
    assert inside <= set(DOCUMENTS)


def test_graph_and_what_follows_know_records_and_documents_only_not_how_they_are_read() -> None:
    for path in SOURCES:
        if module_name(path).startswith(RECORD_SIDE):
            read = {name for name in imports(path) if name.startswith("hfskg.reading")}
            assert read <= {"hfskg.reading", "hfskg.reading.document"}, path


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_no_module_catches_everything(path: Path) -> None:
    broad = {"Exception", "BaseException"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}"
            caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
            assert not caught & broad, f"line {node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_only_the_console_prints(path: Path) -> None:
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    printing = [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    assert not printing or module_name(path) == "hfskg.cli.console"


@cache
def domain_names() -> frozenset[tuple[str, ...]]:
    """Return the words of every name of a drug, disease, analyte or organism in the ontology."""
    terms = packaged_vocabulary().terms.values()
    names = {name.text for term in terms if term.kind in DOMAIN_KINDS for name in term.names}
    split = (words(name) for name in names if len(name) >= SHORTEST)
    return frozenset(tuple(name) for name in split if any(len(word) >= SHORTEST for word in name))


def words(text: str) -> list[str]:
    """Return the words of a text or an identifier, in lower case."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", OWN_NAME.sub(" ", text))
    return [word.casefold() for word in re.findall(r"[^\W_]+", parted)]


def explaining(tree: ast.Module) -> set[ast.expr]:
    """Return the strings of a module that explain and decide nothing: docstrings, and the examples of a command."""
    found: set[ast.expr] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Module(body=[ast.Expr(value=text), *_]) | ast.ClassDef(body=[ast.Expr(value=text), *_]):
                found.add(text)
            case ast.FunctionDef(body=[ast.Expr(value=text), *_]):
                found.add(text)
            case ast.Assign(targets=[ast.Name(id=name)], value=text) if name.endswith("EXAMPLES"):
                found.add(text)
    return found


def texts(path: Path) -> Iterator[str]:
    """Yield the strings and identifiers of a module that may decide something."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = explaining(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if node not in skipped:
                yield text
            case ast.Name(id=text) | ast.Attribute(attr=text) | ast.arg(arg=text) | ast.keyword(arg=str(text)):
                yield text
            case ast.FunctionDef(name=text) | ast.ClassDef(name=text):
                yield text


LIBRARIES = {("pandas",)}
"""The libraries whose names a disease has too."""


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_the_code_knows_no_drug_disease_analyte_or_organism(path: Path) -> None:
    names = domain_names()
    longest = max(map(len, names))
    known: set[tuple[str, ...]] = set()
    for text in texts(path):
        told = words(text)
        runs = (tuple(told[at : at + size]) for at in range(len(told)) for size in range(1, longest + 1))
        known.update(run for run in runs if run in names and run not in LIBRARIES)
    assert known == set()


def test_the_search_for_domain_words_finds_them(tmp_path: Path) -> None:
    path = tmp_path / "knowing.py"
    name = " ".join(sorted(domain_names())[0])
    path.write_text(f'DOSE = "the {name} of the patient"\n', encoding="utf-8")
    with pytest.raises(AssertionError):
        test_the_code_knows_no_drug_disease_analyte_or_organism(path)
