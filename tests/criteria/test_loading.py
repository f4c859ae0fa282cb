"""The criteria module of the ontology, and criteria that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from rdflib import Graph, URIRef

from casebook import HEAD
from criteria.helpers import MODULES, ontology
from hfskg.criteria.loading import load_criteria
from hfskg.criteria.model import Criterion, LinearTerm, Not, Score
from hfskg.errors import VocabularyError
from hfskg.namespaces import HFS, IAO, RDF, RDFS


@pytest.mark.parametrize(
    ("turtle", "told"),
    [
        ("", "hfskg/ontology#S has 0 values of"),
        ("hfs:S hfs:decidedBy hfs:C .", "has 0 kinds"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:AllOfCriterion .", "has 0 parts"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:NotCriterion ; hfs:part hfs:C .", "part of itself"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:StatementCriterion ; hfs:about hfs:D ; "
         "hfs:persistence hfs:Forever .", "unknown persistence Forever"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:StatementCriterion ; hfs:persistence hfs:OwnDay .",
         "what it is about"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:ThresholdCriterion ; hfs:about hfs:D ; "
         'hfs:limitComparator "over" .', "comparator 'over'"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:ThresholdCriterion ; hfs:about hfs:D ; "
         'hfs:limitComparator ">" .', "no hfs:limit"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:ThresholdCriterion ; hfs:about hfs:D ; "
         'hfs:limitComparator ">" ; hfs:limit hfs:L . hfs:L hfs:limitValue 5 .', "has no hfs:limitUnit"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:ThresholdCriterion ; hfs:about hfs:D ; "
         'hfs:limitComparator ">" ; hfs:limit hfs:L . hfs:L hfs:limitUnit hfs:U .', "lacks a number"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:ScoreCriterion .", "needs terms"),
        ("hfs:S hfs:decidedBy hfs:C . hfs:C a hfs:ScoreCriterion ; hfs:scoreTerm hfs:T ; hfs:logisticSlope 1.0 . "
         "hfs:T a hfs:LinearTerm ; hfs:about hfs:D ; hfs:limitUnit hfs:U ; hfs:weight 1.0 .", "half a logistic"),
    ],
)  # fmt: skip
def test_a_broken_set_is_told_by_its_name(turtle: str, told: str) -> None:
    with pytest.raises(VocabularyError, match=told):
        load_criteria(Graph().parse(data=f"{HEAD} hfs:S a hfs:CriteriaSet . {turtle}", format="turtle"))


@cache
def module() -> Graph:
    return Graph().parse(MODULES / "criteria.ttl")


def test_every_term_of_the_module_has_one_label_a_definition_and_its_source() -> None:
    terms = {s for s in module().subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(HFS)}
    incomplete = [
        term
        for term in sorted(terms)
        for relation in (RDFS.label, IAO["0000115"], IAO["0000119"])
        if len(list(module().objects(term, relation))) != 1
    ]
    assert len(terms) > 300
    assert incomplete == []


def test_every_individual_of_the_module_is_used() -> None:
    names = ("CriterionLimit", "PointsClass", "PointsTerm", "LinearTerm")
    kinds = [k for k in set(module().objects(None, RDF.type)) if str(k).endswith((*names, "Criterion"))]
    unused = {s for kind in kinds for s in module().subjects(RDF.type, kind) if (None, None, s) not in module()}
    assert unused == set()


def test_the_sets_are_known_by_the_names_that_queries_use() -> None:
    labels = {str(module().value(s, RDFS.label)) for s in module().subjects(RDF.type, HFS.CriteriaSet)}
    assert labels == {
        "Fautrel", "HLH-2004", "HLH-2004 clinical route", "HLH-2024", "HScore", "ILAR sJIA", "MAS in juvenile SLE",
        "MAS-2005", "MAS-2016", "MH score", "MS score", "PRINTO 2019", "Yamaguchi", "ferritin/ESR ratio",
        "ferritin > 500 µg/L", "ferritin > 684 µg/L", "ferritin ≥ 2000 µg/L", "ferritin > 10,000 µg/L",
    }  # fmt: skip


def test_no_label_of_an_item_holds_the_sign_that_separates_labels() -> None:
    labels = [str(label) for label in module().objects(None, RDFS.label)]
    assert [label for label in labels if "|" in label] == []


def polarities(criterion: Criterion, sign: int = 1) -> Iterator[tuple[URIRef, int]]:
    """Return each leaf with the sign in which the criterion grows with it."""
    if isinstance(criterion, Not):
        sign = -sign
    if isinstance(criterion, Score):
        for term in criterion.terms:
            weights = [term.weight] if isinstance(term, LinearTerm) else [c.points for c in term.classes]
            for part in term.parts or (term,):
                yield from polarities(part, sign if weights[0] > 0 else -sign)
    elif criterion.parts:
        for part in criterion.parts:
            yield from polarities(part, sign)
    else:
        yield criterion.iri, sign


def test_no_set_asks_for_a_fact_and_for_its_opposite_so_that_verdicts_are_exact() -> None:
    for one in load_criteria(ontology()).sets:
        signs = set(polarities(one.criterion))
        assert len({leaf for leaf, _ in signs}) == len(signs), one.name


@pytest.mark.slow
def test_every_term_that_a_criterion_asks_for_is_declared() -> None:
    merged = Graph()
    for path in sorted(MODULES.glob("*.ttl")):
        merged.parse(path)
    relations = [
        HFS[name]
        for name in (
            "about", "acceptsStatus", "acceptsZygosity", "deniedByAbsenceOf", "deniedByPresenceOf", "denominator",
            "denominatorUnit", "endedBy", "exceptFor", "impliedBy", "limitUnit", "numerator", "numeratorUnit",
            "persistence", "suggestedBy",
        )
    ]  # fmt: skip
    asked = {str(o).removeprefix(HFS) for relation in relations for o in module().objects(None, relation)}
    declared = {str(s).removeprefix(HFS) for s in merged.subjects(RDF.type)}
    assert sorted(asked - declared) == []
