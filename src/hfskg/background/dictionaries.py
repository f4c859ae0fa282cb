"""Reading the dictionaries that named-entity packages ship: plain data, packed by pickle and bzip2.

A pickle can run code when it is opened. These hold nothing but dictionaries, lists and strings, so they are opened by
an unpickler that knows no classes and no functions at all: anything else is refused.
"""

from __future__ import annotations

import bz2
import io
import pickle
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from hfskg.background.model import ReadTerm, Synonym
from hfskg.background.sources import table

__all__ = ["read_dictionary"]

_IDENTIFIERS = (
    ("drugbank_id", "https://identifiers.org/drugbank:", "DRUGBANK:"),
    ("mesh_id", "http://id.nlm.nih.gov/mesh/", "MESH:"),
)


class _Plain(pickle.Unpickler):
    """Opens plain data only."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"it holds {module}.{name}, not only plain data")


def read_dictionary(data: bytes) -> Iterator[ReadTerm]:
    """Yield the terms of a dictionary that have an open identifier.

    Args:
        data: The file's bytes.

    Raises:
        SyntaxError: It is no such dictionary.
    """
    try:
        tables = _Plain(io.BytesIO(bz2.decompress(data))).load()
        named = {key.split("_", 1)[1]: table for key, table in tables.items() if isinstance(table, dict)}
        names: dict[str, list[str]] = defaultdict(list)
        for variant, canonicals in named["variant_to_canonical"].items():
            for canonical in canonicals:
                names[canonical].append(variant)
        details = named["canonical_to_data"]
    except (pickle.UnpicklingError, OSError, EOFError, KeyError, AttributeError, IndexError, ValueError) as error:
        raise SyntaxError(f"it is no dictionary of names ({error})") from error
    branches = tuple(row["tree"] for row in table("trees"))
    for canonical in sorted(details):
        told = details[canonical]
        trees = told.get("mesh_tree", ())
        if trees and not any(str(tree).startswith(branches) for tree in trees):
            continue
        for field, base, prefix in _IDENTIFIERS:
            identifier = told.get(field)
            if identifier:
                label = str(told.get("name") or canonical)
                synonyms = tuple(Synonym(name, "exact") for name in sorted(names[canonical]) if name != label)
                yield ReadTerm(base + identifier, prefix + identifier, label, synonyms)
                break
