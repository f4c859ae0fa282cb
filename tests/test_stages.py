from __future__ import annotations

import pytest

from hfskg.reading.loading import parse_document
from hfskg.stages import list_stages
from hfskg.vocabulary import Vocabulary, load_vocabulary
from support import ROOT

TEXT = """Case report

A 9-year-old girl had no fever. On hospital day 4 ferritin was < 6,480 ng/mL.

Discussion

Fever is common.
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The small vocabulary that the tests of the reading have."""
    return load_vocabulary(ROOT / "tests" / "reading")


@pytest.fixture(scope="module")
def listing(vocabulary: Vocabulary) -> list[str]:
    return list_stages(parse_document("report.txt", "0" * 64, TEXT), vocabulary).splitlines()


def test_blocks_are_listed_with_the_role_of_their_section(listing: list[str]) -> None:
    blocks = [line.partition(" «")[0] for line in listing if not line.startswith(" ")]
    assert blocks == ["heading (case)", "paragraph (case)", "heading (discussion)", "paragraph (discussion)"]


def test_sentences_are_listed_with_the_case_that_they_tell_of(listing: list[str]) -> None:
    sentences = [line for line in listing if line.startswith("  sentence")]
    assert sentences[0] == "  sentence «A 9-year-old girl had no fever.» 13-44  [Patient 1]"
    assert sentences[2] == "  sentence «Fever is common.» 104-120"


@pytest.mark.parametrize(
    "line",
    [
        "mention fever (Finding, label) «fever» 38-43",
        'context negated by "no" «fever.» 38-44',
        "mention ferritin (Analyte, label) «ferritin» 63-71",
        "amount < 6480 ng/mL «< 6,480 ng/mL» 76-89",
        "time day 4 to 4 «On hospital day 4» 45-62",
    ],
)
def test_what_a_stage_found_is_listed_with_its_place(line: str, listing: list[str]) -> None:
    assert f"    {line}" in listing


def test_offsets_are_those_of_the_source(listing: list[str]) -> None:
    for line in listing:
        quote, _, place = line.partition("«")[2].partition("» ")
        start, end = place.split()[0].split("-")
        assert " ".join(TEXT[int(start) : int(end)].split()) == quote


def test_a_document_without_patient_is_listed_too(vocabulary: Vocabulary) -> None:
    listing = list_stages(parse_document("report.txt", "0" * 64, "Nothing here."), vocabulary)
    assert listing == "paragraph «Nothing here.» 0-13\n  sentence «Nothing here.» 0-13\n"
