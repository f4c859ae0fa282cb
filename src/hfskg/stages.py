"""What each stage of reading added to a document, as a listing that people read."""

from __future__ import annotations

from collections.abc import Iterator

from hfskg.reading.annotated import Annotated, annotate
from hfskg.reading.background import BackgroundNames
from hfskg.reading.cases import find_cases
from hfskg.reading.document import Block, Document
from hfskg.reading.mentions import MentionFinder
from hfskg.units import UnitTable
from hfskg.vocabulary import Vocabulary
from hfskg.wording import quoted

__all__ = ["list_stages"]


def list_stages(document: Document, vocabulary: Vocabulary, background: BackgroundNames | None = None) -> str:
    """Return the listing of a document's stages: blocks, sentences with their case, and what was found in each.

    Below a sentence stand its mentions, amounts, times and the scopes of its cues. Numbers behind a quote are offsets
    in the source.

    Args:
        document: The document.
        vocabulary: The terms that are looked for.
        background: Names of background vocabularies that stand behind it.
    """
    return "".join(f"{line}\n" for line in _lines(document, vocabulary, background))


def _lines(document: Document, vocabulary: Vocabulary, background: BackgroundNames | None) -> Iterator[str]:
    units = UnitTable(vocabulary.graph)
    finder = MentionFinder(vocabulary, background).for_document(document)
    cases = {sentence.start: case for case in find_cases(document) for sentence in case.sentences}
    by_block: dict[int, list[Annotated]] = {}
    for sentence in document.sentences:
        newborn = sentence.start in cases and cases[sentence.start].newborn
        found = annotate(document, sentence, finder, units, newborn=newborn)
        by_block.setdefault(sentence.block, []).append(found)
    for place, block in enumerate(document.blocks):
        yield _block(document, block)
        for annotated in by_block.get(place, ()):
            told = cases.get(annotated.sentence.start)
            case = f"  [{told.label}]" if told else ""
            yield f"  sentence {_quote(document, annotated.sentence.start, annotated.sentence.end)}{case}"
            yield from (f"    {line}" for line in _found(annotated, units))


def _block(document: Document, block: Block) -> str:
    role = f" ({block.role})" if block.role else ""
    return f"{block.kind}{role} {_quote(document, block.start, block.end)}"


def _found(annotated: Annotated, units: UnitTable) -> Iterator[str]:
    document = annotated.document
    for mention in annotated.mentions:
        told = f"{mention.term.label} ({mention.term.kind.value}, {mention.name.kind.name.lower()})"
        yield f"mention {told} {_words(annotated, mention.first, mention.last)}"
    for amount in annotated.amounts:
        unit = f" {units.label(amount.unit)}" if amount.unit else ""
        sign = "" if amount.comparator == "=" else f"{amount.comparator} "
        yield f"amount {sign}{amount.value:f}{unit} {_words(annotated, amount.first, amount.last)}"
    for span in annotated.times:
        day = "" if span.time.earliest_day is None else f" day {span.time.earliest_day} to {span.time.latest_day}"
        yield f"time{day} {_quote(document, span.start, span.end)}"
    for scope in annotated.context.scopes:
        if scope.first < scope.last:
            yield f'context {scope.category} by "{scope.cue}" {_words(annotated, scope.first, scope.last)}'


def _words(annotated: Annotated, first: int, last: int) -> str:
    return _quote(annotated.document, annotated.tokens[first].start, annotated.tokens[last - 1].end)


def _quote(document: Document, start: int, end: int) -> str:
    return f"{quoted(document.text[start:end])} {start}-{end}"
