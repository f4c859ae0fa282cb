"""What a question tells: the terms of the ontology in it, the members of classes, numbers with units, and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rdflib import URIRef

from hfskg.asking.words import NOTHING, meaning
from hfskg.lookup import TermIndex, member_index, term_index
from hfskg.queries import Catalogue
from hfskg.reading.cues import rows
from hfskg.reading.matcher import Matcher
from hfskg.reading.numbers import parse_decimal
from hfskg.reading.runs import Run
from hfskg.reading.tokens import Token, fold_word, tokenize
from hfskg.store import Store
from hfskg.terms import expand

__all__ = ["Amount", "Mention", "Question", "understand"]

PER = re.compile(r"\s+(?:per|a)\s+", re.IGNORECASE)
UNIT = re.compile(r"[^\s?!,;()]*[^\s?!.,;()]")
FIRST = re.compile(r"[\s-]")
START = 3
"""By how many letters of their first words names are sifted before they are looked for."""

IRI = re.compile(r"<?[A-Za-z][\w+.-]*:[^\s<>?!,;]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A term, or a member of a class, that a question names.

    Attributes:
        iris: What the name may mean.
        classes: The classes that parameters are below, or of, to which any of these belongs.
        words: The words of the name.
        before: The words between the name before and this one.
        label: The name as the question has it.
        own: Whether the question names a class of parameters itself, such as "drugs".
    """

    iris: tuple[str, ...]
    classes: frozenset[str]
    words: frozenset[str]
    before: frozenset[str]
    label: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that a question gives.

    Attributes:
        value: The number as written.
        comparator: ``<``, ``>``, ``<=``, ``>=`` or ``=``.
        unit: What stands behind it up to the next blank, a unit perhaps.
        rest: What stands behind it.
    """

    value: Decimal
    comparator: str
    unit: str
    rest: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Attributes:
        text: The question.
        words: What its words stand for, without those of names and those that say nothing.
        all_words: The same with the words of names.
        mentions: The names.
        amounts: The numbers.
        iris: The IRIs that it gives in full or as CURIE.
        sizes: How many names each class of parameters has.
    """

    text: str
    words: tuple[str, ...]
    all_words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    amounts: tuple[Amount, ...]
    iris: tuple[str, ...]
    sizes: Mapping[str, int]


def understand(text: str, store: Store, catalogue: Catalogue) -> Question:
    """Return what a question tells.

    Args:
        text: The question.
        store: Where terms are looked up.
        catalogue: The queries, for the classes of their parameters.

    Raises:
        EndpointError: A remote endpoint fails.
    """
    iris = tuple(str(iri) for iri in map(expand, IRI.findall(text)) if iri is not None)
    told = PER.sub("/", IRI.sub(" ", text))
    tokens = Run(tokenize(told))
    indexes = [(str(kind), index) for kind, index in _indexes(store, catalogue)]
    matcher, classes = _matcher(tokens, indexes)
    sizes = {kind: len(index.labels) for kind, index in indexes}
    matches = [
        match
        for match in matcher.find(tokens)
        if any(meaning(t.text) != NOTHING for t in tokens[match.first : match.last])
    ]
    mentions, last = [], 0
    taken: set[int] = set()
    for match in matches:
        known = tuple(dict.fromkeys(match.values))
        mentions.append(
            Mention(
                iris=known,
                classes=frozenset().union(*(classes[iri] for iri in known)),
                words=frozenset(_words(tokens[match.first : match.last])),
                before=frozenset(_words(tokens[last : match.first], keep=True)),
                label=told[tokens[match.first].start : tokens[match.last - 1].end],
                own=any(iri in classes[iri] for iri in known),
            )
        )
        taken.update(range(match.first, match.last))
        last = match.last
    amounts = tuple(_amounts(told, tokens, taken))
    free = [token for place, token in enumerate(tokens) if place not in taken]
    return Question(text, tuple(_words(free)), tuple(_words(tokens)), tuple(mentions), amounts, iris, sizes)


def _words(tokens: Iterable[Token], *, keep: bool = False) -> list[str]:
    """Return what words stand for; those that say nothing only if they are kept, as they are."""
    told = [(token.fold, meaning(token.text)) for token in tokens if token.kind == "word"]
    return [fold if word == NOTHING else word for fold, word in told if keep or word != NOTHING]


def _matcher(
    tokens: Iterable[Token], indexes: Sequence[tuple[str, TermIndex]]
) -> tuple[Matcher[str], Mapping[str, frozenset[str]]]:
    """Return a matcher of the names that may stand in a question, and the classes of what they name."""
    starts = {token.fold[:START] for token in tokens}
    matcher: Matcher[str] = Matcher()
    found: set[str] = set()
    for _, index in indexes:
        for iri, names in index.names.items():
            for name in names:
                if fold_word(FIRST.split(name, 1)[0])[:START] in starts:
                    # A name that is a word of questions is meant only where it is written as the name.
                    matcher.add(name, iri, exact_case=meaning(name) == NOTHING)
                    found.add(iri)
    return matcher, {iri: frozenset(kind for kind, index in indexes if iri in index.labels) for iri in found}


def _indexes(store: Store, catalogue: Catalogue) -> Iterator[tuple[URIRef, TermIndex]]:
    parameters = [parameter for query in catalogue.values() for parameter in query.header.parameters]
    for below in sorted({p.below or "hfs:Term" for p in parameters if p.type == "term"}):
        top = expand(below)
        if top is not None:
            yield top, term_index(store, top)
    for of in sorted({p.of for p in parameters if p.of}):
        kind = expand(of)
        if kind is not None:
            yield kind, member_index(store, kind)


def _amounts(text: str, tokens: tuple[Token, ...], taken: set[int]) -> Iterator[Amount]:
    comparators: Matcher[str] = Matcher()
    for row in rows("comparators"):
        comparators.add(row["cue"], row["comparator"])
    found = {match.last: match.values[0] for match in comparators.find(tokens)}
    for place, token in enumerate(tokens):
        value = parse_decimal(token.text) if token.kind == "number" and place not in taken else None
        if value is not None:
            rest = text[token.end :].lstrip()
            unit = UNIT.match(rest)
            yield Amount(value, found.get(place, "="), unit[0] if unit else "", rest)
