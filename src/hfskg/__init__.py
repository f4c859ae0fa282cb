"""HFS-KG reads case reports of hyperferritinemic syndromes into a knowledge graph that researchers query."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
