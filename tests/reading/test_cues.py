"""Every row of every cue table takes effect in the stage that uses it, shown by the row's own example."""

from __future__ import annotations

import re

import pytest

from hfskg.reading.actions import actions_of_amounts, actions_of_mentions
from hfskg.reading.adverse import read_adverse_events
from hfskg.reading.annotated import cue_matcher
from hfskg.reading.characteristics import characteristics
from hfskg.reading.claims import read_claims
from hfskg.reading.compiled import common_words
from hfskg.reading.conditions import read_conditions
from hfskg.reading.courses import read_encounters, read_responses
from hfskg.reading.cues import alternatives, rows, tables
from hfskg.reading.drugs import given_drugs, read_drugs
from hfskg.reading.isolations import read_isolations
from hfskg.reading.language import foreign_language
from hfskg.reading.matcher import Matcher
from hfskg.reading.numbers import parse_integer
from hfskg.reading.people import read_outcome, read_sex, read_weight
from hfskg.reading.quantities import find_amounts
from hfskg.reading.results import read_results
from hfskg.reading.sections import section_role
from hfskg.reading.shapes import find_shapes
from hfskg.reading.times import column_time, find_times
from hfskg.reading.tokens import fold_word, tokenize
from hfskg.reading.variants import read_variants
from hfskg.record import CriteriaStatement
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind, Vocabulary
from reading.helpers import (
    ABOUT_DRUGS,
    CLAIMED,
    annotated,
    conditions,
    document,
    drugs,
    findings,
    laboratory,
    one_sentence,
    read,
    record,
    sentence_texts,
)

Row = dict[str, str]

WITHOUT_EXAMPLE = {"abbreviations", "breaks", "common_words", "numbers", "sections", "sexes", "spelling", "stopwords"}


def of(table: str) -> pytest.MarkDecorator:
    """Run a test with each row of a cue table."""
    first = next(iter(rows(table)[0]))
    cases = []
    for row in rows(table):
        name = f"{row[first]}-{row.get('place') or row.get('kind') or ''}".strip("-")
        cases.append(pytest.param(row, id=name))
    return pytest.mark.parametrize("row", cases)


def replaced(text: str, table: dict[str, str]) -> str:
    for old, new in table.items():
        text = text.replace(old, new)
    return text


def stands_in(cue: str, example: str) -> bool:
    matcher: Matcher[str] = Matcher()
    for words in alternatives(cue):
        matcher.add(words, cue)
    return bool(matcher.find(list(tokenize(example))))


def test_every_table_is_tested() -> None:
    tested = {name.removeprefix("test_").removesuffix("_row") for name in globals() if name.endswith("_row")}
    assert tested == set(tables())


@pytest.mark.parametrize("table", sorted(set(tables()) - WITHOUT_EXAMPLE))
def test_every_row_has_an_example_with_its_cue(table: str) -> None:
    for row in rows(table):
        assert row["example"], row
        if "cue" in row:
            assert stands_in(row["cue"], row["example"]), row
        else:
            assert re.search(row["pattern"], row["example"], re.I), row


@pytest.mark.parametrize("table", tables())
def test_no_row_stands_twice(table: str) -> None:
    keys = [tuple(value for name, value in row.items() if name != "example") for row in rows(table)]
    assert len(set(keys)) == len(keys)


@of("abbreviations")
def test_abbreviations_row(row: Row) -> None:
    assert len(sentence_texts(f"This was seen {row['abbreviation']}. Then it went.")) == 1


@of("actions")
def test_actions_row(row: Row) -> None:
    sentence = annotated(replaced(row["example"], ABOUT_DRUGS))
    if row["place"] == "amount":
        told = actions_of_amounts(sentence, sentence.amounts)
        assert list(told.values()) == [row["action"]]
    else:
        governed = actions_of_mentions(sentence, sentence.of_kind(Kind.DRUG))
        found = [[cue.action for cue in cues] for cues in governed.values()]
        assert found == ([] if row["place"] == "none" else [[row["action"]]])


@of("exchanges")
def test_exchanges_row(row: Row) -> None:
    example = row["example"].replace("one drug", "prednisone").replace("the other", "anakinra")
    assert [(drug, action) for drug, _, action in drugs(read(example))] == [
        ("prednisone", "switch"),
        ("anakinra", "switch"),
    ]


@of("blame")
def test_blame_row(row: Row, vocabulary: Vocabulary) -> None:
    drafts = list(read_adverse_events(annotated(replaced(row["example"], ABOUT_DRUGS)), vocabulary, None))
    effect = "hypertension" if "hypertension" in row["example"].casefold() else "skin rash"
    expected = [] if row["place"] == "none" else [("anakinra", effect)]
    assert [(d.fields["drug"].label, d.fields["event"].label) for d in drafts] == expected


@of("breaks")
def test_breaks_row(row: Row, vocabulary: Vocabulary) -> None:
    drafts = read_results(annotated(f"Increased ferritin {row['word']} C-reactive protein."), vocabulary, ())
    assert [d.fields["finding"].label for d in drafts] == ["hyperferritinemia"]


@of("claims")
def test_claims_row(row: Row, vocabulary: Vocabulary) -> None:
    claims = list(read_claims(annotated(replaced(row["example"], CLAIMED)), vocabulary))
    assert claims
    assert {claim.relation.label for claim in claims} == {row["relation"]}
    assert all(vocabulary.terms[claim.subject.iri].kind.value in row["subjects"].split("|") for claim in claims)
    assert all(vocabulary.terms[claim.object.iri].kind.value in row["objects"].split("|") for claim in claims)


@of("comparators")
def test_comparators_row(row: Row, units: UnitTable) -> None:
    parsed, sentence = one_sentence(row["example"])
    assert [a.comparator for a in find_amounts(parsed, sentence.tokens, units)] == [row["comparator"]]


@of("context")
def test_context_row(row: Row) -> None:
    if row["category"] == "end":
        for cue in alternatives(row["cue"]):
            sentence = annotated(f"There was no rash {cue} fever.")
            rash, fever = (sentence.context.categories(m.first, m.last) for m in sentence.of_kind(Kind.FINDING))
            assert "negated" in rash
            assert "negated" not in fever
        return
    sentence = annotated(row["example"])
    if row["category"] == "met":
        assert not sentence.context.scopes
        assert annotated("The criteria for sepsis were applied.").context.scopes
        return
    category = {"criteria": "ignore", "child": "family"}.get(row["category"], row["category"])
    scopes = [s for s in sentence.context.scopes if s.category == category]
    assert any(scope.first < scope.last for scope in scopes)
    categories = [sentence.context.categories(m.first, m.last) for m in sentence.mentions]
    assert not categories or any(category in found for found in categories)


@of("compounds")
def test_compounds_row(row: Row, vocabulary: Vocabulary) -> None:
    assert not list(read_conditions(annotated(row["example"]), vocabulary))
    for cue in alternatives(row["cue"]):
        told = [len(list(read_conditions(annotated(f"She had {n} {cue}."), vocabulary))) for n in ("fever", "sepsis")]
        assert told == [0, row["of"] == "finding"]


@of("directions")
def test_directions_row(row: Row, vocabulary: Vocabulary) -> None:
    drafts = list(read_results(annotated(row["example"]), vocabulary, ()))
    absent = ("Normal", "Negative", "NormalSize", "NotTender", "NotDistended")
    expected = {"Normalized": {"resolved"}, "": set(), **dict.fromkeys(absent, {"absent"})}
    assert {d.fields["status"] for d in drafts} == expected.get(row["direction"], {"present"})


def given(example: str) -> str:
    """Return an example of how often or how long something was given, told of a drug."""
    return example.replace("It was", "Anakinra was") if example.startswith("It was") else f"Anakinra, {example}"


@of("durations")
def test_durations_row(row: Row, vocabulary: Vocabulary, units: UnitTable) -> None:
    draft = next(read_drugs(annotated(given(row["example"])), vocabulary, units, None))
    assert draft.fields["duration"]
    assert draft.fields["duration"] in row["example"]


@of("fulfilment")
def test_fulfilment_row(row: Row) -> None:
    case = read(f"A 9-year-old girl had fever. {row['example']}")
    told = [(e.criteria.label, e.verdict) for e in case.events if isinstance(e, CriteriaStatement)]
    assert told == ([("small criteria", row["verdict"])] if row["verdict"] else [])


@of("lasting")
def test_lasting_row(row: Row, vocabulary: Vocabulary) -> None:
    draft = next(read_conditions(annotated(row["example"]), vocabulary))
    assert draft.lasting
    other = row["example"].replace("afebrile", "clearly afebrile")
    assert not next(read_conditions(annotated(other), vocabulary)).lasting


@of("measures")
def test_measures_row(row: Row) -> None:
    for cue in alternatives(row["cue"]):
        assert len(cue_matcher("measures").find(list(tokenize(f"Ferritin rose when the {cue} was 88.")))) == 1


@of("origins")
def test_origins_row(row: Row) -> None:
    (span,) = find_times(*one_sentence(row["example"]))
    assert re.search(row["pattern"], span.time.phrase or "", re.I)
    assert span.time.earliest_day is None


@of("encounters")
def test_encounters_row(row: Row) -> None:
    told = {d.fields["encounter"] for d in read_encounters(annotated(row["example"]))}
    assert told == ({row["encounter"]} if row["encounter"] else set())


@of("common_words")
def test_common_words_row(row: Row) -> None:
    assert fold_word(row["word"]) in common_words()


@of("frequencies")
def test_frequencies_row(row: Row, vocabulary: Vocabulary, units: UnitTable) -> None:
    text = given(row["example"]).replace("Anakinra", "Anakinra 100 mg")
    draft = next(read_drugs(annotated(text), vocabulary, units, None))
    assert draft.fields["frequency"]
    assert draft.fields["frequency"].casefold() in row["example"].casefold()
    assert bool(draft.fields["normalized_dose"]) == bool(row["per_day"])


@of("hedges")
def test_hedges_row(row: Row, vocabulary: Vocabulary) -> None:
    text = row["example"].replace("The drug", "Anakinra").replace("help", "be effective in lymphoma")
    claim = next(read_claims(annotated(text), vocabulary))
    assert (claim.hedged, claim.polarity == "negated") == (row["kind"] == "hedged", row["kind"] == "negated")


@of("numbers")
def test_numbers_row(row: Row) -> None:
    assert parse_integer(row["word"]) == parse_integer(row["ordinal"]) == int(row["value"])


@of("outcomes")
def test_outcomes_row(row: Row) -> None:
    parsed = document(row["example"])
    told = read_outcome(parsed, parsed.sentences)
    assert told and told[0] == row["outcome"]


@of("responses")
def test_responses_row(row: Row) -> None:
    sentence = annotated(replaced(row["example"], ABOUT_DRUGS))
    told = [(d.fields["response"], d.fields["drug"].label) for d in read_responses(sentence, given_drugs(sentence), ())]
    assert told == [(row["response"], "anakinra")]


@of("returns")
def test_returns_row(row: Row) -> None:
    text = f"Case report\n\nA 9-year-old girl came.\n\nDiscussion\n\nIt is rare. {row['example']}\n"
    case = record(text).cases[0]
    names = ("fever", "sepsis", "chest pain")
    told = {(name, status) for name, status in findings(case) | conditions(case) if name in names}
    assert len(told) == (2 if row["role"] == "next" else 1)
    assert ("absent" in str(told)) == ("did not" in row["cue"])


@of("sections")
def test_sections_row(row: Row) -> None:
    assert section_role(row["title"].upper()) == row["role"]
    assert section_role(f"2.1. {row['title'].capitalize()}:") == row["role"]


@of("sexes")
def test_sexes_row(row: Row) -> None:
    parsed = document(f"Then {row['word']} came back to the clinic.")
    assert (told := read_sex(parsed, parsed.sentences)) and told.value == row["sex"]


@of("weights")
def test_weights_row(row: Row) -> None:
    assert (told := read_weight(d := document(row["example"]), d.sentences)) and told.value in row["example"]


@of("specimens")
def test_specimens_row(row: Row) -> None:
    opening = "Lumbar puncture" if row["kind"] == "result" else "The cerebrospinal fluid then"
    for cue, blood in ((alternatives(row["cue"])[0], row["kind"] == "blood"), ("", row["kind"] == "result")):
        assert bool(laboratory(read(f"{opening} {cue} hemoglobin 7 g/dL."))) == blood


@of("number_shapes")
def test_number_shapes_row(row: Row) -> None:
    assert row["kind"] in [shape.kind for shape in find_shapes(annotated(row["example"]), "number_shapes")][:1]


@of("word_shapes")
def test_word_shapes_row(row: Row) -> None:
    assert [shape.kind for shape in find_shapes(annotated(row["example"]), "word_shapes")] == [row["kind"]]


@of("spelling")
def test_spelling_row(row: Row) -> None:
    assert fold_word(f"x{row['from']}") == fold_word(f"x{row['to']}")


@of("table_captions")
def test_table_captions_row(row: Row) -> None:
    assert_reads(f"Table 1. {row['example']}", "Test\tDay 3\nFerritin (ng/mL)\t22\nCRP (mg/L)\t33", [])
    assert_reads("Table 1. Course", "Test\tDay 3\nFerritin (ng/mL)\t22\nCRP (mg/L)\t33", ["22 ng/mL", "33 mg/L"])


@of("table_answers")
def test_table_answers_row(row: Row) -> None:
    text = f"Table 1. Signs\n\nSign\tOur patient\nFever\t{row['example']}\nRash\t+"
    case = record(f"Case report\n\nA 9-year-old girl came to us (Table 1).\n\n{text}\n").cases[0]
    answer = {"dash": "absent", "tick": "present"}.get(row["answer"], row["answer"])
    assert findings(case) == {("skin rash", "present")} | ({("fever", answer)} if answer != "none" else set())


@of("table_topics")
def test_table_topics_row(row: Row) -> None:
    text = f"Table 1. Course\n\nTest\tPatient 1\tPatient 2\n{row['example']}\tyes\tno\nOther\tyes\tno"
    blocks = document(f"Case report\n\nA 9-year-old girl came to us (Table 1).\n\n{text}\n").blocks
    (table,) = (block.table for block in blocks if block.table)
    assert [found.topic for found in characteristics(table, "Patient 1")] == [row["topic"]]


@of("table_heads")
def test_table_heads_row(row: Row) -> None:
    if row["kind"] == "unit":
        assert_reads("Table 1. Course", f"Test\t{row['example']}\tDay 3\nFerritin\tng/mL\t22", ["22 ng/mL"])
    else:
        values = ["11 ng/mL", "22 ng/mL"] if row["kind"] in ("value", "extreme") else ["22 ng/mL"]
        assert_reads("Table 1. Course", f"Test\t{row['example']}\tDay 3\nFerritin (ng/mL)\t11\t22", values)


def assert_reads(caption: str, table: str, values: list[str]) -> None:
    text = f"Case report\n\nA 9-year-old girl had fever (Table 1).\n\n{caption}\n\n{table}\n"
    assert [value for _, _, value in laboratory(record(text).cases[0])] == values


@of("table_times")
def test_table_times_row(row: Row) -> None:
    time = column_time(row["example"], days=True)
    assert time
    assert time.phrase == row["example"]
    assert (time.earliest_day is None) == (row["kind"] == "phrase")
    if row["kind"] == "bare":
        assert column_time(row["example"], days=False) is None


@of("times")
def test_times_row(row: Row) -> None:
    spans = find_times(*one_sentence(row["example"]))
    assert [span.time.earliest_day is None for span in spans] == [row["kind"] == "phrase"]
    assert all(span.time.phrase in row["example"] for span in spans if span.time.phrase)


@of("variants")
def test_variants_row(row: Row) -> None:
    text = row["example"].replace("the gene", "PRF1").replace("The gene", "PRF1")
    draft = next(read_variants(annotated(text if "PRF1" in text else f"{text.rstrip('.')} in PRF1.")))
    assert draft.fields["status"] == ("absent" if row["kind"] == "normal" else "present")
    assert draft.fields["zygosity"] == (None if row["kind"] in ("variant", "normal") else row["kind"])


@of("isolations")
def test_isolations_row(row: Row, vocabulary: Vocabulary) -> None:
    drafts = list(read_isolations(annotated(row["example"]), vocabulary))
    found = "Escherichia coli infection" in {draft.fields["condition"].label for draft in drafts}
    assert found is (row["place"] != "none")


@of("stopwords")
def test_stopwords_row(row: Row) -> None:
    told = foreign_language(f"{row['word']} " * 60)
    assert (told is None) if row["language"] == "English" else told
