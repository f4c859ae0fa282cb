"""Readings made of what a curator gives, and of what the reader had read where the curator leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from hfskg.curation.lookup import Lookup
from hfskg.curation.model import Fields, ReadingKind
from hfskg.curation.quoting import find_quote
from hfskg.curation.readings import TERM_FIELDS, TERM_KINDS
from hfskg.errors import CurationError
from hfskg.reading.document import Document
from hfskg.reading.regimens import doses_per_day
from hfskg.record import ATTRIBUTES, Attribute, Claim, Curation, Event, Evidence, PatientEvent, Quantity, TermRef, Time
from hfskg.vocabulary import Kind

__all__ = ["REQUIRED", "Maker"]

_EVENTS: Mapping[str, type[Event]] = {
    event.model_fields["kind"].default: event for event in get_args(get_args(PatientEvent)[0])
}

REQUIRED: Mapping[ReadingKind, tuple[str, ...]] = {
    "diagnosis": ("term", "status"),
    "clinical-finding": ("term", "status"),
    "laboratory-measurement": ("term", "value"),
    "drug-administration": ("term",),
    "procedure": ("term",),
    "adverse-event": ("term", "drug"),
    "genetic-finding": ("term", "status"),
    "encounter": ("encounter",),
    "treatment-response": ("response",),
    "criteria-statement": ("term", "verdict"),
    "outcome": ("outcome",),
    "age": ("value", "unit"),
    "sex": ("sex",),
    "weight": ("value", "unit"),
    "claim": ("term", "relation", "object"),
}
"""The fields without which a kind of reading says nothing."""

_AS_TOLD = ("time", "frequency", "duration", "variant")
_ELSEWHERE = frozenset({"term", "time", "day", "value", "unit", "dose", "route", "drug", "sex", "relation", "object"})


class Maker:
    """Makes the readings of one document.

    Args:
        lookup: Finds terms and units.
        document: The document, in which phrases must stand as told.
    """

    def __init__(self, lookup: Lookup, document: Document) -> None:
        self._lookup = lookup
        self._document = document

    def make(
        self,
        kind: ReadingKind,
        fields: Fields,
        evidence: tuple[Evidence, ...],
        curation: Curation,
        base: PatientEvent | Attribute | Claim | None = None,
    ) -> PatientEvent | Attribute | Claim:
        """Return a reading.

        Args:
            kind: Its kind.
            fields: What the curator gives; a field that is given as nothing is taken away.
            evidence: The words it rests on.
            curation: Who decided.
            base: What the reader had read.

        Raises:
            CurationError: A term or unit is unknown, a phrase is not in the document, or something needed is missing.
        """
        given = {name: getattr(fields, name) for name in fields.model_fields_set}
        for name in REQUIRED[kind]:
            if given.get(name, base) is None:
                raise CurationError(f"{name} is missing.", f"A reading of the kind {kind} needs it.")
        for name in _AS_TOLD:
            if given.get(name) is not None:
                find_quote(self._document, given[name])
                given[name] = " ".join(given[name].split())
        values: dict[str, Any] = {} if base is None else {name: getattr(base, name) for name in type(base).model_fields}
        values.update(evidence=evidence, curation=curation)
        self._terms(kind, given, values)
        for name in given.keys() - _ELSEWHERE:
            values.pop(name, None)
            if given[name] is not None:
                values[name] = given[name]
        if kind in ATTRIBUTES:
            return Attribute(**self._attribute(kind, given, values))
        if kind == "claim":
            return Claim(**values)
        self._time(given, values)
        if kind == "laboratory-measurement":
            self._measurement(given, values)
        if kind == "drug-administration":
            self._administration(given, values)
        return cast("PatientEvent", _EVENTS[kind](**{"order": 1, **values}))

    def _terms(self, kind: ReadingKind, given: Mapping[str, Any], values: dict[str, Any]) -> None:
        if "term" in given:
            term = given["term"]
            values[TERM_FIELDS[kind]] = None if term is None else self._lookup.term(term, TERM_KINDS[kind])
        for name, kinds in (
            ("route", (Kind.ROUTE,)),
            ("drug", TERM_KINDS["drug-administration"]),
            ("object", tuple(Kind)),
        ):
            if name in given:
                values[name] = None if given[name] is None else self._lookup.term(given[name], kinds)
        if given.get("relation") is not None:
            values["relation"] = self._lookup.relation(given["relation"])

    @staticmethod
    def _attribute(kind: ReadingKind, given: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
        if kind == "sex":
            return {**values, "value": given.get("sex", values.get("value"))}
        value = given.get("value")
        told = values.get("value") if value is None else f"{value:f}"
        return {**values, "value": told, "unit": given.get("unit", values.get("unit"))}

    @staticmethod
    def _time(given: Mapping[str, Any], values: dict[str, Any]) -> None:
        if not given.keys() & {"time", "day"}:
            return
        former = values.get("time") or Time()
        phrase = given.get("time", former.phrase)
        first, last = given.get("day", (former.earliest_day, former.latest_day)) or (None, None)
        if first is not None and last is not None and first > last:
            raise CurationError(f"The first day, {first}, is after the last, {last}.", "Give them in order.")
        time = Time(phrase=phrase, earliest_day=first, latest_day=last)
        values["time"] = None if time == Time() else time

    def _measurement(self, given: Mapping[str, Any], values: dict[str, Any]) -> None:
        if not given.keys() & {"term", "value", "unit"}:
            return
        former: Quantity | None = values.get("quantity")
        analyte: TermRef = values["analyte"]
        value = given["value"] if "value" in given or former is None else former.value
        unit = given.get("unit", former.unit_label if former is not None else None)
        values["quantity"] = self._lookup.measured(analyte, value, unit)
        values["standard_quantity"] = self._lookup.units.standard(analyte.iri, values["quantity"])

    def _administration(self, given: Mapping[str, Any], values: dict[str, Any]) -> None:
        if not given.keys() & {"dose", "frequency"}:
            return
        if "dose" in given:
            values["dose"] = None if given["dose"] is None else self._lookup.dose(given["dose"])
        dose, frequency = values.get("dose"), values.get("frequency")
        per_day = doses_per_day(frequency) if frequency else None
        values["normalized_dose"] = None if dose is None else self._lookup.units.normalized_dose(dose, per_day)
