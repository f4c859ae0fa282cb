"""The hierarchy inferred without a reasoner, against small examples and against HermiT."""

from __future__ import annotations

import time
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from hfskg.inference import materialise
from hfskg.namespaces import HFS, RDFS
from hfskg.vocabulary import load_ontology
from owl_reasoner import Classification
from support import packaged_vocabulary

EX = "http://example.org/"
PREFIXES = f"""
    @prefix : <{EX}> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def some(on: str, filler: str) -> str:
    return f"[ a owl:Restriction ; owl:onProperty :{on} ; owl:someValuesFrom {filler} ]"


def both(*parts: str) -> str:
    return f"[ a owl:Class ; owl:intersectionOf ( {' '.join(parts)} ) ]"


def either(*parts: str) -> str:
    return f"[ a owl:Class ; owl:unionOf ( {' '.join(parts)} ) ]"


def inferred(turtle: str) -> set[tuple[str, str]]:
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    pairs = (materialise(graph) - graph).subject_objects(RDFS.subClassOf)
    return {(str(child).removeprefix(EX), str(parent).removeprefix(EX)) for child, parent in pairs}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return packaged_vocabulary().graph


@pytest.fixture(scope="module")
def inferred_ontology(ontology: Graph) -> Graph:
    return materialise(ontology)


class TestDefinitions:
    def test_own_restriction(self) -> None:
        turtle = f""":A rdfs:subClassOf :Drug , {some("hits", ":X")} .
            :D owl:equivalentClass {both(":Drug", some("hits", ":X"))} ."""
        assert inferred(turtle) == {("A", "D"), ("D", "Drug")}

    def test_inherited_restriction_is_filed_at_the_bearer_only(self) -> None:
        turtle = f""":B rdfs:subClassOf :A . :A rdfs:subClassOf :Drug , {some("hits", ":X")} .
            :D owl:equivalentClass {both(":Drug", some("hits", ":X"))} ."""
        assert inferred(turtle) == {("A", "D"), ("D", "Drug")}

    def test_value_below_the_one_asked_for(self) -> None:
        turtle = f""":X1 rdfs:subClassOf :X . :A rdfs:subClassOf {some("hits", ":X1")} .
            :D owl:equivalentClass {some("hits", ":X")} ."""
        assert inferred(turtle) == {("A", "D")}

    def test_value_above_the_one_asked_for_does_not_do(self) -> None:
        turtle = f""":X1 rdfs:subClassOf :X . :A rdfs:subClassOf {some("hits", ":X")} .
            :D owl:equivalentClass {some("hits", ":X1")} ."""
        assert inferred(turtle) == set()

    def test_one_conjunct_is_not_enough(self) -> None:
        turtle = (
            f":A rdfs:subClassOf {some('hits', ':X')} . :D owl:equivalentClass {both(':Drug', some('hits', ':X'))} ."
        )
        assert inferred(turtle) == {("D", "Drug")}

    def test_two_restrictions_of_different_classes(self) -> None:
        turtle = f""":A rdfs:subClassOf :B , {some("hits", ":X")} . :B rdfs:subClassOf {some("hits", ":Y")} .
            :D owl:equivalentClass {both(some("hits", ":X"), some("hits", ":Y"))} ."""
        assert inferred(turtle) == {("A", "D")}

    def test_union_of_values(self) -> None:
        turtle = f""":A rdfs:subClassOf {some("hits", ":Y")} . :B rdfs:subClassOf {some("hits", ":Z")} .
            :D owl:equivalentClass {some("hits", either(":X", ":Y"))} ."""
        assert inferred(turtle) == {("A", "D")}

    def test_told_union_of_values_falls_under_what_covers_all_its_parts(self) -> None:
        turtle = f""":X rdfs:subClassOf :Z . :Y rdfs:subClassOf :Z .
            :A rdfs:subClassOf {some("hits", either(":X", ":Y"))} .
            :D owl:equivalentClass {some("hits", ":Z")} . :E owl:equivalentClass {some("hits", ":X")} ."""
        assert inferred(turtle) == {("A", "D"), ("E", "D")}

    def test_narrower_definition_falls_under_wider_one(self) -> None:
        turtle = f""":Narrow owl:equivalentClass {both(":Drug", some("hits", ":X"))} .
            :Wide owl:equivalentClass {both(":Drug", some("hits", either(":X", ":Y")))} .
            :A rdfs:subClassOf :Drug , {some("hits", ":X")} ."""
        assert inferred(turtle) == {("A", "Narrow"), ("Narrow", "Wide"), ("Wide", "Drug")}

    def test_conclusions_feed_further_ones(self) -> None:
        turtle = f""":A rdfs:subClassOf {some("hits", ":X")} . :B rdfs:subClassOf {some("holds", ":A")} .
            :D owl:equivalentClass {some("hits", ":X")} . :E owl:equivalentClass {some("holds", ":D")} ."""
        assert inferred(turtle) == {("A", "D"), ("B", "E")}

    def test_nested_restriction(self) -> None:
        turtle = f""":A rdfs:subClassOf {some("holds", ":B")} . :B rdfs:subClassOf {some("hits", ":X")} .
            :D owl:equivalentClass {some("holds", some("hits", ":X"))} ."""
        assert inferred(turtle) == {("A", "D")}

    def test_equivalent_names_fall_under_each_other(self) -> None:
        assert inferred(":A owl:equivalentClass :B . :C rdfs:subClassOf :A .") == {("A", "B"), ("B", "A")}

    def test_equal_definitions_fall_under_each_other(self) -> None:
        turtle = f":D owl:equivalentClass {some('hits', ':X')} . :E owl:equivalentClass {some('hits', ':X')} ."
        assert inferred(turtle) == {("D", "E"), ("E", "D")}

    def test_any_value(self) -> None:
        turtle = f":A rdfs:subClassOf {some('hits', ':X')} . :D owl:equivalentClass {some('hits', 'owl:Thing')} ."
        assert inferred(turtle) == {("A", "D")}


class TestProperties:
    def test_subproperty(self) -> None:
        turtle = f""":blocks rdfs:subPropertyOf :hits . :A rdfs:subClassOf {some("blocks", ":X")} .
            :B rdfs:subClassOf {some("hits", ":X")} .
            :D owl:equivalentClass {some("hits", ":X")} . :E owl:equivalentClass {some("blocks", ":X")} ."""
        assert inferred(turtle) == {("A", "E"), ("E", "D"), ("B", "D")}

    @pytest.mark.parametrize("transitive", [True, False])
    def test_transitive_property(self, transitive: bool) -> None:
        turtle = f""":A rdfs:subClassOf {some("partOf", ":B")} . :B rdfs:subClassOf {some("partOf", ":C")} .
            :D owl:equivalentClass {some("partOf", ":C")} ."""
        declared = ":partOf a owl:TransitiveProperty ." if transitive else ""
        assert inferred(turtle + declared) == {("B", "D")} | ({("A", "D")} if transitive else set())


class TestWhatIsNotUnderstood:
    @pytest.mark.parametrize("construct", ["allValuesFrom :X", "hasValue :x", 'minCardinality "1"'])
    def test_supports_no_conclusion(self, construct: str) -> None:
        restriction = f"[ a owl:Restriction ; owl:onProperty :hits ; owl:{construct} ]"
        turtle = f":A rdfs:subClassOf {restriction} . :D owl:equivalentClass {restriction} ."
        assert inferred(turtle) == set()

    def test_complement_supports_no_conclusion(self) -> None:
        turtle = f":D owl:equivalentClass {both(':Drug', '[ owl:complementOf :X ]')} . :A rdfs:subClassOf :Drug ."
        assert inferred(turtle) == {("D", "Drug")}


def test_asserted_triples_stay_and_the_graph_given_is_unchanged() -> None:
    turtle = f""":A rdfs:subClassOf :Drug , {some("hits", ":X")} .
            :D owl:equivalentClass {both(":Drug", some("hits", ":X"))} ."""
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    before = set(graph)
    result = materialise(graph)
    assert set(graph) == before
    assert before < set(result)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12), st.sets(st.integers(0, 5), max_size=4))
def test_every_superclass_is_there_and_a_second_run_adds_nothing(
    edges: set[tuple[int, int]], bearers: set[int]
) -> None:
    told = " ".join(f":C{a} rdfs:subClassOf :C{b} ." for a, b in sorted(edges))
    told += " ".join(f":C{n} rdfs:subClassOf {some('hits', ':X')} ." for n in sorted(bearers))
    graph = Graph().parse(data=f"{PREFIXES}{told} :D owl:equivalentClass {some('hits', ':X')} .", format="turtle")
    result = materialise(graph)
    assert set(materialise(result)) == set(result)
    for n, bearer in product(range(6), bearers):
        if URIRef(f"{EX}C{bearer}") in graph.transitive_objects(URIRef(f"{EX}C{n}"), RDFS.subClassOf):
            assert URIRef(f"{EX}D") in result.transitive_objects(URIRef(f"{EX}C{n}"), RDFS.subClassOf)


class TestOntology:
    @pytest.mark.parametrize(
        ("drug", "group"),
        [
            ("Anakinra", "InterleukinOneInhibitor"),
            ("Canakinumab", "InterleukinOneInhibitor"),
            ("Rilonacept", "InterleukinOneInhibitor"),
            ("Tocilizumab", "Interleukin6PathwayInhibitor"),
            ("Siltuximab", "Interleukin6PathwayInhibitor"),
            ("Etanercept", "TNFInhibitor"),
            ("Ruxolitinib", "JAKInhibitor"),
            ("Emapalumab", "InterferonGammaInhibitor"),
            ("Cyclosporine", "CalcineurinInhibitor"),
            ("Abatacept", "TCellCostimulationBlocker"),
        ],
    )
    def test_drugs_are_filed_by_their_targets(self, inferred_ontology: Graph, drug: str, group: str) -> None:
        assert HFS[group] in inferred_ontology.transitive_objects(HFS[drug], RDFS.subClassOf)

    @pytest.mark.parametrize(
        ("drug", "group"),
        [("Thalidomide", "TNFInhibitor"), ("Dobutamine", "BetaBlocker"), ("Anakinra", "TNFInhibitor")],
    )
    def test_others_are_not(self, inferred_ontology: Graph, drug: str, group: str) -> None:
        assert HFS[group] not in inferred_ontology.transitive_objects(HFS[drug], RDFS.subClassOf)

    def test_a_drug_added_as_turtle_is_filed_too(self, tmp_path: Path) -> None:
        overlay = tmp_path / "own.ttl"
        overlay.write_text(f"""@prefix : <{HFS}> . {PREFIXES.splitlines()[2]} {PREFIXES.splitlines()[3]}
            :Newkinra a owl:Class ; rdfs:subClassOf :Drug , {some("hasTarget", ":Protein_IL1R1")} .""")
        result = materialise(load_ontology(overlays=[overlay]))
        assert HFS.InterleukinOneInhibitor in result.transitive_objects(HFS.Newkinra, RDFS.subClassOf)

    def test_it_is_quick(self, ontology: Graph) -> None:
        seconds = []
        for _ in range(3):
            start = time.process_time()
            materialise(ontology)
            seconds.append(time.process_time() - start)
        assert min(seconds) < 2

    @pytest.mark.slow
    def test_agrees_with_hermit_on_every_subsumption(self, inferred_ontology: Graph, hermit: Classification) -> None:
        above = hermit.above
        ours = {
            name: {str(a) for a in inferred_ontology.transitive_objects(URIRef(name), RDFS.subClassOf)}
            for name in above
        }
        named = {name: {a for a in found if a in above} for name, found in ours.items()}
        assert {n: set(above[n]) ^ named[n] for n in above if set(above[n]) != named[n]} == {}
