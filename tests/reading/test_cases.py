from __future__ import annotations

import pytest

from hfskg.reading.cases import CaseText, find_cases
from reading.helpers import document

GIRL = "A 9-year-old girl had fever."
BOY = "A 12-year-old boy had rash."


def cases(text: str) -> list[CaseText]:
    return find_cases(document(text))


def told(text: str) -> list[tuple[str, list[str]]]:
    parsed = document(text)
    return [(c.label, [parsed.text[s.start : s.end] for s in c.sentences]) for c in find_cases(parsed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"Background: {GIRL}\n\nInvestigations: Ferritin was high.\n\nDiscussion: It is rare.\n",
            [("Patient 1", [GIRL, "Ferritin was high."])],
            id="introduced before the case sections",
        ),
        pytest.param(
            f"Patient 1\n\n{GIRL}\n\nPatient 2\n\n{BOY}\n\nDiscussion\n\nIt is rare.\n",
            [("Patient 1", [GIRL]), ("Patient 2", [BOY])],
            id="headings",
        ),
        *(
            pytest.param(
                f"Introduction\n\nIt is rare.\n\n{one}\n\n{GIRL}\n\n{two}\n\n{BOY}\n\nDiscussion\n\nIt is rare.\n",
                [("Case 1", [GIRL]), ("Case 2", [BOY])],
                id=f"behind an introduction: {one}",
            )
            for one, two in (
                ("Case 1", "Case 2"),
                ("2.1 Case 1", "2.2 Case 2"),
                ("Case report 1", "Case report 2"),
                ("Case presentation no. 1", "Case presentation no. 2"),
                ("Case #1", "Case #2"),
                ("Case one", "Case two"),
                ("First case", "Second case"),
                ("Case 1 (index patient)", "Case 2 (her brother)"),
            )
        ),
        pytest.param(
            "Case report\n\nPatient 1 was a 9-year-old girl. She left. Patient 2 was a 12-year-old boy. He left.\n",
            [
                ("Patient 1", ["Patient 1 was a 9-year-old girl.", "She left."]),
                ("Patient 2", ["Patient 2 was a 12-year-old boy.", "He left."]),
            ],
            id="one paragraph",
        ),
        pytest.param(f"CASE 1\n\n{GIRL}\n\nCASE 2\n\n{BOY}\n", [("Case 1", [GIRL]), ("Case 2", [BOY])], id="capitals"),
        pytest.param(
            f"Case 1: {GIRL}\n\nCase 2: {BOY}\n", [("Case 1", [GIRL]), ("Case 2", [BOY])], id="headings run in"
        ),
        pytest.param(
            f"Patient 1\n\n{GIRL}\n\nOutcome\n\nShe left.\n\nDiscussion\n\nIt is rare.\n",
            [("Patient 1", [GIRL, "She left."])],
            id="sections inside a case",
        ),
        pytest.param(
            f"Case reports\n\n(1) {GIRL}\n\nShe left.\n\n(2) {BOY}\n\nDiscussion\n\nIt is rare.\n",
            [("Case 1", [f"(1) {GIRL}", "She left."]), ("Case 2", [f"(2) {BOY}"])],
            id="numbered items",
        ),
        pytest.param(
            f"Case reports\n\n{GIRL}\n\nShe left.\n\n{BOY}\n\nDiscussion\n\nIt is rare.\n",
            [("Patient 1", [GIRL, "She left."]), ("Patient 2", [BOY])],
            id="paragraphs that open with a patient",
        ),
        pytest.param(
            "Case reports\n\nThe first patient was a girl.\n\nThe second patient was a boy.\n",
            [("Patient 1", ["The first patient was a girl."]), ("Patient 2", ["The second patient was a boy."])],
            id="the first and the second patient",
        ),
        pytest.param(
            f"Introduction\n\nIt is rare.\n\nCase report\n\n{GIRL}\n\nShe left.\n\nDiscussion\n\nIt is rare.\n",
            [("Patient 1", [GIRL, "She left."])],
            id="a case section",
        ),
        pytest.param(
            f"A title\n\nIt is rare.\n\n{GIRL} She left.\n\nDiscussion\n\nIt is rare.\n",
            [("Patient 1", [GIRL, "She left."])],
            id="from the sentence that introduces a patient",
        ),
        pytest.param("Discussion\n\nIt is rare.\n", [], id="none"),
        pytest.param(f"Discussion\n\n{GIRL}\n", [], id="a patient of the discussion"),
    ],
)
def test_which_sentences_tell_of_which_patient(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert told(text) == expected


def test_numbers_follow_the_document() -> None:
    assert [c.number for c in cases(f"Patient 3\n\n{GIRL}\n\nPatient 7\n\n{BOY}\n")] == [1, 2]


@pytest.mark.parametrize(
    ("text", "returns"),
    [
        pytest.param("Fever was seen in our patient.", 1, id="our patient"),
        pytest.param("Our patient may have had sepsis.", 0, id="musing"),
        pytest.param("Fever was seen in our patient. He had no rash. Fever is rare. He is dead.", 2, id="going on"),
        pytest.param("Fever was seen in our patient.\n\nHe had no rash.", 1, id="not into the next paragraph"),
        pytest.param("Fever is rare.", 0, id="the literature"),
    ],
)
def test_sentences_of_the_discussion_that_return_to_the_patient(text: str, returns: int) -> None:
    assert [len(c.returns) for c in cases(f"Case report\n\n{GIRL}\n\nDiscussion\n\n{text}\n")] == [returns]


@pytest.mark.parametrize(
    ("text", "returns"),
    [
        pytest.param("Here we report a girl with fever.", 1, id="what is reported"),
        pytest.param("Fever was seen in our patient.", 0, id="words of a discussion"),
        pytest.param("Fever is rare.", 0, id="the literature"),
    ],
)
def test_sentences_of_the_introduction_that_tell_of_the_patient(text: str, returns: int) -> None:
    document_ = f"Introduction\n\n{text}\n\nCase report\n\n{GIRL}\n\nDiscussion\n\nIt is rare.\n"
    assert [len(c.returns) for c in cases(document_)] == [returns]


def test_a_discussion_returns_to_none_of_several_patients() -> None:
    text = TWO.format("", "") + "Discussion\n\nFever was seen in our patient.\n"
    assert [len(c.returns) for c in cases(text)] == [0, 0]


def table(caption: str, head: str = "Test\tDay 1") -> str:
    return f"{caption}\n{head}\nFerritin\t5\n\n"


TWO = "Patient 1\n\n" + GIRL + "{}\n\nPatient 2\n\n" + BOY + "{}\n\n"


@pytest.mark.parametrize(
    ("text", "owned"),
    [
        pytest.param(TWO.format(" See Table 1.", "") + table("Table 1. Course"), [1, 0], id="first refers"),
        pytest.param(TWO.format("", " See Table 1.") + table("Table 1. Course"), [0, 1], id="second refers"),
        pytest.param(TWO.format("", " (Tables 1 and 2)") + table("Table 2. Course"), [0, 1], id="a list of tables"),
        pytest.param(TWO.format("", " (Tables 1–3)") + table("Table 2. Course"), [0, 1], id="a range of tables"),
        pytest.param(
            TWO.format("", "") + table("Table 1. Course of patient 2"), [0, 1], id="caption names the patient"
        ),
        pytest.param(
            TWO.format("", "") + table("Table 1. Course", "Test\tPatient 1\tPatient 2"), [1, 1], id="heads name both"
        ),
        pytest.param(TWO.format("", "") + table("Table 1. Course"), [0, 0], id="nobody refers"),
        pytest.param(TWO.format(" See Table 11.", "") + table("Table 1. Course"), [0, 0], id="another number"),
        pytest.param(f"Case report\n\n{GIRL}\n\nTest\tDay 1\nFerritin\t5\n", [1], id="no caption, in the case section"),
        pytest.param(f"Case report\n\n{GIRL}\n\n" + table("Table 1. Course"), [1], id="no text refers to it"),
        pytest.param(
            f"Case report\n\n{GIRL}\n\n" + table("Table 1. Course") + "Discussion\n\nIt is rare (Table 1).\n",
            [0],
            id="another section refers to it",
        ),
        pytest.param(
            f"Case report\n\n{GIRL}\n\nDiscussion\n\nIt is rare.\n\nTest\tDay 1\nFerritin\t5\n",
            [0],
            id="no caption, in the discussion",
        ),
    ],
)
def test_which_tables_tell_of_which_patient(text: str, owned: list[int]) -> None:
    assert [len(c.tables) for c in cases(text)] == owned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A neonate presented with fever. The infant was pale.", True, id="word, without an age"),
        pytest.param("A 3-week-old boy had fever.", True, id="age in weeks"),
        pytest.param("A 9-year-old girl had fever.", False, id="child"),
        pytest.param(
            "A 30-year-old woman came in with a fever that began at home. The infant was pale.", False, id="mother"
        ),
    ],
)
def test_newborn_patients(text: str, expected: bool) -> None:
    assert [case.newborn for case in cases(f"Case report\n\n{text}\n")] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "It is rare. A healthy neonate presented with fever.",
            ["A healthy neonate presented with fever."],
            id="person",
        ),
        pytest.param(
            "It is rare. We report a male infant with fever.", ["We report a male infant with fever."], id="reported"
        ),
        pytest.param("It is rare. A neonate is small.", [], id="nobody came"),
        pytest.param(
            "The patient had fever. She was pale. Her liver was large.",
            ["The patient had fever.", "She was pale.", "Her liver was large."],
            id="spoken of",
        ),
        pytest.param("The patient should rest. She may eat.", [], id="hardly spoken of"),
    ],
)
def test_a_patient_without_an_age(text: str, expected: list[str]) -> None:
    assert [sentence for _, sentences in told(text) for sentence in sentences] == expected


def test_a_report_in_another_section_comes_before_the_case_section() -> None:
    report = "We report sepsis in a 45-day-old girl."
    text = f"Methods: It is rare. {report}\n\nResults: Ferritin was high.\n"
    assert told(text) == [("Patient 1", [report, "Ferritin was high."])]


def test_what_explains_the_abbreviations_of_a_figure_tells_of_nobody() -> None:
    legend = "ABT: abatacept, PSL: prednisolone, MP: meropenem."
    text = f"Case report\n\nA 9-year-old girl had fever.\n\nFigure 1. The clinical course.\n{legend}\n"
    parsed = document(text)
    told = [parsed.text[s.start : s.end] for s in find_cases(parsed)[0].sentences]
    assert any("clinical course" in sentence for sentence in told)
    assert not any("abatacept" in sentence for sentence in told)
