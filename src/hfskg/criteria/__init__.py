"""Criteria sets: published rules, three-valued verdicts on the patients of a document.

The engine knows operators, comparisons and time; the sets themselves are individuals of the ontology.
"""

from __future__ import annotations

from hfskg.criteria.assessment import Reading, assess

__all__ = ["Reading", "assess"]
