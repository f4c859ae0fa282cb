"""What a curator calls things, as terms and units of the ontology; what is unknown is told with suggestions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from functools import cached_property

from hfskg.curation.problems import did_you_mean
from hfskg.errors import CurationError
from hfskg.namespaces import HFS
from hfskg.record import Quantity, TermRef
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind, NameKind, Term, Vocabulary
from hfskg.wording import folded_name

__all__ = ["Lookup"]

_AMOUNT = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(\S.*)?")
_WORD_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Lookup:
    """Finds terms and units by what people call them.

    Args:
        vocabulary: The terms.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.units = UnitTable(vocabulary.graph)

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[Term, bool]]]:
        """The terms by their folded names, each with whether the name is its label."""
        table: dict[str, list[tuple[Term, bool]]] = defaultdict(list)
        for term in self.vocabulary.terms.values():
            for name in term.names:
                table[folded_name(name.text)].append((term, name.kind is NameKind.LABEL))
        return table

    def term(self, name: str, kinds: Collection[Kind]) -> TermRef:
        """Return the term of some kinds that a name means.

        Args:
            name: A label, a synonym, a CURIE such as ``hfs:Name``, or an IRI.
            kinds: The kinds that are possible.

        Raises:
            CurationError: There is none, or there are several.
        """
        criteria = self.vocabulary.criteria_sets.get(name)
        if not kinds and criteria is not None:
            return criteria
        wanted = _listed(sorted(_spaced(kind) for kind in kinds)) if kinds else "criteria set"
        iri = str(HFS) + name.removeprefix("hfs:") if name.startswith("hfs:") else name.strip("<>")
        named = self._by_name.get(folded_name(name), [])
        known = self.vocabulary.term(iri)
        found = [(known, True)] if known is not None else named
        fitting = {term.iri: term for term, _ in found if term.kind in kinds}
        labelled = {term.iri: term for term, is_label in found if term.kind in kinds and is_label}
        chosen = labelled or fitting
        if len(chosen) == 1:
            return next(iter(chosen.values())).ref
        if chosen:
            several = ", ".join(f"{term.label} (hfs:{term.iri.removeprefix(str(HFS))})" for term in chosen.values())
            raise CurationError(f"{name} means several terms: {several}.", "Give one of these.")
        if found:
            others = _listed(sorted({_spaced(term.kind) for term, _ in found}))
            raise CurationError(
                f"{name} is {others}, and what is named here is {wanted}.", "Give another term or kind."
            )
        names = {n.text for term in self.vocabulary.terms.values() if term.kind in kinds for n in term.names}
        hint = did_you_mean(name, names).strip() or "Give a label, a synonym, a CURIE or an IRI of the ontology."
        raise CurationError(f"The ontology has no term {name} that is {wanted}.", hint)

    def relation(self, name: str) -> TermRef:
        """Return the relation of claims that a label means.

        Raises:
            CurationError: There is none.
        """
        known = self.vocabulary.claim_relations
        if name not in known:
            what = f"The ontology has no relation {name}; it has {', '.join(sorted(known))}."
            raise CurationError(what, did_you_mean(name, known).strip())
        return known[name]

    def unit(self, text: str) -> str:
        """Return the IRI of the unit that is printed like a text.

        Raises:
            CurationError: There is none.
        """
        found = self.units.lookup(text)
        if found is None:
            hint = did_you_mean(text, self.units.labels()).strip() or "Give it as reports print it."
            raise CurationError(f"The ontology has no unit {text}.", hint)
        return found

    def measured(self, analyte: TermRef, value: Decimal, unit: str | None) -> Quantity:
        """Return a value of an analyte.

        Args:
            analyte: The analyte.
            value: The number.
            unit: The unit as printed, or None.

        Raises:
            CurationError: The unit is unknown or not one of the analyte's, or a unit is missing.
        """
        allowed = ", ".join(self.units.labels(self.units.allowed(analyte.iri)))
        if unit is None:
            if not self.units.unitless(analyte.iri):
                raise CurationError(f"A value of {analyte.label} needs its unit.", f"It may be {allowed}.")
            return Quantity(value=value)
        iri = self.unit(unit)
        if not self.units.allows(analyte.iri, iri):
            raise CurationError(f"{analyte.label} is not measured in {unit}.", f"It may be {allowed}.")
        return Quantity(value=value, unit=iri, unit_label=self.units.label(iri))

    def dose(self, text: str) -> Quantity:
        """Return a dose.

        Args:
            text: A number and its unit, with a blank between them.

        Raises:
            CurationError: It is no number with a unit of doses.
        """
        match = _AMOUNT.fullmatch(text)
        if not match or match[2] is None:
            raise CurationError(f"The dose {text} is no number with its unit.", "Give both, with a blank between them.")
        iri = self.unit(match[2])
        if not self.units.is_dose(iri):
            raise CurationError(f"{match[2]} is no unit of doses.", "Give the dose as the document does.")
        return Quantity(value=Decimal(match[1].replace(",", "")), unit=iri, unit_label=self.units.label(iri))


def _spaced(kind: Kind) -> str:
    return _WORD_BORDER.sub(" ", kind.value).lower()


def _listed(words: list[str]) -> str:
    """Return words as alternatives, each with its article."""
    return " or ".join(f"{'an' if word[0] in 'aeiou' else 'a'} {word}" for word in words)
