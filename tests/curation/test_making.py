from __future__ import annotations

from typing import Any, get_args

import pytest

from curation.helpers import document
from hfskg.curation.fields import FIELDS
from hfskg.curation.lookup import Lookup
from hfskg.curation.making import REQUIRED, Maker
from hfskg.curation.model import KINDS, ReadingKind
from hfskg.curation.readings import words_of
from hfskg.errors import CurationError
from hfskg.record import Curation, Event, Evidence, PatientEvent
from support import packaged_vocabulary

SPAN = (Evidence(start=0, end=4, quote="Case"),)
WHO = Curation(action="added", by="curation team")


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker(Lookup(packaged_vocabulary()), document())


MADE: list[tuple[ReadingKind, dict[str, Any], str]] = [
    ("diagnosis", {"term": "sepsis", "status": "history"}, "sepsis: history"),
    ("clinical-finding", {"term": "fever", "status": "absent"}, "fever: absent"),
    (
        "laboratory-measurement",
        {"term": "ferritin", "comparator": "<", "value": "7", "unit": "ug/L"},
        "ferritin: < 7 µg/L (= 7 ng/mL)",
    ),
    (
        "drug-administration",
        {"term": "anakinra", "dose": "2 mg/kg", "route": "intravenous", "frequency": "twice a day", "action": "stop"},
        "anakinra: 2 mg/kg (= 4 mg/kg/day) intravenous twice a day [stop]",
    ),
    ("procedure", {"term": "bone marrow biopsy"}, "bone marrow biopsy"),
    ("adverse-event", {"term": "fever", "drug": "anakinra"}, "fever, blamed on anakinra"),
    ("genetic-finding", {"term": "PRF1", "status": "absent"}, "PRF1: absent"),
    ("encounter", {"encounter": "discharge"}, "discharge"),
    ("treatment-response", {"response": "improved", "term": "anakinra"}, "improved on anakinra"),
    ("criteria-statement", {"term": "MAS-2016", "verdict": "not met"}, "MAS-2016: not met"),
    ("outcome", {"outcome": "died"}, "died"),
    ("age", {"value": "9", "unit": "month"}, "9 month"),
    ("sex", {"sex": "female"}, "female"),
    ("weight", {"value": "31.5", "unit": "kg"}, "31.5 kg"),
    (
        "claim",
        {"term": "anakinra", "relation": "treats", "object": "MAS", "polarity": "negated"},
        "anakinra treats macrophage activation syndrome [negated]",
    ),
]


@pytest.mark.parametrize(("kind", "fields", "words"), MADE, ids=[kind for kind, *_ in MADE])
def test_a_reading_of_each_kind_is_made(maker: Maker, kind: ReadingKind, fields: dict[str, Any], words: str) -> None:
    made = maker.make(kind, FIELDS[kind].model_validate(fields), SPAN, WHO)
    assert words_of(made) == words
    assert (made.evidence, made.curation) == (SPAN, WHO)


@pytest.mark.parametrize(("kind", "fields", "words"), MADE, ids=[kind for kind, *_ in MADE])
def test_what_a_kind_needs_is_missed(maker: Maker, kind: ReadingKind, fields: dict[str, Any], words: str) -> None:
    for name in REQUIRED[kind]:
        rest = FIELDS[kind].model_validate({key: value for key, value in fields.items() if key != name})
        with pytest.raises(CurationError, match=f"{name} is missing"):
            maker.make(kind, rest, SPAN, WHO)


def test_every_kind_is_tried() -> None:
    assert [kind for kind, *_ in MADE] == list(KINDS)
    events = {event.model_fields["kind"].default for event in get_args(get_args(PatientEvent)[0])}
    assert set(KINDS) == events | {"age", "sex", "weight", "claim"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"term": "anakinra", "frequency": "every other day"}, "«every other day» does not stand in report.txt"),
        ({"term": "anakinra", "time": "in May"}, "«in May» does not stand in report.txt"),
        ({"term": "anakinra", "day": [3, 2]}, "The first day, 3, is after the last, 2"),
        ({"term": "anakinra", "route": "fever"}, "fever is a finding, and what is named here is a route"),
    ],
)
def test_what_is_not_told_so_is_refused(maker: Maker, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(CurationError, match=message):
        maker.make("drug-administration", FIELDS["drug-administration"].model_validate(fields), SPAN, WHO)


def test_a_time_is_set_and_taken_away(maker: Maker) -> None:
    fields = FIELDS["procedure"]
    timed = {"term": "bone marrow biopsy", "time": "On hospital\nday 4", "day": 4}
    made = maker.make("procedure", fields.model_validate(timed), SPAN, WHO)
    assert isinstance(made, Event) and made.time is not None
    assert (made.time.phrase, made.time.latest_day) == ("On hospital day 4", 4)
    again = maker.make("procedure", fields.model_validate({"day": None}), SPAN, WHO, made)
    assert isinstance(again, Event) and again.time is not None and again.time.latest_day is None
    last = maker.make("procedure", fields.model_validate({"time": None}), SPAN, WHO, again)
    assert isinstance(last, Event) and last.time is None
