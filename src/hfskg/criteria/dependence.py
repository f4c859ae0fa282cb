"""What answers to criteria hang on, so that what a case does not tell is not asked for at each time point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from rdflib import URIRef

from hfskg.criteria.facts import CaseFacts
from hfskg.criteria.model import Criterion, Exposure, LinearTerm, Persistence, Ratio, Statement, Threshold
from hfskg.namespaces import HFS

__all__ = ["Bearing", "Dependence", "abnormal_findings", "dependences", "with_superclasses"]

_NONE: frozenset[URIRef] = frozenset()


@dataclass(frozen=True, slots=True)
class Dependence:
    """What the answer to a criterion hangs on, and with it those to its parts.

    Attributes:
        analytes: The analytes whose values answer it.
        drugs: The drugs whose administrations answer it.
        terms: The findings and conditions whose statements answer it by their time.
        denied: Those, and all whose denial denies one of them.
        words: The findings and conditions whose statements count in the lenient reading only.
        words_denied: Those, and all whose denial denies one of them.
        assumed: The criteria in it that the lenient reading takes as not met where nothing is known.
    """

    analytes: frozenset[URIRef] = _NONE
    drugs: frozenset[URIRef] = _NONE
    terms: frozenset[URIRef] = _NONE
    denied: frozenset[URIRef] = _NONE
    words: frozenset[URIRef] = _NONE
    words_denied: frozenset[URIRef] = _NONE
    assumed: frozenset[URIRef] = _NONE


class Bearing:
    """Tells which criteria what is told of a case bears on.

    Args:
        facts: The case.
        dependences: What the answers to criteria hang on.
    """

    def __init__(self, facts: CaseFacts, dependences: Mapping[Criterion, Dependence]) -> None:
        self._facts = facts
        self._dependences = dependences
        self._timeless: dict[Criterion, bool] = {}
        self._plain: dict[Criterion, bool] = {}

    def timeless(self, criterion: Criterion) -> bool:
        """Tell whether the answer is the same at all time points: nothing dated or placed is told that answers it.

        Args:
            criterion: The criterion.
        """
        known = self._timeless.get(criterion)
        if known is None:
            on = self._dependences[criterion]
            unmeasured = self._facts.measured.isdisjoint(on.analytes)
            known = self._timeless[criterion] = unmeasured and self._untold(on.terms, on.denied, on.drugs)
        return known

    def plain(self, criterion: Criterion) -> bool:
        """Tell whether both readings answer alike: no words are told that count in the lenient one only.

        Args:
            criterion: The criterion.
        """
        known = self._plain.get(criterion)
        if known is None:
            on = self._dependences[criterion]
            known = self._plain[criterion] = not on.assumed and self._untold(on.words, on.words_denied, on.drugs)
        return known

    def _untold(self, terms: frozenset[URIRef], denied: frozenset[URIRef], drugs: frozenset[URIRef]) -> bool:
        facts = self._facts
        return (
            facts.affirmed.keys().isdisjoint(terms)
            and facts.denied.keys().isdisjoint(denied)
            and facts.drugs.keys().isdisjoint(drugs)
        )


def abnormal_findings(
    criterion: Threshold, abnormal: Mapping[tuple[URIRef, URIRef], tuple[URIRef, ...]]
) -> list[URIRef]:
    """Return the findings that too high and too low values of a threshold's analytes show.

    Args:
        criterion: The threshold.
        abnormal: The findings that an abnormal value of an analyte shows, by analyte and direction.
    """
    return [f for a in criterion.analytes for d in (HFS.High, HFS.Low) for f in abnormal.get((a, d), ())]


def with_superclasses(terms: Iterable[URIRef], ancestors: Mapping[URIRef, frozenset[URIRef]]) -> frozenset[URIRef]:
    """Return terms and all classes above them, whose denial denies them.

    Args:
        terms: The terms.
        ancestors: The superclasses of each class, itself included.
    """
    return frozenset(above for term in terms for above in ancestors.get(term, (term,)))


def dependences(
    criteria: Iterable[Criterion],
    ancestors: Mapping[URIRef, frozenset[URIRef]],
    abnormal: Mapping[tuple[URIRef, URIRef], tuple[URIRef, ...]],
) -> dict[Criterion, Dependence]:
    """Return what the answers to criteria, and to all that they are made of, hang on.

    Args:
        criteria: The criteria.
        ancestors: The superclasses of each class, itself included.
        abnormal: The findings that an abnormal value of an analyte shows, by analyte and direction.
    """
    table: dict[Criterion, Dependence] = {}

    def enter(criterion: Criterion) -> Dependence:
        if criterion not in table:
            own = _own(criterion, ancestors, abnormal)
            table[criterion] = _union((own, *(enter(part) for part in criterion.parts)))
        return table[criterion]

    for criterion in criteria:
        enter(criterion)
    return table


def _own(
    criterion: Criterion,
    ancestors: Mapping[URIRef, frozenset[URIRef]],
    abnormal: Mapping[tuple[URIRef, URIRef], tuple[URIRef, ...]],
) -> Dependence:
    """Return what the answer to a criterion hangs on but for its parts."""
    analytes: tuple[URIRef, ...] = ()
    drugs: tuple[URIRef, ...] = ()
    terms: list[URIRef] = []
    words = list(criterion.suggested_by)
    match criterion:
        case Statement():
            asked = (*criterion.terms, *criterion.implied_by, *criterion.denied_by_absence)
            if criterion.persistence is not Persistence.WHOLE_COURSE:
                terms += asked
            if not criterion.presence_suffices:
                words += asked
        case Threshold():
            analytes = criterion.analytes
            words += abnormal_findings(criterion, abnormal)
            terms += criterion.denied_by_absence
        case Ratio():
            analytes = criterion.numerator, criterion.denominator
        case LinearTerm():
            analytes = (criterion.analyte,)
        case Exposure():
            drugs = criterion.drugs
    terms += words
    return Dependence(
        frozenset(analytes),
        frozenset(drugs),
        frozenset(terms),
        with_superclasses(terms, ancestors),
        frozenset(words),
        with_superclasses(words, ancestors),
        frozenset({criterion.iri} if criterion.assumed_not_met else ()),
    )


def _union(parts: Iterable[Dependence]) -> Dependence:
    parts = tuple(parts)
    return Dependence(*(_NONE.union(*(getattr(part, one.name) for part in parts)) for one in fields(Dependence)))
