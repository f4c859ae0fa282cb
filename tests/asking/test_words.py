from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from hfskg.asking.words import NOTHING, meaning, meanings
from hfskg.reading.tokens import fold_word

ROWS = list(
    csv.DictReader(
        (
            line
            for line in files("hfskg.asking").joinpath("words.tsv").read_text("utf-8").splitlines()
            if line[0] != "#"
        ),
        delimiter="\t",
    )
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["word"]))
def test_a_word_of_the_table_means_what_it_stands_for(row: dict[str, str]) -> None:
    wanted = row["stands for"] if row["stands for"] == NOTHING else meanings([row["stands for"]])[0]
    assert meaning(row["word"]) == wanted
    assert row["word"] in row["example"].casefold() or wanted in meanings([row["example"]])


def test_no_word_stands_twice() -> None:
    words = [fold_word(row["word"]) for row in ROWS]
    assert len(set(words)) == len(words)


def test_endings_do_not_matter() -> None:
    assert len({meaning(word) for word in ("improve", "improved", "improving", "improves")}) == 1
    assert meaning("dies") == meaning("died") == meaning("death")
