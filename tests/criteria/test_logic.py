"""Three-valued logic, intervals, and whole rules against the enumeration of all that is unknown."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from casebook import HEAD
from criteria.helpers import finding, graph_of, patient, read
from hfskg.criteria import assess
from hfskg.criteria.logic import Comparator, Interval, Truth, at_least, compare

truths = st.sampled_from(list(Truth))
LEAVES = 4
OPERATORS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}
SIGNS: tuple[Comparator, ...] = ("<", "<=", ">", ">=", "=")


@given(st.integers(0, 5), st.lists(truths, max_size=6))
def test_at_least_equals_the_count_over_all_completions(count: int, parts: list[Truth]) -> None:
    options = [(False, True) if part is Truth.UNKNOWN else (part is Truth.MET,) for part in parts]
    outcomes = {sum(completion) >= count for completion in product(*options)}
    assert at_least(count, len(parts), parts) == summary(outcomes)


def summary(outcomes: set[bool]) -> Truth:
    return Truth.UNKNOWN if len(outcomes) > 1 else Truth.MET if outcomes == {True} else Truth.NOT_MET


numbers = st.integers(0, 4).map(Decimal)


@given(numbers, numbers, st.booleans(), st.booleans(), numbers, st.sampled_from(SIGNS))
def test_the_comparison_of_an_interval_equals_that_of_its_numbers(
    one: Decimal, other: Decimal, lower_open: bool, upper_open: bool, limit: Decimal, comparator: Comparator
) -> None:
    lower, upper = sorted((one, other))
    if lower == upper:
        lower_open = upper_open = False
    steps = [lower + (upper - lower) * i / 8 for i in range(9)] + [
        limit,
        limit + Decimal("0.01"),
        limit - Decimal("0.01"),
    ]
    inside = [
        n
        for n in steps
        if (lower < n or (lower == n and not lower_open)) and (n < upper or (upper == n and not upper_open))
    ]
    outcomes = {bool(OPERATORS[comparator](n, limit)) for n in inside}
    assert compare(Interval(lower, upper, lower_open, upper_open), comparator, Interval(limit, limit)) == summary(
        outcomes
    )


Spec = tuple[str, object]


def renumbered(spec: Spec, counter: list[int]) -> Spec:
    """Give each leaf a number of its own."""
    kind, body = spec
    if kind == "leaf":
        counter[0] += 1
        return kind, counter[0] - 1
    assert isinstance(body, tuple)
    return kind, (body[0], [renumbered(part, counter) for part in body[1]])


def compounds(children: st.SearchStrategy[Spec], *, negation: bool) -> st.SearchStrategy[Spec]:
    parts = st.lists(children, min_size=1, max_size=3)
    kinds = [
        st.tuples(st.just("all"), st.tuples(st.just(0), parts)),
        st.tuples(st.just("any"), st.tuples(st.just(0), parts)),
        st.tuples(st.just("atleast"), st.tuples(st.integers(1, 3), parts)),
        st.tuples(st.just("score"), st.tuples(st.integers(1, 6), parts)),
        st.tuples(st.just("ladder"), st.tuples(st.integers(1, 5), parts)),
    ]
    if negation:
        kinds.append(st.tuples(st.just("not"), st.tuples(st.just(0), st.lists(children, min_size=1, max_size=1))))
    return st.one_of(kinds)


leaf: st.SearchStrategy[Spec] = st.tuples(st.just("leaf"), st.integers(0, LEAVES - 1))
once = st.recursive(leaf, lambda children: compounds(children, negation=True), max_leaves=7)
shared = st.recursive(leaf, lambda children: compounds(children, negation=False), max_leaves=10)


def holds(spec: Spec, facts: dict[int, bool]) -> bool:
    """The rule with everything known, without the engine."""
    kind, body = spec
    if kind == "leaf":
        assert isinstance(body, int)
        return facts[body]
    assert isinstance(body, tuple)
    number, parts = body[0], [holds(part, facts) for part in body[1]]
    points = sum(weight for weight, met in enumerate(parts, 1) if met)
    rungs = 5 if all(parts) else 2 if any(parts) else 0
    outcomes: dict[str, bool] = {
        "all": all(parts), "any": any(parts), "atleast": sum(parts) >= number, "not": not parts[0],
        "score": points >= number, "ladder": rungs >= number,
    }  # fmt: skip
    return outcomes[kind]


def turtle(spec: Spec, name: str) -> Iterator[str]:
    kind, body = spec
    if kind == "leaf":
        yield f"hfs:{name} a hfs:StatementCriterion ; hfs:about hfs:Sign{body} ; hfs:persistence hfs:OwnDay ."
        return
    assert isinstance(body, tuple)
    names = [f"{name}_{i}" for i in range(len(body[1]))]
    parts = " , ".join(f"hfs:{part}" for part in names)
    cut_off = f'hfs:limitComparator ">=" ; hfs:cutOff {body[0]}'
    if kind == "score":
        terms = " , ".join(f"hfs:{part}_Term" for part in names)
        yield f"hfs:{name} a hfs:ScoreCriterion ; hfs:scoreTerm {terms} ; {cut_off} ."
        for weight, part in enumerate(names, 1):
            yield f"hfs:{part}_Term a hfs:PointsTerm ; hfs:pointsClass hfs:{part}_Class ."
            yield f"hfs:{part}_Class hfs:points {weight} ; hfs:decidedBy hfs:{part} ."
    elif kind == "ladder":
        yield f"hfs:{name} a hfs:ScoreCriterion ; hfs:scoreTerm hfs:{name}_T ; {cut_off} ."
        yield f"hfs:{name}_T a hfs:PointsTerm ; hfs:pointsClass hfs:{name}_Low , hfs:{name}_High ."
        for rung, points, word in (("Low", 2, "Any"), ("High", 5, "All")):
            yield f"hfs:{name}_{rung} hfs:points {points} ; hfs:decidedBy hfs:{name}_{word} ."
            yield f"hfs:{name}_{word} a hfs:{word}OfCriterion ; hfs:part {parts} ."
    else:
        count = f"hfs:minimumCount {body[0]} ; " if kind == "atleast" else ""
        word = {"all": "AllOf", "any": "AnyOf", "atleast": "AtLeast", "not": "Not"}[kind]
        yield f"hfs:{name} a hfs:{word}Criterion ; {count}hfs:part {parts} ."
    for part, child in zip(names, body[1], strict=True):
        yield from turtle(child, part)


def check_against_enumeration(spec: Spec, told: list[Truth]) -> None:
    rule = "\n".join(["hfs:Any a hfs:CriteriaSet ; hfs:decidedBy hfs:Rule .", *turtle(spec, "Rule")])
    report = patient()
    report.lab("Ferritin", "1", day=0)
    for number, truth in enumerate(told):
        if truth is not Truth.UNKNOWN:
            finding(report, f"Sign{number}", "Present" if truth is Truth.MET else "Absent", day=0)
    result = assess(graph_of(report), Graph().parse(data=HEAD + rule, format="turtle"))
    options = [(False, True) if truth is Truth.UNKNOWN else (truth is Truth.MET,) for truth in told]
    outcomes = {holds(spec, dict(enumerate(completion))) for completion in product(*options)}
    words = {Truth.MET: "met", Truth.NOT_MET: "not_met", Truth.UNKNOWN: "undetermined"}
    assert read(result, "Any", "0").verdict == words[summary(outcomes)]


@given(once, st.data())
def test_a_rule_with_each_fact_once_is_exact(spec: Spec, data: st.DataObject) -> None:
    counter = [0]
    spec = renumbered(spec, counter)
    check_against_enumeration(spec, [data.draw(truths) for _ in range(counter[0])])


@given(shared, st.lists(truths, min_size=LEAVES, max_size=LEAVES))
def test_a_rule_that_grows_with_shared_facts_is_exact(spec: Spec, told: list[Truth]) -> None:
    check_against_enumeration(spec, told)
