from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from curation.helpers import write
from hfskg.curation import check_directory, curation_path, find_curation, load_curation
from hfskg.errors import CurationError

FEVER = "{kind: clinical-finding, term: fever, quote: fever"
VALUE = "{kind: laboratory-measurement, case: 1, term: ferritin, quote: x, "


def test_a_file_lies_beside_its_document_or_in_a_folder(tmp_path: Path) -> None:
    report = tmp_path / "my.report.txt"
    assert find_curation(report) is None
    assert curation_path(report).name == "my.report.curation.yaml"
    (tmp_path / "other").mkdir()
    curation_path(report, tmp_path / "other").touch()
    assert find_curation(report) is None
    assert find_curation(report, tmp_path / "other") == tmp_path / "other" / "my.report.curation.yaml"


def test_a_file_with_another_ending_is_told(tmp_path: Path) -> None:
    (tmp_path / "report.curation.yml").touch()
    with pytest.raises(CurationError, match="Name it report.curation.yaml"):
        find_curation(tmp_path / "report.txt")


def test_a_folder_without_curation_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(CurationError, match="has no curation file"):
        check_directory(tmp_path)
    with pytest.raises(CurationError, match="There is no folder"):
        check_directory(tmp_path / "none")
    write(tmp_path, "")
    check_directory(tmp_path)
    assert load_curation(tmp_path / "report.curation.yaml").entries == ()


def test_entries_know_their_lines_and_who_decided(tmp_path: Path) -> None:
    text = f"reject:\n  - {FEVER}, reason: no}}\n  - {FEVER}, reason: no, by: second reader, on: 2024-02-01}}\n"
    first, second = load_curation(write(tmp_path, text)).entries
    assert (first.where, first.by, str(first.on)) == ("line 4, reject 1", "curation team", "2024-01-31")
    assert (second.where, second.by, str(second.on)) == ("line 5, reject 2", "second reader", "2024-02-01")


def test_an_orcid_belongs_to_the_name_beside_it(tmp_path: Path) -> None:
    entries = f"reject:\n  - {FEVER}, reason: no}}\n  - {FEVER}, reason: no, by: second reader}}\n"
    text = f"orcid: 0000-0000-0000-0001\n{entries}"
    first, second = load_curation(write(tmp_path, text)).entries
    assert (first.orcid, second.orcid) == ("0000-0000-0000-0001", None)


def test_numbers_keep_their_digits_and_words_stay_words(tmp_path: Path) -> None:
    text = f'add:\n  - {VALUE}value: 0.50, unit: no}}\n  - {VALUE}value: "12,400.0", unit: "~"}}\n'
    first, second = load_curation(write(tmp_path, text)).entries
    assert getattr(first.fields, "value", Decimal(0)).as_tuple() == Decimal("0.50").as_tuple()
    assert (getattr(first.fields, "unit", ""), getattr(second.fields, "unit", "")) == ("no", "~")
    assert getattr(second.fields, "value", None) == Decimal("12400.0")


def test_a_file_with_empty_lists_has_no_entries(tmp_path: Path) -> None:
    assert load_curation(write(tmp_path, "reject:\ncorrect:\nadd:\n", head="")).entries == ()
    assert load_curation(write(tmp_path, "# nothing\n", head="")).entries == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1\n", "is no YAML at line"),
        ("- 1\n", "is no mapping"),
        ("a: &x 1\nb: *x\n", "refers to an anchor"),
        ("title: a\ntitle: b\n", "line 2: title is given twice"),
        ("titel: a\n", "line 1: titel is nothing that can be given here. Did you mean title"),
        ("zzz: a\n", "Known are by, orcid"),
        ("title: ''\n", "line 1: title: string should have at least 1 character, and '' is given"),
        ("doi: 7\n", "line 1: doi: 7 is no DOI"),
        ("licence: CC BY\n", "CC BY is no URL; give that of the licence"),
        ("orcid: 0000\n", "0000 is no ORCID iD; it has four groups"),
        ("orcid: 0000-0000-0000-0002\n", "its check digit does not fit"),
        ("on: yesterday\n", "line 1: on: input should be a valid date"),
        ("reject: yes\n", "line 1: reject is no list"),
        ("reject:\n  - fever\n", "line 2, reject 1: the entry is no mapping"),
        (f"reject:\n  - {FEVER}, reason: no}}\n", "line 2, reject 1: nobody is named"),
        (f"reject:\n  - {FEVER}}}\n", "line 2, reject 1: reason is missing"),
        ("add:\n  - {quote: x}\n", "line 2, add 1: kind is missing"),
        (
            "add:\n  - {kind: diagnoses, quote: x}\n",
            "the kind 'diagnoses' is none of diagnosis.* Did you mean diagnosis",
        ),
        (f"add:\n  - {FEVER}, status: suspected}}\n", "the status 'suspected' is none of present, absent, resolved"),
        (f"add:\n  - {FEVER}, statsu: present}}\n", "statsu is nothing that can be given here. Did you mean status"),
        (f"add:\n  - {FEVER}, occurrence: 0}}\n", "occurrence: input should be greater than or equal to 1"),
        (f"add:\n  - {FEVER}, occurrence: 1, start: 2}}\n", "occurrence and start exclude each other"),
        (f"add:\n  - {VALUE}value: NaN}}\n", "value: NaN is no finite number|value: input should be a finite number"),
        (f"add:\n  - {VALUE}value: high}}\n", "value: input should be a valid decimal"),
        (f"correct:\n  - {FEVER}}}\n", "set is missing"),
        (f"correct:\n  - {FEVER}, set: {{}}}}\n", "set: dictionary should have at least 1 item"),
        (f"correct:\n  - {FEVER}, set: absent}}\n", "set: input should be a valid dictionary"),
        (f"correct:\n  - {FEVER},\n     set: {{dose: 2}}}}\n", "line 3, correct 1: dose is nothing that can be given"),
        (f"correct:\n  - {FEVER}, set: {{start: -1}}}}\n", "start: input should be greater than or equal to 0"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CurationError, match=message) as caught:
        load_curation(write(tmp_path, text, head=""))
    assert str(tmp_path / "report.curation.yaml") in caught.value.what
    assert caught.value.cure


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(CurationError, match="cannot be read"):
        load_curation(tmp_path)
    (tmp_path / "x.curation.yaml").write_bytes(b"by: \xff\n")
    with pytest.raises(CurationError, match=r"is not UTF-8 \(byte 4\)"):
        load_curation(tmp_path / "x.curation.yaml")
