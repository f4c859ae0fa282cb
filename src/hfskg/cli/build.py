"""``hfskg build``: from case reports to a graph folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hfskg.cli.console import OVERLAY_HELP, VOCABULARY_HELP, note
from hfskg.wording import counted

if TYPE_CHECKING:
    from hfskg.build import BuildResult, DocumentResult

__all__ = ["register"]

HELP = """Build a knowledge graph from case reports.

Reads each document (text, PDF, JATS XML or HTML), checks every quote against its source, validates the graph against
the shapes, and writes the graph folder in one step: if anything fails, the former folder is kept. A document that
violates a shape, or one of whose quotes does not stand in its source, stays out of the graph (exit code 1); one that
cannot be read is listed (exit code 2); the others are built. Of each
document, tells how much of what looks like a value, a drug, a disease or a sentence of a case was read; the folder
coverage/ lists what was not.

What a curator decided stands in a file beside the document, report.curation.yaml for report.txt, or in the folder that
--curation names: see hfskg curate."""

EXAMPLES = """Examples:

    hfskg build seeds/ --out build/

    hfskg build report.pdf article.nxml more-reports/ --out graph/ --verbose

    hfskg build seeds/ --out build/ --vocabulary hp.obo --vocabulary drug=medicines.ttl"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(build)


def build(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Reports (.txt, .pdf, JATS .xml or .nxml, .html), or their folders."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The graph folder to write or replace.")],
    vocabulary: Annotated[list[str] | None, typer.Option(metavar="FILE", help=VOCABULARY_HELP)] = None,
    overlay: Annotated[list[Path] | None, typer.Option("--overlay", metavar="FILE", help=OVERLAY_HELP)] = None,
    curation: Annotated[
        Path | None, typer.Option("--curation", metavar="DIR", help="Folder of the curation files, if not beside.")
    ] = None,
    strict_curation: Annotated[
        bool, typer.Option("--strict-curation", help="Fail where a curation file matches no reading any more.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every warning.")] = False,
) -> None:
    """Build a graph folder and tell what became of each document."""
    from hfskg.background import find_source
    from hfskg.build import build as build_graph
    from hfskg.cli.progress import ProgressListener
    from hfskg.pipeline import Pipeline

    sources = [find_source(told) for told in vocabulary or ()]
    with ProgressListener() as listener:
        own = bool(sources or overlay) or strict_curation
        stages = Pipeline(None, None, sources, overlays=overlay or (), strict_curation=strict_curation) if own else None
        result = build_graph(paths, out, stages=stages, listener=listener, curation=curation)
    for document in result.documents:
        typer.echo(_line(document, verbose))
    typer.echo(_summary(result))
    rejected = result.with_status("nonconforming", "mismatched")
    if rejected:
        note(result.report.rstrip())
    if result.with_status("unusable"):
        raise typer.Exit(2)
    if rejected:
        raise typer.Exit(1)


def _line(document: DocumentResult, verbose: bool) -> str:
    if document.status == "unusable":
        return f"{document.path.name or document.path}: not usable. {document.message}"
    counts = ", ".join(
        (
            counted(document.cases, "case"),
            counted(document.readings, "reading"),
            counted(len(document.warnings), "warning"),
        )
    )
    trouble = f"; NOT BUILT: {document.message}" if document.status != "built" else ""
    lines = [f"{document.path.name}: {counts}{trouble}", f"  read: {document.coverage}"]
    if verbose:
        lines += [f"  warning: {warning}" for warning in document.warnings]
    return "\n".join(lines)


def _summary(result: BuildResult) -> str:
    from hfskg.coverage import Coverage

    built = result.with_status("built")
    if not result.written:
        return f"Nothing was built, {result.out} is as it was: no document can be used."
    cases, readings = sum(d.cases for d in built), sum(d.readings for d in built)
    coverage = sum((document.coverage for document in built), Coverage())
    return (
        f"{result.out}: {counted(len(built), 'document')}, {counted(cases, 'case')}, {counted(readings, 'reading')}, "
        f"{counted(result.triples, 'triple')} (with the ontology){_ungrounded(built)}\n"
        f"  read: {coverage}"
    )


def _ungrounded(built: Iterable[DocumentResult]) -> str:
    number = sum(document.ungrounded for document in built)
    return f", {counted(number, 'word')} in no vocabulary (hfskg query ungrounded)" if number else ""
