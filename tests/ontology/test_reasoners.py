from __future__ import annotations

import shutil

import pytest
from rdflib import Graph

from hfskg.errors import ConformanceError, ReasonerError
from hfskg.ontology import reasoners
from hfskg.ontology.reasoners import Reasoner, Taxonomy, classify
from owl_reasoner import Classification

EX = "http://example.org/"
STONES = """
@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:contains a owl:ObjectProperty .
:Silicon a owl:Class . :Stone a owl:Class . :Rock a owl:Class ; owl:equivalentClass :Stone .
:Quartz a owl:Class ; rdfs:subClassOf :Stone , [ a owl:Restriction ; owl:onProperty :contains ;
    owl:someValuesFrom :Silicon ] .
:Silicate a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :Stone
    [ a owl:Restriction ; owl:onProperty :contains ; owl:someValuesFrom :Silicon ] ) ] .
"""
IMPOSSIBLE = (
    f"{STONES} :Metal a owl:Class ; owl:disjointWith :Stone . :Ore a owl:Class ; rdfs:subClassOf :Metal, :Rock ."
)
LIMITS = {Reasoner.HERMIT: 20, Reasoner.PELLET: 60}
"""How many seconds of a processor a classification of the whole ontology may take, individuals included."""


def parse(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


def names(*local: str) -> frozenset[str]:
    return frozenset(f"{EX}{name}" for name in local)


class TestTaxonomy:
    def test_a_parent_stands_for_all_that_mean_the_same(self) -> None:
        taxonomy = Taxonomy.of([names("Stone", "Rock")], [(f"{EX}Quartz", f"{EX}Rock")])
        assert taxonomy.parents == {f"{EX}Quartz": names("Rock", "Stone")}
        assert taxonomy.equivalents == (names("Rock", "Stone"),)

    def test_equivalents_share_their_parents(self) -> None:
        taxonomy = Taxonomy.of([names("Stone", "Rock")], [(f"{EX}Rock", f"{EX}Matter")])
        assert taxonomy.parents == {f"{EX}Rock": names("Matter"), f"{EX}Stone": names("Matter")}

    def test_the_thing_above_all_is_left_out(self) -> None:
        assert Taxonomy.of([], [(f"{EX}Stone", "http://www.w3.org/2002/07/owl#Thing")]).parents == {}

    def test_what_is_equal_to_nothing_can_have_no_member(self) -> None:
        nothing = frozenset({"http://www.w3.org/2002/07/owl#Nothing"})
        taxonomy = Taxonomy.of([nothing | names("Ore")], [])
        assert taxonomy.unsatisfiable == names("Ore")
        assert taxonomy.equivalents == ()


class TestWithout:
    def test_java_is_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: None)
        with pytest.raises(ReasonerError, match="no Java") as caught:
            classify(Graph())
        assert "default-jre-headless" in caught.value.cure

    def test_the_extra_is_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: "java")
        monkeypatch.setattr(reasoners, "find_spec", lambda name: None)
        with pytest.raises(ReasonerError, match="owlready2") as caught:
            classify(Graph())
        assert "hfskg[ontology]" in caught.value.cure

    def test_a_program_that_fails_says_why(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: "false")
        with pytest.raises(ReasonerError, match="HermiT failed: it said nothing"):
            classify(Graph())


@pytest.mark.slow
@pytest.mark.parametrize("reasoner", list(Reasoner), ids=lambda reasoner: reasoner.name)
class TestReasoners:
    def test_a_definition_files_what_meets_it(self, reasoner: Reasoner) -> None:
        taxonomy = classify(parse(STONES), reasoner)
        assert taxonomy.parents == {f"{EX}Quartz": names("Silicate"), f"{EX}Silicate": names("Rock", "Stone")}
        assert taxonomy.equivalents == (names("Rock", "Stone"),)

    def test_a_class_without_possible_members_is_an_error(self, reasoner: Reasoner) -> None:
        with pytest.raises(ConformanceError, match=r"no member: http://example.org/Ore\."):
            classify(parse(IMPOSSIBLE), reasoner)

    def test_an_inconsistent_ontology_is_an_error(self, reasoner: Reasoner) -> None:
        with pytest.raises(ConformanceError, match="inconsistent"):
            classify(parse(f"{IMPOSSIBLE} :nugget a :Ore ."), reasoner)


@pytest.mark.slow
def test_the_ontology_is_classified_in_time(hermit: Classification, pellet: Classification) -> None:
    assert 0 < hermit.seconds < LIMITS[Reasoner.HERMIT]
    assert 0 < pellet.seconds < LIMITS[Reasoner.PELLET]


@pytest.mark.slow
def test_the_reasoners_agree_on_the_ontology(hermit: Classification, pellet: Classification) -> None:
    assert hermit.taxonomy.pairs ^ pellet.taxonomy.pairs == set()
    assert hermit.taxonomy == pellet.taxonomy
