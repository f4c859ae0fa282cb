"""``hfskg ontology``: the ontology as a work of its own."""

from __future__ import annotations

import typer

from hfskg.cli import ontology_release

__all__ = ["register"]

HELP = "Look at the ontology, and make what is published of it."


def register(app: typer.Typer) -> None:
    """Add the group of commands to the command line."""
    group = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode="rich")
    ontology_release.register(group)
    app.add_typer(group, name="ontology")
