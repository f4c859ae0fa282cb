"""HermiT's classification of the ontology, worked out once for all tests that compare with it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import owlready2

from hfskg.namespaces import OWL
from hfskg.ontology.reasoners import class_axioms
from support import packaged_vocabulary

__all__ = ["Classification", "classify"]


@dataclass(frozen=True)
class Classification:
    """What HermiT says of the ontology.

    Attributes:
        above: The named superclasses of each class, itself and its equivalents included.
        unsatisfiable: The classes that can have no member.
    """

    above: dict[str, frozenset[str]]
    unsatisfiable: frozenset[str]


@cache
def classify() -> Classification:
    """Classify the whole ontology with HermiT, which raises an error where it is inconsistent."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ontology.nt"
        class_axioms(packaged_vocabulary().graph).serialize(path, format="nt", encoding="utf-8")
        world = owlready2.World()
        ontology = world.get_ontology(path.as_uri()).load()
        with ontology:
            owlready2.sync_reasoner_hermit(world, debug=0)
        above = {
            c.iri: frozenset(a.iri for a in c.ancestors() if isinstance(a, owlready2.ThingClass)) - {str(OWL.Thing)}
            for c in world.classes()
        }
        return Classification(
            above, frozenset(c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing)
        )
