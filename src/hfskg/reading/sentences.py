"""Sentences of the running text, also where a page break or a table stands inside one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from hfskg.reading.brackets import enclosing_brackets
from hfskg.reading.cues import rows
from hfskg.reading.document import Block, Sentence
from hfskg.reading.runs import Run
from hfskg.reading.tokens import Token, tokenize

__all__ = ["split_run", "split_sentences"]

_STOPS = frozenset(".?!")
_INITIAL = re.compile(r"^[A-Z]$")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in rows("abbreviations"))


def split_sentences(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """Return the sentences of all blocks of running text, in document order.

    A paragraph that a table or page break interrupts gives one run of tokens, so its sentence stays whole.
    """
    sentences: list[Sentence] = []
    for at, block in enumerate(blocks):
        if block.kind in ("paragraph", "item", "figure"):
            tokens = [token for start, end in block.pieces for token in tokenize(text, start, end)]
            sentences.extend(Sentence(Run(run), at) for run in split_run(text, tokens))
    return tuple(sorted(sentences, key=lambda sentence: sentence.start))


def split_run(text: str, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the tokens of each sentence of a run of text.

    Args:
        text: The text of the document.
        tokens: The tokens of the run.
    """
    first = 0
    around = enclosing_brackets(tokens)
    for at in [at for at, token in enumerate(tokens) if token.text in _STOPS]:
        if _ends(text, tokens, at, len(around[at])):
            yield tokens[first : at + 1]
            first = at + 1
    if first < len(tokens):
        yield tokens[first:]


def _is_initial(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a capital letter stands for a name ("J. Smith"), not for a vitamin or a unit ("mg/L.")."""
    if not _INITIAL.match(tokens[at].text):
        return False
    return at == 0 or tokens[at - 1].text[0].isupper() or tokens[at - 1].text in ".,("


def _ends(text: str, tokens: Sequence[Token], at: int, depth: int) -> bool:
    token = tokens[at]
    if at + 1 == len(tokens):
        return True
    following = tokens[at + 1]
    if following.start == token.end and following.text not in "[(\"'”’" and following.kind != "number":
        return False
    if at and token.text == ".":
        before = tokens[at - 1]
        if before.end == token.start and (before.text.casefold() in _abbreviations() or _is_initial(tokens, at - 1)):
            return False
    while at + 1 < len(tokens) and (tokens[at + 1].kind == "number" or tokens[at + 1].text in "[](),–-\"'”’"):
        at += 1
        if (
            tokens[at].kind == "number"
            and tokens[at].start > token.end
            and text[token.end : tokens[at].start].isspace()
        ):
            return depth == 0
    if at + 1 == len(tokens):
        return True
    following = tokens[at + 1]
    return depth == 0 and not following.text[0].islower() and following.kind != "sign"
