from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import hfskg as package
from hfskg import cli
from hfskg.cli import app, main
from hfskg.errors import ConformanceError, EndpointError, EvidenceError, HfskgError, InputError
from support import hfskg


def test_the_version_is_printed() -> None:
    done = hfskg("--version")
    assert (done.returncode, done.stdout) == (0, f"hfskg {package.__version__}\n")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_the_commands_and_the_exit_codes(option: str) -> None:
    result = CliRunner().invoke(app, [option], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    for command in ("build", "query", "validate", "export", "inspect"):
        assert f" {command} " in result.output
    assert "0 done, 1 the data do not conform, 2 wrong use or input" in result.output


@pytest.mark.parametrize("command", ["build", "query", "validate", "export", "inspect"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert f"hfskg {command} " in result.output.partition("Examples:")[2]


@pytest.mark.parametrize("arguments", [["conjure"], ["build"], ["build", "x.txt"], ["inspect", "--colour"]])
def test_wrong_use_leaves_with_2(arguments: list[str]) -> None:
    done = hfskg(*arguments)
    assert done.returncode == 2
    assert "Usage:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("The lamp is out.", "Change it."), 2),
        (EndpointError("The lamp is out.", "Change it."), 2),
        (HfskgError("The lamp is out.", "Change it."), 2),
        (EvidenceError("The lamp is out.", "Change it."), 1),
        (ConformanceError("The lamp is out.", "Change it."), 1),
    ],
)
def test_each_error_has_its_exit_code(
    error: HfskgError, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(prog_name: str) -> None:
        raise error

    monkeypatch.setattr(cli, "app", failing)
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == code
    assert capsys.readouterr().err == "hfskg: The lamp is out.\n       Change it.\n"


def test_the_command_line_is_quick_to_load() -> None:
    heavy = "{'pyshacl', 'pyoxigraph', 'hfskg.build', 'hfskg.reading', 'hfskg.store'}"
    code = f"import sys, hfskg.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
