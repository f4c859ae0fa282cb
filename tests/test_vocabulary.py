from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from hfskg.errors import VocabularyError
from hfskg.namespaces import HFS, ONTOLOGY
from hfskg.vocabulary import Abnormality, Kind, NameKind, Vocabulary, load_ontology, load_vocabulary
from support import packaged_vocabulary

PREFIXES = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix oboInOwl: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

ENTRY = """
<https://w3id.org/hfskg/ontology> a owl:Ontology ; owl:imports <https://w3id.org/hfskg/ontology/lamps> .
"""

LAMPS = """
<https://w3id.org/hfskg/ontology/lamps> a owl:Ontology .
hfs:Finding a owl:Class . hfs:Analyte a owl:Class . hfs:MedicalProcedure a owl:Class . hfs:BodySite a owl:Class .
hfs:ClaimRelation a owl:Class . hfs:Lantern a owl:Class ; rdfs:label "lantern"@en .

hfs:Glow a owl:Class ; rdfs:subClassOf hfs:Shine ; rdfs:label "glow"@en ;
    oboInOwl:hasExactSynonym "glimmer"@en , "gleam"@en ; skos:hiddenLabel "a glow seen"@en ; hfs:abbreviation "GLW"@en ;
    hfs:adjectivalForm "glowing"@en ; hfs:absenceTerm "dark"@en ; hfs:resolutionTerm "faded"@en ;
    hfs:abnormalityOf hfs:Glowin ; hfs:direction hfs:High .
hfs:Shine a owl:Class ; rdfs:subClassOf hfs:Finding ; rdfs:label "shine"@en .
hfs:Dimness a owl:Class ; rdfs:subClassOf hfs:Finding ; rdfs:label "dimness"@en ;
    hfs:abnormalityOf hfs:Glowin , hfs:LampTest ; hfs:direction hfs:Low ; hfs:readFromNormal true .
hfs:Glowin a owl:Class ; rdfs:subClassOf hfs:Analyte ; rdfs:label "glowin"@en .
hfs:LampTest a owl:Class ; rdfs:subClassOf hfs:MedicalProcedure ; rdfs:label "lamp test"@en .
hfs:AtticLampTest a owl:Class ; rdfs:subClassOf hfs:LampTest ; rdfs:label "attic lamp test"@en ;
    hfs:method hfs:LampTest ; hfs:site hfs:Attic .
hfs:Attic a owl:Class ; rdfs:subClassOf hfs:BodySite ; rdfs:label "attic"@en .
hfs:Lights a hfs:ClaimRelation ; rdfs:label "lights"@en .
"""

CATALOG = """<?xml version="1.0"?>
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
  <uri name="https://w3id.org/hfskg/ontology/lamps" uri="modules/lamps.ttl"/>
</catalog>
"""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The folder of a small ontology of lamps."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "hfs.ttl").write_text(PREFIXES + ENTRY, encoding="utf-8")
    (tmp_path / "modules" / "lamps.ttl").write_text(PREFIXES + LAMPS, encoding="utf-8")
    (tmp_path / "catalog-v001.xml").write_text(CATALOG, encoding="utf-8")
    return tmp_path


@pytest.fixture
def lamps(directory: Path) -> Vocabulary:
    return load_vocabulary(directory)


def iri(name: str) -> str:
    return str(HFS[name])


def test_classes_below_a_top_class_are_terms(lamps: Vocabulary) -> None:
    kinds = {term.label: term.kind for term in lamps.terms.values()}
    assert kinds == {
        "glow": Kind.FINDING,
        "shine": Kind.FINDING,
        "dimness": Kind.FINDING,
        "glowin": Kind.ANALYTE,
        "lamp test": Kind.PROCEDURE,
        "attic lamp test": Kind.PROCEDURE,
        "attic": Kind.BODY_SITE,
    }


def test_a_term_has_all_its_names_in_a_fixed_order(lamps: Vocabulary) -> None:
    assert [(name.text, name.kind) for name in lamps.terms[iri("Glow")].names] == [
        ("glow", NameKind.LABEL),
        ("gleam", NameKind.EXACT),
        ("glimmer", NameKind.EXACT),
        ("a glow seen", NameKind.HIDDEN),
        ("GLW", NameKind.ABBREVIATION),
        ("glowing", NameKind.ADJECTIVE),
        ("dark", NameKind.ABSENCE),
        ("faded", NameKind.RESOLUTION),
    ]


def test_a_term_refers_to_itself_by_iri_and_label(lamps: Vocabulary) -> None:
    ref = lamps.terms[iri("Attic")].ref
    assert (ref.iri, ref.label) == (iri("Attic"), "attic")


def test_relations_are_looked_up_by_local_name(lamps: Vocabulary) -> None:
    assert lamps.related(iri("Dimness"), "abnormalityOf") == [iri("Glowin"), iri("LampTest")]
    assert lamps.related(iri("Attic"), "abnormalityOf") == []


def test_abnormalities_are_looked_up_by_what_shows_them(lamps: Vocabulary) -> None:
    assert lamps.abnormalities[iri("Glowin")] == (
        Abnormality(iri("Dimness"), "Low", True),
        Abnormality(iri("Glow"), "High", False),
    )
    assert lamps.abnormalities[iri("LampTest")] == (Abnormality(iri("Dimness"), "Low", True),)
    assert lamps.shown_by == {iri("Dimness"): (iri("Glowin"),), iri("Glow"): (iri("Glowin"),)}


def test_general_term_and_site_give_the_special_term(lamps: Vocabulary) -> None:
    assert lamps.composed == {(iri("LampTest"), iri("Attic")): iri("AtticLampTest")}


def test_claim_relations_are_looked_up_by_label(lamps: Vocabulary) -> None:
    assert [(label, ref.iri) for label, ref in lamps.claim_relations.items()] == [("lights", iri("Lights"))]


def test_a_class_is_below_all_its_ancestors_and_itself(lamps: Vocabulary) -> None:
    assert lamps.is_a(iri("Glow"), iri("Finding"))
    assert lamps.is_a(iri("Glow"), iri("Glow"))
    assert not lamps.is_a(iri("Shine"), iri("Glow"))
    assert lamps.is_a("https://example.org/unknown", "https://example.org/unknown")


def test_a_circle_of_classes_does_not_hang(directory: Path) -> None:
    with (directory / "modules" / "lamps.ttl").open("a", encoding="utf-8") as file:
        file.write("hfs:Shine rdfs:subClassOf hfs:Glow .\n")
    assert load_vocabulary(directory).terms[iri("Glow")].kind is Kind.FINDING


def test_an_overlay_adds_terms_and_its_imports(directory: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "mine.ttl"
    overlay.write_text(
        f'{PREFIXES} hfs:Sparkle a owl:Class ; rdfs:subClassOf hfs:Glow ; rdfs:label "sparkle"@en .', encoding="utf-8"
    )
    assert load_vocabulary(directory, [overlay]).terms[iri("Sparkle")].kind is Kind.FINDING


def test_imports_are_loaded_by_the_catalog(directory: Path) -> None:
    assert (ONTOLOGY + "/lamps", None, None) in load_ontology(directory)


def test_a_term_without_label_is_refused(directory: Path) -> None:
    with (directory / "modules" / "lamps.ttl").open("a", encoding="utf-8") as file:
        file.write("hfs:Nameless a owl:Class ; rdfs:subClassOf hfs:Finding .\n")
    with pytest.raises(VocabularyError, match="Nameless has no rdfs:label"):
        load_vocabulary(directory)


def test_a_folder_without_catalog_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"There is no catalog-v001\.xml") as caught:
        load_ontology(tmp_path)
    assert str(tmp_path) in caught.value.what


def test_a_broken_catalog_is_named(directory: Path) -> None:
    (directory / "catalog-v001.xml").write_text("<catalog", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"catalog-v001\.xml"):
        load_ontology(directory)


def test_an_import_that_the_catalog_does_not_list_is_named(directory: Path) -> None:
    with (directory / "hfs.ttl").open("a", encoding="utf-8") as file:
        file.write("<https://w3id.org/hfskg/ontology> owl:imports <https://example.org/elsewhere> .\n")
    with pytest.raises(VocabularyError, match="imports https://example.org/elsewhere"):
        load_ontology(directory)


def test_a_missing_module_is_named(directory: Path) -> None:
    (directory / "modules" / "lamps.ttl").unlink()
    with pytest.raises(VocabularyError, match=r"lamps\.ttl does not exist"):
        load_ontology(directory)


@pytest.mark.parametrize("text", [b"hfs:Glow a", b"@prefix x: <", b"\xff\xfe"])
def test_a_module_that_is_not_turtle_is_named(directory: Path, text: bytes) -> None:
    (directory / "modules" / "lamps.ttl").write_bytes(text)
    with pytest.raises(VocabularyError, match=r"lamps\.ttl is not valid Turtle"):
        load_ontology(directory)


def test_the_packaged_ontology_has_terms_of_every_kind_that_is_read() -> None:
    found = {term.kind for term in packaged_vocabulary().terms.values()}
    assert found == set(Kind)


def test_what_criteria_compare_with_is_known_by_analyte_and_number() -> None:
    thresholds = packaged_vocabulary().thresholds
    assert (str(HFS.Ferritin), Decimal("500")) in thresholds
    assert (str(HFS.Triglycerides), Decimal("3.0")) in thresholds
    assert (str(HFS.Ferritin), Decimal("499")) not in thresholds
