"""The words of questions: what each stands for, by the table ``words.tsv`` and by its ending."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from hfskg.reading.tokens import fold_word, tokenize

__all__ = ["NOTHING", "meaning", "meanings"]

NOTHING = "-"
"""What words stand for that say nothing."""

ENDINGS = ("ing", "ed", "ly", "al", "e")
SHORTEST = 4


@cache
def _table() -> dict[str, str]:
    text = files(__name__.rpartition(".")[0]).joinpath("words.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    return {fold_word(row["word"]): row["stands for"] for row in rows}


@cache
def meaning(word: str) -> str:
    """Return what a word stands for; its stem where the table does not have it.

    Example:
        >>> meaning("Administered"), meaning("doses"), meaning("the")
        ('giv', 'dos', '-')
    """
    folded = fold_word(word)
    told = _table().get(folded, folded)
    return told if told == NOTHING else _stem(told)


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST - (ending == "e"):
            return word.removesuffix(ending)
    return word


def meanings(texts: Iterable[str]) -> list[str]:
    """Return what the words of texts stand for, without those that say nothing.

    Example:
        >>> meanings(["Which patients were given a drug?"])
        ['giv', 'drug']
    """
    words = (meaning(token.text) for text in texts for token in tokenize(text) if token.kind == "word")
    return [word for word in words if word != NOTHING]
