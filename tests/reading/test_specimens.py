"""Values of other specimens than blood: told as such where the ontology has a name for them, else not at all."""

from __future__ import annotations

import pytest

from reading.helpers import laboratory, read

CSF, BLOOD = "CSF leukocyte count", "leukocyte count"


def told(text: str) -> list[str]:
    return [analyte for analyte, _, _ in laboratory(read(text))]


@pytest.mark.parametrize(
    ("text", "analytes"),
    [
        ("The cerebrospinal fluid had a leukocyte count of 35/µL.", [CSF]),
        ("Lumbar puncture showed leukocytes 3/µL and hemoglobin 2 g/dL.", [CSF]),
        ("A leukocyte count of 12/µL in the cerebrospinal fluid was seen.", [CSF]),
        ("The CSF leukocyte count was 7/µL, and the platelets were 90/µL.", [CSF, "platelet count"]),
        ("Pleural fluid hemoglobin was 2 g/dL.", []),
        ("Thoracentesis revealed fluid with a neutrophil count of 700/µL.", []),
    ],
)
def test_what_a_fluid_holds(text: str, analytes: list[str]) -> None:
    assert told(text) == analytes


@pytest.mark.parametrize(
    ("text", "analytes"),
    [
        ("Lumbar puncture was done and hemoglobin was 7 g/dL.", ["hemoglobin"]),
        ("The pleural fluid was clear, hemoglobin was 7 g/dL.", ["hemoglobin"]),
        ("The pleural fluid was clear, with a serum ferritin of 900 ng/mL.", ["ferritin"]),
        ("The pleural fluid was drained and her hemoglobin fell to 7 g/dL.", ["hemoglobin"]),
        ("Hemoglobin was 7 g/dL before lumbar puncture.", ["hemoglobin"]),
        ("There was blood in the urine, hemoglobin 7 g/dL.", ["hemoglobin"]),
        ("A catheter was left in the pleural fluid, hemoglobin 7 g/dL.", ["hemoglobin"]),
        ("Leukocytes were 2.1 × 10^9/L (lumbar puncture negative), platelets 30 × 10^9/L.", [BLOOD, "platelet count"]),
    ],
)
def test_what_is_said_of_the_blood_stays(text: str, analytes: list[str]) -> None:
    assert told(text) == analytes


def test_a_value_with_a_unit_that_the_fluid_has_not_is_none() -> None:
    assert told("The cerebrospinal fluid showed a leukocyte count of 2.1 × 10^9/L.") == []
