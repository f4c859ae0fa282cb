"""Numbers with units in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple, cast

from hfskg.reading.cues import rows
from hfskg.reading.document import Document
from hfskg.reading.matcher import Matcher
from hfskg.reading.numbers import parse_count, parse_decimal
from hfskg.reading.runs import HYPHENS, Run
from hfskg.reading.tokens import Token
from hfskg.record import Comparator
from hfskg.units import UnitTable

__all__ = ["Amount", "find_amounts"]

_DASHES = "-–−‐‑"
_BRACKETS = {"(": ")", "[": "]"}
_RANGE_WORDS = ("to", "and")
_CITED = re.compile(r"\d{1,3}\b")
_POWER = re.compile(r"\s*[×xX*·]\s*10\s*(?:\^|\*\*?)?\s*(\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?!\d)")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LEADING = re.compile(r"\d{1,3}")
_GROUP = re.compile(r"\d{3}(?:\.\d+)?")


class Amount(NamedTuple):
    """A number in a sentence, with its unit if one stands behind it.

    Attributes:
        first: Place of the first token (the comparator's, if there is one).
        number: Place of the number's token.
        last: Place behind the last token.
        value: The number.
        unit: IRI of the unit, or None.
        comparator: How the value compares.
        bound: ``low`` or ``high`` for the ends of a range ("1–2 mg/kg"), else empty.
        brackets: The pairs of brackets it stands in, from the outside in, as places of their tokens.
    """

    first: int
    number: int
    last: int
    value: Decimal
    unit: str | None
    comparator: Comparator
    bound: str
    brackets: tuple[tuple[int, int], ...]

    @property
    def depth(self) -> int:
        """How many brackets it stands in."""
        return len(self.brackets)


@cache
def _comparators() -> Matcher[str]:
    matcher: Matcher[str] = Matcher()
    for row in rows("comparators"):
        matcher.add(row["cue"], row["comparator"])
    return matcher


def find_amounts(document: Document, tokens: Run, units: UnitTable) -> list[Amount]:
    """Return the numbers of a sentence from left to right, the unit of a range or series on each of them.

    Args:
        document: The document.
        tokens: The sentence's tokens.
        units: The units that are known.
    """
    if not tokens.numbers:
        return []
    comparators = {m.last: (m.first, cast("Comparator", m.values[0])) for m in _comparators().find(tokens)}
    found: list[Amount] = []
    done = 0
    for at in tokens.numbers:
        token = tokens[at]
        value = parse_decimal(token.text) if at >= done else None
        if value is None:
            continue
        value, last = _grouped(document, tokens, at, value, units)
        if _unit(document, tokens, last, units)[0] is None:
            value, last = _raised(document, tokens, last, value)
        iri, last = _unit(document, tokens, last, units)
        if iri is None and not _is_part_of_name(tokens, at):
            iri, last = _bracketed_unit(document, tokens, last, units)
        if iri and units.counts_wholes(iri):
            value = parse_count(token.text) or value
        first, comparator = comparators.get(at, (at, "="))
        found.append(Amount(first, at, last, value, iri, comparator, "", tokens.brackets[at]))
        done = last
    return _share_units(found, tokens)


def _grouped(
    document: Document, tokens: Sequence[Token], at: int, value: Decimal, units: UnitTable
) -> tuple[Decimal, int]:
    """Join the groups of a number whose thousands are set apart by blanks ("12 400 ng/mL")."""
    last = at + 1
    if tokens[at].start and re.match(r"[\w-]", document.text[tokens[at].start - 1]):
        return value, last
    while (
        last < len(tokens)
        and _GROUP.fullmatch(tokens[last].text)
        and (last > at + 1 or _LEADING.fullmatch(tokens[at].text))
        and tokens[last].start - tokens[last - 1].end == 1
    ):
        last += 1
    if last == at + 1:
        return value, last
    thin = document.text[tokens[at].end] != " "
    if not thin and _unit(document, tokens, last, units)[0] is None:
        return value, at + 1
    joined = parse_decimal("".join(token.text for token in tokens[at:last]))
    return (joined, last) if joined is not None else (value, at + 1)


def _raised(document: Document, tokens: Sequence[Token], last: int, value: Decimal) -> tuple[Decimal, int]:
    """Multiply a number by the power of ten behind it ("1.0 × 10^7", the sign of the power often lost in print)."""
    power = _POWER.match(document.text, tokens[last - 1].end)
    if not power or power.end() > tokens[-1].end:
        return value, last
    exponent = int(power[1].translate(_SUPERSCRIPTS))
    while last < len(tokens) and tokens[last].start < power.end():
        last += 1
    raised = value * Decimal(10) ** exponent
    return (raised.quantize(Decimal(1)) if raised == raised.to_integral_value() else raised), last


def _unit(document: Document, tokens: Sequence[Token], at: int, units: UnitTable) -> tuple[str | None, int]:
    """Return the unit that begins with the token at a place, and the place behind it."""
    if at >= len(tokens):
        return None, at
    start = tokens[at].start
    if start - tokens[at - 1].end > 2:
        return None, at
    match = units.prefix_match(document.text, start)
    if match is None:
        match = _with_citation(document, start, units)
    if match is None:
        return None, at
    iri, end = match
    last = at
    while last < len(tokens) and tokens[last].start < end:
        last += 1
    return str(iri), last


def _is_part_of_name(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a hyphen joins a number to a word before it: "IL-6"."""
    if at < 2 or tokens[at - 1].text not in HYPHENS or tokens[at - 2].kind != "word":
        return False
    return tokens[at - 2].end == tokens[at - 1].start and tokens[at - 1].end == tokens[at].start


def _bracketed_unit(document: Document, tokens: Sequence[Token], at: int, units: UnitTable) -> tuple[str | None, int]:
    """Return the unit that stands alone in the brackets at a place, and the place behind them: "1162 (U/L)"."""
    if at + 2 >= len(tokens) or tokens[at].text not in _BRACKETS:
        return None, at
    iri, last = _unit(document, tokens, at + 1, units)
    if iri is None or last >= len(tokens) or tokens[last].text != _BRACKETS[tokens[at].text]:
        return None, at
    return iri, last + 1


def _with_citation(document: Document, start: int, units: UnitTable) -> tuple[str, int] | None:
    """Match a unit with a flattened citation mark behind it ("ng/ml78")."""
    cited = _CITED.search(document.text, start, start + 24)
    if not cited or not document.text[cited.start() - 1].isalpha():
        return None
    match = units.prefix_match(document.text[start : cited.start()] + " ", 0)
    return (match[0], start + match[1]) if match and start + match[1] == cited.start() else None


def _share_units(found: list[Amount], tokens: Sequence[Token]) -> list[Amount]:
    """Give the numbers of a range or series ("from 4 to 9 g/L", "163 and 825 U/L") the unit of the last."""
    for at in range(len(found) - 2, -1, -1):
        here, following = found[at], found[at + 1]
        between = [token.text for token in tokens[here.last : following.first]]
        dashed = len(between) == 1 and between[0] in _DASHES and not _is_part_of_name(tokens, here.number)
        if (
            here.unit is None
            and following.unit is not None
            and (dashed or between in [[w] for w in (*_RANGE_WORDS, ",", "/")])
        ):
            found[at] = here._replace(unit=following.unit)
        if dashed:
            found[at] = found[at]._replace(bound="low")
            found[at + 1] = following._replace(bound="high")
    return found
