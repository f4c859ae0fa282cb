"""What the tests of the reading share: a small vocabulary of their own, and short ways to read a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from hypothesis import settings

from hfskg.namespaces import HFS
from hfskg.reading.annotated import Annotated, annotate
from hfskg.reading.document import Document, Sentence
from hfskg.reading.drafts import Draft
from hfskg.reading.loading import parse_document
from hfskg.reading.mentions import MentionFinder
from hfskg.reading.reader import Reader
from hfskg.record import (
    Case,
    ClinicalFinding,
    Diagnosis,
    DocumentRecord,
    DrugAdministration,
    Evidence,
    LaboratoryMeasurement,
    Quantity,
    TermRef,
)
from hfskg.units import UnitTable
from hfskg.vocabulary import Vocabulary, load_vocabulary

__all__ = [
    "annotated",
    "annotated_all",
    "assert_quotes_stand",
    "conditions",
    "document",
    "drugs",
    "event_evidence",
    "findings",
    "iri",
    "label",
    "laboratory",
    "one_sentence",
    "plain",
    "property_test",
    "quotes",
    "read",
    "reader",
    "record",
    "sentence_texts",
    "unit",
    "units",
    "vocabulary",
]

SHA256 = "0" * 64

property_test = settings(max_examples=60, deadline=None, derandomize=True)
"""How the property tests run: the same examples each time, few enough to stay quick."""

ABOUT_DRUGS = {
    "The drug": "Anakinra",
    "the drug": "anakinra",
    "drug-": "anakinra-",
    "The dose was": "The dose of anakinra was",
}
CLAIMED = {
    **ABOUT_DRUGS,
    "These drugs": "Anakinra",
    "The syndrome": "Hemophagocytic lymphohistiocytosis",
    "the syndrome": "hemophagocytic lymphohistiocytosis",
    "both proteins": "both interleukin-1 alpha and interleukin-1 beta",
    "the protein": "interleukin-1 beta",
    "arthritis": "lymphoma",
    "another one": "macrophage activation syndrome",
    "two.": "macrophage activation syndrome.",
}


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary in this folder, independent of the project's ontology."""
    return load_vocabulary(Path(__file__).parent)


@cache
def units() -> UnitTable:
    """Return the units of the vocabulary in this folder."""
    return UnitTable(vocabulary().graph)


@cache
def finder() -> MentionFinder:
    """Return the finder of the vocabulary's terms."""
    return MentionFinder(vocabulary())


@cache
def reader() -> Reader:
    """Return the reader with the vocabulary in this folder."""
    return Reader(vocabulary())


def iri(name: str) -> str:
    """Return the IRI of a term by its local name."""
    return str(HFS[name])


def unit(label_: str) -> str:
    """Return the IRI of a unit by one of its printed forms."""
    found = units().lookup(label_)
    assert found, f"no unit is printed {label_}"
    return found


def label(term: TermRef | None) -> str | None:
    """Return a term's label."""
    return term.label if term else None


def document(text: str) -> Document:
    """Return the document model of a text."""
    return parse_document("sample.txt", SHA256, text)


def one_sentence(text: str) -> tuple[Document, Sentence]:
    """Return the document and its only sentence."""
    parsed = document(text)
    assert len(parsed.sentences) == 1, [parsed.text[s.start : s.end] for s in parsed.sentences]
    return parsed, parsed.sentences[0]


def annotated_all(text: str) -> list[Annotated]:
    """Return the sentences of a text with their mentions, amounts, context and times."""
    parsed = document(text)
    local = finder().for_document(parsed)
    return [annotate(parsed, sentence, local, units()) for sentence in parsed.sentences]


def annotated(text: str) -> Annotated:
    """Return the only sentence of a text with its mentions, amounts, context and times."""
    found = annotated_all(text)
    assert len(found) == 1, [a.document.text[a.sentence.start : a.sentence.end] for a in found]
    return found[0]


def record(text: str) -> DocumentRecord:
    """Return the record of a document."""
    return reader().read(document(text))


def read(text: str) -> Case:
    """Return the only case of a text that stands in a section of its own."""
    found = record(f"Case report\n\n{text}\n").cases
    assert len(found) == 1
    return found[0]


def plain(quantity: Quantity | None) -> str | None:
    """Return a quantity as one prints it, such as ``4 mg/kg/day``."""
    if quantity is None:
        return None
    return f"{quantity.value.normalize():f} {quantity.unit_label}" if quantity.unit else f"{quantity.value:f}"


def laboratory(case: Case) -> list[tuple[str, str, str | None]]:
    """Return analyte, comparator and quantity of the laboratory values."""
    return [
        (e.analyte.label, e.comparator, plain(e.quantity)) for e in case.events if isinstance(e, LaboratoryMeasurement)
    ]


def findings(case: Case) -> set[tuple[str, str]]:
    """Return the findings with their status."""
    return {(e.finding.label, e.status) for e in case.events if isinstance(e, ClinicalFinding)}


def conditions(case: Case) -> set[tuple[str, str]]:
    """Return the diagnoses with their status."""
    return {(e.condition.label, e.status) for e in case.events if isinstance(e, Diagnosis)}


def drugs(case: Case) -> list[tuple[str, str | None, str | None]]:
    """Return drug, dose and action of the drug episodes."""
    return [(e.drug.label, plain(e.dose), e.action) for e in case.events if isinstance(e, DrugAdministration)]


def sentence_texts(text: str) -> list[str]:
    """Return the sentences of a text, white space as one blank."""
    parsed = document(text)
    pieces = [[parsed.text[start:end] for start, end in parsed.pieces(s.tokens)] for s in parsed.sentences]
    return [" ".join(" ".join(found).split()) for found in pieces]


def event_evidence(case: Case) -> Iterator[Evidence]:
    """Yield every piece of evidence of a case."""
    yield from case.evidence
    for attribute in (case.age, case.sex):
        if attribute is not None:
            yield from attribute.evidence
    for event in case.events:
        yield from event.evidence


def assert_quotes_stand(text: str, evidence: Iterable[Evidence]) -> None:
    """Check that every quote is the slice of the text at its offsets."""
    for one in evidence:
        assert text[one.start : one.end] == one.quote


def quotes(drafts: Iterable[Draft]) -> list[str]:
    """Return the primary quotes of drafts."""
    return [draft.evidence[0].quote for draft in drafts]
