"""Values brought to a unit for which a limit was published."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from heapq import heappop, heappush

from rdflib import URIRef

__all__ = ["Converter"]


class Converter:
    """Finds the multiplier from a printed unit to one of several others.

    A unit that is among the targets itself is never converted. Otherwise the way with the fewest conversions
    that hold for one analyte only (their multipliers are rounded) is taken, then the shortest.

    Args:
        conversions: From a unit to others: target, multiplier and the analyte it holds for (None for all).
        ancestors: The superclasses of each class, itself included.
    """

    def __init__(
        self,
        conversions: Mapping[URIRef, tuple[tuple[URIRef, Decimal, URIRef | None], ...]],
        ancestors: Mapping[URIRef, frozenset[URIRef]],
    ) -> None:
        self._conversions = conversions
        self._ancestors = ancestors
        self._found: dict[tuple[URIRef, URIRef, frozenset[URIRef]], tuple[URIRef, Decimal] | None] = {}

    def multiplier(self, analyte: URIRef, unit: URIRef, targets: frozenset[URIRef]) -> tuple[URIRef, Decimal] | None:
        """Return the target reached and the multiplier that leads there, or None.

        Args:
            analyte: What was measured.
            unit: The unit of the value.
            targets: The units that will do.
        """
        key = analyte, unit, targets
        if key not in self._found:
            self._found[key] = self._search(analyte, unit, targets)
        return self._found[key]

    def _search(self, analyte: URIRef, unit: URIRef, targets: frozenset[URIRef]) -> tuple[URIRef, Decimal] | None:
        kinds = self._ancestors.get(analyte, frozenset({analyte}))
        pending: list[tuple[int, int, URIRef, Decimal]] = [(0, 0, unit, Decimal(1))]
        done: set[URIRef] = set()
        while pending:
            rounded, steps, here, factor = heappop(pending)
            if here in targets:
                return here, factor
            if here in done:
                continue
            done.add(here)
            for target, multiplier, only in self._conversions.get(here, ()):
                if target not in done and (only is None or only in kinds):
                    heappush(pending, (rounded + (only is not None), steps + 1, target, factor * multiplier))
        return None
