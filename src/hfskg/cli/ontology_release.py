"""``hfskg ontology release`` and ``hfskg ontology mappings``: what is published of the ontology."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hfskg.cli.console import note, write

__all__ = ["register"]

RELEASE_HELP = """Build the release of the ontology.

Writes hfs.owl (RDF/XML) and hfs-full.ttl: all modules in one file, with the hierarchy that HermiT infers, the same
bytes on every run; release.json records what they were made of. This needs Java and the extra `ontology`."""

RELEASE_EXAMPLES = """Examples:

    hfskg ontology release

    hfskg ontology release --out release/

    hfskg ontology release --check"""

MAPPINGS_HELP = """Write the mappings of the ontology as SSSOM.

One table for each vocabulary that the ontology's terms are mapped to, from the SKOS mappings and UCUM codes in the
modules."""

MAPPINGS_EXAMPLES = """Examples:

    hfskg ontology mappings

    hfskg ontology mappings --out mappings/"""


def register(app: typer.Typer) -> None:
    """Add the commands to a group of commands."""
    app.command(help=RELEASE_HELP, epilog=RELEASE_EXAMPLES)(release)
    app.command(help=MAPPINGS_HELP, epilog=MAPPINGS_EXAMPLES)(mappings)


def release(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="The folder to write; release/ beside hfs.ttl if none.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Build nothing; tell whether the release is that of the sources.")
    ] = False,
) -> None:
    """Build the release of the ontology, or tell whether it is up to date."""
    from hfskg.ontology.release import build_release, outdated

    if not check:
        _tell(build_release(out))
        return
    names = outdated(out)
    if names:
        note(f"hfskg: The release is not that of its sources: {', '.join(names)}.")
        note("       Build it again with `hfskg ontology release`.")
        raise typer.Exit(1)
    write("The release is that of its sources.\n", None)


def mappings(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="The folder to write; mappings/ beside hfs.ttl if none.")
    ] = None,
) -> None:
    """Write the mappings of the ontology as SSSOM."""
    from hfskg.ontology.mappings import write_mappings

    counts = write_mappings(out)
    write("".join(f"{name:32} {number:>6} mappings\n" for name, number in counts.items()), None)


def _tell(sizes: dict[str, int]) -> None:
    write("".join(f"{name:16} {size:>12,} bytes\n" for name, size in sizes.items()), None)
