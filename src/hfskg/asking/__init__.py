"""Questions in words: which canned query answers one, and with which parameters.

No model is used, and the same question gives the same answer: the names of terms, numbers and units are found in the
question, and the queries are ranked by how like it their wordings are and how well they take what it names.
"""

from __future__ import annotations

from dataclasses import dataclass

from hfskg.asking.ranking import Ranking, Suggestion
from hfskg.asking.understanding import understand
from hfskg.queries import Catalogue
from hfskg.store import Store

__all__ = ["Answerable", "Suggestion", "find_query"]

LEAST = 0.4
"""The least score of a query that fits."""

OTHERS = 3
"""How many others are named."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """What a question asks.

    Attributes:
        best: The query that fits best; None if none does.
        others: Those that fit next best.
    """

    best: Suggestion | None
    others: tuple[Suggestion, ...]


def find_query(question: str, store: Store, catalogue: Catalogue) -> Answerable:
    """Return the query that answers a question, and the runners-up.

    Args:
        question: The question, in English.
        store: Where terms are looked up.
        catalogue: The queries.

    Raises:
        EndpointError: A remote endpoint fails.
    """
    understood = understand(question, store, catalogue)
    if not (understood.words or understood.mentions or understood.iris):
        return Answerable(None, ())
    ranked = Ranking(catalogue).rank(understood)
    fitting = [suggestion for suggestion in ranked if suggestion.score >= LEAST]
    best = fitting[0] if fitting and not fitting[0].missing else None
    others = fitting[1 : 1 + OTHERS] if best else [other for other in ranked[:OTHERS] if other.score > 0]
    return Answerable(best, tuple(others))
