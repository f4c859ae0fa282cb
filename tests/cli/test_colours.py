from __future__ import annotations

from io import StringIO

from rich.console import Console

from hfskg.cli.colours import print_view
from inspected import view


def printed(*, terminal: bool) -> str:
    out = StringIO()
    print_view(
        view(), Console(file=out, force_terminal=terminal, color_system="standard" if terminal else None, width=160)
    )
    return out.getvalue()


def test_readings_are_coloured_by_kind() -> None:
    told = printed(terminal=True)
    assert "\x1b[1;4;33mfever\x1b[0m" in told
    assert "\x1b[30;103mfoozumab\x1b[0m" in told
    assert "\x1b[1;7mPatient 1: \x1b[0m" in told


def test_a_legend_comes_first_and_the_gaps_last() -> None:
    told = printed(terminal=False)
    assert told.startswith("Finding, present 2   Finding, absent 1   Laboratory value 3   ")
    assert told.splitlines()[-1].startswith("  sentence")
    assert '<script>alert("no")</script>' in told
    assert "[hedged]" in told
