"""Units: how documents print them, which an analyte may have, and the factors between them.

Units, their printed forms and all factors come from the ontology; this module only looks them up.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Context, Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.namespaces import HFS, RDF, RDFS
from hfskg.record import Quantity

__all__ = ["UnitTable"]

_SIGNS = str.maketrans(
    {"μ": "µ", "×": "x", "✕": "x", "∗": "*", "−": "-", "–": "-", "‐": "-", "‑": "-", "·": ".", "⋅": ".", "∙": "."}
)
_ROUNDED = Context(prec=10)
_AFTER_SLASH = re.compile(r"/([A-Za-z]{2,4})\b")


def _plain(letter: str) -> str:
    """Return how a character is compared: signs unified, superscripts as digits, blanks as nothing."""
    if letter.isspace():
        return ""
    if letter in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻":
        return unicodedata.normalize("NFKC", letter).translate(_SIGNS)
    return letter.translate(_SIGNS)


def _folded(text: str) -> str:
    return "".join(_plain(letter) for letter in text)


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)


class UnitTable:
    """The units of an ontology.

    Args:
        graph: The merged ontology.
    """

    def __init__(self, graph: Graph) -> None:
        self._root = _Node()
        self._labels: dict[str, str] = {}
        self._allowed: dict[str, set[str]] = defaultdict(set)
        self._factors: dict[str, list[tuple[str, Decimal, str]]] = defaultdict(list)
        self._standard = _values(graph, HFS.standardUnit)
        self._per_day = _values(graph, HFS.perDayUnit)
        self._unitless = {str(s) for s, flag in graph.subject_objects(HFS.mayLackUnit) if _literal(flag) is True}
        self._dose = {str(s) for s in graph.subjects(RDF.type, HFS.DoseUnit)}
        self._signed = {str(s) for s, least in graph.subject_objects(HFS.plausibleMinimum) if _is_below_zero(least)}
        self._whole = {str(s) for s, flag in graph.subject_objects(HFS.countsWholes) if _literal(flag) is True}
        self._laboratory = {str(s) for s in graph.subjects(RDF.type, HFS.LaboratoryUnit)}
        for analyte, unit in graph.subject_objects(HFS.allowedUnit):
            self._allowed[str(analyte)].add(str(unit))
        routes = set(graph.transitive_subjects(RDFS.subClassOf, HFS.Route))
        self._routes = {str(name).casefold() for route in routes for name in graph.objects(route, HFS.abbreviation)}
        forms = sorted((str(unit), str(form)) for unit, form in graph.subject_objects(HFS.printedForm))
        for printed, form in forms:
            self._add(form, printed)
        for named in self._labels_of(graph):
            self._add(self._labels[named], named)
        for conversion in sorted(graph.subjects(RDF.type, HFS.UnitConversion), key=str):
            self._read_conversion(graph, conversion)

    def _labels_of(self, graph: Graph) -> Iterator[str]:
        kinds = (HFS.Unit, HFS.LaboratoryUnit, HFS.DoseUnit, HFS.TimeUnit)
        for unit in sorted({s for kind in kinds for s in graph.subjects(RDF.type, kind)}, key=str):
            label = graph.value(unit, RDFS.label)
            if label is not None:
                self._labels[str(unit)] = str(label)
                if (unit, RDF.type, HFS.TimeUnit) not in graph:
                    yield str(unit)

    def _add(self, form: str, unit: str) -> None:
        node = self._root
        plain = _folded(form)
        for letter in plain.casefold():
            node = node.children.setdefault(letter, _Node())
        node.forms.setdefault(plain, unit)

    def _read_conversion(self, graph: Graph, conversion: Node) -> None:
        source, target = graph.value(conversion, HFS.fromUnit), graph.value(conversion, HFS.toUnit)
        factor = _literal(graph.value(conversion, HFS.multiplier))
        analytes = [str(a) for a in graph.objects(conversion, HFS.forAnalyte)] or [""]
        if source is not None and target is not None and factor is not None:
            for analyte in sorted(analytes):
                self._factors[str(source)].append((str(target), Decimal(str(factor)), analyte))

    def label(self, unit: str) -> str | None:
        """Return how a unit is printed by convention, such as ``mg/kg/day``."""
        return self._labels.get(unit)

    def labels(self, units: Iterable[str] | None = None) -> list[str]:
        """Return how units are printed by convention, sorted.

        Args:
            units: The units; all if left out.
        """
        chosen = self._labels if units is None else units
        return sorted(self._labels[unit] for unit in chosen if unit in self._labels)

    def prefix_match(self, text: str, start: int) -> tuple[str, int] | None:
        """Return the unit printed at an offset and the offset behind it, or None.

        The longest form wins; blanks inside it do not matter; a unit known only with other capitals is accepted.

        Args:
            text: The text.
            start: Offset of the unit's first character.
        """
        node, at, plain = self._root, start, ""
        best: tuple[str, int] | None = None
        while at < len(text):
            letter = _plain(text[at])
            at += 1
            if not letter:
                continue
            for part in letter.casefold():
                found = node.children.get(part)
                if found is None:
                    return best
                node = found
            plain += letter
            if node.forms and (_ends(text, at) or self._is_route(text, at)):
                best = node.forms.get(plain) or next(iter(node.forms.values())), at
        return best

    def _is_route(self, text: str, at: int) -> bool:
        """Tell whether a slash at an offset sets a route off from a dose ("500 mg/IV")."""
        word = _AFTER_SLASH.match(text, at)
        return word is not None and word[1].casefold() in self._routes

    def lookup(self, text: str) -> str | None:
        """Return the unit that a whole text prints, or None."""
        text = text.strip()
        match = self.prefix_match(text, 0) if text else None
        return match[0] if match and match[1] == len(text) else None

    def allows(self, analyte: str, unit: str) -> bool:
        """Tell whether values of an analyte may have a unit."""
        return unit in self._allowed.get(analyte, ())

    def allowed(self, analyte: str) -> list[str]:
        """Return the units that values of an analyte may have, sorted."""
        return sorted(self._allowed.get(analyte, ()))

    def unitless(self, analyte: str) -> bool:
        """Tell whether values of an analyte are printed without unit often enough to read them."""
        return analyte in self._unitless

    def signed(self, analyte: str) -> bool:
        """Tell whether values of an analyte may lie below zero."""
        return analyte in self._signed

    def counts_wholes(self, unit: str) -> bool:
        """Tell whether a unit counts whole things, of which there are no thousandths."""
        return unit in self._whole

    def is_laboratory(self, unit: str) -> bool:
        """Tell whether a unit is one of laboratory values, of whatever analyte."""
        return unit in self._laboratory

    def is_dose(self, unit: str) -> bool:
        """Tell whether a unit measures doses."""
        return unit in self._dose

    def standard(self, analyte: str, quantity: Quantity) -> Quantity | None:
        """Return a quantity in the standard unit of its analyte, or None where no factor leads there.

        Args:
            analyte: IRI of the analyte.
            quantity: The quantity as told.
        """
        target = self._standard.get(analyte)
        if quantity.unit is None or target is None:
            return None
        seen = {quantity.unit}
        pending = [(quantity.unit, quantity.value)]
        while pending:
            unit, value = pending.pop(0)
            if unit == target:
                return Quantity(value=value, unit=unit, unit_label=self.label(unit))
            for following, factor, only in self._factors.get(unit, ()):
                if following not in seen and only in ("", analyte):
                    seen.add(following)
                    pending.append((following, _tidy(value * factor)))
        return None

    def normalized_dose(self, dose: Quantity, per_day: Decimal | None) -> Quantity | None:
        """Return a dose per day, or None where the text does not tell how often a day it was given.

        Args:
            dose: The dose as told.
            per_day: Number of doses a day, if told.
        """
        if dose.unit is None:
            return None
        if dose.unit in self._per_day.values():
            return dose
        target = self._per_day.get(dose.unit)
        if target is None or per_day is None:
            return None
        return Quantity(value=_tidy(dose.value * per_day), unit=target, unit_label=self.label(target))


def _values(graph: Graph, relation: URIRef) -> dict[str, str]:
    return {str(s): str(o) for s, o in sorted(graph.subject_objects(relation))}


def _literal(node: Node | None) -> object:
    return node.toPython() if isinstance(node, Literal) else None


def _is_below_zero(node: Node) -> bool:
    value = _literal(node)
    return isinstance(value, (int, float, Decimal)) and value < 0


def _ends(text: str, at: int) -> bool:
    """Tell whether a unit may end before an offset: no word goes on there, and no divisor."""
    if at >= len(text):
        return True
    if text[at].isalnum():
        return False
    return not (text[at] == "/" and at + 1 < len(text) and text[at + 1].isalpha())


def _tidy(value: Decimal) -> Decimal:
    """Round to ten significant digits and print without exponent or trailing zeros."""
    rounded = _ROUNDED.plus(value).normalize()
    return rounded if rounded.as_tuple().exponent in range(-30, 1) else rounded.quantize(Decimal(1))
