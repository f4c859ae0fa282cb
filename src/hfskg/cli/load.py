"""``hfskg load``: put a graph folder into another SPARQL engine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hfskg.cli.console import write

if TYPE_CHECKING:
    from rdflib import URIRef

__all__ = ["register"]

PASSWORD = "HFSKG_PASSWORD"

HELP = """Put a graph folder into another SPARQL engine.

Replaces the engine's named graphs by those of the folder, each by one request of the SPARQL 1.1 Graph Store Protocol, \
or with --update by SPARQL 1.1 Update. Graphs that the folder does not have stay. The password is taken from the \
environment variable HFSKG_PASSWORD, or asked for."""

EXAMPLES = """Examples:

    hfskg load build/ --endpoint http://localhost:7878/store

    hfskg load build/ --endpoint http://localhost:8890/sparql-graph-crud-auth --user dba --digest

    hfskg load build/ --endpoint http://localhost:3030/kg/update --update"""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(help=HELP, epilog=EXAMPLES)(load)


def load(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The graph folder that a build wrote.")],
    endpoint: Annotated[str, typer.Option("--endpoint", metavar="URL", help="The address that takes the protocol.")],
    update: Annotated[bool, typer.Option("--update", help="Send SPARQL Update instead.")] = False,
    user: Annotated[str | None, typer.Option("--user", metavar="NAME", help="Who may write.")] = None,
    digest: Annotated[bool, typer.Option("--digest", help="Log in by HTTP digest, as Virtuoso asks.")] = False,
    timeout: Annotated[int, typer.Option("--timeout", min=1, help="Seconds to wait for each answer.")] = 600,
) -> None:
    """Put a graph folder into another engine."""
    from hfskg.upload import Protocol, upload

    login = (user, _password()) if user is not None else None
    protocol = Protocol.UPDATE if update else Protocol.GRAPH_STORE
    loaded = upload(folder, endpoint, protocol=protocol, login=login, digest=digest, timeout=timeout)
    write(_told(loaded), None)


def _password() -> str:
    told = os.environ.get(PASSWORD)
    return told if told is not None else str(typer.prompt("Password", hide_input=True, err=True))


def _told(loaded: dict[URIRef, int]) -> str:
    lines = [f"{triples:>9,}  {name}\n" for name, triples in loaded.items()]
    return "".join([*lines, f"{sum(loaded.values()):>9,}  triples in {len(loaded)} graphs\n"])
