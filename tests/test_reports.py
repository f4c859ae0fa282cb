"""Reports that nobody annotated for the reader: each is read to the end, and every quote stands in its source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hfskg.graph import check_evidence
from hfskg.reading import Reader, read_document
from hfskg.record import DocumentRecord, Evidence
from support import ROOT, packaged_vocabulary

REPORTS = sorted((ROOT.parent / "shared" / "reports").rglob("*.txt"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REPORTS, reason="the reports are not beside this checkout"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(packaged_vocabulary())


def spans(record: DocumentRecord) -> Iterator[Evidence]:
    for case in record.cases:
        yield from case.evidence
        for attribute in (case.age, case.sex):
            yield from attribute.evidence if attribute else ()
        for event in case.events:
            yield from event.evidence
    for claim in record.claims:
        yield from claim.evidence


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_read_and_every_quote_stands_in_it(path: Path, reader: Reader) -> None:
    document = read_document(path)
    record = reader.read(document)
    text = path.read_bytes().decode(document.encoding.replace("windows-", "cp"))
    assert record.length == len(text)
    assert all(text[span.start : span.end] == span.quote for span in spans(record))
    check_evidence(record, text)
    assert DocumentRecord.model_validate_json(record.model_dump_json()) == record


def test_most_reports_have_a_patient_and_events(reader: Reader) -> None:
    read = [reader.read(read_document(path)) for path in REPORTS[:10]]
    assert sum(bool(record.cases and any(case.events for case in record.cases)) for record in read) >= len(read) // 2
