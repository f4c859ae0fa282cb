"""The ontology: files that open anywhere, terms that are complete, and what OWL 2 DL asks for."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from hfskg import __version__
from hfskg.namespaces import DCTERMS, HFS, IAO, OBOINOWL, ONTOLOGY, OWL, RDF, RDFS, SKOS, XSD
from hfskg.vocabulary import Kind, NameKind, Vocabulary
from owl_reasoner import Classification
from support import ROOT, packaged_vocabulary

ONTOLOGY_FOLDER = ROOT / "ontology"
MODULES = sorted((ONTOLOGY_FOLDER / "modules").glob("*.ttl"))
CATALOG = ONTOLOGY_FOLDER / "catalog-v001.xml"
TERMINOLOGY = ROOT.parent / "shared" / "terminology.csv"

LICENCE = URIRef("http://www.apache.org/licenses/LICENSE-2.0")
VANN = Namespace("http://purl.org/vocab/vann/")
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BUILT_IN = (str(OWL), str(RDF), str(RDFS))
DATATYPES = {XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.dateTime, XSD.anyURI, RDF.langString}
MAPPINGS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
DESCRIBING = (RDFS.label, IAO["0000115"], IAO["0000119"])
OBO = "http://purl.obolibrary.org/obo/"
REPRESENTED = {
    "1_disease",
    "1_disease_mesh",
    "1_disease_xref",
    "2_phenotype",
    "3_drug",
    "3_drug_class",
    "4_target_gene",
    "4_target_protein",
    "5_lab_analyte",
    "6_route",
}


@cache
def module(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return packaged_vocabulary()


@pytest.fixture(scope="module")
def ontology(vocabulary: Vocabulary) -> Graph:
    return vocabulary.graph


def own(graph: Graph) -> set[URIRef]:
    """Return the terms of ours that a graph declares."""
    return {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(str(HFS))}


def above(vocabulary: Vocabulary, term: URIRef) -> frozenset[str]:
    return vocabulary.ancestors.get(str(term), frozenset())


def catalog() -> dict[str, str]:
    entries = ElementTree.parse(CATALOG).iter("{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri")
    return {entry.attrib["name"]: entry.attrib["uri"] for entry in entries}


def restrictions(graph: Graph, term: Node) -> Iterator[Node]:
    """Yield the values of the targets that a class and its superclasses are said or defined to have."""
    for name in set(graph.transitive_objects(term, RDFS.subClassOf)) - {None}:
        for expression in (*graph.objects(name, RDFS.subClassOf), *graph.objects(name, OWL.equivalentClass)):
            parts = [expression, *(p for c in graph.objects(expression, OWL.intersectionOf) for p in graph.items(c))]
            for part in parts:
                if (part, OWL.onProperty, HFS.hasTarget) in graph:
                    yield from graph.objects(part, OWL.someValuesFrom)


class TestFiles:
    def test_catalog_lists_every_file_by_a_relative_path(self) -> None:
        paths = [*ONTOLOGY_FOLDER.glob("*.ttl"), *ONTOLOGY_FOLDER.glob("modules/**/*.ttl")]
        assert set(catalog().values()) == {path.relative_to(ONTOLOGY_FOLDER).as_posix() for path in paths}

    @pytest.mark.parametrize("name", sorted(catalog()))
    def test_a_file_is_the_ontology_that_the_catalog_says(self, name: str) -> None:
        graph = module(ONTOLOGY_FOLDER / catalog()[name])
        assert list(graph.subjects(RDF.type, OWL.Ontology)) == [URIRef(name)]

    def test_entry_point_imports_every_module(self) -> None:
        imported = set(module(ONTOLOGY_FOLDER / "hfs.ttl").objects(ONTOLOGY, OWL.imports))
        assert imported == {URIRef(name) for name in catalog()} - {ONTOLOGY}

    @pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
    def test_a_module_imports_the_modules_whose_terms_it_uses(self, path: Path) -> None:
        graph = module(path)
        imported = {str(o).rpartition("/")[2] for o in graph.objects(None, OWL.imports)}
        homes = {s: other.stem for other in MODULES for s in module(other).subjects(RDF.type) if isinstance(s, URIRef)}
        used = {homes[o] for o in graph.objects() if isinstance(o, URIRef) and o in homes} - {path.stem}
        if path.stem == "units":  # its conversions name analytes, whose module imports it
            used.remove("analytes")
        assert imported == used | ({"core"} - {path.stem})

    def test_the_imports_have_no_circle(self) -> None:
        imports = {p.stem: {str(o).rpartition("/")[2] for o in module(p).objects(None, OWL.imports)} for p in MODULES}
        while free := {name for name, wanted in imports.items() if not wanted & set(imports)}:
            imports = {name: wanted for name, wanted in imports.items() if name not in free}
        assert imports == {}

    @pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
    def test_a_module_has_title_description_and_licence(self, path: Path) -> None:
        graph = module(path)
        head = next(graph.subjects(RDF.type, OWL.Ontology))
        assert set(graph.predicates(head)) >= {DCTERMS.title, DCTERMS.description, DCTERMS.license}
        assert graph.value(head, DCTERMS.license) == LICENCE

    def test_the_entry_point_tells_its_version_and_who_made_it(self) -> None:
        head = {p: o for p, o in module(ONTOLOGY_FOLDER / "hfs.ttl").predicate_objects(ONTOLOGY) if p != OWL.imports}
        assert head.keys() >= {DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.created, DCTERMS.modified}
        assert head[DCTERMS.license] == LICENCE
        assert str(head[OWL.versionInfo]) == __version__
        assert head[OWL.versionIRI] == ONTOLOGY + f"/{__version__}"
        assert str(head[VANN.preferredNamespacePrefix]) == "hfs"
        assert str(head[VANN.preferredNamespaceUri]) == str(HFS)
        assert str(head[DCTERMS.created]) <= str(head[DCTERMS.modified])

    def test_no_term_is_declared_twice(self) -> None:
        places: dict[URIRef, list[str]] = defaultdict(list)
        for path in MODULES:
            for term in own(module(path)):
                places[term].append(path.stem)
        assert {term: found for term, found in places.items() if len(found) > 1} == {}

    @pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
    def test_one_block_a_term(self, path: Path) -> None:
        heads = re.findall(r"^(hfs:\S+) a ", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert sorted(heads) == sorted(set(heads))
        assert len(heads) == len(own(module(path)))


class TestTerms:
    def test_each_has_one_label_a_definition_and_its_source(self, ontology: Graph) -> None:
        lacking = {}
        for term in own(ontology) - set(ontology.subjects(RDF.type, HFS.UnitConversion)):
            counts = [len(list(ontology.objects(term, p))) for p in (RDFS.label, IAO["0000115"], IAO["0000119"])]
            if counts[0] != 1 or counts[1] != 1 or not counts[2]:
                lacking[str(term)] = counts
        assert lacking == {}

    def test_each_external_term_in_use_has_a_label(self, ontology: Graph) -> None:
        declared = {s for kind in (*PROPERTY_KINDS, OWL.Class) for s in ontology.subjects(RDF.type, kind)}
        named = {s for s in declared if isinstance(s, URIRef)}
        assert {s for s in named if ontology.value(s, RDFS.label) is None} == set()

    def test_nothing_refers_to_a_term_that_is_not_there(self, ontology: Graph) -> None:
        mentioned = {x for triple in ontology for x in triple if isinstance(x, URIRef) and x.startswith(str(HFS))}
        assert mentioned - own(ontology) == set()

    def test_names_carry_their_language(self, ontology: Graph) -> None:
        kinds = [URIRef(kind.value) for kind in NameKind if kind is not NameKind.LABEL]
        names = [value for kind in kinds for value in ontology.objects(None, kind)]
        assert [str(n) for n in names if not isinstance(n, Literal) or n.language != "en"] == []

    @pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
    def test_a_name_means_one_term_of_its_kind(self, vocabulary: Vocabulary, kind: Kind) -> None:
        owners: dict[str, set[str]] = defaultdict(set)
        for term in vocabulary.terms.values():
            if term.kind is kind:
                for name in term.names:
                    exact = name.kind is NameKind.ABBREVIATION or kind is Kind.GENE
                    owners[name.text if exact else name.text.casefold()].add(term.label)
        assert {name: found for name, found in owners.items() if len(found) > 1} == {}

    def test_every_kind_has_terms(self, vocabulary: Vocabulary) -> None:
        assert {term.kind for term in vocabulary.terms.values()} == set(Kind)

    def test_no_name_has_stray_blanks(self, vocabulary: Vocabulary) -> None:
        names = [name.text for term in vocabulary.terms.values() for name in term.names]
        assert [name for name in names if name != " ".join(name.split()) or not name] == []


class TestUpper:
    def test_outside_terms_are_above_ours_and_never_read(self, vocabulary: Vocabulary) -> None:
        outside = {s for s in vocabulary.graph.subjects(RDF.type, OWL.Class) if isinstance(s, URIRef)} - own(
            vocabulary.graph
        )
        assert len(outside) > 40
        assert {str(term) for term in outside} & vocabulary.terms.keys() == set()
        assert [term for term in outside if any(a.startswith(str(HFS)) for a in above(vocabulary, term))] == []

    def test_each_outside_term_has_a_definition_and_tells_where_it_was_read(self) -> None:
        graph = module(ONTOLOGY_FOLDER / "modules" / "upper.ttl")
        named = {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef)} - set(
            graph.subjects(RDF.type, OWL.Ontology)
        )
        counts = {str(s): [len(list(graph.objects(s, p))) for p in DESCRIBING] for s in named}
        assert {s: found for s, found in counts.items() if found[:2] != [1, 1] or not found[2]} == {}

    def test_each_term_that_is_aligned_with_is_described(self) -> None:
        graph = module(ONTOLOGY_FOLDER / "modules" / "upper.ttl")
        described = set(graph.subjects(RDFS.label))
        assert {o for p in (RDFS.subClassOf, *MAPPINGS) for o in graph.objects(None, p)} - described == set()

    @pytest.mark.parametrize(
        "kind",
        ["Patient", "PatientEvent", "LaboratoryMeasurement", "SourceDocument", "Evidence", "Drug", "MedicalProcedure"],
    )
    def test_each_kind_of_data_and_things_has_an_upper_class(self, vocabulary: Vocabulary, kind: str) -> None:
        assert f"{OBO}BFO_0000002" in above(vocabulary, HFS[kind]) or f"{OBO}BFO_0000003" in above(
            vocabulary, HFS[kind]
        )

    @pytest.mark.parametrize("kind", ["Analyte", "Diagnosis", "Disease", "DrugAdministration", "Finding"])
    def test_what_is_no_subclass_is_a_close_match(self, ontology: Graph, kind: str) -> None:
        assert list(ontology.objects(HFS[kind], SKOS.closeMatch))


class TestDrugs:
    def test_each_has_a_target_or_tells_why_not(self, vocabulary: Vocabulary) -> None:
        graph = vocabulary.graph
        lacking = [
            term.label
            for iri, term in vocabulary.terms.items()
            if term.kind is Kind.DRUG
            and graph.value(URIRef(iri), HFS.noTargetReason) is None
            and not any(restrictions(graph, URIRef(iri)))
        ]
        assert lacking == []

    def test_targets_are_proteins_with_their_accession(self, vocabulary: Vocabulary) -> None:
        graph = vocabulary.graph
        drugs = [URIRef(iri) for iri, term in vocabulary.terms.items() if term.kind is Kind.DRUG]
        targets = {t for drug in drugs for t in restrictions(graph, drug) if isinstance(t, URIRef)}
        assert targets
        for target in targets:
            assert vocabulary.is_a(str(target), str(HFS.Protein)), target
            assert any("uniprot" in str(o) for p in MAPPINGS for o in graph.objects(target, p)), target

    def test_routes_are_called_as_the_queries_call_them(self, vocabulary: Vocabulary) -> None:
        labels = {term.label for term in vocabulary.terms.values() if term.kind is Kind.ROUTE}
        assert labels >= {"intravenous", "subcutaneous", "oral", "intramuscular", "intrathecal", "inhaled", "topical"}

    def test_a_decoy_receptor_is_not_called_an_antibody(self, ontology: Graph) -> None:
        actions = {str(a) for a in ontology.objects(HFS.Etanercept, HFS.targetAction)}
        assert actions == {"decoy receptor of TNF"}
        assert HFS.MonoclonalAntibody not in ontology.transitive_objects(HFS.Etanercept, RDFS.subClassOf)


class TestTerminology:
    @pytest.mark.skipif(not TERMINOLOGY.is_file(), reason="the shared terminology is not beside this checkout")
    def test_every_verified_identifier_is_mapped(self, ontology: Graph) -> None:
        iris = {str(o) for p in (*MAPPINGS, OBOINOWL.hasDbXref) for o in ontology.objects(None, p)}
        known = {key for iri in iris for key in (re.split(r"[/#_:]", iri)[-1], iri.rsplit("/PS", 1)[-1])}
        with TERMINOLOGY.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["verified"] == "yes" and row["category"] in REPRESENTED]
        assert rows
        missing = {row["curie"]: row["preferred_label"] for row in rows if row["curie"].split(":")[1] not in known}
        assert missing == {}


class TestOwl:
    def test_every_property_in_use_is_declared(self, ontology: Graph) -> None:
        declared = {s for kind in PROPERTY_KINDS for s in ontology.subjects(RDF.type, kind)}
        used = {p for p in ontology.predicates() if not str(p).startswith(BUILT_IN)}
        assert used - declared == set()

    def test_no_property_is_of_two_kinds(self, ontology: Graph) -> None:
        kinds = [set(ontology.subjects(RDF.type, kind)) for kind in PROPERTY_KINDS]
        assert (kinds[0] & kinds[1]) | (kinds[0] & kinds[2]) | (kinds[1] & kinds[2]) == set()

    def test_object_properties_have_things_and_data_properties_have_values(self, ontology: Graph) -> None:
        links, data = (set(ontology.subjects(RDF.type, kind)) for kind in PROPERTY_KINDS[:2])
        assert [t for t in ontology if t[1] in links and isinstance(t[2], Literal)] == []
        assert [t for t in ontology if t[1] in data and not isinstance(t[2], Literal)] == []

    def test_restrictions_are_on_object_properties(self, ontology: Graph) -> None:
        links = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
        assert set(ontology.objects(None, OWL.onProperty)) <= links

    def test_literals_are_of_the_datatypes_of_owl(self, ontology: Graph) -> None:
        used = {o.datatype for o in ontology.objects() if isinstance(o, Literal) and o.datatype is not None}
        assert used <= DATATYPES

    def test_literals_are_well_formed(self, ontology: Graph) -> None:
        assert [o for o in ontology.objects() if isinstance(o, Literal) and o.ill_typed] == []

    def test_every_superclass_is_a_class(self, ontology: Graph) -> None:
        classes = set(ontology.subjects(RDF.type, OWL.Class)) | set(ontology.subjects(RDF.type, OWL.Restriction))
        assert set(ontology.objects(None, RDFS.subClassOf)) - classes == set()

    def test_no_value_is_on_two_of_the_closed_lists_or_a_class(self, ontology: Graph) -> None:
        lists = set(ontology.subjects(RDFS.subClassOf, HFS.Value))
        members = [value for of in lists for value in ontology.subjects(RDF.type, of)]
        assert len(members) == len(set(members)) > 30
        assert set(members) & set(ontology.subjects(RDF.type, OWL.Class)) == set()

    @pytest.mark.slow
    def test_hermit_files_every_class_and_finds_none_impossible(self, ontology: Graph, hermit: Classification) -> None:
        named = {s for s in ontology.subjects(RDF.type, OWL.Class) if isinstance(s, URIRef)}
        told = {str(s) for s in named if any(isinstance(o, URIRef) for o in ontology.objects(s, RDFS.subClassOf))}
        assert told <= hermit.above.keys() <= {str(s) for s in named}
        assert hermit.taxonomy.unsatisfiable == set()

    def test_no_definition_names_a_single_individual(self, ontology: Graph) -> None:
        """One would make reasoners carry all individuals through each test: minutes in place of seconds."""
        assert list(ontology.subject_objects(OWL.hasValue)) + list(ontology.subject_objects(OWL.oneOf)) == []
