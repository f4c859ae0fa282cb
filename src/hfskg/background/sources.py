"""Which file a user means by a vocabulary."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from hfskg.background.model import Source
from hfskg.errors import VocabularyError
from hfskg.vocabulary import Kind

__all__ = ["find_source", "table"]

KINDS = {"finding": Kind.FINDING, "disease": Kind.DISEASE, "drug": Kind.DRUG}


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table beside this module.

    Args:
        name: The file's name without ``.tsv``.
    """
    text = files("hfskg.background").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", restval=""))


def find_source(told: str) -> Source:
    """Return the vocabulary that a user names: a file, or a package that is installed.

    Args:
        told: A path, or a name such as ``hpo``; ``drug=``, ``disease=`` or ``finding=`` before it gives the kind of
            its terms.

    Raises:
        VocabularyError: There is no such file, or the package is not installed.
    """
    head, sign, rest = told.partition("=")
    kind = KINDS.get(head) if sign else None
    place = rest if kind else told
    packaged = next((row for row in table("packages") if row["name"] == place), None)
    if packaged is None or Path(place).exists():
        path = Path(place)
        if not path.is_file():
            known = ", ".join(row["name"] for row in table("packages"))
            what = f"There is no vocabulary {place}."
            raise VocabularyError(what, f"Name an OBO, OWL, Turtle or SKOS file, or one of {known}.")
        return Source(path.name.split(".")[0], path, kind)
    spec = find_spec(packaged["package"])
    if spec is None or spec.origin is None:
        what = f"The vocabulary {place} comes with the package {packaged['package']}, which is not installed."
        raise VocabularyError(what, f"pip install {packaged['package'].replace('_', '-')}, or name a file.")
    own = kind or (Kind(packaged["kind"]) if packaged["kind"] else None)
    return Source(place, Path(spec.origin).parent / packaged["file"], own)
