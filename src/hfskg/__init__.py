"""HFS-KG reads case reports of hyperferritinemic syndromes into a knowledge graph that researchers query.

    import hfskg

    graph = hfskg.open("build")
    rows = graph.query("treatments", drug="anakinra")

What stands in ``__all__`` is the public interface; it is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hfskg.version import __version__

if TYPE_CHECKING:
    from hfskg.api import KnowledgeGraph, Rows, assess_report, build_graph, open, read_report, validate_graph
    from hfskg.errors import HfskgError
    from hfskg.queries import load_catalogue

__all__ = [
    "HfskgError",
    "KnowledgeGraph",
    "Rows",
    "__version__",
    "assess_report",
    "build_graph",
    "load_catalogue",
    "open",
    "read_report",
    "validate_graph",
]

_HOMES = {"HfskgError": "hfskg.errors", "load_catalogue": "hfskg.queries"}
"""The modules of the names that do not come from :mod:`hfskg.api`."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "hfskg.api")), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
