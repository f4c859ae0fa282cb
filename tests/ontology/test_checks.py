from __future__ import annotations

from pathlib import Path

import pytest

from hfskg.errors import QueryError
from hfskg.namespaces import HFS
from hfskg.ontology import CheckReport, Profile, load_checks, load_profile, open_ontology, run_checks
from ontology.little import FAULTS, write_overlay
from support import packaged_ontology

CHECKS = {check.name: check for check in load_checks()}


@pytest.fixture(scope="module")
def report() -> CheckReport:
    return run_checks(packaged_ontology(), load_checks(), load_profile())


def test_the_ontology_has_no_error_and_no_warning_without_a_written_reason(report: CheckReport) -> None:
    assert report.table().rows == ()


def test_every_exception_of_the_profile_is_needed(report: CheckReport) -> None:
    assert report.unused == ()


def test_every_check_has_a_severity_and_a_fault_that_it_finds() -> None:
    assert set(load_profile().severities) == set(CHECKS) == set(FAULTS)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> CheckReport:
    """What is found in an ontology with all faults at once."""
    overlay = write_overlay(tmp_path_factory.mktemp("faults"), "\n".join(text for text, _ in FAULTS.values()))
    return run_checks(open_ontology(overlays=[overlay], with_inferred=False), load_checks(), load_profile())


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_check_finds_its_fault(name: str, faulty: CheckReport, report: CheckReport) -> None:
    _, term = FAULTS[name]
    assert str(HFS[term]) in {fault.term for fault in faulty.faults if fault.check == name}
    assert str(HFS[term]) not in {fault.term for fault in report.faults if fault.check == name}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("check\tseverity\n", "does not have the columns"),
        ("check\tseverity\tterm\treason\nmissing-label\tgrave\t\t\n", "the severity grave"),
        ("check\tseverity\tterm\treason\nmissing-label\t\thfs:Fever\t\n", "not complete"),
        ("check\tseverity\tterm\treason\nmissing-label\t\tfever\tso\n", "not complete"),
    ],
)
def test_a_broken_profile_is_an_error(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "profile.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=message):
        load_profile(path)


def test_a_check_without_a_full_header_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("# Problem: this.\nSELECT ?term ?detail { ?term ?p ?detail }", encoding="utf-8")
    with pytest.raises(QueryError, match="has no Principle"):
        load_checks(tmp_path)
    with pytest.raises(QueryError, match="There is no check"):
        load_checks(tmp_path / "nowhere")


def test_a_profile_that_names_an_unknown_check_is_an_error() -> None:
    with pytest.raises(QueryError, match="the check nothing"):
        run_checks(packaged_ontology(), load_checks(), Profile({"nothing": "error"}))
