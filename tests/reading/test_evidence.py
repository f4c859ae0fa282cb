from __future__ import annotations

from hypothesis import given

from hfskg.reading.evidence import evidence_at, evidence_of, sentence_text
from reading.helpers import document, one_sentence, property_test
from reading.test_document import TEXTS


def test_evidence_of_a_span() -> None:
    found = evidence_at(document("She had fever."), 8, 13)
    assert (found.start, found.end, found.quote) == (8, 13, "fever")


def test_evidence_of_tokens_reaches_from_the_first_to_the_last() -> None:
    parsed, sentence = one_sentence("She had a high fever.")
    assert [e.quote for e in evidence_of(parsed, sentence.tokens[2:5])] == ["a high fever"]


def test_evidence_around_a_page_break_is_two_spans() -> None:
    parsed, sentence = one_sentence("She came with\n\n\n\n\nfever and rash.\n")
    assert [e.quote for e in evidence_of(parsed, sentence.tokens)] == ["She came with", "fever and rash."]


def test_a_broken_word_is_quoted_as_printed() -> None:
    parsed, sentence = one_sentence("She had hyper-\ntension.")
    assert [e.quote for e in evidence_of(parsed, sentence.tokens[2:3])] == ["hyper-\ntension"]


def test_a_sentence_on_one_line() -> None:
    text, offsets = sentence_text(*one_sentence("She had  hyper-\ntension\nagain."))
    assert text == "She had hypertension again."
    assert len(offsets) >= len(text)


@given(TEXTS)
@property_test
def test_offsets_of_a_sentence_on_one_line_lead_back_to_its_characters(text: str) -> None:
    parsed = document(text)
    for sentence in parsed.sentences:
        line, offsets = sentence_text(parsed, sentence)
        assert "\n" not in line
        assert "  " not in line
        for letter, at in zip(line, offsets, strict=False):
            assert letter in (text[at], " ")
