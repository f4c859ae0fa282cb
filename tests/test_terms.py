from __future__ import annotations

from decimal import Decimal

import pytest
from rdflib import XSD, Literal, URIRef

from casebook import example_store
from hfskg.errors import QueryError
from hfskg.namespaces import DATA, HFS
from hfskg.store import LocalStore
from hfskg.terms import bound_term, expand, shorten


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return example_store()


@pytest.mark.parametrize(
    "value",
    ["anakinra", "Anakinra", " ANAKINRA", "ANK", "kineret", "hfs:Anakinra", str(HFS.Anakinra), f"<{HFS.Anakinra}>"],
)
def test_a_term_is_found_by_label_synonym_curie_and_iri(store: LocalStore, value: str) -> None:
    assert bound_term("drug", "term", value, store, below="hfs:Drug") == HFS.Anakinra


def test_hyphens_and_blanks_are_the_same(store: LocalStore) -> None:
    assert bound_term("drug", "term", "interleukin 1 inhibitor", store) == HFS.InterleukinOneInhibitor


def test_the_class_itself_is_allowed(store: LocalStore) -> None:
    assert bound_term("drug", "term", "drug", store, below="hfs:Drug") == HFS.Drug


@pytest.mark.parametrize(
    ("value", "below", "message"),
    [
        ("anakinre", "hfs:Drug", "none called anakinre. Did you mean anakinra"),
        ("fever", "hfs:Drug", "none called fever"),
        ("hfs:Fever", "hfs:Drug", "none called hfs:Fever"),
        ("hfs:Anakinraa", "hfs:Drug", "Did you mean hfs:Anakinra"),
        ("zzz", "hfs:Drug", "Give a label, a synonym, a CURIE or an IRI"),
        ("CSA", "hfs:Drug", r"means several: ciclosporin \(hfs:Ciclosporin\), oral contraceptive \(hfs:OralContrac"),
        ("", "hfs:Drug", "none called"),
        ("anakinra", "not a term", "Mend the query's header"),
    ],
)
def test_unknown_and_ambiguous_terms_are_errors(store: LocalStore, value: str, below: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        bound_term("drug", "term", value, store, below=below)


def test_a_label_goes_before_a_synonym(store: LocalStore) -> None:
    nquads = "".join(
        f'<{HFS[name]}> <http://www.w3.org/2000/01/rdf-schema#label> "{label}" .\n'
        f"<{HFS[name]}> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{HFS.Term}> .\n"
        f'<{HFS[name]}> <{HFS.abbreviation}> "{other}" .\n'
        for name, label, other in (("A", "one", "two"), ("B", "two", "three"))
    )
    assert bound_term("x", "term", "two", LocalStore(nquads.encode())) == HFS.B


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("number", "0.50", Literal("0.50", datatype=XSD.decimal)),
        ("number", "1e3", Literal("1000", datatype=XSD.decimal)),
        ("integer", "7", Literal(7)),
        ("boolean", "Yes", Literal(True)),
        ("boolean", "false", Literal(False)),
        ("date", "2024-01-31", Literal("2024-01-31", datatype=XSD.date)),
        ("string", '"quoted" ?x', Literal('"quoted" ?x')),
    ],
)
def test_values_become_typed_literals(store: LocalStore, kind: str, value: str, term: Literal) -> None:
    bound = bound_term("x", kind, value, store)
    assert bound == term
    assert isinstance(bound, Literal)
    assert bound.datatype == term.datatype


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("number", "high"), ("number", "NaN"), ("number", "inf"), ("number", "500) || (1 = 1"), ("number", ""),
        ("integer", "0.5"), ("integer", "7 ?x"), ("boolean", "maybe"),
        ("number", "1e999999999"), ("date", "2024-02-30"), ("date", "yesterday"),
    ],
)  # fmt: skip
def test_values_of_another_type_are_errors(store: LocalStore, kind: str, value: str) -> None:
    with pytest.raises(QueryError, match="The parameter x takes"):
        bound_term("x", kind, value, store)


def test_a_resource_is_anything_that_the_graph_describes(store: LocalStore) -> None:
    assert bound_term("case", "iri", "data:example/case/1", store) == DATA["example/case/1"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("data:example/case/99", "says nothing about .*case/99"),
        ("patient 1", "takes an IRI"),
        ("<x:a> } #", "takes an IRI"),
        ("data:example/case/1> ?p ?o . <x:a", "takes an IRI"),
    ],
)
def test_other_resources_are_errors(store: LocalStore, value: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        bound_term("case", "iri", value, store)


@pytest.mark.parametrize("text", ["ferritin", "unknown:name", "hfs:", "a b:c", "http://a b", ""])
def test_what_is_no_iri_is_not_expanded(text: str) -> None:
    assert expand(text) is None


def test_expanding_undoes_shortening() -> None:
    for iri in (HFS.Anakinra, DATA["report/case/1"], URIRef("https://example.org/x"), URIRef("urn:x")):
        assert expand(shorten(str(iri))) == iri
    assert expand("0.5") is None
    assert Decimal(shorten("0.5")) == Decimal("0.5")


def test_a_term_is_found_by_the_identifier_of_a_vocabulary_that_it_is_mapped_to(store: LocalStore) -> None:
    for value in ("UniProtKB:P14778", "uniprotkb:P14778", "http://purl.uniprot.org/uniprot/P14778"):
        assert bound_term("target", "term", value, store, below="hfs:Protein") == HFS.Protein_IL1R1
    with pytest.raises(QueryError, match="none called UniProtKB:P14778"):
        bound_term("drug", "term", "UniProtKB:P14778", store, below="hfs:Drug")


def test_a_member_of_a_class_is_found_by_its_label(store: LocalStore) -> None:
    def found(value: str) -> URIRef | Literal:
        return bound_term("case", "iri", value, store, of="hfs:Patient")

    assert found("patient 2") == DATA["example/case/2"]
    assert found("data:second/case/1") == DATA["second/case/1"]
    with pytest.raises(QueryError, match=r"several: Patient 1 \(data:example/case/1\), Patient 1 \("):
        found("Patient 1")
    with pytest.raises(QueryError, match="none called Patient 7. Did you mean patient"):
        found("Patient 7")
    with pytest.raises(QueryError, match="takes a member of hfs:Patient"):
        found("data:example")
    with pytest.raises(QueryError, match="is no class. Mend"):
        bound_term("case", "iri", "x", store, of="Patient")
