"""Background vocabularies: what stands behind the curated ontology.

A background vocabulary is a file of terms (OBO, OWL or SKOS) or the dictionary of an installed package. It gives names
of findings, diseases and drugs that the ontology does not have, with identifiers and superclasses.
"""

from __future__ import annotations

from hfskg.background.loading import read_terms
from hfskg.background.model import Background, BackgroundTerm, Grounding, ReadTerm, Source, Synonym
from hfskg.background.sources import find_source

__all__ = [
    "Background",
    "BackgroundTerm",
    "Grounding",
    "ReadTerm",
    "Source",
    "Synonym",
    "find_source",
    "read_terms",
]
