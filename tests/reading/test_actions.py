from __future__ import annotations

import pytest

from hfskg.reading.actions import actions_of_amounts, actions_of_mentions
from hfskg.vocabulary import Kind
from reading.helpers import annotated


def actions(text: str) -> list[tuple[str, list[str]]]:
    sentence = annotated(text)
    governed = actions_of_mentions(sentence, sentence.of_kind(Kind.DRUG))
    return [(mention.term.label, [cue.action for cue in cues]) for mention, cues in governed.items()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We started anakinra.", [("anakinra", ["start"])], id="active"),
        pytest.param("Anakinra was started.", [("anakinra", ["start"])], id="passive"),
        pytest.param("Anakinra was finally started.", [("anakinra", ["start"])], id="passive with an adverb"),
        pytest.param(
            "Anakinra and prednisone were stopped.", [("anakinra", ["stop"]), ("prednisone", ["stop"])], id="series"
        ),
        pytest.param(
            "Prednisone was stopped and anakinra was started.",
            [("prednisone", ["stop"]), ("anakinra", ["start"])],
            id="two passives",
        ),
        pytest.param(
            "After stopping prednisone we started anakinra.",
            [("prednisone", ["stop"]), ("anakinra", ["start"])],
            id="two actives",
        ),
        pytest.param(
            "Treatment was switched to anakinra from prednisone.",
            [("anakinra", ["switch"]), ("prednisone", ["switch"])],
            id="switched to",
        ),
        pytest.param(
            "As fever increased, anakinra was started.",
            [("anakinra", ["start"])],
            id="what increased is something else",
        ),
        pytest.param("Continued fever that did not answer anakinra.", [("anakinra", [])], id="what continued"),
        pytest.param("Anakinra was given.", [("anakinra", [])], id="none"),
        pytest.param("He received anakinra.", [("anakinra", [])], id="received"),
        pytest.param(
            "We started anakinra, which helped prednisone.", [("anakinra", ["start"]), ("prednisone", [])], id="border"
        ),
        pytest.param(
            "Anakinra was given before prednisone was tapered.",
            [("anakinra", []), ("prednisone", ["decrease"])],
            id="clause",
        ),
        pytest.param(
            "Anakinra and prednisone were tapered and stopped.",
            [("anakinra", ["decrease", "stop"]), ("prednisone", ["decrease", "stop"])],
            id="two verbs of one series",
        ),
        pytest.param(
            "She began anakinra, but stopped in May due to fever.",
            [("anakinra", ["start", "stop"])],
            id="left out",
        ),
        pytest.param("She had fever but stopped anakinra.", [("anakinra", ["stop"])], id="object behind but"),
        pytest.param(
            "Prednisone was stopped on the fifth day and anakinra was given.",
            [("prednisone", ["stop"]), ("anakinra", [])],
            id="the subject of the next clause",
        ),
        pytest.param("She was weaned off prednisone.", [("prednisone", ["stop"])], id="a patient weaned off a drug"),
        pytest.param("After anakinra she was weaned off the ventilator.", [("anakinra", [])], id="weaned off no drug"),
        pytest.param(
            "Prednisone was weaned off and anakinra was given.",
            [("prednisone", ["decrease"]), ("anakinra", [])],
            id="a drug weaned off",
        ),
        pytest.param(
            "After anakinra she was extubated and stopped prednisone.",
            [("anakinra", []), ("prednisone", ["stop"])],
            id="an object behind a passive",
        ),
        pytest.param(
            "Anakinra was then replaced with prednisone.",
            [("anakinra", ["stop"]), ("prednisone", ["switch"])],
            id="an adverb in a passive",
        ),
        pytest.param("She went home on a prednisone taper.", [("prednisone", ["decrease"])], id="a noun behind a drug"),
        pytest.param("She continued a prednisone taper.", [("prednisone", ["decrease"])], id="a taper that went on"),
        pytest.param("She started a prednisone taper.", [("prednisone", ["start"])], id="a taper that began"),
        pytest.param(
            "Anakinra and prednisone withdrawal helped.", [("anakinra", []), ("prednisone", ["stop"])], id="one drug"
        ),
        pytest.param(
            "Urine began to decrease, and anakinra was started.", [("anakinra", ["start"])], id="what decreased"
        ),
        pytest.param("As fever was seen, we also started anakinra.", [("anakinra", ["start"])], id="two subjects"),
    ],
)
def test_actions_of_drugs(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert actions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It was raised to 8 mg/kg/day.", {"8": "increase"}, id="raised to"),
        pytest.param("It was tapered to 5 mg.", {"5": "decrease"}, id="tapered to"),
        pytest.param("It was given at 2 mg/kg and increased to 4 mg/kg.", {"4": "increase"}, id="the second dose"),
        pytest.param("It was given at 2 mg/kg up to 4 mg/kg.", {"4": "increase"}, id="up to behind another dose"),
        pytest.param("It was given up to 4 mg/kg.", {}, id="up to alone"),
        pytest.param("It was 4 mg.", {}, id="none"),
    ],
)
def test_actions_of_doses(text: str, expected: dict[str, str]) -> None:
    sentence = annotated(text)
    told = actions_of_amounts(sentence, sentence.amounts)
    assert {sentence.words[place]: action for place, action in told.items()} == expected
