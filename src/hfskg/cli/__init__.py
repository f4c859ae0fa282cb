"""The command ``hfskg``: one module per subcommand, and the exit codes.

Exit codes: 0 done; 1 the data do not conform (a shape is violated, a quote does not stand in its source);
2 wrong use or input.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from hfskg.cli import ask, build, criteria, curate, export, inspect, load, mcp, ontology, query, reason, serve, validate
from hfskg.cli.console import complain
from hfskg.errors import ConformanceError, EvidenceError, HfskgError
from hfskg.version import __version__

__all__ = ["app", "main"]

app = typer.Typer(
    help="Read case reports of hyperferritinemic syndromes into a knowledge graph, and ask it questions.",
    epilog="Exit codes: 0 done, 1 the data do not conform, 2 wrong use or input.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (build, query, ask, serve, load, criteria, reason, validate, export, inspect, curate, mcp, ontology):
    module.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hfskg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line and leave with its exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        app(prog_name="hfskg")
    except (ConformanceError, EvidenceError) as error:
        complain(error)
        sys.exit(1)
    except HfskgError as error:
        complain(error)
        sys.exit(2)


def _terminate(number: int, frame: FrameType | None) -> None:
    """Leave as on Ctrl-C, so that half-written folders are removed."""
    sys.exit(128 + number)
