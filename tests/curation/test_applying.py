"""What entries do to a record, and what is told of entries that cannot be applied."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from curation.helpers import amend, curator, document, record, write
from hfskg.errors import CurationError
from hfskg.record import (
    Case,
    Diagnosis,
    DocumentRecord,
    DrugAdministration,
    LaboratoryMeasurement,
    Outcome,
    PatientEvent,
    TermRef,
)

SEPSIS = "  - kind: diagnosis\n    term: sepsis\n    quote: Sepsis was considered\n"
BIOPSY = "  - kind: procedure\n    term: bone marrow biopsy\n    quote: bone marrow biopsy\n"
WELL = "  - kind: outcome\n    case: 1\n    quote: She was well at the last visit\n    outcome: alive\n"


def first(told: DocumentRecord) -> Case:
    return told.cases[0]


def only(told: DocumentRecord, kind: type[PatientEvent]) -> PatientEvent:
    (event,) = (event for event in first(told).events if isinstance(event, kind))
    return event


def test_a_rejected_reading_leaves_the_events_and_is_listed_with_its_reason(tmp_path: Path) -> None:
    told = amend(tmp_path, f"reject:\n{BIOPSY}    reason: it was refused\n")
    assert "procedure" not in {event.kind for event in first(told).events}
    assert [event.order for event in first(told).events] == list(range(1, len(first(told).events) + 1))
    (rejected,) = told.rejected
    assert (rejected.kind, rejected.case, rejected.statement) == ("procedure", "Case 1", "bone marrow biopsy")
    assert (rejected.by, str(rejected.on), rejected.reason) == ("curation team", "2024-01-31", "it was refused")


def test_a_corrected_reading_keeps_what_is_not_set(tmp_path: Path) -> None:
    told = amend(tmp_path, f"correct:\n{SEPSIS}    set: {{status: excluded, day: [3, 5]}}\n    note: ruled out\n")
    event = only(told, Diagnosis)
    assert isinstance(event, Diagnosis)
    assert (event.condition.label, event.status, event.evidence[0].quote) == ("sepsis", "excluded", "Sepsis")
    assert event.time is not None and (event.time.earliest_day, event.time.latest_day) == (3, 5)
    assert event.curation is not None
    assert (event.curation.action, event.curation.former) == ("corrected", "sepsis: suspected")
    assert (event.curation.note, event.curation.quoted) == ("ruled out", False)


def test_an_added_reading_goes_to_its_place_in_the_text(tmp_path: Path) -> None:
    entry = "add:\n  - {kind: procedure, case: Case 1, term: bone marrow biopsy, quote: ferritin was}\n"
    told = amend(tmp_path, entry)
    kinds = [event.kind for event in first(told).events]
    assert kinds[:4] == ["encounter", "clinical-finding", "laboratory-measurement", "procedure"]
    curation = first(told).events[3].curation
    assert curation is not None and (curation.action, curation.by) == ("added", "curation team")


def test_what_an_addition_supplies_is_no_longer_missed(tmp_path: Path) -> None:
    assert "Case 1: no outcome was found." in record().warnings
    told = amend(tmp_path, f"add:\n{WELL}")
    assert told.warnings == ()
    outcome = only(told, Outcome)
    assert isinstance(outcome, Outcome) and outcome.outcome == "alive"


def test_a_value_is_turned_into_the_standard_unit(tmp_path: Path) -> None:
    entry = (
        '  - {kind: laboratory-measurement, case: 1, term: ferritin, quote: "6,480 ng/mL", value: "7,000", unit: ug/L}'
    )
    told = amend(tmp_path, f"add:\n{entry}\n")
    added = [e for e in first(told).events if isinstance(e, LaboratoryMeasurement) and e.curation]
    assert [(e.quantity.value, e.quantity.unit_label) for e in added] == [(Decimal(7000), "µg/L")]
    assert added[0].standard_quantity is not None and added[0].standard_quantity.unit_label == "ng/mL"


def test_a_dose_is_turned_into_one_a_day_and_a_field_can_be_taken_away(tmp_path: Path) -> None:
    address = "  - {kind: drug-administration, term: Kineret, quote: 2 mg/kg twice a day, "
    told = amend(tmp_path, f"correct:\n{address}set: {{dose: 3 mg/kg, action: null, route: null}}}}\n")
    event = only(told, DrugAdministration)
    assert isinstance(event, DrugAdministration)
    assert event.normalized_dose is not None and event.normalized_dose.value == Decimal(6)
    assert (event.action, event.route, event.frequency) == (None, None, "twice a day")


def test_a_reading_moves_to_another_patient_and_other_words(tmp_path: Path) -> None:
    told = amend(tmp_path, f"correct:\n{SEPSIS}    set: {{case: Case 2, quote: He died}}\n")
    assert not any(isinstance(event, Diagnosis) for event in first(told).events)
    moved = [event for event in told.cases[1].events if isinstance(event, Diagnosis)]
    assert [event.evidence[0].quote for event in moved] == ["He died"]
    assert moved[0].curation is not None and moved[0].curation.former == "sepsis: suspected, of Case 1"
    assert moved[0].curation.quoted


def test_age_sex_and_claims_are_readings_too(tmp_path: Path) -> None:
    claim = "{kind: claim, term: anakinra, quote: Anakinra is effective in macrophage activation syndrome"
    told = amend(
        tmp_path,
        f"reject:\n  - {{kind: sex, case: 2, quote: man, reason: not told}}\n  - {claim}, reason: cited}}\n"
        "correct:\n  - {kind: age, case: 1, quote: 9-year-old, set: {value: 9.50}}\n"
        f"add:\n  - {claim}, relation: treats, object: MAS, hedged: true}}\n",
    )
    assert told.cases[1].sex is None
    assert "Case 2: no sex was found." not in told.warnings
    assert first(told).age is not None and first(told).age.value == "9.50"  # type: ignore[union-attr]
    assert [(claim.hedged, claim.curation is not None) for claim in told.claims] == [(True, True)]
    assert {rejected.kind for rejected in told.rejected} == {"sex", "claim"}


def test_what_is_known_of_the_document_is_kept(tmp_path: Path) -> None:
    told = amend(
        tmp_path,
        "title: Two children\ndoi: https://doi.org/10.1000/182\nlicence: https://creativecommons.org/licenses/by/4.0/\n",
    )
    assert (told.title, told.doi) == ("Two children", "10.1000/182")
    assert told.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert told.curation is not None and told.curation.file_name == "report.curation.yaml"
    assert told.cases == record().cases


def test_an_address_is_found_again_where_the_reader_quotes_more_or_less(tmp_path: Path) -> None:
    for quote in ("Sepsis", "Sepsis was considered. A bone marrow", "epsis was considered", "Sepsis\n      was"):
        entry = f'  - {{kind: diagnosis, term: sepsis, quote: "{quote}", reason: no}}'
        assert len(amend(tmp_path, f"reject:\n{entry}\n").rejected) == 1


def test_an_entry_that_matches_no_reading_any_more_is_a_warning_or_an_error(tmp_path: Path) -> None:
    entry = "reject:\n  - {kind: diagnosis, term: sepsis, quote: bone marrow biopsy, reason: no}\n"
    told = amend(tmp_path, entry)
    assert told.cases == record().cases
    (warning,) = (w for w in told.warnings if "curation" in w)
    assert warning.startswith("report.curation.yaml, line 4, reject 1: no diagnosis sepsis is read from")
    assert "what is read there: procedure of Case 1 `bone marrow biopsy`" in warning
    for text, strict in ((entry, True), (f"strict: true\n{entry}", False)):
        with pytest.raises(CurationError, match="no diagnosis sepsis is read from"):
            amend(tmp_path, text, strict=strict)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (f"correct:\n{SEPSIS}    set: {{status: suspected}}\n", "changes nothing any more"),
        (f"add:\n{SEPSIS}    case: 1\n    status: suspected\n", "is not needed any more"),
    ],
)
def test_an_entry_that_the_reader_has_caught_up_with_is_a_warning(tmp_path: Path, entry: str, message: str) -> None:
    told = amend(tmp_path, entry)
    assert told.cases == record().cases
    assert any(message in warning for warning in told.warnings)


FEVER = "{kind: clinical-finding, term: fever, quote: fever"


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (f"reject:\n  - {FEVER}, reason: no}}\n", r"fits 3 readings:(?s:.)*of Case 2 `fever: present`"),
        (
            f"reject:\n  - {FEVER}, case: 3, reason: no}}\n",
            r"no case 3 in report.txt. It has: Case 1 \(1\), Case 2 \(2\)",
        ),
        (f"reject:\n  - {FEVER}, occurrence: 9, reason: no}}\n", "stands 3 times in report.txt, not 9"),
        (f"reject:\n  - {FEVER}, start: 59, reason: no}}\n", "does not stand at 59. It stands at 58, 242, 335"),
        ("reject:\n  - {kind: sex, term: fever, quote: girl, reason: no}\n", "has no term. Leave `term` out"),
        (
            "reject:\n  - {kind: procedure, quote: marrow, reason: no}\n",
            "term is missing. A reading of the kind procedure",
        ),
        (f"reject:\n{SEPSIS}    reason: a\n{SEPSIS}    reason: b\n", "same reading as line 4, reject 1"),
        (f"add:\n{WELL}{WELL}", "is added twice"),
        ("add:\n  - {kind: sex, case: 1, quote: girl, sex: male}\n", "Case 1 has one already: sex of Case 1 `female`"),
        ("add:\n  - {kind: claim, case: 1, term: fever, relation: treats, object: fever, quote: girl}\n", "no patient"),
        ("add:\n  - {kind: outcome, quote: He died, outcome: died}\n", "case is missing"),
        (f"add:\n  - {FEVER}, case: 1, status: absent}}\n", "stands 3 times in report.txt, at 58, 242, 335. Give occ"),
        ("add:\n  - {kind: sex, case: 1, quote: a girls, sex: male}\n", "«a girls» does not stand in report.txt"),
        ("add:\n  - {kind: sex, case: 1, quote: GIRL, sex: male}\n", "With other capitals it stands at 35"),
        ("add:\n  - {kind: diagnosis, case: 1, quote: girl, term: sepsis}\n", "status is missing"),
        ("add:\n  - {kind: diagnosis, case: 1, quote: girl, term: sepsys, status: present}\n", "Did you mean sepsis"),
        (f"correct:\n{SEPSIS}    set: {{status: null}}\n", "status is missing"),
        (f"correct:\n{SEPSIS}    set: {{start: 3}}\n", "occurrence and start need the quote"),
        ("correct:\n  - {kind: age, case: 1, quote: 9-year-old, set: {case: 2}}\n", "cannot go to another patient"),
        ("document: other.txt\n", "the file is for other.txt, and not for report.txt"),
        (
            f"add:\n{WELL}  - {FEVER}, occurrence: 1, case: 1, status: absent, by: Curation Team}}\n",
            "would be one agent",
        ),
    ],
)
def test_an_entry_that_cannot_be_applied_is_told(tmp_path: Path, entries: str, message: str) -> None:
    with pytest.raises(CurationError, match=message) as caught:
        amend(tmp_path, entries)
    assert str(tmp_path / "report.curation.yaml") in caught.value.what
    assert caught.value.cure


def test_occurrence_case_and_reading_tell_readings_apart(tmp_path: Path) -> None:
    for more in ("case: 2", "occurrence: 3", "start: 335", 'case: 1, reading: "fever: resolved"'):
        (rejected,) = amend(tmp_path, f"reject:\n  - {FEVER}, {more}, reason: no}}\n").rejected
        assert rejected.statement.startswith("fever")


def test_an_address_names_a_term_from_behind_the_ontology(tmp_path: Path) -> None:
    other = TermRef(iri="https://example.org/Glow", label="glow", vocabulary="glows", grounding="exact")
    case = record().cases[0]
    event = Diagnosis(order=99, condition=other, status="present", evidence=case.evidence)
    read = record().model_copy(update={"cases": (case.model_copy(update={"events": (*case.events, event)}),)})
    for name in ("Glow", "https://example.org/Glow"):
        path = write(tmp_path, f"reject:\n  - {{kind: diagnosis, term: {name}, quote: 9-year-old, reason: no}}\n")
        assert len(curator().curate(read, document(), path).rejected) == 1


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CurationError, match="has 2 problems") as caught:
        amend(tmp_path, f"reject:\n  - {FEVER}, case: 3, reason: no}}\n  - {FEVER}, start: 1, reason: no}}\n")
    assert "line 4, reject 1: " in caught.value.what
    assert "line 5, reject 2: " in caught.value.what
