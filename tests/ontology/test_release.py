from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from hfskg.canonical import canonical_triples
from hfskg.errors import OutputError, StoreError, VocabularyError
from hfskg.inference import materialise
from hfskg.namespaces import HFS, ONTOLOGY, OWL, RDF, RDFS
from hfskg.ontology import release
from hfskg.ontology.reasoners import Taxonomy
from hfskg.ontology.release import RELEASE_FILES, build_release, classified, merged, outdated, read_release
from hfskg.vocabulary import load_ontology
from owl_reasoner import Classification
from support import ROOT, Once, contents, hfskg, packaged_vocabulary

COMMITTED = ROOT / "ontology" / "release"
committed = pytest.mark.skipif(not COMMITTED.exists(), reason="no release has been built yet: ontology/release/ is not")

HEAD = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ENTRY = f"""{HEAD}
<https://w3id.org/hfskg/ontology> a owl:Ontology ; owl:versionIRI <https://w3id.org/hfskg/ontology/3.2.1> ;
    owl:imports <https://w3id.org/hfskg/ontology/lamps> .
"""
MODULE = f"""{HEAD}
<https://w3id.org/hfskg/ontology/lamps> a owl:Ontology ; rdfs:label "lamps" .
hfs:Lamp a owl:Class . hfs:Lantern a owl:Class ; rdfs:subClassOf hfs:Lamp . hfs:Light a owl:Class .
hfs:Torch a owl:Class ; rdfs:subClassOf hfs:Lantern , hfs:Lamp , [ a owl:Restriction ; owl:onProperty hfs:has ;
    owl:someValuesFrom hfs:Lamp ] .
"""
CATALOG = """<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<uri name="https://w3id.org/hfskg/ontology/lamps" uri="modules/lamps.ttl"/></catalog>"""
TAXONOMY = Taxonomy(
    {str(HFS.Torch): frozenset({str(HFS.Lantern)}), str(HFS.Lantern): frozenset({str(HFS.Lamp), str(HFS.Light)})},
    (frozenset({str(HFS.Lamp), str(HFS.Light)}),),
    frozenset(),
)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "ontology"
    (folder / "modules").mkdir(parents=True)
    (folder / "hfs.ttl").write_text(ENTRY, encoding="utf-8")
    (folder / "modules" / "lamps.ttl").write_text(MODULE, encoding="utf-8")
    (folder / "catalog-v001.xml").write_text(CATALOG, encoding="utf-8")
    return folder


@pytest.fixture
def built(sources: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The release of a small ontology, classified without a reasoner."""
    monkeypatch.setattr(release, "classify", lambda graph: TAXONOMY)
    build_release(directory=sources)
    return sources / "release"


class TestMerged:
    def test_only_the_head_of_the_entry_point_stays(self, sources: Path) -> None:
        graph = merged(load_ontology(sources))
        assert list(graph.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
        assert list(graph.triples((None, OWL.imports, None))) == []
        assert (URIRef(f"{ONTOLOGY}/lamps"), None, None) not in graph

    def test_it_has_a_version_of_its_own(self, sources: Path) -> None:
        assert str(merged(load_ontology(sources)).value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY}/3.2.1/release"

    def test_an_ontology_without_version_is_refused(self) -> None:
        with pytest.raises(VocabularyError, match="versionIRI"):
            merged(Graph())


class TestClassified:
    def test_direct_superclasses_take_the_place_of_those_told(self, sources: Path) -> None:
        graph = classified(load_ontology(sources), TAXONOMY)
        named = {o for o in graph.objects(HFS.Torch, RDFS.subClassOf) if isinstance(o, URIRef)}
        assert named == {HFS.Lantern}

    def test_restrictions_stay(self, sources: Path) -> None:
        graph = classified(load_ontology(sources), TAXONOMY)
        assert len(list(graph.objects(HFS.Torch, RDFS.subClassOf))) == 2
        assert list(graph.objects(None, OWL.someValuesFrom)) == [HFS.Lamp]

    def test_equivalence_is_told_once(self, sources: Path) -> None:
        graph = classified(load_ontology(sources), TAXONOMY)
        assert list(graph.subject_objects(OWL.equivalentClass)) == [(HFS.Lamp, HFS.Light)]
        assert len(classified(graph, TAXONOMY)) == len(graph)


class TestBuild:
    def test_it_writes_its_files_and_their_digests(self, built: Path) -> None:
        assert tuple(contents(built)) == RELEASE_FILES
        assert read_release(built).version == f"{ONTOLOGY}/3.2.1/release"
        assert outdated(built, built.parent) == []

    def test_both_files_say_the_same(self, built: Path) -> None:
        turtle, xml = Graph().parse(built / "hfs-full.ttl"), Graph().parse(built / "hfs.owl", format="xml")
        assert canonical_triples(turtle) == canonical_triples(xml)
        assert (HFS.Lantern, RDFS.subClassOf, HFS.Light) in turtle

    def test_again_gives_the_same_bytes(self, built: Path) -> None:
        former = contents(built)
        build_release(directory=built.parent)
        assert contents(built) == former

    def test_a_folder_with_other_files_is_not_touched(self, built: Path) -> None:
        (built / "letter.txt").write_text("Dear all,", encoding="utf-8")
        former = contents(built)
        with pytest.raises(OutputError, match=r"letter\.txt"):
            build_release(directory=built.parent)
        assert contents(built) == former

    def test_a_file_is_no_folder(self, sources: Path) -> None:
        with pytest.raises(OutputError, match="is a file"):
            build_release(sources / "hfs.ttl", sources)


class TestOutdated:
    def test_a_changed_source_is_named(self, built: Path) -> None:
        (built.parent / "hfs.ttl").write_text(f"{ENTRY}\n# more", encoding="utf-8")
        assert outdated(built, built.parent) == ["hfs.ttl"]

    def test_a_new_module_is_named(self, built: Path) -> None:
        (built.parent / "modules" / "more.ttl").touch()
        assert outdated(built, built.parent) == ["modules/more.ttl"]

    def test_a_changed_or_missing_release_file_is_named(self, built: Path) -> None:
        (built / "hfs.owl").write_text("<rdf/>", encoding="utf-8")
        (built / "hfs-full.ttl").unlink()
        assert outdated(built, built.parent) == ["hfs-full.ttl", "hfs.owl"]

    def test_no_release_is_an_error(self, sources: Path) -> None:
        with pytest.raises(StoreError, match="cannot be read"):
            outdated(sources / "release", sources)

    def test_a_damaged_record_is_an_error(self, built: Path) -> None:
        (built / "release.json").write_text("{}", encoding="utf-8")
        with pytest.raises(StoreError, match="is damaged"):
            read_release(built)


@committed
def test_the_committed_release_is_that_of_its_sources() -> None:
    assert outdated(COMMITTED, ROOT / "ontology") == []


@pytest.fixture(scope="module")
def real(once: Once) -> Path:
    """The release as the command builds it."""

    def build(out: Path) -> None:
        done = hfskg("ontology", "release", "--out", out)
        assert done.returncode == 0, done.stderr

    return once("release", build)


@pytest.fixture(scope="module")
def graph(real: Path) -> Graph:
    return Graph().parse(real / "hfs.owl", format="xml")


@pytest.mark.slow
class TestReal:
    @committed
    def test_the_committed_release_is_what_the_command_builds(self, real: Path) -> None:
        assert contents(real) == contents(COMMITTED)

    def test_another_process_gives_the_same_bytes(
        self, real: Path, hermit: Classification, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(release, "classify", lambda graph: hermit.taxonomy)
        build_release(tmp_path / "again")
        assert contents(tmp_path / "again") == contents(real)

    def test_every_class_has_a_label(self, graph: Graph) -> None:
        named = [s for s in graph.subjects(RDF.type, OWL.Class) if isinstance(s, URIRef)]
        assert [s for s in named if graph.value(s, RDFS.label) is None] == []

    def test_no_superclass_leads_to_another_of_the_same_class(self, graph: Graph) -> None:
        above = {s: {o for o in graph.objects(s, RDFS.subClassOf) if isinstance(o, URIRef)} for s in graph.subjects()}
        further: dict[object, set[URIRef]] = {}

        def closure(name: URIRef) -> set[URIRef]:
            if name not in further:
                further[name] = above.get(name, set()).union(*(closure(o) for o in above.get(name, ())))
            return further[name]

        redundant = [(s, o) for s, found in above.items() for o in found if any(o in closure(p) for p in found - {o})]
        assert redundant == []

    def test_it_says_all_that_the_package_infers(self, graph: Graph) -> None:
        inferred = materialise(packaged_vocabulary().graph) - packaged_vocabulary().graph
        lacking = [
            (s, o) for s, o in inferred.subject_objects() if o not in graph.transitive_objects(s, RDFS.subClassOf)
        ]
        assert lacking == []
