"""What the reasoners find in the whole ontology, individuals included, worked out once for all tests."""

from __future__ import annotations

import json
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hfskg.ontology.reasoners import Reasoner, Taxonomy, classify
from support import packaged_vocabulary

__all__ = ["Classification", "load_classification", "write_classification"]


@dataclass(frozen=True)
class Classification:
    """What a reasoner finds.

    Attributes:
        taxonomy: The hierarchy.
        seconds: The processor time that it took, on which other programs of the machine have little bearing.
    """

    taxonomy: Taxonomy
    seconds: float

    @cached_property
    def above(self) -> Mapping[str, frozenset[str]]:
        """The named superclasses of each class below or above another, itself and its equivalents included."""
        parents = self.taxonomy.parents
        same = {name: group for group in self.taxonomy.equivalents for name in group}
        found: dict[str, frozenset[str]] = {}

        def above(name: str) -> frozenset[str]:
            if name not in found:
                found[name] = frozenset({name}) | same.get(name, frozenset())
                found[name] |= frozenset(a for parent in parents.get(name, ()) for a in above(parent))
            return found[name]

        return {name: above(name) for name in parents.keys() | same.keys() | set().union(*parents.values())}


def write_classification(path: Path, reasoner: Reasoner) -> None:
    """Classify the ontology and write what was found."""
    begin = _seconds()
    taxonomy = classify(packaged_vocabulary().graph, reasoner)
    told = {
        "parents": {name: sorted(found) for name, found in taxonomy.parents.items()},
        "equivalents": [sorted(group) for group in taxonomy.equivalents],
        "seconds": _seconds() - begin,
    }
    path.write_text(json.dumps(told), encoding="utf-8")


def load_classification(path: Path) -> Classification:
    """Read what was found; a class without possible members would have been an error."""
    told = json.loads(path.read_text(encoding="utf-8"))
    parents = {name: frozenset(found) for name, found in told["parents"].items()}
    equivalents = tuple(frozenset(group) for group in told["equivalents"])
    return Classification(Taxonomy(parents, equivalents, frozenset()), told["seconds"])


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
