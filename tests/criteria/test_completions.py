"""Every set of the ontology against an evaluator of its own that knows true and false only, over all completions.

A patient is drawn at random, some of whose values and findings the document tells. The engine has to answer what all
worlds say that agree with what is told: met if the rule holds in each, not met if in none, else undetermined. The
two-valued evaluator reads the definitions from the graph and shares no code with the engine.
"""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.term import Node

from casebook import Report
from criteria.helpers import MODULES, finding, graph_of, read
from hfskg.criteria import assess
from hfskg.namespaces import HFS, RDF

MOST_WORLDS = 600
STEP = Decimal("0.01")
ENORMOUS = Decimal(10) ** 9
AGES = (Decimal("0.05"), Decimal("1.5"), Decimal(11), Decimal(17))
HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
PREFERRED = (
    HFS.TenToTheNinePerLiter, HFS.NanogramPerMilliliter, HFS.MilligramPerDeciliter, HFS.GramPerDeciliter,
    HFS.UnitPerLiter, HFS.UnitPerMilliliter, HFS.DegreeCelsius, HFS.Percent, HFS.MillimeterPerHour,
)  # fmt: skip

World = Mapping[object, Any]


@cache
def definitions() -> Graph:
    """The criteria without any hierarchy of diseases and findings, so that each term stands for itself."""
    graph = Graph()
    for name in ("core", "units", "criteria"):
        graph.parse(MODULES / f"{name}.ttl")
    return graph


SETS = sorted(str(s).removeprefix(HFS) for s in definitions().subjects(RDF.type, HFS.CriteriaSet))


@cache
def many(subject: Node, relation: URIRef) -> list[Node]:
    return sorted(definitions().objects(subject, relation), key=str)


@cache
def one(subject: Node, relation: URIRef) -> Node:
    (value,) = many(subject, relation)
    return value


@cache
def number(subject: Node, relation: URIRef) -> Decimal:
    return Decimal(str(one(subject, relation)))


@cache
def is_a(subject: Node, kind: str) -> bool:
    return (subject, RDF.type, HFS[kind]) in definitions()


@cache
def parts(subject: Node) -> list[Node]:
    classes = [one(c, HFS.decidedBy) for c in many(subject, HFS.pointsClass)]
    return [*many(subject, HFS.part), *many(subject, HFS.scoreTerm), *classes]


def walk(subject: Node) -> Iterator[Node]:
    yield subject
    for part in parts(subject):
        yield from walk(part)


@cache
def limit_in(subject: Node, unit: Node) -> Decimal | None:
    found = [limit for limit in many(subject, HFS.limit) if (limit, HFS.limitUnit, unit) in definitions()]
    return number(found[0], HFS.limitValue) if found else None


@cache
def signs(subject: Node) -> tuple[Node, ...]:
    return tuple(many(subject, HFS.about))


def holds(subject: Node, world: World) -> bool:
    """Whether a criterion is met in a world where everything is known."""
    if is_a(subject, "AllOfCriterion"):
        return all(holds(part, world) for part in parts(subject))
    if is_a(subject, "AnyOfCriterion"):
        return any(holds(part, world) for part in parts(subject))
    if is_a(subject, "AtLeastCriterion"):
        return sum(holds(part, world) for part in parts(subject)) >= number(subject, HFS.minimumCount)
    if is_a(subject, "NotCriterion"):
        return not holds(parts(subject)[0], world)
    if is_a(subject, "ScoreCriterion"):
        total = sum((points(term, world) for term in many(subject, HFS.scoreTerm)), Decimal(0))
        return HOLDS[str(one(subject, HFS.limitComparator))](total, number(subject, HFS.cutOff))
    if is_a(subject, "StatementCriterion"):
        return bool(world[signs(subject)]) and bool(world.get(subject, True))
    if is_a(subject, "ThresholdCriterion"):
        comparator = HOLDS[str(one(subject, HFS.limitComparator))]
        limit = limit_in(subject, unit_of(one(subject, HFS.about)))
        return comparator(world[one(subject, HFS.about)], limit)
    if is_a(subject, "RatioCriterion"):
        above, below = world[one(subject, HFS.numerator)], world[one(subject, HFS.denominator)]
        limit = number(one(subject, HFS.limit), HFS.limitValue)
        return HOLDS[str(one(subject, HFS.limitComparator))](above, below * limit)
    if is_a(subject, "AgeCriterion"):
        return HOLDS[str(one(subject, HFS.limitComparator))](world["age"], limit_in(subject, HFS.Year))
    return bool(world[subject])


def points(term: Node, world: World) -> Decimal:
    if is_a(term, "LinearTerm"):
        value = world[one(term, HFS.about)]
        assert isinstance(value, Decimal)
        return value * number(term, HFS.weight)
    earned = [number(c, HFS.points) for c in many(term, HFS.pointsClass) if holds(one(c, HFS.decidedBy), world)]
    return max(earned, key=abs, default=Decimal(0))


@cache
def unit_of(analyte: Node) -> Node:
    """A unit in which every limit of an analyte was published."""
    thresholds = [t for t in definitions().subjects(HFS.about, analyte) if is_a(t, "ThresholdCriterion")]
    linear = [one(t, HFS.limitUnit) for t in definitions().subjects(HFS.about, analyte) if is_a(t, "LinearTerm")]
    ratios = [
        one(r, HFS[f"{side}Unit"]) for side in ("numerator", "denominator")
        for r in definitions().subjects(HFS[side], analyte)
    ]  # fmt: skip
    for unit in PREFERRED:
        if all(limit_in(t, unit) is not None for t in thresholds) and {*linear, *ratios} <= {unit}:
            return unit
    raise AssertionError(f"no unit for {analyte}")


@dataclass
class Unknowns:
    """What a set asks for: for each fact, the values that make a difference."""

    values: dict[object, list[object]] = field(default_factory=dict)

    @classmethod
    def of(cls, rule: Node) -> Unknowns:
        found: dict[object, set[object]] = {}
        analytes: dict[Node, set[Decimal]] = {}
        for criterion in walk(rule):
            if is_a(criterion, "StatementCriterion"):
                found[signs(criterion)] = {True, False}
                if (criterion, HFS.presenceInsufficient, None) in definitions():
                    found[criterion] = {True, False}
            elif is_a(criterion, "ThresholdCriterion"):
                limit = limit_in(criterion, unit_of(one(criterion, HFS.about)))
                assert limit is not None
                analytes.setdefault(one(criterion, HFS.about), set()).update({limit - STEP, limit, limit + STEP})
            elif is_a(criterion, "LinearTerm"):
                analytes.setdefault(one(criterion, HFS.about), set()).update({Decimal(0), ENORMOUS})
            elif is_a(criterion, "AgeCriterion"):
                found["age"] = set(AGES)
            elif is_a(criterion, "ExposureCriterion") or is_a(criterion, "GeneticCriterion"):
                found[criterion] = {True, False}
        for criterion in walk(rule):
            if is_a(criterion, "RatioCriterion"):
                below = analytes.setdefault(one(criterion, HFS.denominator), {Decimal(10)})
                limit = number(one(criterion, HFS.limit), HFS.limitValue)
                more = {side for value in below for side in (value * limit - STEP, value * limit)}
                analytes.setdefault(one(criterion, HFS.numerator), set()).update(more)
        found.update({analyte: set(values) for analyte, values in analytes.items()})
        return cls({fact: sorted(values, key=str) for fact, values in found.items()})


def tied(rule: Node, fact: object) -> set[object]:
    """The facts that are told together: the two values of a ratio, of which one alone would bound the other."""
    ratios = [c for c in walk(rule) if is_a(c, "RatioCriterion")]
    sides = [{one(r, HFS.numerator), one(r, HFS.denominator)} for r in ratios]
    return {fact}.union(*(pair for pair in sides if fact in pair))


def tell(report: Report, fact: object, value: object) -> bool:
    """Write a fact into the report; tell whether that can be done."""
    if isinstance(fact, tuple):
        for sign in fact if value is False else fact[:1]:
            finding(report, str(sign).removeprefix(HFS), "Present" if value else "Absent", day=0)
        return True
    if isinstance(value, Decimal) and fact != "age":
        report.lab(str(fact).removeprefix(HFS), str(value), str(unit_of(URIRef(str(fact)))).removeprefix(HFS), day=0)
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
@settings(max_examples=10, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), share=st.floats(0, 1))
def test_a_set_says_what_all_completions_say(name: str, seed: int, share: float) -> None:
    chance = random.Random(seed)  # noqa: S311 - drawn by hypothesis, so that it is the same each time
    rule = one(HFS[name], HFS.decidedBy)
    unknown = Unknowns.of(rule).values
    report = Report("seed")
    age = chance.choice(AGES) if "age" in unknown and chance.random() < share else None
    report.patient(age="" if age is None else str(age))
    if age is not None:
        unknown["age"] = [age]
    report.lab("Creatinine", "1", day=0)
    told: set[object] = set()
    for fact in chance.sample(list(unknown), len(unknown)):
        worlds = prod(len(values) for values in unknown.values())
        if fact in told or (chance.random() > share and worlds <= MOST_WORLDS):
            continue
        for same in sorted(tied(rule, fact), key=str):
            value = chance.choice([value for value in unknown[same] if value != ENORMOUS])
            if same not in told and tell(report, same, value):
                unknown[same] = [value]
                told.add(same)
    facts = list(unknown)
    outcomes = {holds(rule, dict(zip(facts, world, strict=True))) for world in product(*unknown.values())}
    expected = "undetermined" if len(outcomes) > 1 else "met" if outcomes == {True} else "not_met"
    assert read(assess(graph_of(report), definitions()), name, "0").verdict == expected
