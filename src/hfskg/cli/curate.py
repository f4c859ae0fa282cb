"""``hfskg curate``: a curation file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hfskg.errors import OutputError

__all__ = ["register"]

HELP = """Write a curation file to begin with.

Reads a document and writes report.curation.yaml beside report.txt, or into the folder that --curation names: a file in
which everything is a comment, with the address of every reading to copy from. What you then reject, correct or add in
it holds for every later build. A file that is there already is never overwritten."""

EXAMPLES = """Examples:

    hfskg curate seeds/report.txt

    hfskg curate seeds/report.txt --curation curation/"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(curate)


def curate(
    document: Annotated[Path, typer.Argument(help="A document (.txt).")],
    curation: Annotated[
        Path | None,
        typer.Option("--curation", metavar="DIR", help="Folder to write into; that of the document if not."),
    ] = None,
) -> None:
    """Write the curation file of a document, unless there is one."""
    from hfskg.curation import curation_path, curation_template
    from hfskg.reading import read_document, read_record
    from hfskg.vocabulary import load_vocabulary

    path = curation_path(document, curation)
    text = read_document(document)
    if path.exists():
        raise OutputError(f"{path} is there already.", "Edit it; it is not overwritten.")
    content = curation_template(read_record(text, load_vocabulary()), text)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except FileExistsError as error:
        raise OutputError(f"{path} is there already.", "Edit it; it is not overwritten.") from error
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}.", "Name a writable folder.") from error
    typer.echo(f"{path}: written. Edit it, then build again.")
