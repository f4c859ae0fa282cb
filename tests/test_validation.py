"""The validator and its reports; what each shape objects to is tested in test_shapes."""

from __future__ import annotations

import time
from pathlib import Path

import pyshacl
import pytest
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from hfskg.errors import ConformanceError, InputError
from hfskg.export import to_turtle
from hfskg.graph import record_graph
from hfskg.namespaces import DATA, HFS, ONTOLOGY, OWL, QUDT, RDF, RDFS, XSD
from hfskg.validation import ValidationReport, Validator, load_shapes, ontology_slice
from samples import document, graphs, ontology, record

PREFIXES = """@prefix hfs: <https://w3id.org/hfskg/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shapes: <https://w3id.org/hfskg/shapes#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
TREATMENT = DATA["small-report/case/1/drug-administration/1"]
STANDARD = DATA["small-report/case/1/laboratory-measurement/1/standard-quantity"]


def graph() -> Graph:
    return record_graph(record(), document(), ontology())


def broken() -> Graph:
    """A dose below zero, and a laboratory value that nobody has."""
    g = graph()
    g.set((URIRef(f"{TREATMENT}/dose"), QUDT.numericValue, Literal("-2", datatype=XSD.decimal)))
    g.set((STANDARD, QUDT.numericValue, Literal("9999999", datatype=XSD.decimal)))
    return g


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator()


@pytest.fixture(scope="module")
def report(validator: Validator) -> ValidationReport:
    return validator.validate(broken(), ontology())


def custom(directory: Path, turtle: str) -> Path:
    (directory / "shapes.ttl").write_text(PREFIXES + turtle, encoding="utf-8")
    return directory


def test_a_good_graph_conforms(validator: Validator) -> None:
    report = validator.validate(graph(), ontology())
    assert report.conforms
    assert report.results == ()
    assert report.subject == DATA["small-report"]


def test_a_result_leads_back_to_the_text(report: ValidationReport) -> None:
    assert not report.conforms
    violation, warning = report.results
    assert violation.severity == "violation"
    assert violation.message == "A dose is greater than zero."
    assert violation.focus == TREATMENT
    assert violation.value == URIRef(f"{TREATMENT}/dose")
    assert violation.path == HFS.dose
    assert violation.case == "Patient 1"
    assert violation.statement is not None
    assert violation.statement.startswith("drug administration 9: ")
    assert violation.sentence is not None
    assert violation.sentence.startswith("She was given intravenous zilemab 2 mg/kg")
    assert warning.severity == "warning"
    assert warning.focus == DATA["small-report"]
    assert warning.value == DATA["small-report/case/1/laboratory-measurement/1"]
    assert warning.case == "Patient 1"


def test_the_report_for_curators(report: ValidationReport) -> None:
    text = report.to_text()
    assert text.startswith(
        "1 violation, 1 warning\n\nViolation: A dose is greater than zero.\n  case:      Patient 1\n"
    )
    assert "  value:     -2 mg/kg\n" in text
    assert "  read from: She was «given intravenous zilemab 2 mg/kg twice a day for 5 days» and improved." in text
    assert "laboratory measurement 5: analyte ferritin" in text
    assert text.endswith("#MeasurementPlausible>\n")


def test_warnings_alone_conform(validator: Validator) -> None:
    g = graph()
    g.set((STANDARD, QUDT.numericValue, Literal("9999999", datatype=XSD.decimal)))
    report = validator.validate(g, ontology())
    assert report.conforms
    assert report.summary() == "conforms, 1 warning"
    assert (None, SH.conforms, Literal(True)) in report.to_graph()


def test_the_report_as_a_graph(report: ValidationReport) -> None:
    g = report.to_graph()
    node = DATA["small-report/validation"]
    assert (node, RDF.type, SH.ValidationReport) in g
    assert (node, SH.conforms, Literal(False)) in g
    assert len(list(g.objects(node, SH.result))) == 2
    dose = g.value(None, SH.focusNode, TREATMENT)
    assert (dose, SH.resultSeverity, SH.Violation) in g
    assert (dose, SH.resultPath, HFS.dose) in g
    assert not any(isinstance(part, BNode) for triple in g for part in triple)


def test_two_reports_are_the_same_bytes(report: ValidationReport) -> None:
    again = Validator().validate(broken(), ontology())
    assert to_turtle(again.to_graph()) == to_turtle(report.to_graph())
    assert again.to_text() == report.to_text()
    assert again == report


def test_the_judge_agrees(report: ValidationReport) -> None:
    """The slice of the ontology, the cached queries and the spread targets change nothing."""
    everything = graph() + ontology()
    for triple in broken():
        everything.add(triple)
    for node in (STANDARD, URIRef(f"{TREATMENT}/dose")):
        everything.set((node, QUDT.numericValue, broken().value(node, QUDT.numericValue) or Literal("")))
    _, found, _ = pyshacl.validate(everything, shacl_graph=load_shapes(Path(__file__).parent.parent / "shapes"))
    assert isinstance(found, Graph)
    theirs = {(found.value(r, SH.focusNode), found.value(r, SH.sourceShape)) for r in found.objects(None, SH.result)}
    assert theirs == {(result.focus, result.shape) for result in report.results}


def test_validation_changes_no_graph(validator: Validator) -> None:
    g, before = graph(), graph()
    validator.validate(g, ontology())
    assert isomorphic(g, before)


def test_assessments_are_validated_along(validator: Validator) -> None:
    g = graph()
    for triple in graphs()[DATA["small-report/criteria"]]:
        g.add(triple)
    g.remove((None, HFS.verdict, None))
    (result,) = validator.validate(g, ontology()).results
    assert result.message.startswith("An assessment has exactly one verdict")
    assert result.case == "Patient 1"


def test_nothing_to_check_is_an_error(validator: Validator) -> None:
    with pytest.raises(ConformanceError, match="nothing to validate"):
        validator.validate(Graph(), ontology())
    with pytest.raises(ConformanceError, match="nothing to validate"):
        validator.validate_ontology(Graph())


def test_an_empty_ontology_leaves_every_term_unknown(validator: Validator) -> None:
    report = validator.validate(graph(), Graph())
    assert not report.conforms
    assert {str(r.shape).rpartition("#")[2] for r in report.results} >= {
        "ConditionTerm",
        "TermDeclared",
        "OutcomeValue",
    }


def test_the_report_of_an_ontology(validator: Validator) -> None:
    g = Graph()
    for triple in ontology():
        g.add(triple)
    g.remove((HFS.Rash, RDFS.label, None))
    report = validator.validate_ontology(g)
    assert report.subject == ONTOLOGY
    assert [result.focus for result in report.results] == [HFS.Rash]
    assert report.results[0].case is None
    assert report.to_text().startswith("1 violation\n\nViolation: A class has exactly one label, in English.\n")
    assert (URIRef(f"{ONTOLOGY}/validation"), SH.conforms, Literal(False)) in report.to_graph()


def test_an_anonymous_class_is_reported_as_the_term_it_belongs_to(validator: Validator) -> None:
    g = Graph()
    for triple in ontology():
        g.add(triple)
    g.set((g.value(None, OWL.onProperty, HFS.hasTarget) or HFS.none, OWL.someValuesFrom, HFS.Rash))
    (result,) = validator.validate_ontology(g).results
    assert (result.focus, result.value) == (HFS.Zilemab, None)
    assert "_:" not in result.to_text()


def test_a_slice_holds_what_is_above_the_terms() -> None:
    triples = set(ontology_slice(graph(), ontology()))
    assert (HFS.Zilemab, RDFS.subClassOf, HFS.Drug) in triples
    assert (HFS.Drug, RDFS.label, Literal("drug", lang="en")) in triples
    assert (HFS.Year, RDF.type, HFS.TimeUnit) in triples
    assert not any(isinstance(o, BNode) for _, _, o in triples)
    assert not any(s == HFS.Saltwater for s, _, _ in triples)


def test_shapes_of_ones_own(tmp_path: Path) -> None:
    shapes = custom(
        tmp_path,
        """shapes:Own a sh:NodeShape ; sh:targetClass hfs:Diagnosis ; sh:property [
            sh:path ( hfs:patient hfs:caseNumber ) ; sh:maxInclusive 1 ;
            sh:severity sh:Info ; sh:message "Late." ] .""",
    )
    report = Validator(shapes).validate(graph(), ontology())
    (result,) = report.results
    assert (result.severity, result.message, result.path) == ("info", "Late.", None)
    assert report.summary() == "conforms, 1 remark"


def test_shapes_that_refer_to_each_other(tmp_path: Path) -> None:
    shapes = custom(
        tmp_path,
        """shapes:A a sh:NodeShape ; sh:targetClass hfs:Diagnosis ; sh:property shapes:B .
        shapes:B a sh:PropertyShape ; sh:path hfs:patient ; sh:node shapes:C ; sh:message "b" .
        shapes:C a sh:NodeShape ; sh:property [ sh:path hfs:age ; sh:maxCount 0 ] .
        shapes:D a sh:NodeShape ; sh:deactivated true ; sh:targetClass hfs:Patient ;
            sh:property [ sh:path hfs:age ; sh:maxCount 0 ] .""",
    )
    report = Validator(shapes).validate(graph(), ontology())
    assert {result.message for result in report.results} == {"b"}
    assert len(report.results) == 3


@pytest.mark.parametrize(
    ("turtle", "told"),
    [
        ("", "holds no SHACL shapes"),
        ("nonsense", "is not valid Turtle"),
    ],
)
def test_a_folder_that_is_of_no_use(turtle: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told):
        Validator(custom(tmp_path, turtle))


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no SHACL shapes"):
        Validator(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "constraint",
    [
        'sh:sparql [ sh:select "SELECT $this WHERE { nonsense" ]',
        "sh:sparql [ sh:message 'no query' ]",
        'sh:sparql [ sh:select "SELECT $this WHERE { VALUES ?x { 1 } }" ]',
    ],
)
def test_a_broken_shape_is_named(constraint: str, tmp_path: Path) -> None:
    shapes = custom(tmp_path, f"shapes:Own a sh:NodeShape ; sh:targetClass hfs:Diagnosis ; {constraint} .")
    with pytest.raises(InputError):
        Validator(shapes).validate(graph(), ontology())


def test_shapes_for_documents_only_do_not_pass_an_ontology(tmp_path: Path) -> None:
    shapes = custom(tmp_path, "shapes:Own a sh:NodeShape ; sh:targetClass hfs:Diagnosis ; sh:closed true .")
    with pytest.raises(InputError, match="holds no SHACL shapes"):
        Validator(shapes).validate_ontology(ontology())


@pytest.mark.slow
def test_a_long_document_is_validated_in_a_moment(validator: Validator) -> None:
    case = record().cases[0]
    events = [event for _ in range(12) for event in case.events]
    numbered = tuple(event.model_copy(update={"order": n}) for n, event in enumerate(events, 1))
    made = record().model_copy(update={"cases": (case.model_copy(update={"events": numbered}),)})
    g = record_graph(made, document(), ontology())
    validator.validate(g, ontology())
    begin = time.process_time()
    assert validator.validate(g, ontology()).conforms
    assert time.process_time() - begin < 2
