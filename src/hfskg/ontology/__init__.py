"""The ontology on its own: checked, browsed and documented.

:func:`open_ontology` loads it with its inferred hierarchy, :mod:`hfskg.ontology.checks` finds faults in it,
:mod:`hfskg.ontology.browsing` and :mod:`hfskg.ontology.cards` tell of its terms, and :mod:`hfskg.ontology.site` writes
its documentation.
"""

from __future__ import annotations

from hfskg.ontology.browsing import Node, find_term, tree
from hfskg.ontology.cards import Card, card
from hfskg.ontology.checks import Check, CheckReport, Fault, Profile, load_checks, load_profile, run_checks
from hfskg.ontology.loading import Ontology, open_ontology
from hfskg.ontology.site import write_site

__all__ = [
    "Card",
    "Check",
    "CheckReport",
    "Fault",
    "Node",
    "Ontology",
    "Profile",
    "card",
    "find_term",
    "load_checks",
    "load_profile",
    "open_ontology",
    "run_checks",
    "tree",
    "write_site",
]
