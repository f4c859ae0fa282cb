"""What the subcommands share: messages to the user and output to a file, a pipe or the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hfskg.errors import HfskgError, OutputError

__all__ = ["complain", "note", "write"]


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

    Raises:
        OutputError: The file cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if output is not None:
        partial = output.with_name(f".{output.name}.partial-{os.getpid()}")
        try:
            partial.write_bytes(data)
            partial.replace(output)
        except OSError as error:
            partial.unlink(missing_ok=True)
            reason = error.strerror or str(error)
            raise OutputError(f"{output} cannot be written: {reason}.", "Name a file in a writable folder.") from error
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
