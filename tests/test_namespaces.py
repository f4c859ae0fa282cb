from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from hfskg.namespaces import DATA, HFS, ONTOLOGY, ONTOLOGY_GRAPH, PREFIXES, document_iri, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report.txt", "report"),
        ("Some Report (2).txt", "some-report-2"),
        ("two.dots.TXT", "two-dots"),
        ("folder/report.txt", "report"),
        ("--.txt", "document"),
        ("報告.txt", "document"),
    ],
)
def test_a_slug_keeps_letters_and_digits(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(min_size=1, max_size=30))
def test_every_name_gives_a_slug_fit_for_an_iri_and_a_file_name(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))


def test_a_document_iri_is_minted_below_the_data_namespace() -> None:
    assert document_iri("Report 7.txt") == DATA["report-7"]
    assert str(DATA) == "https://w3id.org/hfskg/data/"


def test_the_ontology_is_a_named_graph_of_its_own() -> None:
    assert ONTOLOGY_GRAPH == ONTOLOGY == URIRef("https://w3id.org/hfskg/ontology")
    assert str(HFS) == f"{ONTOLOGY}#"


def test_no_two_prefixes_share_a_namespace() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert PREFIXES["hfs"] == str(HFS)
