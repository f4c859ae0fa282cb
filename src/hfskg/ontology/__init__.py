"""The ontology as a work of its own: its release and its mappings."""

from __future__ import annotations

__all__: list[str] = []
