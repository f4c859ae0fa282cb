"""Options that several subcommands have, with the same words in each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

__all__ = ["EndpointOption", "GraphOption", "OutputOption", "QueriesOption", "TimeoutOption"]

EndpointOption: TypeAlias = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", help="A SPARQL endpoint to ask instead of a folder.")
]
GraphOption: TypeAlias = Annotated[
    Path | None, typer.Option("--graph", "-g", metavar="DIR", help="The graph folder that a build wrote.")
]
OutputOption: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of the terminal.")
]
QueriesOption: TypeAlias = Annotated[
    Path | None, typer.Option("--queries", metavar="DIR", help="A folder with your own queries (*.rq).")
]
TimeoutOption: TypeAlias = Annotated[int, typer.Option("--timeout", min=1, help="Seconds to wait for an endpoint.")]
