"""Age, sex, weight and outcome of a patient."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from hfskg.reading.context import Context, read_context
from hfskg.reading.cues import alternatives, phrases, rows
from hfskg.reading.document import Document, Sentence
from hfskg.reading.evidence import evidence_at, sentence_text
from hfskg.reading.matcher import Matcher
from hfskg.reading.numbers import parse_decimal, parse_integer
from hfskg.record import Attribute, Evidence

__all__ = [
    "age_spans",
    "introduces_patient",
    "is_newborn",
    "opens_with_patient",
    "presents_patient",
    "read_age",
    "read_outcome",
    "read_sex",
    "read_weight",
    "sex_of",
]

_COUNT = r"(?P<count>(?:\d{1,2}|[a-z]+)\s+and\s+a\s+half|\d{1,3}(?:\.\d+|[\s-]1/2|½)?|[a-z]+(?:-[a-z]+)?)"
_UNIT = r"(?P<unit>year|yr|month|week|day)s?"
_GAP = r"[\s–‐‑-]*"
_FURTHER = rf"(?:and{_GAP})?\d{{1,2}}{_GAP}(?:months?|weeks?|days?)"
_UNITS_OF_AGE = ("year", "yr", "month", "week", "day")
_WORDED_AGES = (
    ("old", re.compile(rf"\b{_COUNT}{_GAP}{_UNIT}{_GAP}{_FURTHER}{_GAP}old\b", re.I)),
    ("old", re.compile(rf"\b{_COUNT}{_GAP}{_UNIT}{_GAP}old\b", re.I)),
    ("age", re.compile(rf"\baged?\s+(?:of\s+)?{_COUNT}{_GAP}{_UNIT}\b", re.I)),
    ("of", re.compile(rf"\b{_COUNT}{_GAP}{_UNIT}\s+of\s+(?:age|life)\b", re.I)),
    ("of", re.compile(rf"\b(?P<person>[a-z]+)\s+of\s+{_COUNT}{_GAP}{_UNIT}\b", re.I)),
)
_AGES = (
    re.compile(r"\b(?P<count>\d{1,3})[\s-]?(?P<unit>y)(?:[/.]?o\.?)?(?=\s?[MF]?\b)"),
    re.compile(r"\b[Aa]n?\s(?P<count>\d{1,3})(?P<unit>)(?=\s?[MF]\b)"),
)
_HALF = re.compile(r"(?:[\s-]?(?:1/2|½)|\s+and\s+a\s+half)$", re.I)
_REPORTING = re.compile(
    r"(?:here(?:in)?,?\s+)?we\s+(?:\w+\s+)?(?:report|describe|present)\s+(?:\w+\s+){0,4}?(?=an?\s)", re.I
)
_UNITS = {"y": "year", "yr": "year", "": "year"}
_NOT_HIS = frozenset({"family", "planned", "possible", "ignore", "negated"})
_LETTERS = frozenset("MF")
_OLD = frozenset({"old", "yo", "o", "y"})
_INTRODUCTION_TOKENS = 60
_OPENING_AGE = 40
_OPENING_WORDS = 5
_NEWBORN = frozenset({"newborn", "neonate", "infant", "baby"})
_INTRODUCTION_WORDS = 12
_ARTICLES = frozenset({"a", "an", "this", "our"})
_ARRIVALS = frozenset(
    "presented admitted referred transferred hospitalized hospitalised brought developed complained visited".split()
)
_ARRIVAL_REACH = 20
_PERSONS = frozenset("patient child infant neonate newborn toddler adolescent individual".split())


def age_spans(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, number and unit of the ages that a text prints, the most explicit forms first."""
    folded = text.casefold()
    worded = any(unit in folded for unit in _UNITS_OF_AGE)
    for pattern in (*(p for word, p in _WORDED_AGES if word in folded), *_AGES) if worded else _AGES:
        for match in pattern.finditer(text):
            if "person" in pattern.groupindex and not _is_person(match["person"].casefold()):
                continue
            count, half = _HALF.subn("", match["count"])
            whole = parse_integer(count)
            number = parse_decimal(count if whole is None else f"{whole}{'.5' if half else ''}")
            if number is None:
                continue
            unit = match["unit"].casefold()
            yield match.start(), match.end(), str(number), _UNITS.get(unit, unit)


def introduces_patient(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence introduces a patient by age ("A 9-year-old girl")."""
    return next(age_spans(sentence_text(document, sentence)[0]), None) is not None


def opens_with_patient(text: str) -> bool:
    """Tell whether a text begins by introducing a patient: an indefinite article, an age and a word for a person.

    Example:
        >>> opens_with_patient("A previously healthy 9-year-old girl was seen."), opens_with_patient("A year later he")
        (True, False)
    """
    age = min(age_spans(text), default=None)
    if age is None or age[0] > _OPENING_AGE or not re.match(r"(?:An?|This|Our)\s", text):
        return False
    behind = re.findall(r"[a-z]+", text[age[1] :].casefold())[:_OPENING_WORDS]
    return any(_is_person(word) for word in behind)


def presents_patient(text: str) -> bool:
    """Tell whether a sentence introduces a patient by a word for a person and what brought them, without an age.

    Example:
        >>> presents_patient("A previously healthy neonate presented with fever."), presents_patient("A girl is born.")
        (True, False)
        >>> presents_patient("We report the case of a male infant with fever.")
        True
    """
    reporting = _REPORTING.match(text)
    words = re.findall(r"[a-z]+", text[reporting.end() if reporting else 0 :].casefold())
    persons = [at for at, word in enumerate(words[:_OPENING_WORDS]) if _is_person(word)]
    if not persons or words[0] not in _ARTICLES:
        return False
    return reporting is not None or not _ARRIVALS.isdisjoint(words[persons[0] : _ARRIVAL_REACH])


def _is_person(word: str) -> bool:
    return word in _PERSONS or _sexes().get(word, ("", ""))[1] == "noun"


def is_newborn(document: Document, sentences: Sequence[Sentence]) -> bool:
    """Tell whether sentences introduce their patient as a newborn or an infant."""
    for sentence in sentences:
        text = sentence_text(document, sentence)[0]
        age = min(age_spans(text), default=None)
        if age is None and not presents_patient(text):
            continue
        words = re.findall(r"[a-z]+", text.casefold())[:_INTRODUCTION_WORDS]
        return (age is not None and age[3] != "year") or not _NEWBORN.isdisjoint(words)
    return False


def read_age(document: Document, sentences: Sequence[Sentence]) -> Attribute | None:
    """Return the age that the first sentence with an age tells."""
    for sentence in sentences:
        text, offsets = sentence_text(document, sentence)
        found = min(age_spans(text), default=None)
        if found:
            start, end, number, unit = found
            evidence = evidence_at(document, offsets[start], offsets[end - 1] + 1)
            return Attribute.model_validate({"value": number, "unit": unit, "evidence": (evidence,)})
    return None


@cache
def _sexes() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["sex"], row["kind"]) for row in rows("sexes")}


def sex_of(word: str) -> str:
    """Return the sex that a word or letter of a table means, or an empty string.

    Example:
        >>> sex_of("F"), sex_of("boy"), sex_of("adult")
        ('female', 'male', '')
    """
    letter = {"F": "female", "M": "male"}.get(word, "")
    return letter or _sexes().get(word.casefold(), ("", ""))[0]


def read_sex(document: Document, sentences: Sequence[Sentence]) -> Attribute | None:
    """Return the sex that the nouns of the introduction tell, or else most pronouns of the case."""
    first: dict[str, Evidence] = {}
    votes: Counter[str] = Counter()
    seen = 0
    for sentence in sentences:
        for place, token in enumerate(sentence.tokens):
            seen += 1
            sex, kind = _sexes().get(token.text.casefold(), ("", ""))
            before = sentence.tokens[place - 1] if place else token
            if token.text in _LETTERS and (before.kind == "number" or before.fold in _OLD):
                sex, kind = sex_of(token.text), "noun"
            if not sex:
                continue
            evidence = evidence_at(document, token.start, token.end)
            if kind == "noun" and seen <= _INTRODUCTION_TOKENS:
                return Attribute(value=sex, evidence=(evidence,))
            votes[sex] += 1
            first.setdefault(sex, evidence)
    if not votes:
        return None
    sex = min(votes, key=lambda s: (-votes[s], s))
    return Attribute(value=sex, evidence=(first[sex],))


def read_weight(document: Document, sentences: Sequence[Sentence]) -> Attribute | None:
    """Return the weight that the first sentence with one tells of the patient, in kilograms."""
    for sentence in sentences:
        text, offsets = sentence_text(document, sentence)
        found = min((match for match, _ in phrases("weights", text)), key=re.Match.start, default=None)
        number = found and parse_decimal(found["n"])
        if not found or not number:
            continue
        start, end = offsets[found.start()], offsets[found.end() - 1] + 1
        places = [at for at, token in enumerate(sentence.tokens) if start <= token.start < end]
        categories = read_context(sentence.tokens).categories(places[0], places[-1] + 1)
        if not categories & _NOT_HIS:
            return Attribute(value=f"{number:f}", unit="kg", evidence=(evidence_at(document, start, end),))
    return None


@cache
def _outcomes() -> Matcher[str]:
    matcher: Matcher[str] = Matcher()
    for row in rows("outcomes"):
        for words in alternatives(row["cue"]):
            matcher.add(words, row["outcome"])
    return matcher


def read_outcome(
    document: Document, sentences: Sequence[Sentence], *, newborn: bool = False
) -> tuple[str, Evidence] | None:
    """Return the outcome that the case tells last, with its evidence; a death decides.

    Args:
        document: The document.
        sentences: The sentences of the case.
        newborn: Whether the patient is a newborn or an infant.
    """
    last: tuple[str, Evidence] | None = None
    for sentence in sentences:
        matches = _outcomes().find(sentence.tokens)
        context = read_context(sentence.tokens, newborn=newborn) if matches else Context(())
        for match in matches:
            if context.categories(match.first, match.last, (match.first, match.last)) & _NOT_HIS:
                continue
            span = sentence.tokens[match.first], sentence.tokens[match.last - 1]
            last = match.values[0], evidence_at(document, span[0].start, span[1].end)
            if last[0] == "died":
                return last
    return last
