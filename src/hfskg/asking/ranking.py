"""Which canned query answers a question best, and with which parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log

from hfskg.asking.understanding import Amount, Mention, Question
from hfskg.asking.words import meaning, meanings
from hfskg.queries import Catalogue, Parameter, Query
from hfskg.terms import expand, shorten

__all__ = ["Ranking", "Suggestion"]

UNUSED_NAME = 0.3
UNUSED_NUMBER = 0.3
MISSING = 0.6
FILLED = 0.06
SPECIFIC = 0.08
"""What the score loses for a name or number that finds no place, and for a required parameter that is not given; what
it gains for a parameter that is given, and for a name that the query itself names or whose narrowest class it takes."""

KNOWN = 0.4
"""How much it counts that the query knows the words at all, against being like one of its wordings."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that may answer a question.

    Attributes:
        query: The query.
        parameters: What the question gives for its parameters.
        score: How well it fits, about 1 for a question that is worded as the query is.
        missing: The required parameters that the question does not give.
    """

    query: Query
    parameters: dict[str, list[str]]
    score: float
    missing: tuple[str, ...] = ()

    def in_words(self) -> str:
        """Return the question that is answered, with its parameters."""
        given = "; ".join(f"{name} = {', '.join(values)}" for name, values in self.parameters.items())
        return f"{self.query.name}: {self.query.header.summary}{f' [{given}]' if given else ''}"


@dataclass
class _Filling:
    """What is given for the parameters of a query, and which names and numbers are used for it."""

    given: dict[str, list[str]] = field(default_factory=dict)
    names: dict[int, Parameter] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)


class Ranking:
    """The queries of a catalogue by how well they answer questions.

    Args:
        catalogue: The queries.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _wordings(self) -> dict[str, list[frozenset[str]]]:
        return {
            name: [frozenset(meanings([text])) for text in (q.header.summary, *q.header.questions)]
            for name, q in self._catalogue.items()
        }

    @cached_property
    def _vocabularies(self) -> dict[str, frozenset[str]]:
        """The words that each query knows: those of its wordings and title, and of its parameters."""
        return {
            name: frozenset(meanings([query.header.title, *_parameter_texts(query.header.parameters)])).union(
                *self._wordings[name]
            )
            for name, query in self._catalogue.items()
        }

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How telling each word is: the fewer queries use it, the more."""
        uses = Counter(word for wordings in self._wordings.values() for word in frozenset().union(*wordings))
        return {word: log(1 + len(self._wordings) / count) for word, count in uses.items()}

    def rank(self, question: Question) -> list[Suggestion]:
        """Return the queries, the best first."""
        found = [self._suggestion(query, question) for query in self._catalogue.values()]
        return sorted(found, key=lambda suggestion: (-suggestion.score, suggestion.query.name))

    def _suggestion(self, query: Query, question: Question) -> Suggestion:
        scored = [self._scored(query, wording, question) for wording in self._wordings[query.name]]
        score, filling = max(scored, key=lambda pair: pair[0])
        missing = tuple(p.name for p in query.header.parameters if p.required and p.name not in filling.given)
        ordered = {p.name: filling.given[p.name] for p in query.header.parameters if p.name in filling.given}
        return Suggestion(query, ordered, round(score, 6), missing)

    def _scored(self, query: Query, wording: frozenset[str], question: Question) -> tuple[float, _Filling]:
        literal = {at for at, mention in enumerate(question.mentions) if mention.words and mention.words <= wording}
        filling = _fill(query, question, literal)
        asked = set(question.words)
        for at, mention in enumerate(question.mentions):
            if at in literal or mention.own:
                asked |= mention.words
            elif at in filling.names:
                taker = filling.names[at]
                asked |= set(meanings(_parameter_texts([taker]))) & wording or {meaning(taker.name)}
        numeric = [p for p in query.header.parameters if p.type in ("number", "integer") and p.name in filling.given]
        asked |= set(meanings(_parameter_texts(numeric))) & wording
        score = (1 - KNOWN) * self._likeness(asked, wording) + KNOWN * self._known(
            asked, self._vocabularies[query.name]
        )
        used = filling.names.keys() | literal | {at for at, m in enumerate(question.mentions) if m.own}
        score -= UNUSED_NAME * (len(question.mentions) - len(used))
        score -= UNUSED_NUMBER * (len(question.amounts) - len(filling.numbers))
        score -= MISSING * sum(p.required and p.name not in filling.given for p in query.header.parameters)
        score += FILLED * len(filling.given.keys() | {f"#{at}" for at in literal - filling.names.keys()})
        return score + SPECIFIC * len(literal | _narrow(query, question, filling)), filling

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights.get(word, 1.0) for word in words)

    def _likeness(self, asked: set[str], wording: frozenset[str]) -> float:
        total = self._weight(asked) + self._weight(wording)
        return 2 * self._weight(asked & wording) / total if total else 0.0

    def _known(self, asked: set[str], vocabulary: frozenset[str]) -> float:
        return self._weight(asked & vocabulary) / self._weight(asked) if asked else 0.0


def _narrow(query: Query, question: Question, filling: _Filling) -> set[int]:
    """Return the names whose narrowest class the query takes."""
    tops = {_top(p) for p in query.header.parameters if p.name in filling.given}
    return {
        at
        for at in filling.names
        if min(question.mentions[at].classes, key=lambda kind: (question.sizes.get(kind, 0), kind)) in tops
    }


def _parameter_texts(parameters: Iterable[Parameter]) -> list[str]:
    """Return the words that tell what parameters take: names, descriptions, classes and allowed values."""
    texts: list[str] = []
    for parameter in parameters:
        named = [name for name in (parameter.name, parameter.below, parameter.of) if name]
        texts += [part for name in named for part in _parted(name.rpartition(":")[2])]
        texts += [parameter.description, *parameter.values]
        texts += _parted((parameter.default or "").rpartition(":")[2]) if parameter.type == "term" else []
    return texts


def _parted(name: str) -> list[str]:
    return "".join(f" {letter}" if letter.isupper() else letter for letter in name).split()


def _top(parameter: Parameter) -> str:
    """Return the class whose members a parameter takes, empty if it takes none."""
    told = parameter.below or "hfs:Term" if parameter.type == "term" else parameter.of
    return str(expand(told) or "") if told else ""


def _fill(query: Query, question: Question, literal: set[int]) -> _Filling:
    filling = _Filling()
    parameters = query.header.parameters
    _fill_names(parameters, question.mentions, literal, filling)
    _fill_numbers(parameters, question.amounts, filling)
    for parameter in parameters:
        if parameter.type == "string" and parameter.values and parameter.name not in filling.given:
            words = set(question.all_words)
            found = [value for value in parameter.values if (told := set(meanings([value]))) and told <= words]
            if found and (parameter.list or len(found) == 1):
                filling.given[parameter.name] = found
        if parameter.type == "iri" and not parameter.of and question.iris:
            filling.given[parameter.name] = [shorten(question.iris[0])]
    return filling


def _fill_names(
    parameters: Sequence[Parameter], mentions: Sequence[Mention], literal: set[int], filling: _Filling
) -> None:
    """Give each name to the first parameter that it fits; one whose cue stands before the name goes first."""
    places = [at for at, mention in enumerate(mentions) if not mention.own]
    for at in sorted(places, key=lambda place: (place in literal, place)):
        mention = mentions[at]
        fitting = [p for p in parameters if p.name not in filling.given and _top(p) in mention.classes]
        cued = [p for p in fitting if mention.before & set(meanings(p.cues)) or mention.before & set(p.cues)]
        uncued = [p for p in fitting if not p.cues]
        chosen = next(iter([*cued, *uncued, *fitting]), None)
        if chosen is not None:
            filling.given[chosen.name] = [
                mention.label if len(mention.iris) > 1 or chosen.of else shorten(mention.iris[0])
            ]
            filling.names[at] = chosen
        elif any(p.list and _top(p) in mention.classes for p in parameters) and at not in literal:
            taker = next(p for p in parameters if p.list and _top(p) in mention.classes)
            filling.given[taker.name].append(mention.label if len(mention.iris) > 1 else shorten(mention.iris[0]))
            filling.names[at] = taker


def _fill_numbers(parameters: Sequence[Parameter], amounts: Sequence[Amount], filling: _Filling) -> None:
    units = next((p for p in parameters if p.type == "string" and p.name == "unit" and p.values), None)
    for at, amount in enumerate(amounts):
        for parameter in parameters:
            if parameter.type not in ("number", "integer") or parameter.name in filling.given:
                continue
            if (
                parameter.bound
                and amount.comparator != "="
                and (parameter.bound == "lower") != (">" in amount.comparator)
            ):
                continue
            unit = _unit(amount, parameter, units)
            if unit is None:
                continue
            filling.given[parameter.name] = [f"{amount.value:f}"]
            filling.numbers.add(at)
            if unit and units is not None:
                filling.given[units.name] = [unit]
            break


def _unit(amount: Amount, parameter: Parameter, units: Parameter | None) -> str | None:
    """Return the unit that a number has for a parameter, empty if any may be; None if the number does not fit."""
    allowed = (
        units.values if units is not None and parameter.unit is None else (parameter.unit,) if parameter.unit else ()
    )
    rest = amount.rest.casefold()
    named = [unit for unit in allowed if rest.startswith(unit.casefold())]
    if named:
        return max(named, key=len) if units is not None else ""
    has_unit = bool(set(amount.unit) & set("/%"))
    return None if allowed and (has_unit or "%" in allowed) else ""
