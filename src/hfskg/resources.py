"""Where the ontology, the shapes and the canned queries lie.

In a checkout they are the folders beside ``src``; an installed wheel carries copies of them as package data.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from hfskg.errors import InputError

__all__ = ["ontology_directory", "queries_directory", "shapes_directory"]


def ontology_directory() -> Path:
    """Return the folder with ``hfs.ttl``, its modules and the catalog.

    Raises:
        InputError: The installation is incomplete.

    Example:
        >>> ontology_directory().name
        'ontology'
    """
    return _directory("ontology")


def shapes_directory() -> Path:
    """Return the folder with the SHACL shapes.

    Raises:
        InputError: The installation is incomplete.
    """
    return _directory("shapes")


def queries_directory() -> Path:
    """Return the folder with the canned queries.

    Raises:
        InputError: The installation is incomplete.
    """
    return _directory("queries")


def _directory(name: str) -> Path:
    package = Path(str(files("hfskg")))
    for candidate in (package / "_data" / name, package.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise InputError(
        f"This installation of hfskg has no folder {name}: looked in {package / '_data'} and {package.parent.parent}.",
        "Install the wheel with pip (not unpacked by hand or zipped), or run from a complete checkout.",
    )
