from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reading.helpers import assert_quotes_stand, document, event_evidence, property_test, record

PIECES = st.sampled_from(
    [
        "Case report\n\n",
        "Patient 1\n",
        "Patient 2\n",
        "Discussion\n\n",
        "References\n\n",
        "\n\n",
        "\n",
        "A 9-year-old girl was admitted with fever and rash. ",
        "A 40-year-old man\n\nhad known asthma. ",
        "Ferritin was >1,200 ng/mL (normal 10–200) and CRP 4.6 mg/dL. ",
        "He was given anakinra 2 mg/kg twice a day; it was stopped due to hyper-\ntension. ",
        "Platelets fell to 20 ×10⁹/L",
        "Biopsies of bone marrow and liver showed haemophagocytosis. ",
        "A heterozygous variant (c.1A>G) in PRF1 was found. ",
        "Anakinra may be effective in macrophage activation syndrome. ",
        "She died on day 12. ",
        "Table 1. Course\n",
        "Test\tDay 1\tDay 2\nFerritin (ng/mL)\t1,200\t<300\n",
        "Test Day Day\nFerritin 10 20\nCRP 4,5 6\n",
        "1. A boy of 3 years. ",
        "Figure 1. A scan. ",
        "é\u2009\u00a0\u202f\u2028µ ",
        "\r\n",
        "\f",
        "\t",
        "(",
        ". ",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=16).map("".join)


@given(TEXTS)
@property_test
def test_blocks_are_in_the_text_and_hold_their_pieces(text: str) -> None:
    parsed = document(text)
    starts = [block.start for block in parsed.blocks]
    assert starts == sorted(starts)
    for block in parsed.blocks:
        assert 0 <= block.start < block.end <= len(text)
        at = block.start
        for start, end in block.pieces:
            assert at <= start < end <= block.end
            at = end


@given(TEXTS)
@property_test
def test_cells_and_rows_are_slices_of_the_text(text: str) -> None:
    for block in document(text).blocks:
        if block.table is None:
            continue
        assert len(block.table.rows) >= 1
        for row in (block.table.header, *block.table.rows):
            assert block.start <= row.start < row.end <= block.end
            for cell in (row.head, *row.cells):
                assert row.start <= cell.start <= cell.end <= row.end
                assert text[cell.start : cell.end] == cell.text


@given(TEXTS)
@property_test
def test_tokens_of_a_sentence_are_inside_the_pieces_of_its_block(text: str) -> None:
    parsed = document(text)
    for sentence in parsed.sentences:
        pieces = parsed.blocks[sentence.block].pieces
        assert sentence.tokens
        for token in sentence.tokens:
            assert any(start <= token.start < token.end <= end for start, end in pieces)


@given(TEXTS)
@property_test
def test_the_sentence_around_a_token_holds_it(text: str) -> None:
    parsed = document(text)
    for sentence in parsed.sentences:
        for token in sentence.tokens:
            start, end = parsed.sentence_span(token.start, token.end)
            assert 0 <= start <= token.start < token.end <= end <= len(text)


@given(TEXTS)
@property_test
def test_every_quote_is_the_slice_at_its_offsets(text: str) -> None:
    if not text.strip():
        return
    read = record(text)
    for case in read.cases:
        assert_quotes_stand(text, event_evidence(case))
    for claim in read.claims:
        assert_quotes_stand(text, claim.evidence)


@given(TEXTS)
@property_test
def test_reading_twice_gives_the_same(text: str) -> None:
    if text.strip():
        assert record(text) == record(text)


def span(text: str, part: str) -> str:
    start = text.index(part)
    first, last = document(text).sentence_span(start, start + len(part))
    return text[first:last]


def test_the_sentence_around_a_span() -> None:
    assert span("She came. Fever was high. She went.", "Fever") == "Fever was high."


def test_the_row_around_a_cell() -> None:
    text = "Table 1. Course\nTest\tDay 1\tDay 2\nFerritin\t10\t20\nCRP\t30\t40\n"
    assert span(text, "30") == "CRP\t30\t40"


def test_the_heading_around_a_span() -> None:
    assert span("Case 1: Fever.\n", "Case 1") == "Case 1:"


def test_outside_of_sentences_and_rows_the_span_itself() -> None:
    assert document("She came.\n\n\n").sentence_span(10, 11) == (10, 11)


def test_tokens_around_a_page_break_give_two_spans() -> None:
    text = "She came with\n\n\n\n\nfever and rash.\n"
    parsed = document(text)
    spans = parsed.pieces(parsed.sentences[0].tokens)
    assert [text[start:end] for start, end in spans] == ["She came with", "fever and rash."]
