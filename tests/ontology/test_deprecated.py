"""The upgrade path: a deprecated term leads to what replaces it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hfskg.curation.lookup import Lookup
from hfskg.namespaces import HFS
from hfskg.ontology import Ontology, card, find_term, load_checks, load_profile, open_ontology, run_checks
from hfskg.terms import bound_term
from hfskg.vocabulary import Kind, Vocabulary, load_vocabulary
from ontology.little import DEPRECATED, write_overlay


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_overlay(tmp_path_factory.mktemp("overlay"), DEPRECATED)


@pytest.fixture(scope="module")
def vocabulary(overlay: Path) -> Vocabulary:
    return load_vocabulary(overlays=[overlay])


@pytest.fixture(scope="module")
def ontology(overlay: Path) -> Ontology:
    return open_ontology(overlays=[overlay])


def test_the_reader_knows_the_replacement_by_the_old_names(vocabulary: Vocabulary) -> None:
    names = {name.text for name in vocabulary.terms[str(HFS.Anakinra)].names}
    assert names >= {"anakinra", "old lantern drug", "older lantern drug", "Lanterix"}
    assert str(HFS.OldLantern) not in vocabulary.terms
    assert str(HFS.OlderLantern) not in vocabulary.terms


def test_a_deprecated_iri_leads_to_the_end_of_the_chain(vocabulary: Vocabulary) -> None:
    assert vocabulary.replacements[str(HFS.OldLantern)] == str(HFS.Anakinra)
    found = vocabulary.term(str(HFS.OldLantern))
    assert found is not None and found.label == "anakinra"


@pytest.mark.parametrize("name", ["hfs:OldLantern", "old lantern drug", "Lanterix"])
def test_curators_and_queries_may_still_give_the_old_term(
    name: str, vocabulary: Vocabulary, ontology: Ontology
) -> None:
    assert Lookup(vocabulary).term(name, {Kind.DRUG}).label == "anakinra"
    assert bound_term("drug", "term", name, ontology.store, below="hfs:Drug") == HFS.Anakinra
    assert find_term(name, ontology.store) == HFS.Anakinra


def test_the_card_says_what_replaces_it(ontology: Ontology) -> None:
    told = card(find_term("old lantern drug", ontology.store, follow=False), ontology)
    assert told.deprecated
    assert told.replaced_by == (str(HFS.OlderLantern), "older lantern drug")


def test_the_checks_are_content(ontology: Ontology) -> None:
    assert run_checks(ontology, load_checks(), load_profile()).table().rows == ()
