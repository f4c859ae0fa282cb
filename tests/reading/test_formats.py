"""The same report as text, PDF, JATS and HTML says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from hfskg.graph import check_evidence
from hfskg.reading.loading import read_document
from reading.helpers import conditions, drugs, findings, laboratory, reader
from reports_pdf import Pages

TOLD = (
    "A 9-year-old girl was admitted with fever. Her ferritin was 6,480 ng/mL. Macrophage activation syndrome was "
    "diagnosed, and intravenous anakinra was started at a dose of 2 mg/kg twice a day. On day 4 the fever resolved."
)
DOUBT = "It is rare, and nobody knows why it comes and goes."


def pdf() -> bytes:
    pages = Pages(columns=2)
    pages.lines(["Case report"])
    pages.paragraph(TOLD)
    pages.lines(["Discussion"])
    pages.paragraph(DOUBT)
    return pages.data()


SECTION = "<sec><title>{}</title><p>{}</p></sec>"
FILES = {
    "girl.txt": f"Case report\n\n{TOLD}\n\nDiscussion\n\n{DOUBT}\n".encode(),
    "girl.pdf": pdf(),
    "girl.nxml": (
        f"<article><body>{SECTION.format('Case report', TOLD)}{SECTION.format('Discussion', DOUBT)}</body></article>"
    ).encode(),
    "girl.html": f"<h2>Case report</h2><p>{TOLD}</p><h2>Discussion</h2><p>{DOUBT}</p>".encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_each_kind_of_file_gives_the_same_statements(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    document = read_document(path)
    record = reader().read(document)
    check_evidence(record, document.text)
    (case,) = record.cases
    assert case.age is not None and case.age.value == "9"
    assert case.sex is not None and case.sex.value == "female"
    assert laboratory(case) == [("ferritin", "=", "6480 ng/mL")]
    assert ("macrophage activation syndrome", "present") in conditions(case)
    assert ("fever", "resolved") in findings(case) or ("fever", "present") in findings(case)
    assert drugs(case) == [("anakinra", "2 mg/kg", "start")]
    assert (record.media_type, record.extraction) == (document.media_type, document.extraction)
