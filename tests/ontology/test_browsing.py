from __future__ import annotations

import pytest

from hfskg.errors import QueryError
from hfskg.namespaces import HFS
from hfskg.ontology import Ontology, card, find_term, tree
from support import packaged_ontology


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return packaged_ontology()


@pytest.mark.parametrize("name", ["anakinra", "Kineret", "hfs:Anakinra", str(HFS.Anakinra)])
def test_a_term_is_found_by_any_name(ontology: Ontology, name: str) -> None:
    assert find_term(name, ontology.store) == HFS.Anakinra


def test_a_class_of_this_ontology_comes_before_those_it_is_aligned_with(ontology: Ontology) -> None:
    assert find_term("disease", ontology.store) == HFS.Disease


@pytest.mark.parametrize(
    ("name", "message"), [("anakinre", "Did you mean anakinra"), ("hfs:Anakinraa", "hfs:Anakinra"), ("", "no class")]
)
def test_an_unknown_term_is_told_with_suggestions(ontology: Ontology, name: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_term(name, ontology.store)


def test_the_tree_holds_what_is_inferred(ontology: Ontology) -> None:
    nodes = {node.label: node.depth for node in tree(HFS.InterleukinOneInhibitor, ontology.store)}
    assert nodes["anakinra"] == 2
    assert nodes["interleukin-1 receptor antagonist"] == 1


def test_the_depth_is_limited_and_what_is_hidden_counted(ontology: Ontology) -> None:
    (node,) = tree(HFS.InterleukinOneInhibitor, ontology.store, depth=0)
    assert node.hidden == 6


def test_a_class_at_two_places_is_drawn_with_its_subclasses_once(ontology: Ontology) -> None:
    nodes = list(tree(HFS.Disease, ontology.store))
    repeated = {node.iri for node in nodes if node.repeated}
    assert repeated
    for iri in repeated:
        assert sum(node.iri == iri and not node.repeated for node in nodes) == 1


def test_a_card_tells_targets_with_identifiers(ontology: Ontology) -> None:
    told = card(HFS.Anakinra, ontology)
    assert told.names["brand names"] == ("Kineret",)
    assert [target.identifiers for target in told.targets] == [("uniprot:P14778", "hgnc:5993")]
    assert told.module == "drugs"
    assert ("interleukin-1 receptor antagonist") in dict((label, iri) for iri, label in told.parents)


def test_a_card_tells_a_definition_in_words(ontology: Ontology) -> None:
    (words,) = card(HFS.MacrophageActivationSyndrome, ontology).definitions
    assert words == "secondary hemophagocytic lymphohistiocytosis and complicates some rheumatic disease"
