"""``hfskg inspect``: what was read from a document, as a listing or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hfskg.cli.console import write
from hfskg.errors import InputError

__all__ = ["register"]

HELP = """Show what was read from a document.

Prints the record of a document that is read now, or of a record (.json) that a build kept: the cases, and for each
event what it says, when, and the words it was read from. With --stages, prints what each stage of reading added to the
document: its blocks, sentences and cases, and the terms, amounts, times and cues found in each sentence."""

EXAMPLES = """Examples:

    hfskg inspect seeds/report.txt

    hfskg inspect seeds/report.txt --stages

    hfskg inspect build/records/report.json --json"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(inspect)


def inspect(
    document: Annotated[Path, typer.Argument(help="A document (.txt), or a record (.json) from a graph folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
    stages: Annotated[bool, typer.Option("--stages", help="Print what each stage added to the document.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    """Print the record of a document, or its stages."""
    kept = document.suffix.lower() == ".json"
    if stages and (kept or as_json):
        what = f"{document} is a record, which has no stages." if kept else "--stages and --json exclude each other."
        raise InputError(what, "Give a document (.txt), and one of the options.")
    write(_stages(document) if stages else _record(document, as_json), output)


def _stages(document: Path) -> str:
    from hfskg.reading import read_document
    from hfskg.stages import list_stages
    from hfskg.vocabulary import load_vocabulary

    return list_stages(read_document(document), load_vocabulary())


def _record(document: Path, as_json: bool) -> str:
    from hfskg.listing import list_record, load_record

    if document.suffix.lower() == ".json":
        record = load_record(document)
    else:
        from hfskg.reading import read_document, read_record
        from hfskg.vocabulary import load_vocabulary

        text = read_document(document)
        record = read_record(text, load_vocabulary())
    return record.model_dump_json(indent=2) + "\n" if as_json else list_record(record)
