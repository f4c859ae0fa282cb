"""``hfskg ontology``: check, browse and document the ontology itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from hfskg.cli import ontology_release
from hfskg.cli.console import OVERLAY_HELP, note, write

if TYPE_CHECKING:
    from hfskg.ontology import Card, CheckReport, Node, Ontology

__all__ = ["register"]

HELP = "Check, browse, document and release the ontology."

CHECK_HELP = """Check the quality of the ontology.

Runs the checks of ontology/checks, one query each, and prints what they find: a table on a terminal, tab-separated \
values into a pipe. A fault with a written reason in the profile does not count; --all lists those, and what is for \
information only. Leaves with exit code 1 if a fault is \
an error; with --strict, if one is a warning, too."""

CHECK_EXAMPLES = """Examples:

    hfskg ontology check

    hfskg ontology check --overlay my-terms.ttl --strict

    hfskg ontology check --summary

    hfskg ontology check --list"""

TREE_HELP = """Print the classes below a term, inferred ones included.

A class that stands at several places is drawn with what is below it once; the other places end in an arrow."""

TREE_EXAMPLES = """Examples:

    hfskg ontology tree hfs:HyperferritinemicSyndrome

    hfskg ontology tree "interleukin-1 inhibitor" --depth 1"""

SHOW_HELP = """Print what the ontology says of a term.

Definition and source, other names, classes above and below, targets, units, relations and mappings; with --graph, in \
how many cases the term, or one below it, was read."""

SHOW_EXAMPLES = """Examples:

    hfskg ontology show anakinra

    hfskg ontology show MAS --graph build/"""

DOCS_HELP = """Write the documentation of the ontology as HTML pages.

One page per class and one per module, an index and a search box. The pages need no network and no server."""

DOCS_EXAMPLES = """Examples:

    hfskg ontology docs --out site/"""

Directory = Annotated[
    Path | None,
    typer.Option("--vocabulary-dir", metavar="DIR", help="Folder with another hfs.ttl and its catalog."),
]
Overlays = Annotated[list[Path] | None, typer.Option("--overlay", metavar="FILE", help=OVERLAY_HELP)]


def register(app: typer.Typer) -> None:
    """Add the group of commands to the command line."""
    group = typer.Typer(help=HELP, no_args_is_help=True)
    group.command("check", help=CHECK_HELP, epilog=CHECK_EXAMPLES)(_check)
    group.command("tree", help=TREE_HELP, epilog=TREE_EXAMPLES)(_tree)
    group.command("show", help=SHOW_HELP, epilog=SHOW_EXAMPLES)(_show)
    group.command("docs", help=DOCS_HELP, epilog=DOCS_EXAMPLES)(_docs)
    ontology_release.register(group)
    app.add_typer(group, name="ontology")


def _check(
    profile: Annotated[
        Path | None, typer.Option("--profile", metavar="FILE", help="Severities and exceptions to use instead.")
    ] = None,
    checks: Annotated[
        Path | None, typer.Option("--checks", metavar="DIR", help="Checks (*.rq) to use instead.")
    ] = None,
    directory: Directory = None,
    overlay: Overlays = None,
    summary: Annotated[bool, typer.Option("--summary", help="Print the number of faults of each check only.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="List what is for information and what has a written reason, too.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings, too.")] = False,
    listing: Annotated[bool, typer.Option("--list", "-l", help="List the checks and what each is about.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    """Run the checks and print what they find."""
    from hfskg.ontology import load_checks, load_profile, open_ontology, run_checks
    from hfskg.tables import to_table, to_tsv

    wanted = load_checks(checks)
    if listing:
        told = (
            f"{c.name}\n  Problem: {c.problem}\n  Principle: {c.principle}\n  Solution: {c.solution}\n" for c in wanted
        )
        return write("\n".join(told), output)
    report = run_checks(open_ontology(directory, overlay or ()), wanted, load_profile(profile))
    table = report.summary() if summary else report.table(everything=everything)
    if output is None and sys.stdout.isatty():
        write(to_table(table, width=get_terminal_size().columns, color=True), None)
    else:
        write(to_tsv(table), output)
    note(_verdict(report))
    if report.count("error") or (strict and report.count("warning")):
        raise typer.Exit(1)


def _verdict(report: CheckReport) -> str:
    from hfskg.terms import shorten
    from hfskg.wording import counted

    counts = (counted(report.count("error"), "error"), counted(report.count("warning"), "warning"))
    excepted = sum(bool(fault.reason) for fault in report.faults)
    lines = [
        f"{counted(len(report.checks), 'check')}: {', '.join(counts)}, {report.count('info')} for information; "
        f"{excepted} with a written reason"
    ]
    lines += [
        f"The profile excepts {shorten(term)} from {check}, which finds nothing there." for check, term in report.unused
    ]
    return "\n".join(lines)


def _tree(
    term: Annotated[str, typer.Argument(metavar="TERM", help="A label, synonym, CURIE or IRI.")],
    depth: Annotated[int | None, typer.Option("--depth", "-d", min=0, help="How many steps down.")] = None,
    directory: Directory = None,
    overlay: Overlays = None,
) -> None:
    """Draw the classes below a term."""
    from hfskg.ontology import find_term, open_ontology, tree

    store = open_ontology(directory, overlay or ()).store
    write(_drawn(list(tree(find_term(term, store), store, depth=depth))), None)


def _drawn(nodes: list[Node]) -> str:
    from hfskg.terms import shorten

    lines = []
    for node in nodes:
        more = f"  (+{node.hidden})" if node.hidden else "  ↑" if node.repeated else ""
        lines.append(f"{'  ' * node.depth}{node.label}  {shorten(node.iri)}{more}")
    return "\n".join(lines) + "\n"


def _show(
    term: Annotated[str, typer.Argument(metavar="TERM", help="A label, synonym, CURIE or IRI.")],
    graph: Annotated[
        Path | None, typer.Option("--graph", "-g", metavar="DIR", help="A graph folder, to count its cases.")
    ] = None,
    directory: Directory = None,
    overlay: Overlays = None,
) -> None:
    """Print the card of a term."""
    from hfskg.ontology import card, find_term, open_ontology

    ontology = open_ontology(directory, overlay or ())
    found = find_term(term, ontology.store, follow=False)
    text = _card_text(card(found, ontology))
    if graph is not None:
        from hfskg.ontology.cards import case_counts
        from hfskg.store import open_graph
        from hfskg.terms import in_use
        from hfskg.wording import counted

        cases, documents = case_counts(in_use(found, ontology.store) or found, open_graph(graph))
        text += f"\nFound in {counted(cases, 'case')} of {counted(documents, 'document')} in {graph}.\n"
    write(text, None)


def _card_text(card: Card) -> str:
    from hfskg.ontology.cards import compact
    from hfskg.terms import shorten

    lines = [f"{card.label}  {card.curie}"]
    if card.deprecated:
        new = (
            f"use {card.replaced_by[1]} ({shorten(card.replaced_by[0])})" if card.replaced_by else "nothing replaces it"
        )
        lines.append(f"  DEPRECATED: {new}")
    lines += [f"  {card.definition}" if card.definition else "  (no definition)"]
    told: list[tuple[str, Sequence[str]]] = [
        ("source", card.sources),
        ("note", card.notes),
        ("defined as", card.definitions),
        *card.names.items(),
    ]
    told += [("above", [f"{label} ({shorten(iri)})" for iri, label in card.parents])]
    told += [("below", [f"{label} ({shorten(iri)})" for iri, label in card.children])]
    for target in card.targets:
        inherited = f", through {target.inherited_from}" if target.inherited_from else ""
        told.append(("target", [f"{target.label} ({', '.join(target.identifiers)}){inherited}"]))
    for relation, values in card.relations:
        told.append((relation, [f"{label} ({shorten(iri)})" if iri else label for iri, label in values]))
    told += [(kind, [compact(iri) for iri in mapped]) for kind, mapped in card.mappings.items()]
    told.append(("module", [card.module or "none"]))
    width = max(len(name) for name, values in told if values)
    lines += [f"  {name:{width}}  {'; '.join(values)}" for name, values in told if values]
    return "\n".join(lines) + "\n"


def _docs(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder to write or replace.")],
    directory: Directory = None,
    overlay: Overlays = None,
) -> None:
    """Write the pages."""
    from hfskg.ontology import open_ontology, write_site
    from hfskg.wording import counted

    ontology: Ontology = open_ontology(directory, overlay or ())
    note(f"{out}: {counted(write_site(ontology, out), 'page')}")
