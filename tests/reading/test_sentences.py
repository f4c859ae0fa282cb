from __future__ import annotations

import pytest

from reading.helpers import document, sentence_texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She came. She went.", ["She came.", "She went."], id="full stops"),
        pytest.param("Was it sepsis? It was!", ["Was it sepsis?", "It was!"], id="other ends"),
        pytest.param("The level was 4.5 mg. It rose.", ["The level was 4.5 mg.", "It rose."], id="decimals"),
        pytest.param("He took drugs, e.g. anakinra.", ["He took drugs, e.g. anakinra."], id="e.g."),
        pytest.param("See Fig. 2 for more.", ["See Fig. 2 for more."], id="figure"),
        pytest.param("It was E. coli.", ["It was E. coli."], id="initial"),
        pytest.param("It fell (to 3. Then 4) at last.", ["It fell (to 3. Then 4) at last."], id="in brackets"),
        pytest.param("It is known.[1,2] We agree.", ["It is known.", "[1,2] We agree."], id="citation behind"),
        pytest.param("It is known.12 We agree.", ["It is known.", "12 We agree."], id="raised citation"),
        pytest.param("It is known (1). We agree.", ["It is known (1).", "We agree."], id="citation before"),
        pytest.param(
            "He weighed 20 kg. 3 days later he left.", ["He weighed 20 kg.", "3 days later he left."], id="number"
        ),
        pytest.param("No end", ["No end"], id="no full stop"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentence_texts(text) == expected


def test_headings_give_no_sentences() -> None:
    assert sentence_texts("Discussion\n\nIt is rare.\n") == ["It is rare."]


def test_sentences_do_not_reach_over_paragraphs() -> None:
    assert sentence_texts("She came\n\nShe went\n") == ["She came", "She went"]


def test_a_sentence_knows_its_block() -> None:
    parsed = document("Discussion\n\nIt is rare.\n")
    assert parsed.blocks[parsed.sentences[0].block].kind == "paragraph"
