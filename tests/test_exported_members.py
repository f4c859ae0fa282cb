"""The public names of the package: what others may rely on changes only on purpose."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import hfskg

MODULES = sorted(
    name
    for _, name, _ in pkgutil.walk_packages(hfskg.__path__, "hfskg.")
    if name != "hfskg.__main__" and "._data" not in name
)


@pytest.fixture(params=["hfskg", *MODULES])
def module(request: pytest.FixtureRequest) -> ModuleType:
    return importlib.import_module(request.param)


def test_every_module_says_what_it_exports(module: ModuleType) -> None:
    assert sorted(set(module.__all__)) == sorted(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)


def test_everything_public_is_exported_and_documented(module: ModuleType) -> None:
    own = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == module.__name__
    }
    commands = {name for name in own if name in COMMANDS.get(module.__name__, ())}
    undocumented = [name for name in own if not inspect.getdoc(getattr(module, name))]
    assert own - commands <= set(module.__all__)
    assert undocumented == []
    assert inspect.getdoc(module)


COMMANDS = {f"hfskg.cli.{name}": {name} for name in ("build", "query", "validate", "export", "inspect")}
"""The functions that become subcommands; the module's ``register`` is what others call."""

PINNED: dict[str, set[str]] = {}


@pytest.mark.parametrize("name", sorted(PINNED))
def test_the_public_names_of_a_module_are_pinned(name: str) -> None:
    assert set(importlib.import_module(name).__all__) == PINNED[name]


def test_every_public_module_is_pinned() -> None:
    public = {name for name in MODULES if not name.startswith(("hfskg.cli.", "hfskg.reading."))}
    assert public == set(PINNED)
