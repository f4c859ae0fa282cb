"""``hfskg inspect``: what was read from a document, as marked text, as an HTML page, as a listing or as JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hfskg.cli.console import VOCABULARY_HELP, note, write
from hfskg.errors import InputError

if TYPE_CHECKING:
    from hfskg.reading import BackgroundNames, Document
    from hfskg.record import DocumentRecord
    from hfskg.view import DocumentView
    from hfskg.vocabulary import Vocabulary

__all__ = ["register"]

HELP = """Show what was understood of a document, and what was not.

Prints the text of a document with every reading marked by its kind (in colours on a terminal, in brackets elsewhere),
then its record event by event, then what was not understood: numbers with units, words that look like drugs and
diseases, and sentences of the cases that were not read. With --html, writes the same as one page for a browser, which
needs no network. Of a record (.json) that a build kept, prints the events. With --stages, prints what each stage of
reading added to the document: its blocks, sentences and cases, and the terms, amounts, times and cues found in each
sentence. A curation file beside the document, or in the folder that --curation names, is applied as in a build."""

EXAMPLES = """Examples:

    hfskg inspect seeds/report.txt

    hfskg inspect seeds/report.txt --html report.html

    hfskg inspect report.pdf --stages

    hfskg inspect build/records/report.json --json"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(inspect)


def inspect(
    document: Annotated[Path, typer.Argument(help="A document (.txt, .pdf, .xml, .nxml, .html), or a record (.json).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
    stages: Annotated[bool, typer.Option("--stages", help="Print what each stage added to the document.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one HTML page.")] = None,
    vocabulary: Annotated[list[str] | None, typer.Option(metavar="FILE", help=VOCABULARY_HELP)] = None,
    curation: Annotated[
        Path | None, typer.Option("--curation", metavar="DIR", help="Folder of the curation files, if not beside.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
) -> None:
    """Print what was read from a document, or its stages."""
    kept = document.suffix.lower() == ".json"
    asked = [name for name, wanted in (("--json", as_json), ("--stages", stages), ("--html", html)) if wanted]
    if len(asked) > 1:
        raise InputError(f"{' and '.join(asked)} exclude each other.", "Give a document, and one of the options.")
    if kept and (stages or html):
        what = f"{document} is a record, which has no {'stages' if stages else 'text'}."
        raise InputError(what, "Give a document, and one of the options.")
    if stages:
        write(_stages(document, vocabulary), output)
    elif as_json or kept:
        write(_record(document, as_json, vocabulary, curation), output)
    else:
        _show(_view(document, vocabulary, curation), html, output)


def _background(told: list[str] | None, vocabulary: Vocabulary) -> BackgroundNames | None:
    from hfskg.background import find_source
    from hfskg.reading import BackgroundNames

    return BackgroundNames([find_source(one) for one in told], vocabulary) if told else None


def _stages(document: Path, told: list[str] | None) -> str:
    from hfskg.reading import read_document
    from hfskg.stages import list_stages
    from hfskg.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    return list_stages(read_document(document), vocabulary, _background(told, vocabulary))


def _record(document: Path, as_json: bool, told: list[str] | None, curation: Path | None) -> str:
    from hfskg.listing import list_record, load_record

    if document.suffix.lower() == ".json":
        record = load_record(document)
    else:
        from hfskg.reading import Reader, read_document
        from hfskg.vocabulary import load_vocabulary

        text = read_document(document)
        vocabulary = load_vocabulary()
        reader = Reader(vocabulary, _background(told, vocabulary))
        record = _curated(reader.read(text), text, document, curation, vocabulary)
    return record.model_dump_json(indent=2) + "\n" if as_json else list_record(record)


def _view(document: Path, told: list[str] | None, curation: Path | None) -> DocumentView:
    from hfskg.coverage import Surveyor
    from hfskg.reading import Reader, read_document
    from hfskg.view import view_of
    from hfskg.vocabulary import load_vocabulary

    text = read_document(document)
    vocabulary = load_vocabulary()
    reader = Reader(vocabulary, _background(told, vocabulary))
    record = _curated(reader.read(text), text, document, curation, vocabulary)
    return view_of(text, record, Surveyor(vocabulary, reader.finder).survey(text, record))


def _curated(
    record: DocumentRecord, text: Document, document: Path, curation: Path | None, vocabulary: Vocabulary
) -> DocumentRecord:
    """Return a record as the curation file of its document amends it, if there is one."""
    from hfskg.curation import Curator, check_directory, find_curation

    if curation is not None:
        check_directory(curation)
    file = find_curation(document, curation)
    return record if file is None else Curator(vocabulary).curate(record, text, file)


def _show(view: DocumentView, html: Path | None, output: Path | None) -> None:
    from hfskg.transcript import transcribe

    if html is not None:
        from hfskg.page import render_page

        write(render_page(view), html)
        note(f"{html}: {view.record.file_name}, {view.survey.coverage}")
    if html is None and output is None and sys.stdout.isatty():
        from rich.console import Console

        console = Console(highlight=False)
        if not console.no_color:
            from hfskg.cli.colours import print_view

            print_view(view, console)
            return
    if html is None or output is not None:
        write(transcribe(view), output)
