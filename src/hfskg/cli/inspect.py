"""``hfskg inspect``: what was read from a document, as a listing or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hfskg.cli.console import write

__all__ = ["register"]

HELP = """Show what was read from a document.

Prints the record of a document that is read now, or of a record (.json) that a build kept: the cases, and for each
event what it says, when, and the words it was read from."""

EXAMPLES = """Examples:

    hfskg inspect seeds/report.txt

    hfskg inspect build/records/report.json --json"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(inspect)


def inspect(
    document: Annotated[Path, typer.Argument(help="A document (.txt), or a record (.json) from a graph folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    """Print the record of a document."""
    from hfskg.listing import list_record, load_record

    if document.suffix.lower() == ".json":
        record = load_record(document)
    else:
        from hfskg.reading import read_document, read_record
        from hfskg.vocabulary import load_vocabulary

        text = read_document(document)
        record = read_record(text, load_vocabulary())
    write(record.model_dump_json(indent=2) + "\n" if as_json else list_record(record), output)
