from __future__ import annotations

import pytest

from hfskg.coverage import Coverage, Share, Survey
from hfskg.record import LaboratoryMeasurement, Rejection
from inspected import REPORT, document, reader, surveyor

CASE = "Case report\n\nA 9-year-old girl had fever. "


def survey(text: str) -> Survey:
    parsed = document(text)
    return surveyor().survey(parsed, reader().read(parsed))


def gaps(text: str, kind: str) -> list[str]:
    found = survey(f"{CASE}{text}\n")
    return [gap.quote for gap in found.gaps if gap.kind == kind]


def test_a_report_has_figures() -> None:
    assert survey(REPORT).coverage == Coverage(
        numbers=Share(read=4, all=5),
        drugs=Share(read=1, all=2),
        diseases=Share(read=1, all=2),
        sentences=Share(read=4, all=9),
    )


def test_gaps_stand_in_the_text_in_its_order() -> None:
    found = survey(REPORT).gaps
    assert all(REPORT[gap.start : gap.end] == gap.quote for gap in found)
    assert [gap.start for gap in found] == sorted(gap.start for gap in found)
    assert {gap.case for gap in found} == {"Patient 1"}
    assert [g.quote for g in found if g.kind in ("number", "drug", "disease")] == [
        "foozumab",
        "350 mg/dL",
        "Foobaritis",
    ]


def test_a_number_is_read_where_a_reading_has_its_value() -> None:
    assert gaps("Ferritin was 480 ng/mL.", "number") == []
    assert gaps("There were 480 ng/mL of it.", "number") == ["480 ng/mL"]


def test_what_a_curator_rejected_is_no_gap() -> None:
    parsed = document(f"{CASE}Ferritin was 480 ng/mL.\n")
    told = reader().read(parsed)
    (case,) = told.cases
    value = case.events[-1]
    assert isinstance(value, LaboratoryMeasurement)
    without = case.model_copy(update={"events": case.events[:-1]})
    missing = told.model_copy(update={"cases": (without,)})
    assert [gap.quote for gap in surveyor().survey(parsed, missing).gaps if gap.kind == "number"] == ["480 ng/mL"]
    rejected = Rejection(kind=value.kind, case=case.label, statement="-", evidence=value.evidence, by="x", reason="no")
    decided = missing.model_copy(update={"rejected": (rejected,)})
    assert surveyor().survey(parsed, decided).gaps == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ferritin was 480 ng/mL (normal range 15-150 ng/mL).",
        "Ferritin was 480 ng/mL (15-150 ng/mL).",
        "Temperature was 38.7 °C and the blood pressure was 90/60 mmHg.",
        "It met the criteria, such as 500 ng/mL.",
        "It took 5 days.",
    ],
)
def test_what_is_left_out_on_purpose_is_no_gap(text: str) -> None:
    assert gaps(text, "number") == []


def test_a_unit_that_the_ontology_lacks_is_told() -> None:
    found = survey(f"{CASE}The level was 12 foos/mL.\n").gaps
    assert ("12 foos/mL", "the ontology lacks this unit") in [(gap.quote, gap.reason) for gap in found]


def test_words_without_a_term_are_told_apart_from_terms_that_were_not_read() -> None:
    found = survey(f"{CASE}She was given foozumab. A card said anakinra and lymphoma is not arthritis.\n").gaps
    reasons = {gap.quote: gap.reason for gap in found if gap.kind == "drug"}
    assert reasons == {"foozumab": "no term of the ontology was recognized here"}


@pytest.mark.parametrize("text", ["Her mother had arthritis.", "Her mother had foobaritis."])
def test_what_is_told_of_the_family_is_no_gap(text: str) -> None:
    assert gaps(text, "disease") == []


def test_sentences_of_the_case_without_any_reading_are_told() -> None:
    assert gaps("The evening was long and calm. Anakinra was started. Well.", "sentence") == [
        "The evening was long and calm."
    ]


def test_background_and_discussion_are_not_counted() -> None:
    text = f"Background\n\nFoozumab is new.\n\n{CASE}\n\nDiscussion\n\nFoobaritis of 350 mg/dL is rare.\n"
    assert survey(text).gaps == ()


def test_a_document_without_patient_is_counted_as_a_whole() -> None:
    found = survey("Foobaritis was seen here and there.\n")
    assert found.coverage.diseases == Share(read=0, all=1)
    assert [gap.case for gap in found.gaps] == ["", ""]


def test_a_survey_is_the_same_each_time_and_travels_as_json() -> None:
    assert survey(REPORT) == survey(REPORT)
    assert Survey.model_validate_json(survey(REPORT).model_dump_json()) == survey(REPORT)


def test_figures_add_up_and_are_said_on_one_line() -> None:
    one = Coverage(numbers=Share(read=1, all=2))
    both = one + Coverage(numbers=Share(read=3, all=4), drugs=Share(read=1, all=1))
    assert str(both) == (
        "4 of 6 numbers with units, 1 of 1 drug-like words, 0 of 0 disease-like words, 0 of 0 case sentences"
    )
