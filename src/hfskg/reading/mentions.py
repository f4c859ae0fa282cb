"""The second stage: where a sentence names terms of the ontology, and which abbreviations the document defines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hfskg.cache import Cache
from hfskg.rdf import uncollected
from hfskg.reading.background import BackgroundNames
from hfskg.reading.document import Document, Sentence
from hfskg.reading.ellipses import with_shared_names
from hfskg.reading.matcher import Match, Matcher, name_keys
from hfskg.reading.runs import HYPHENS, Run
from hfskg.reading.tokens import Token, tokenize
from hfskg.vocabulary import Kind, Name, NameKind, Term, Vocabulary

__all__ = ["Mention", "MentionFinder"]

_MAX_ABBREVIATION = 12
_VALUE_DIGITS = 3
_SHORT = 6
_AROUND = 10
_PLACES = frozenset({Kind.BODY_SITE, Kind.ORGANISM})
_OF = frozenset({"of", "for", "in", "with", "from"})
_EXPLAINING = frozenset({":", "="})
_APART = frozenset(".,;:")
_UNLIKE = frozenset({"like"})
_OPPOSITES = frozenset({"non", "anti"})


class Mention(NamedTuple):
    """A name of a term in a sentence.

    Attributes:
        first: Place of its first token in the sentence.
        last: Place behind its last token.
        term: The term.
        name: The name that was found.
    """

    first: int
    last: int
    term: Term
    name: Name


class MentionFinder:
    """Finds the terms of a vocabulary in sentences, with the abbreviations that a document defines itself.

    Args:
        vocabulary: The terms to look for.
        background: Names of background vocabularies, looked for where no curated term stands.
    """

    def __init__(self, vocabulary: Vocabulary, background: BackgroundNames | None = None) -> None:
        self._background = background.matcher if background else Matcher[tuple[Term, Name]]()
        self._matcher: Matcher[tuple[Term, Name]] = Matcher()
        self._local: Matcher[tuple[Term, Name]] = Matcher()
        self._shown = frozenset(vocabulary.shown_by)
        self._table_names: dict[str, Term] = {}
        self._document: Document | None = None
        self._curated: dict[int, list[Match[tuple[Term, Name]]]] = {}
        self._found: dict[int, list[Mention]] = {}
        with uncollected():
            keys = Cache.default().remember("names", vocabulary.digest, lambda: _keys(vocabulary))
            for term in vocabulary.terms.values():
                for name in term.names:
                    if name.kind is NameKind.TABLE:
                        self._table_names[_plain(name.text)] = term
                        continue
                    exact_case = _case_matters(term, name)
                    self._matcher.add(name.text, (term, name), exact_case=exact_case, keys=keys[name.text])

    def for_document(self, document: Document) -> MentionFinder:
        """Return a finder that also knows the abbreviations defined in a document ("cyclosporine A (CSA)")."""
        finder = object.__new__(MentionFinder)
        finder._matcher = self._matcher
        finder._background = self._background
        finder._shown = self._shown
        finder._table_names = self._table_names
        finder._document = document
        finder._found = {}
        local: dict[str, dict[str, tuple[Term, Name]]] = defaultdict(dict)
        sentences = [sentence.tokens for sentence in document.sentences]
        found = [(tokens, self._matcher.find(tokens)) for tokens in (*sentences, *_legends(document))]
        finder._curated = {id(tokens): curated for tokens, curated in found[: len(sentences)]}
        for tokens, curated in found:
            for match in (*curated, *self._behind(tokens, curated)):
                abbreviation = _defined(tokens, match) or _explained(tokens, match)
                if abbreviation:
                    for term, _ in match.values:
                        if term.iri in self._shown:
                            continue
                        local[abbreviation].setdefault(term.iri, (term, Name(abbreviation, NameKind.ABBREVIATION)))
        finder._local = self._matcher.extended({name: values.values() for name, values in local.items()})
        return finder

    def _behind(
        self, tokens: Sequence[Token], curated: Iterable[Match[tuple[Term, Name]]]
    ) -> list[Match[tuple[Term, Name]]]:
        """Return the names of background vocabularies that touch no other match, or hold but the name of a place."""
        found = self._background.find(tokens)
        if not found:
            return []
        taken = {place: match for match in curated for place in range(match.first, match.last)}
        touched = ((m, [taken[place] for place in range(m.first, m.last) if place in taken]) for m in found)
        return [m for m, others in touched if all(_holds_but_a_place(m, other) for other in others)]

    def _broken(self, tokens: Run) -> list[Match[tuple[Term, Name]]]:
        """Return the names that an abbreviation in brackets interrupts: "intravenous (IV) immunoglobulin"."""
        if "(" not in tokens.openings:
            return []
        opened = [at for at, token in enumerate(tokens) if token.text == "("]
        asides = [at for at in opened if 0 < at < len(tokens) - 3 and _is_aside(tokens, at)]
        found: list[Match[tuple[Term, Name]]] = []
        for at in asides:
            places = [*range(max(0, at - _AROUND), at), *range(at + 3, min(at + 3 + _AROUND, len(tokens)))]
            for match in self._matcher.find([tokens[place] for place in places]):
                first, last = places[match.first], places[match.last - 1] + 1
                if first < at < last:
                    found.append(Match(first, last, match.values))
        return found

    def table_term(self, text: str) -> Term | None:
        """Return the term that a text means as the head of a table's row or column, such as "Na" or "Plt".

        Args:
            text: The whole head, without unit.
        """
        return self._table_names.get(_plain(text))

    def find(self, sentence: Sentence) -> list[Mention]:
        """Return the mentions of a sentence from left to right; a name of several terms gives several.

        The document's own abbreviations win over the vocabulary's; "X-like" does not mention X. What was found in the
        sentences of the document that the finder is for is kept, because several stages ask.
        """
        tokens = sentence.tokens
        known = self._found.get(id(tokens))
        if known is None:
            known = self._find(tokens)
            if id(tokens) in self._curated:
                self._found[id(tokens)] = known
        return known

    def named(self, sentence: Sentence) -> set[int]:
        """Return the places in a sentence of the finder's document where a name of the vocabulary stands.

        Args:
            sentence: The sentence; unlike in :meth:`find` no more is asked than what the name is.
        """
        return {place for m in self._curated.get(id(sentence.tokens), ()) for place in range(m.first, m.last)}

    def _find(self, tokens: Run) -> list[Mention]:
        local = self._local.find(tokens)
        broken = self._broken(tokens)
        taken = {place for match in local for place in range(match.first, match.last)}
        curated = self._curated.get(id(tokens))
        curated = self._matcher.find(tokens) if curated is None else curated
        found = [m for m in curated if taken.isdisjoint(range(m.first, m.last)) or _covers(m, local)]
        if broken:
            over = {place for match in broken for place in range(match.first, match.last)}
            found = broken + [m for m in found if over.isdisjoint(range(m.first, m.last))]
        kept = {place for match in found for place in range(match.first, match.last)} if local else set()
        matches = found + [m for m in local if kept.isdisjoint(range(m.first, m.last))]
        matches = with_shared_names(tokens, matches, self._matcher.whole, _stands)
        matches += self._behind(tokens, matches)
        return [
            Mention(match.first, match.last, term, name)
            for match in sorted(matches, key=lambda m: m.first)
            if not _is_likened(tokens, match) and not _goes_on(tokens, match)
            for term, name in _one_per_kind(match.values)
        ]


def _stands(match: Match[tuple[Term, Name]], shared: Match[tuple[Term, Name]]) -> bool:
    """Tell whether a name is one of its own beside the name that it would be with words of its neighbor."""
    kinds = {term.kind for term, _ in shared.values}
    return any(term.kind in kinds and name.kind is not NameKind.ADJECTIVE for term, name in match.values)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum() or letter in "+%")


def _keys(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return the keys of all names of a vocabulary."""
    return {name.text: name_keys(name.text) for term in vocabulary.terms.values() for name in term.names}


def _holds_but_a_place(match: Match[tuple[Term, Name]], inner: Match[tuple[Term, Name]]) -> bool:
    longer = (
        match.first <= inner.first and inner.last <= match.last and match.last - match.first > inner.last - inner.first
    )
    return longer and all(term.kind in _PLACES for term, _ in inner.values)


def _covers(match: Match[tuple[Term, Name]], local: Iterable[Match[tuple[Term, Name]]]) -> bool:
    inside = [m for m in local if m.first < match.last and match.first < m.last]
    return all(
        match.first <= m.first and m.last <= match.last and match.last - match.first > m.last - m.first for m in inside
    )


def _one_per_kind(values: Iterable[tuple[Term, Name]]) -> list[tuple[Term, Name]]:
    values = list(values)
    if len(values) == 1:
        return values
    kinds: dict[Kind, tuple[Term, Name]] = {}
    for term, name in values:
        kinds.setdefault(term.kind, (term, name))
    if Kind.DISEASE in kinds:
        kinds.pop(Kind.FINDING, None)
    return list(kinds.values())


def _case_matters(term: Term, name: Name) -> bool:
    if name.kind is NameKind.ABBREVIATION or term.kind is Kind.GENE:
        return True
    return len(name.text) <= _SHORT and sum(letter.isupper() for letter in name.text) > 1


def _defined(tokens: Sequence[Token], match: Match[tuple[Term, Name]]) -> str | None:
    """Return the abbreviation in brackets right behind a name, or None."""
    if match.last + 2 >= len(tokens) or tokens[match.last].text != "(" or tokens[match.last + 2].text not in ");,":
        return None
    before = tokens[max(0, match.first - 2) : match.first]
    if not _OF.isdisjoint(word.fold for word in before):
        before = ()
    return _abbreviation(tokens[match.last + 1].text, (*before, *tokens[match.first : match.last]))


def _explained(tokens: Sequence[Token], match: Match[tuple[Term, Name]]) -> str | None:
    """Return the abbreviation that a legend explains by a name: "ABT: abatacept, PSL = prednisolone", or None."""
    at = match.first - 2
    if at < 0 or tokens[at + 1].text not in _EXPLAINING or (at and tokens[at - 1].text not in _APART):
        return None
    if match.last < len(tokens) and tokens[match.last].text not in _APART:
        return None
    return _abbreviation(tokens[at].text, tokens[match.first : match.last])


def _abbreviation(told: str, words: Iterable[Token]) -> str | None:
    """Return a word if it may be short for others: with capitals, and beginning as one of them does."""
    capitals = sum(letter.isupper() for letter in told)
    fits = told[0].casefold() in {word.text[0].casefold() for word in words}
    return told if fits and capitals >= 2 and len(told) <= _MAX_ABBREVIATION else None


def _legends(document: Document) -> list[Run]:
    """Return the tokens of the stretches of a document that explain abbreviations, outside of its sentences."""
    notes = [(block.start, block.end) for block in document.blocks if block.kind == "note"]
    notes += [(note.start, note.end) for block in document.blocks if block.table for note in block.table.notes]
    return [Run(tokenize(document.text, start, end)) for start, end in notes]


def _goes_on(tokens: Sequence[Token], match: Match[tuple[Term, Name]]) -> bool:
    """Tell whether an abbreviation is only the beginning of a longer one, such as a marker with a number.

    The number of a marker is short and whole: "AB-69.95 mg/dL" tells the value of an analyte.
    """
    at = match.last
    if at + 1 >= len(tokens) or match.last - match.first > 1 or not tokens[match.first].text.isupper():
        return False
    sign, number = tokens[at], tokens[at + 1]
    joined = sign.text in "-‐‑" and sign.start == tokens[at - 1].end and number.start == sign.end
    if not joined or number.kind != "number":
        return False
    measured = any(term.kind is Kind.ANALYTE for term, _ in match.values)
    return not measured or (number.text.isdigit() and len(number.text) < _VALUE_DIGITS)


def _is_aside(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a bracket that opens at a place holds one short word, and a name may go on behind it."""
    inside, behind = tokens[at + 1], tokens[at + 3]
    goes_on = behind.kind != "sign" or behind.text in HYPHENS
    return goes_on and tokens[at + 2].text == ")" and inside.kind == "word" and len(inside.text) <= _SHORT


def _is_likened(tokens: Sequence[Token], match: Match[tuple[Term, Name]]) -> bool:
    """Tell whether a name stands for something like it, or for what it is not: "X-like", "non-X"."""
    at = match.last
    if match.first >= 2 and tokens[match.first - 1].text in "-‐‑" and tokens[match.first - 2].fold in _OPPOSITES:
        return True
    if at + 2 < len(tokens) and tokens[at].text == "(" and tokens[at + 2].text == ")":
        at += 3
    elif match.first and tokens[match.first - 1].text == "(" and at < len(tokens) and tokens[at].text == ")":
        at += 1
    return at + 1 < len(tokens) and tokens[at].text == "-" and tokens[at + 1].fold in _UNLIKE
