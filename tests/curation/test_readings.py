from __future__ import annotations

from curation.helpers import TEXT, record
from hfskg.curation.fields import FIELDS
from hfskg.curation.model import KINDS
from hfskg.curation.readings import TERM_FIELDS, TERM_KINDS, matching, readings_of


def spans(quote: str) -> list[tuple[int, int]]:
    start = TEXT.index(quote)
    return [(start, start + len(quote))]


def test_every_reading_has_a_key_of_its_own() -> None:
    readings = list(readings_of(record()))
    events = sum(len(case.events) for case in record().cases)
    assert len({reading.key for reading in readings}) == len(readings) == events + 4 + len(record().claims)


def test_a_reading_is_told_with_its_words_and_place() -> None:
    told = [str(reading) for reading in readings_of(record())]
    assert told[0] == "age of Case 1 `9 year` «9-year-old» 24"
    assert told[-1].startswith("claim `anakinra treats macrophage activation syndrome` «Anakinra is effective")


def test_the_exact_quote_is_preferred_to_one_around_it_and_that_to_a_touching_one() -> None:
    readings = list(readings_of(record()))
    (biopsy,) = matching(readings, spans("bone marrow biopsy"))
    assert matching(readings, spans("A bone marrow biopsy was")) == [biopsy]
    assert matching(readings, spans("marrow")) == [biopsy]
    assert matching(readings, spans("A bone marrow")) == [biopsy]
    assert {r.kind for r in matching(readings, spans("Sepsis was considered. A bone"))} == {"diagnosis"}
    assert matching(readings, spans("last visit")) == []


def test_kind_case_term_and_words_narrow_the_choice() -> None:
    readings = list(readings_of(record()))
    everywhere = [(0, len(TEXT))]
    fevers = matching(readings, everywhere, term=next(r.term for r in readings if r.words == "fever: present"))
    assert [reading.words for reading in fevers] == ["fever: present", "fever: resolved", "fever: present"]
    assert len(matching(fevers, everywhere, case=1)) == 2
    assert len(matching(fevers, everywhere, words="fever: resolved")) == 1
    assert matching(fevers, everywhere, kind="diagnosis") == []


def test_each_kind_has_fields_and_terms_have_kinds() -> None:
    assert set(FIELDS) == set(KINDS)
    assert TERM_FIELDS.keys() == TERM_KINDS.keys() == {k for k in KINDS if "term" in FIELDS[k].model_fields}
