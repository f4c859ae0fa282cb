from __future__ import annotations

import pytest

from hfskg.reading.drugs import given_drugs
from hfskg.record import DrugAdministration
from reading.helpers import annotated, drugs, label, plain, read

Told = list[tuple[str, str | None, str | None]]


def episodes(text: str) -> list[DrugAdministration]:
    return [e for e in read(text).events if isinstance(e, DrugAdministration)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Growth of Escherichia coli resistant to anakinra was found.", [], id="what an organism withstands"
        ),
        pytest.param(
            "Anakinra was considered early, but was started on day 9.", [("anakinra", None, "start")], id="begun later"
        ),
        pytest.param("Anakinra was considered, but was not started.", [], id="not begun"),
        pytest.param("She was on anakinra prophylaxis.", [("anakinra", None, None)], id="given to prevent"),
        pytest.param("She received anakinra.", [("anakinra", None, None)], id="drug alone"),
        pytest.param("Anakinra 4 mg/kg/day was started.", [("anakinra", "4 mg/kg/day", "start")], id="dose and action"),
        pytest.param("She got 100 mg of anakinra.", [("anakinra", "100 mg", None)], id="dose before"),
        pytest.param("Anakinra at a dose of 4 mg/kg was given.", [("anakinra", "4 mg/kg", None)], id="at a dose of"),
        pytest.param("Anakinra (4 mg/kg) was given.", [("anakinra", "4 mg/kg", None)], id="dose in brackets"),
        pytest.param("Anakinra 1–2 mg/kg was given.", [("anakinra", "1 mg/kg", None)], id="range"),
        pytest.param(
            "Anakinra 4 mg/kg and prednisone 20 mg were given.",
            [("anakinra", "4 mg/kg", None), ("prednisone", "20 mg", None)],
            id="two drugs with doses",
        ),
        pytest.param(
            "Anakinra 2 mg/kg was started and raised to 4 mg/kg.",
            [("anakinra", "2 mg/kg", "start"), ("anakinra", "4 mg/kg", "increase")],
            id="two doses of one drug",
        ),
        pytest.param(
            "Anakinra was started at 2 mg/kg and escalated to 8 mg/kg.",
            [("anakinra", "2 mg/kg", "start"), ("anakinra", "8 mg/kg", "increase")],
            id="escalated to a dose",
        ),
        pytest.param(
            "She was started on prednisone 60 mg, which was tapered.",
            [("prednisone", "60 mg", "start"), ("prednisone", None, "decrease")],
            id="a relative clause",
        ),
        pytest.param("No anakinra was given.", [], id="not given"),
        pytest.param("Levels of prednisone were measured.", [], id="a level"),
        pytest.param("Anakinra was considered.", [], id="considered only"),
        pytest.param("Her mother took prednisone.", [], id="family"),
        pytest.param("The HLH-94 protocol was begun.", [("HLH-94 protocol", None, "start")], id="protocol"),
        pytest.param(
            "Ferritin was 4 mg/dL on anakinra.", [("anakinra", None, None)], id="a laboratory value is no dose"
        ),
        pytest.param("Prednisone was tapered.", [("prednisone", None, "decrease")], id="action alone"),
        pytest.param(
            "Treatment was started first with prednisone 60 mg.",
            [("prednisone", "60 mg", "start")],
            id="started first with",
        ),
        pytest.param(
            "Prednisone was changed to methotrexate, and anakinra was added.",
            [("prednisone", None, "switch"), ("methotrexate", None, "switch"), ("anakinra", None, "start")],
            id="an action of its own behind a switch",
        ),
        pytest.param(
            "Anakinra 2 mg/kg (40 mg) was given.", [("anakinra", "2 mg/kg", None)], id="what the dose comes to"
        ),
        pytest.param("Prednisone was decreased by 10 mg.", [("prednisone", None, "decrease")], id="a step is no dose"),
        pytest.param(
            "Methotrexate was replaced by 100 mg anakinra.",
            [("methotrexate", None, "stop"), ("anakinra", "100 mg", "switch")],
            id="replaced by a dose",
        ),
        pytest.param(
            "Anakinra was stopped with decreasing ferritin.",
            [("anakinra", None, "stop")],
            id="what falls is no drug",
        ),
        pytest.param(
            "Anakinra was given with 10 L high-flow nasal oxygen.", [("anakinra", None, None)], id="flow of a procedure"
        ),
        pytest.param(
            "The flow of 20 mL/kg which the scan of the liver showed fell with anakinra.",
            [("anakinra", None, None)],
            id="an amount far before a drug",
        ),
        pytest.param("She received 12 Gy and anakinra.", [("anakinra", None, None)], id="a dose of rays"),
        pytest.param("With high fever she needed anakinra.", [("anakinra", None, None)], id="no action in a sign"),
        pytest.param("She left on anakinra as a biologic.", [("anakinra", None, None)], id="a class behind its member"),
    ],
)
def test_drug_dose_and_action(text: str, expected: Told) -> None:
    assert drugs(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Prednisone (20 mg, taken orally) was given.", "oral"),
        ("Intravenous anakinra was given.", "intravenous"),
        ("Anakinra was given subcutaneously.", "subcutaneous"),
        ("Anakinra 100 mg IV was given.", "intravenous"),
        ("Oral high-dose prednisone was given.", "oral"),
        ("Intravenous immunoglobulin was given.", "intravenous"),
        ("IVIG was given.", "intravenous"),
        ("Anakinra was given.", None),
    ],
)
def test_route(text: str, route: str | None) -> None:
    assert [label(e.route) for e in episodes(text)] == [route]


def test_each_drug_has_its_own_route() -> None:
    told = episodes("Oral prednisone and subcutaneous anakinra were given.")
    assert [(e.drug.label, label(e.route)) for e in told] == [("prednisone", "oral"), ("anakinra", "subcutaneous")]


@pytest.mark.parametrize(
    ("text", "frequency", "normalized"),
    [
        ("Anakinra 100 mg twice a day was given.", "twice a day", "200 mg/day"),
        ("Anakinra 2 mg/kg every 12 hours was given.", "every 12 hours", "4 mg/kg/day"),
        ("Anakinra 100 mg every other day was given.", "every other day", "50 mg/day"),
        ("Anakinra 100 mg q6h was given.", "q6h", "400 mg/day"),
        ("Anakinra 100 mg 3 times a day was given.", "3 times a day", "300 mg/day"),
        ("Anakinra 70 mg every two weeks was given.", "every two weeks", "5 mg/day"),
        ("Anakinra 4 mg/kg/day in two divided doses was given.", "in two divided doses", "4 mg/kg/day"),
        ("Daily anakinra 100 mg was given.", "Daily", "100 mg/day"),
        ("Anakinra 100 mg was given.", None, None),
    ],
)
def test_frequency_and_dose_per_day(text: str, frequency: str | None, normalized: str | None) -> None:
    told = episodes(text)[0]
    assert (told.frequency or "").casefold() == (frequency or "").casefold()
    assert plain(told.normalized_dose) == normalized


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("Prednisone 20 mg for 3 consecutive days was given.", "for 3 consecutive days"),
        ("Prednisone 20 mg was given for two weeks.", "for two weeks"),
        ("Prednisone 20 mg was given.", None),
    ],
)
def test_duration(text: str, duration: str | None) -> None:
    assert [e.duration for e in episodes(text)] == [duration]


def test_a_dose_told_in_the_next_sentence_is_the_last_drugs() -> None:
    assert drugs(read("Anakinra 2 mg/kg was given. The dose was raised to 4 mg/kg.")) == [
        ("anakinra", "2 mg/kg", None),
        ("anakinra", "4 mg/kg", "increase"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The dose was reduced before the therapy was stopped.", ["decrease", "stop"], id="both"),
        pytest.param("The treatment was not stopped.", [], id="denied"),
        pytest.param("The visit was stopped.", [], id="something else"),
        pytest.param("The therapy was stopped while methotrexate was given.", [], id="another drug"),
    ],
)
def test_what_is_done_with_the_therapy_is_done_with_the_last_drug(text: str, expected: list[str]) -> None:
    told = [e for e in episodes(f"She got anakinra 100 mg. {text}") if e.drug.label == "anakinra"]
    assert [e.action for e in told if e.action] == expected


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        pytest.param("Corticosteroids were stopped.", ["prednisone"], id="those given before"),
        pytest.param("Corticosteroids were started and later stopped.", ["corticosteroid"], id="started with it"),
        pytest.param(
            "Prednisone was stopped. Then corticosteroids were stopped.", ["prednisone", "corticosteroid"], id="again"
        ),
    ],
)
def test_a_class_that_is_stopped_stands_for_its_members(text: str, stopped: list[str]) -> None:
    told = episodes(f"She had prednisone 20 mg. {text}")
    assert [e.drug.label for e in told if e.action == "stop"] == stopped


def test_a_bare_mention_is_left_out_where_more_is_told() -> None:
    assert drugs(read("She was given anakinra. Anakinra 4 mg/kg was started.")) == [("anakinra", "4 mg/kg", "start")]


def test_the_quote_reaches_from_drug_to_dose() -> None:
    assert episodes("Then anakinra at 4 mg/kg was given.")[0].evidence[0].quote == "anakinra at 4 mg/kg"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anakinra was given.", ["anakinra"]),
        ("No anakinra was given.", []),
        ("Anakinra, but no prednisone, was given.", ["anakinra"]),
    ],
)
def test_given_drugs(text: str, expected: list[str]) -> None:
    assert [m.term.label for m in given_drugs(annotated(text))] == expected


def test_a_frequency_in_front_of_a_conjunction_is_the_other_drugs() -> None:
    told = episodes("Prednisone 20 mg daily and anakinra 100 mg were given.")
    assert [episode.frequency for episode in told] == ["daily", None]


def test_each_dose_has_its_own_route() -> None:
    told = episodes("Anakinra was started at 2 mg/kg subcutaneously and raised to 8 mg/kg intravenously.")
    assert [label(episode.route) for episode in told] == ["subcutaneous", "intravenous"]


@pytest.mark.parametrize(
    ("text", "frequency", "duration"),
    [
        pytest.param("Anakinra 100 mg QDS was given.", "QDS", None, id="British abbreviation"),
        pytest.param("Anakinra 100 mg twice weekly was given.", "twice weekly", None, id="the whole phrase"),
        pytest.param("Anakinra 100 mg daily for 2 weeks was given.", "daily", "for 2 weeks", id="duration"),
        pytest.param("Anakinra 100 mg daily, which was tapered over 6 weeks.", "daily", None, id="of a further course"),
        pytest.param("His monthly anakinra was given.", "monthly", None, id="no duration"),
        pytest.param("Anakinra with plan for twice weekly doses was given.", "twice weekly", None, id="no number"),
    ],
)
def test_frequency_and_duration(text: str, frequency: str | None, duration: str | None) -> None:
    told = episodes(text)[0]
    assert (told.frequency, told.duration) == (frequency, duration)
