"""Background vocabularies behind the curated one, from file to graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from hfskg.background import Background, BackgroundTerm, find_source
from hfskg.background_graph import add_term
from hfskg.errors import VocabularyError
from hfskg.namespaces import DCTERMS, HFS, RDFS
from hfskg.pipeline import Pipeline
from hfskg.reading import BackgroundNames, Reader
from hfskg.record import Case, ClinicalFinding, Diagnosis, TermRef
from hfskg.vocabulary import Kind
from reading.helpers import document, record
from support import packaged_vocabulary

PURL = "http://purl.obolibrary.org/obo/"
OBO = """format-version: 1.2

[Term]
id: HP:0000118
name: Phenotypic abnormality

[Term]
id: HP:0001945
name: Fever

[Term]
id: HP:9000001
name: Lamp glow
synonym: "Attic glow" NARROW []
synonym: "Shining skin" BROAD []
is_a: HP:9000002 ! Shine

[Term]
id: HP:9000002
name: Shine of lamps
is_a: HP:0000118

[Term]
id: HP:9000003
name: Lantern heat
synonym: "LNT" EXACT []
synonym: "LNTH" EXACT []
synonym: "pain" EXACT []
synonym: "sepsis" EXACT []
is_a: HP:0001945
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vocabulary") / "lamps.obo"
    path.write_text(OBO.replace("name: Fever\n", "name: Fever\nis_a: HP:0000118\n"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def names(path: Path) -> BackgroundNames:
    return BackgroundNames([find_source(str(path))], packaged_vocabulary())


def read(text: str, names: BackgroundNames | None) -> Case:
    told = document(f"Case report\n\nA 9-year-old girl came. {text}\n")
    return Reader(packaged_vocabulary(), names).read(told).cases[0]


def found(text: str, names: BackgroundNames | None) -> list[tuple[str, str, str | None]]:
    events = read(text, names).events
    refs = [(e.finding, e.status) for e in events if isinstance(e, ClinicalFinding)]
    return [(ref.label, status, ref.grounding) for ref, status in refs]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("She had lamp glow.", [("Lamp glow", "present", "exact")], id="label"),
        pytest.param("She had no lamp glow.", [("Lamp glow", "absent", "exact")], id="context holds for it"),
        pytest.param("She had attic glow.", [("Lamp glow", "present", "broader")], id="narrow synonym"),
        pytest.param("She had shining skin.", [("Lamp glow", "present", "narrower")], id="broad synonym"),
        pytest.param("She had LNTH.", [("Lantern heat", "present", "exact")], id="abbreviation"),
        pytest.param("She had lnth.", [], id="abbreviation in lower case"),
        pytest.param("She had LNT.", [], id="too short"),
        pytest.param("She had fever.", [("fever", "present", None)], id="the ontology's own name"),
    ],
)
def test_findings(names: BackgroundNames, text: str, told: list[tuple[str, str, str | None]]) -> None:
    assert found(text, names) == told


def test_without_vocabulary_nothing_of_it_is_read() -> None:
    assert found("She had lamp glow.", None) == []


def test_curated_names_win(names: BackgroundNames) -> None:
    events = [e for e in read("She had sepsis.", names).events if isinstance(e, Diagnosis | ClinicalFinding)]
    assert [e.condition.vocabulary for e in events if isinstance(e, Diagnosis)] == [None]
    assert len(events) == 1


def test_a_mapped_term_is_read_as_the_curated_one(tmp_path: Path) -> None:
    path = tmp_path / "more.obo"
    path.write_text(OBO.replace("name: Fever\n", "name: Ember heat\nis_a: HP:0000118\n"), encoding="utf-8")
    own = BackgroundNames([find_source(str(path))], packaged_vocabulary())
    events = [e for e in read("She had ember heat.", own).events if isinstance(e, ClinicalFinding)]
    assert [(e.finding.label, e.finding.vocabulary, e.finding.grounding) for e in events] == [
        ("fever", "more", "exact")
    ]


def test_of_two_vocabularies_the_first_wins(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.obo"
    other.write_text("format-version: 1.2\n\n[Term]\nid: DOID:1\nname: Lamp glow\n", encoding="utf-8")
    first, second = find_source(str(path)), find_source(f"disease={other}")
    assert found("She had lamp glow.", BackgroundNames([first, second], packaged_vocabulary()))
    assert not found("She had lamp glow.", BackgroundNames([second, first], packaged_vocabulary()))


def test_a_file_that_vanished_is_named(path: Path, tmp_path: Path) -> None:
    source = find_source(str(path))
    gone = type(source)("gone", tmp_path / "gone.obo")
    with pytest.raises(VocabularyError, match=r"gone\.obo"):
        BackgroundNames([gone], packaged_vocabulary())


def test_terms_enter_the_graph_with_what_is_above_them(path: Path) -> None:
    pipeline = Pipeline(vocabularies=[find_source(str(path))])
    told = document("Case report\n\nA 9-year-old girl had attic glow and lantern heat.\n")
    graph = pipeline.graph(pipeline.extract(told), told)
    glow, heat = URIRef(f"{PURL}HP_9000001"), URIRef(f"{PURL}HP_9000003")
    assert set(graph.objects(glow, RDFS.subClassOf)) == {URIRef(f"{PURL}HP_9000002")}
    assert set(graph.objects(URIRef(f"{PURL}HP_9000002"), RDFS.subClassOf)) == {HFS.Finding}
    assert set(graph.objects(heat, RDFS.subClassOf)) == {HFS.Fever}
    assert (glow, DCTERMS.identifier, Literal("HP:9000001")) in graph
    assert (glow, RDFS.label, Literal("Lamp glow", lang="en")) in graph
    (event,) = graph.subjects(HFS.finding, glow)
    assert set(graph.objects(event, HFS.grounding)) == {HFS.BroaderGrounding}
    assert set(graph.objects(event, HFS.groundedBy)) == {Literal("lamps")}
    assert pipeline.validate(graph).conforms


def test_a_term_whose_vocabulary_is_not_at_hand_lies_below_the_range() -> None:
    ref = TermRef(iri="https://example.org/x", label="x", vocabulary="v", grounding="exact")
    graph = Graph()
    add_term(graph, ref, HFS.drug, Background())
    assert (URIRef("https://example.org/x"), RDFS.subClassOf, HFS.Drug) in graph


def test_a_circle_of_background_terms_does_not_hang() -> None:
    terms = {
        iri: BackgroundTerm(iri, iri, iri, Kind.DRUG, "v", (above,)) for iri, above in (("a:a", "a:b"), ("a:b", "a:a"))
    }
    assert [term.iri for term, _ in Background(terms).lineage("a:a")] == ["a:a", "a:b"]


def test_words_in_no_vocabulary_are_kept_with_all_their_places() -> None:
    read_ = record("Case report\n\nA 9-year-old girl was given Glowlimab. Later glowlimab was stopped for lampitis.\n")
    assert [(m.label, m.category, len(m.evidence)) for m in read_.ungrounded] == [
        ("glowlimab", "drug", 2),
        ("lampitis", "disease", 1),
    ]


def test_named_and_common_words_are_not_kept() -> None:
    read_ = record("Case report\n\nA 9-year-old girl had arthritis and the diagnosis was made.\n")
    assert read_.ungrounded == ()
