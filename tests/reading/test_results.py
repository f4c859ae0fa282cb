from __future__ import annotations

import pytest

from reading.helpers import findings, read

HIGH = {("hyperferritinemia", "present")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ferritin was elevated.", HIGH, id="predicate"),
        pytest.param("She had high ferritin.", HIGH, id="attribute"),
        pytest.param("There was a rise in serum ferritin.", HIGH, id="noun"),
        pytest.param("Ferritin rose.", HIGH, id="verb"),
        pytest.param("Ferritin was low.", set(), id="no such finding"),
        pytest.param(
            "High ferritin suggested that blood cultures had to be taken.",
            HIGH,
            id="a direction reaches to the verb",
        ),
        pytest.param(
            "She had negative blood cultures, and chest radiography revealing a shadow.",
            {("positive blood culture", "absent")},
            id="a test with a result of its own",
        ),
        pytest.param(
            "The liver, lymph nodes and spleen were enlarged.",
            {("splenomegaly", "present"), ("lymphadenopathy", "present")},
            id="enlarged organs that the ontology has a finding for",
        ),
        pytest.param(
            "The abdomen was soft, distended, but non-tender.",
            {("abdominal distension", "present"), ("abdominal tenderness", "absent")},
            id="two states of a part of the body",
        ),
        pytest.param("Abdomen: soft, nontender.", {("abdominal tenderness", "absent")}, id="a state behind a colon"),
        pytest.param("Urine was negative for leukocytes.", set(), id="no cells where none should be"),
        pytest.param("The spleen was not palpable.", {("splenomegaly", "absent")}, id="an organ not felt"),
        pytest.param("The spleen was of normal size.", {("splenomegaly", "absent")}, id="an organ of normal size"),
        pytest.param(
            "The spleen was enlarged. Then the spleen was of normal size.",
            {("splenomegaly", "present"), ("splenomegaly", "resolved")},
            id="an organ back to its size",
        ),
        pytest.param(
            "A bone marrow biopsy was hypercellular.", {("marrow hypercellularity", "present")}, id="by biopsy"
        ),
        pytest.param("The spleen was normal.", set(), id="a normal organ denies nothing in particular"),
        pytest.param(
            "Blood and urine cultures were sterile.",
            {("positive blood culture", "absent")},
            id="a test at several sites",
        ),
        pytest.param("Cultures were negative.", {("positive culture", "absent")}, id="a test alone"),
        pytest.param("Cultures including those of blood were negative.", set(), id="a test that heads a list"),
        pytest.param("Ferritin was normal.", {("hyperferritinemia", "absent")}, id="normal"),
        pytest.param("Ferritin normalized.", {("hyperferritinemia", "resolved")}, id="normalized"),
        pytest.param("At discharge ferritin was normal.", {("hyperferritinemia", "resolved")}, id="normal at the end"),
        pytest.param(
            "Ferritin was elevated. Ferritin was normal.", HIGH | {("hyperferritinemia", "resolved")}, id="both"
        ),
        pytest.param(
            "Ferritin and C-reactive protein were elevated.",
            HIGH | {("elevated C-reactive protein", "present")},
            id="two before a predicate",
        ),
        pytest.param(
            "She had high ferritin, triglycerides and CRP.",
            HIGH | {("hypertriglyceridemia", "present"), ("elevated C-reactive protein", "present")},
            id="a list behind an attribute",
        ),
        pytest.param(
            "She had high ferritin and low fibrinogen.",
            HIGH | {("hypofibrinogenemia", "present")},
            id="two directions",
        ),
        pytest.param("High ferritin was found while CRP was tested.", HIGH, id="no further than a break"),
        pytest.param("There was no elevation of ferritin.", {("hyperferritinemia", "absent")}, id="negated"),
        pytest.param("Liver function was impaired.", {("liver dysfunction", "present")}, id="panel"),
        pytest.param(
            "Antinuclear antibodies were negative.", {("antinuclear antibody positivity", "absent")}, id="negative"
        ),
        pytest.param("Echocardiography was unremarkable.", {("abnormal echocardiogram", "absent")}, id="procedure"),
        pytest.param("Elevated ferritin was suspected.", set(), id="possible"),
        pytest.param("Her mother had high ferritin.", set(), id="family"),
        pytest.param("High-dose steroids and ferritin.", set(), id="high dose"),
        pytest.param("For higher-level care with echocardiography.", set(), id="part of a word"),
    ],
)
def test_results(text: str, expected: set[tuple[str, str]]) -> None:
    assert findings(read(text)) == expected


def test_the_quote_reaches_over_direction_and_analyte() -> None:
    event = read("Then she had a high serum ferritin again.").events[0]
    assert event.evidence[0].quote == "high serum ferritin"
