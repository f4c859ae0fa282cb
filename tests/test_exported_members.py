"""The public names of the package: what others may rely on changes only on purpose."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import hfskg

MODULES = sorted(
    name
    for _, name, _ in pkgutil.walk_packages(hfskg.__path__, "hfskg.")
    if name != "hfskg.__main__" and "._data" not in name
)


@pytest.fixture(params=["hfskg", *MODULES])
def module(request: pytest.FixtureRequest) -> ModuleType:
    return importlib.import_module(request.param)


def test_every_module_says_what_it_exports(module: ModuleType) -> None:
    assert sorted(set(module.__all__)) == sorted(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)


def test_everything_public_is_exported_and_documented(module: ModuleType) -> None:
    own = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == module.__name__
    }
    commands = {name for name in own if name in COMMANDS.get(module.__name__, ())}
    undocumented = [name for name in own if not inspect.getdoc(getattr(module, name))]
    assert own - commands <= set(module.__all__)
    assert undocumented == []
    assert inspect.getdoc(module)


COMMANDS = {
    f"hfskg.cli.{name}": {name}
    for name in (
        "ask",
        "build",
        "query",
        "serve",
        "load",
        "validate",
        "export",
        "inspect",
        "curate",
        "criteria",
        "mcp",
        "reason",
    )
}
COMMANDS["hfskg.cli.ontology_release"] = {"mappings", "release"}
"""The functions that become subcommands; the module's ``register`` is what others call."""

PINNED: dict[str, set[str]] = {
    "hfskg": {
        "HfskgError",
        "KnowledgeGraph",
        "Rows",
        "__version__",
        "assess_report",
        "build_graph",
        "load_catalogue",
        "open",
        "read_report",
        "validate_graph",
    },
    "hfskg.agents": {"Call", "agent_server", "serve_folder", "serve_graph"},
    "hfskg.api": {
        "KnowledgeGraph",
        "ParameterValue",
        "Rows",
        "assess_report",
        "build_graph",
        "open",
        "read_report",
        "validate_graph",
    },
    "hfskg.attribution": {
        "activity_iri",
        "agent_iri",
        "curation_triples",
        "curations_by_span",
        "curations_of",
        "metadata_triples",
    },
    "hfskg.asking": {"Answerable", "Suggestion", "find_query"},
    "hfskg.background": {
        "Background",
        "BackgroundTerm",
        "Grounding",
        "ReadTerm",
        "Source",
        "Synonym",
        "find_source",
        "read_terms",
    },
    "hfskg.background_graph": {"add_mention", "add_term"},
    "hfskg.binding": {"Bindings", "Form", "bind", "query_form", "strip_comments"},
    "hfskg.build": {"BuildListener", "BuildResult", "DocumentResult", "build", "find_documents"},
    "hfskg.cache": {"Cache", "content_digest"},
    "hfskg.canonical": {"Triple", "canonical_lines", "canonical_triples", "read_nquads", "term"},
    "hfskg.cli": {"app", "main"},
    "hfskg.coverage": {"Coverage", "Gap", "GapKind", "Share", "Survey", "Surveyor"},
    "hfskg.criteria": {"Reading", "assess"},
    "hfskg.curation": {
        "Curator",
        "check_directory",
        "curation_path",
        "curation_template",
        "find_curation",
        "load_curation",
    },
    "hfskg.curies": {"Target", "expand_mapped", "targets"},
    "hfskg.decisions": {"Curation", "CurationSource", "Rejection"},
    "hfskg.derivation": {"RULES", "Deriver"},
    "hfskg.dialects": {"for_virtuoso"},
    "hfskg.endpoint": {"RemoteStore"},
    "hfskg.errors": {
        "ConformanceError",
        "CurationError",
        "DocumentError",
        "EndpointError",
        "EvidenceError",
        "HfskgError",
        "InputError",
        "LibraryError",
        "OutputError",
        "QueryError",
        "ReasonerError",
        "StoreError",
        "VocabularyError",
    },
    "hfskg.export": {
        "Format",
        "document_graphs",
        "read_graphs",
        "serialise",
        "to_jsonld",
        "to_nquads",
        "to_ntriples",
        "to_trig",
        "to_turtle",
    },
    "hfskg.frames": {"to_pandas", "to_parquet", "to_polars", "to_xlsx"},
    "hfskg.graph": {"check_evidence", "check_quotes", "record_graph"},
    "hfskg.inference": {"inferred_hierarchy", "materialise"},
    "hfskg.listing": {"describe", "list_record", "load_record"},
    "hfskg.lookup": {"FoundTerm", "TermIndex", "find_terms", "member_index", "term_index", "terms_called"},
    "hfskg.marks": {"MARK_KINDS", "Mark", "MarkKind", "marks_at", "marks_of"},
    "hfskg.literals": {"decimal", "integer"},
    "hfskg.pipeline": {"Pipeline", "Stages", "package_pipeline"},
    "hfskg.modules": {"OntologyFiles", "load_ontology", "package_digest", "read_ontology"},
    "hfskg.namespaces": {
        "CATALOGUE_GRAPH",
        "DATA",
        "DCTERMS",
        "HFS",
        "IAO",
        "OA",
        "OBOINOWL",
        "ONTOLOGY",
        "ONTOLOGY_GRAPH",
        "OWL",
        "PREFIXES",
        "PROV",
        "PUBLIC_ENDPOINT",
        "QUDT",
        "RDF",
        "RDFS",
        "SKOS",
        "XSD",
        "document_iri",
        "slug",
    },
    "hfskg.nesting": {"Nesting", "natural_order"},
    "hfskg.ontology": {
        "Card",
        "Check",
        "CheckReport",
        "Fault",
        "Node",
        "Ontology",
        "Profile",
        "card",
        "find_term",
        "load_checks",
        "load_profile",
        "open_ontology",
        "run_checks",
        "tree",
        "write_site",
    },
    "hfskg.output": {
        "CurationEntry",
        "DocumentEntry",
        "GRAPH_FILE",
        "MANIFEST_FILE",
        "Manifest",
        "check_output",
        "file_digests",
        "load_manifest",
        "replacing",
    },
    "hfskg.page": {"render_page", "template_environment"},
    "hfskg.parts": {"Evidence", "Grounding", "Quantity", "TermRef", "Time"},
    "hfskg.provenance": {"Origin", "Statements", "natural"},
    "hfskg.queries": {
        "Catalogue",
        "Given",
        "Header",
        "Parameter",
        "Query",
        "bind_parameters",
        "catalogue_graph",
        "document_query",
        "explain",
        "list_queries",
        "load_catalogue",
        "parse_query",
        "run",
        "run_graph",
    },
    "hfskg.quotes": {"check_evidence", "check_quotes"},
    "hfskg.reading": {"SUFFIXES", "BackgroundNames", "Document", "Reader", "read_document", "read_record"},
    "hfskg.rdfxml": {"to_rdfxml"},
    "hfskg.rdf": {"add_all", "node_reader", "parse_rdf", "uncollected"},
    "hfskg.reasoning": {
        "Contradiction",
        "Definition",
        "Membership",
        "contradictions",
        "definitions",
        "describe",
        "members",
        "membership_graph",
    },
    "hfskg.record": {
        "ATTRIBUTES",
        "AttributeName",
        "Grounding",
        "AdverseEvent",
        "Attribute",
        "Case",
        "Claim",
        "ClinicalFinding",
        "CriteriaStatement",
        "Curation",
        "CurationSource",
        "Diagnosis",
        "DocumentRecord",
        "DrugAdministration",
        "Encounter",
        "Event",
        "Evidence",
        "GeneticFinding",
        "LaboratoryMeasurement",
        "Outcome",
        "PatientEvent",
        "Procedure",
        "Quantity",
        "Rejection",
        "TermRef",
        "Time",
        "TreatmentResponse",
        "UngroundedMention",
    },
    "hfskg.resources": {"ontology_directory", "queries_directory", "shapes_directory"},
    "hfskg.results": {"BuildListener", "BuildResult", "DocumentResult", "Status"},
    "hfskg.revalidation": {"DocumentCheck", "FolderCheck", "revalidate"},
    "hfskg.server": {"Limits", "serve"},
    "hfskg.stages": {"list_stages"},
    "hfskg.store": {
        "Answer",
        "Bindings",
        "Iri",
        "LocalStore",
        "Solutions",
        "Store",
        "Value",
        "open_graph",
        "typed_value",
    },
    "hfskg.tables": {"Table", "to_csv", "to_json", "to_sparql_json", "to_table", "to_tsv"},
    "hfskg.terms": {"bound_literal", "bound_term", "expand", "in_use", "shorten"},
    "hfskg.transcript": {"Stretch", "list_coverage", "stretches", "transcribe"},
    "hfskg.turtle": {"EXPORT_PREFIXES", "TurtleWriter"},
    "hfskg.toolbox": {"Toolbox", "describe_tool", "tool_names"},
    "hfskg.units": {"UnitTable"},
    "hfskg.upload": {"Protocol", "upload"},
    "hfskg.validation": {
        "Severity",
        "ValidationReport",
        "ValidationResult",
        "Validator",
        "load_shapes",
        "ontology_slice",
        "spread_targets",
    },
    "hfskg.verdicts": {"READINGS", "describe_case", "describe_sets"},
    "hfskg.version": {"__version__"},
    "hfskg.view": {"BlockView", "DocumentView", "RowView", "Run", "SectionView", "Segment", "view_of"},
    "hfskg.vocabulary": {
        "Abnormality",
        "Kind",
        "Name",
        "NameKind",
        "Term",
        "Vocabulary",
        "load_ontology",
        "load_vocabulary",
    },
    "hfskg.wording": {"counted", "folded_name", "quoted"},
}


@pytest.mark.parametrize("name", sorted(PINNED))
def test_the_public_names_of_a_module_are_pinned(name: str) -> None:
    assert set(importlib.import_module(name).__all__) == PINNED[name]


def test_every_public_module_is_pinned() -> None:
    assert {name for name in ("hfskg", *MODULES) if name.count(".") < 2} == set(PINNED)
