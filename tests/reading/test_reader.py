from __future__ import annotations

from pathlib import Path

import pytest

from hfskg.reading import Reader, read_document, read_record
from hfskg.record import DocumentRecord
from hfskg.vocabulary import load_vocabulary
from reading.helpers import (
    assert_quotes_stand,
    conditions,
    document,
    drugs,
    event_evidence,
    findings,
    laboratory,
    read,
    record,
    vocabulary,
)

REPORT = """A report of two patients

Introduction

Macrophage activation syndrome (MAS) is rare. Infections can trigger MAS.

Case reports

Patient 1

A 9-year-old girl with a history of asthma was admitted with fever and rash. There was no hepatomegaly. Ferritin was
12,400 ng/mL (normal 10-200 ng/mL) and a bone marrow biopsy showed hemophagocytosis. Lymphoma was ruled out. She was
given intravenous methylprednisolone 30 mg/kg for 3 days without improvement (Table 1). On day 5 anakinra 2 mg/kg twice
a day was started. The fever resolved. Methylprednisolone was stopped due to hypertension. A heterozygous variant
(c.1A>G) in PRF1 was found. She was discharged home.

Patient 2

A 40-year-old man was admitted with pyrexia. His ferritin was > 40,000 ng/mL. Etoposide was started. He died of sepsis.

Table 1. Course of patient 1
Test\tDay 1\tDay 5\tNormal
Ferritin (ng/mL)\t12,400\t900\t10-200
CRP (mg/L)\t46\t<5\t<5

Discussion

Anakinra may be effective in MAS. A 12-year-old boy of the literature died of lymphoma.

References

1. Anakinra in lymphoma.
"""


@pytest.fixture(scope="module")
def told() -> DocumentRecord:
    return record(REPORT)


def test_patients(told: DocumentRecord) -> None:
    girl, man = told.cases
    assert [(c.number, c.label) for c in told.cases] == [(1, "Patient 1"), (2, "Patient 2")]
    assert girl.age and girl.sex and man.age and man.sex
    assert [(c.age.value, c.age.unit, c.sex.value) for c in told.cases if c.age and c.sex] == [
        ("9", "year", "female"),
        ("40", "year", "male"),
    ]


def test_conditions_and_findings_of_the_first(told: DocumentRecord) -> None:
    assert conditions(told.cases[0]) == {
        ("asthma", "history"),
        ("lymphoma", "excluded"),
        ("hypertension", "present"),
    }
    assert findings(told.cases[0]) == {
        ("fever", "present"),
        ("fever", "resolved"),
        ("skin rash", "present"),
        ("hepatomegaly", "absent"),
        ("bone marrow hemophagocytosis", "present"),
    }


def test_laboratory_values_of_prose_and_table(told: DocumentRecord) -> None:
    assert sorted(laboratory(told.cases[0])) == [
        ("C-reactive protein", "<", "5 mg/L"),
        ("C-reactive protein", "=", "46 mg/L"),
        ("ferritin", "=", "12400 ng/mL"),
        ("ferritin", "=", "900 ng/mL"),
    ]
    assert laboratory(told.cases[1]) == [("ferritin", ">", "40000 ng/mL")]


def test_drugs_of_both(told: DocumentRecord) -> None:
    assert drugs(told.cases[0]) == [
        ("methylprednisolone", "30 mg/kg", None),
        ("anakinra", "2 mg/kg", "start"),
        ("methylprednisolone", None, "stop"),
    ]
    assert drugs(told.cases[1]) == [("etoposide", None, "start")]


def test_events_of_each_kind(told: DocumentRecord) -> None:
    kinds = {event.kind for event in told.cases[0].events}
    assert kinds == {
        "diagnosis",
        "clinical-finding",
        "laboratory-measurement",
        "drug-administration",
        "procedure",
        "adverse-event",
        "genetic-finding",
        "encounter",
        "treatment-response",
        "outcome",
    }
    assert [e.outcome for c in told.cases for e in c.events if e.kind == "outcome"] == ["alive", "died"]


def test_events_are_numbered_in_narrative_order(told: DocumentRecord) -> None:
    for case in told.cases:
        assert [event.order for event in case.events] == list(range(1, len(case.events) + 1))
        starts = [event.evidence[0].start for event in case.events]
        assert starts == sorted(starts)


def test_claims_of_the_literature(told: DocumentRecord) -> None:
    assert [(c.subject.label, c.relation.label, c.object.label, c.hedged) for c in told.claims] == [
        ("infection", "triggers", "macrophage activation syndrome", True),
        ("anakinra", "treats", "macrophage activation syndrome", True),
    ]


def test_quotes_stand_in_the_source(told: DocumentRecord) -> None:
    for case in told.cases:
        assert_quotes_stand(REPORT, event_evidence(case))
    for claim in told.claims:
        assert_quotes_stand(REPORT, claim.evidence)


def test_the_record_says_which_document_it_was_read_from(told: DocumentRecord) -> None:
    assert (told.file_name, told.length, told.encoding) == ("sample.txt", len(REPORT), "utf-8")
    assert told.warnings == ()


def test_a_record_travels_as_json(told: DocumentRecord) -> None:
    assert DocumentRecord.model_validate_json(told.model_dump_json()) == told


def test_a_normal_result_resolves_what_was_told_before() -> None:
    assert findings(read("She had hyperferritinemia. Ferritin was normal.")) == {
        ("hyperferritinemia", "present"),
        ("hyperferritinemia", "resolved"),
    }


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("Discussion\n\nIt is rare.\n", "No patient was found"),
        ("Case report\n\nShe died.\n", "no age"),
        ("Case report\n\nA 9-year-old patient died.\n", "no sex"),
        ("Case report\n\nA 9-year-old girl came.\n", "no outcome"),
        (
            "Case report\n\nA 9-year-old girl died.\n\nDiscussion\n\nTest\tDay 1\nFerritin\t5\n",
            "assigned to no patient",
        ),
    ],
)
def test_warnings(text: str, warning: str) -> None:
    assert any(warning in found for found in record(text).warnings)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "girl.txt"
    path.write_bytes("Case report\n\nA 9-year-old girl had a fever of 39 °C and died.\n".encode("cp1252"))
    told = read_record(read_document(path), vocabulary())
    assert (told.encoding, len(told.warnings)) == ("windows-1252", 1)
    assert "windows-1252" in told.warnings[0]


def test_a_drug_that_somebody_adds_in_turtle_is_read(tmp_path: Path) -> None:
    overlay = tmp_path / "own.ttl"
    overlay.write_text(
        """
        @prefix hfs: <https://w3id.org/hfskg/ontology#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        hfs:Inventumab a owl:Class ; rdfs:subClassOf hfs:Drug ; rdfs:label "inventumab"@en .
        """
    )
    text = "Case report\n\nA 9-year-old girl was given inventumab 4 mg/kg.\n"
    own = Reader(load_vocabulary(Path(__file__).parent, [overlay]))
    assert drugs(own.read(document(text)).cases[0]) == [("inventumab", "4 mg/kg", None)]
    assert drugs(record(text).cases[0]) == []
