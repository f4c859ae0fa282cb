"""What the subcommands share: messages to the user and output to a file, a pipe or the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hfskg.errors import HfskgError, OutputError

__all__ = ["OVERLAY_HELP", "VOCABULARY_HELP", "complain", "note", "write"]

VOCABULARY_HELP = (
    "A background vocabulary behind the ontology: an OBO, OWL or SKOS file, or hpo, drugs or diseases from an "
    "installed package; drug=FILE, disease=FILE or finding=FILE says what its terms are. May be given several times."
)
"""What the option --vocabulary takes."""

OVERLAY_HELP = "A Turtle file with terms of your own, merged into the ontology. May be given several times."
"""What the option --overlay takes."""


def note(text: str) -> None:
    """Tell the user something on standard error."""
    print(text, file=sys.stderr)


def complain(error: HfskgError) -> None:
    """Print an error and its cure on standard error."""
    note(f"hfskg: {error.what}")
    if error.cure:
        note(f"       {error.cure}")


def write(content: str | bytes, output: Path | None) -> None:
    """Write to a file, or to standard output if none is named; a closed pipe ends the command quietly.

    A file is replaced in one step, so that a command that fails leaves the former one as it was; a device or pipe
    is written to directly.

    Raises:
        OutputError: The file or standard output cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        _write_to_stdout(data)
        return
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(data)
        else:
            _replace(output.resolve(), data)
    except OSError as error:
        raise OutputError(
            f"{output} cannot be written: {_reason(error)}.", "Name a file in a writable folder."
        ) from error


def _replace(output: Path, data: bytes) -> None:
    partial = output.with_name(f".{output.name}.partial-{os.getpid()}")
    try:
        partial.write_bytes(data)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)


def _write_to_stdout(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # What the buffer still holds must go somewhere, or the interpreter complains when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise OutputError(f"Standard output cannot be written: {_reason(error)}.", "Free the place.") from error


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
