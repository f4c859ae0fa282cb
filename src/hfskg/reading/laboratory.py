"""Laboratory values in prose and in tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from hfskg.reading.annotated import Annotated
from hfskg.reading.document import Sentence
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.reading.quantities import Amount
from hfskg.record import Comparator, LaboratoryMeasurement, Quantity, TermRef
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["laboratory_fields", "read_laboratory"]

_REACH = 25
_LINKS = frozenset(
    "of was were is : = - – ( [ , at to level levels value values count titer titers as a an the with".split()
)
_TIGHT = frozenset({"of", "was", "were", "is", ":", "=", "level", "levels"})
_SERIES = frozenset({",", "and", "&", "/"})
_ABBREVIATION_REACH = 6
_OPENING = (("(",), ("[",))
_DIVIDING = ((";",), (",",), (":",))
_MINUS = frozenset("-−–")
_BETWEEN = frozenset({"was", "were", "of", "levels", "level", "values", "at", ":"})
_REFERENCE = re.compile(r"\b(?:normal|reference|ref|range|nr|limit|cut-?off|threshold|norm)\b", re.I)


def read_laboratory(annotated: Annotated, vocabulary: Vocabulary, units: UnitTable) -> Iterator[Draft]:
    """Yield the laboratory values that a sentence tells.

    A value belongs to the nearest analyte before it that may have its unit. Reference ranges are none.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
        units: The units that are known.
    """
    anchors = _anchors(annotated, vocabulary)
    taken: dict[int, int] = {}
    series = _respectively(annotated, anchors, vocabulary, units)
    for amount in annotated.amounts:
        anchor = (
            series.get(amount.number)
            or _named_behind(annotated, amount, anchors, units)
            or _beside(annotated, amount, anchors, units, _TIGHT)
            or _anchor(annotated, amount, anchors, vocabulary, units)
            or _beside(annotated, amount, anchors, units, _LINKS)
        )
        if anchor is None:
            continue
        mention, analyte = anchor
        depth = taken.get(mention.first)
        if amount.bound or (depth is not None and amount.depth > depth) or _is_reference(annotated, amount):
            continue
        if depth is not None and amount.depth == depth > 0 and mention.last <= amount.first:
            continue
        taken[mention.first] = amount.depth
        yield _draft(annotated, mention, analyte, amount, vocabulary, units)


def _anchors(annotated: Annotated, vocabulary: Vocabulary) -> list[tuple[Mention, str]]:
    """Return the mentions that name an analyte, directly or by the finding that its value shows."""
    anchors = []
    for mention in annotated.of_kind(Kind.ANALYTE, Kind.FINDING, Kind.DISEASE, Kind.PANEL):
        if mention.term.kind is Kind.ANALYTE:
            anchors.append((mention, mention.term.iri))
        elif mention.term.kind is Kind.PANEL:
            anchors += [(member, member.term.iri) for member in _members(annotated, mention)]
        elif mention.term.iri in vocabulary.shown_by:
            anchors.append((mention, vocabulary.shown_by[mention.term.iri]))
    return anchors


def _members(annotated: Annotated, panel: Mention) -> list[Mention]:
    """Return the analytes that the name of a panel lists: "AST and ALT"."""
    block = annotated.sentence.block
    return [
        mention._replace(first=place, last=place + 1)
        for place in range(panel.first, panel.last)
        for mention in annotated.finder.find(Sentence((annotated.tokens[place],), block))
        if mention.term.kind is Kind.ANALYTE
    ]


def _anchor(
    annotated: Annotated,
    amount: Amount,
    anchors: Sequence[tuple[Mention, str]],
    vocabulary: Vocabulary,
    units: UnitTable,
) -> tuple[Mention, str] | None:
    before = [a for a in anchors if a[0].last <= amount.first and amount.first - a[0].last <= _REACH]
    for mention, analyte in reversed(before):
        between = _between(annotated, mention, amount)
        if ";" in between:
            return None
        if amount.unit is not None:
            if units.allows(analyte, amount.unit):
                return mention, analyte
        elif units.unitless(analyte) and all(word in _LINKS for word in between) and _ends_clause(annotated, amount):
            return mention, analyte
    return None


def _between(annotated: Annotated, mention: Mention, amount: Amount) -> tuple[str, ...]:
    """Return the words between an analyte and a value, without the abbreviation that opens a bracket and its sign.

    Of "transpeptidase (GGT; 150 U/L" nothing is left, whether the analyte is the long name or the short one.
    """
    between = annotated.words[mention.last : amount.first]
    if annotated.words[mention.first - 1 : mention.first] in _OPENING and between[:1] in _DIVIDING:
        return between[1:]
    for length in range(2, _ABBREVIATION_REACH):
        if between[:1] in _OPENING and between[length : length + 1] in _DIVIDING:
            return between[length + 1 :]
    return between


def _named_behind(
    annotated: Annotated, amount: Amount, anchors: Sequence[tuple[Mention, str]], units: UnitTable
) -> tuple[Mention, str] | None:
    """Return the analyte right behind a value that no analyte stands right before: "with 60% neutrophils"."""
    words = annotated.words
    behind = next((a for a in anchors if a[0].first == amount.last), None)
    if amount.unit is None or behind is None or not units.allows(behind[1], amount.unit):
        return None
    before = max((a[0].last for a in anchors if a[0].last <= amount.first), default=None)
    if before is not None and all(word in _LINKS - {","} for word in words[before : amount.first]):
        return None
    following = next((a for a in annotated.amounts if a.first >= behind[0].last), None)
    if following is not None and all(word in _LINKS - {","} for word in words[behind[0].last : following.first]):
        return None
    return behind


def _beside(
    annotated: Annotated,
    amount: Amount,
    anchors: Sequence[tuple[Mention, str]],
    units: UnitTable,
    links: Collection[str],
) -> tuple[Mention, str] | None:
    """Return the analyte right before a value whose unit its values do not have: a misprint, kept as printed."""
    if amount.unit is None or not units.is_laboratory(amount.unit):
        return None
    nearest = next((a for a in reversed(anchors) if a[0].last <= amount.first), None)
    if nearest is None or any(word not in links for word in _between(annotated, nearest[0], amount)):
        return None
    return nearest


def _ends_clause(annotated: Annotated, amount: Amount) -> bool:
    return amount.last >= len(annotated.words) or annotated.words[amount.last] in (")", "]", ",", ";", ".", "and", "(")


def _respectively(
    annotated: Annotated, anchors: Sequence[tuple[Mention, str]], vocabulary: Vocabulary, units: UnitTable
) -> dict[int, tuple[Mention, str]]:
    """Pair "ALT and AST were 163 and 825 U/L, respectively" in order, and the same without that word."""
    if "respectively" not in annotated.words:
        return _parallel(annotated, anchors, units)
    end = annotated.words.index("respectively")
    run = _run_before(annotated, end)
    named: list[tuple[Mention, str]] = []
    for anchor in anchors:
        if run and anchor[0].last <= run[0].first and not (named and _repeats(annotated, named[-1], anchor)):
            named.append(anchor)
    named = named[-len(run) :] if run else []
    pairs = list(zip(run, named, strict=False))
    if len(pairs) < 2 or len(named) < len(run):
        return {}
    if not all(amount.unit is not None and units.allows(anchor[1], amount.unit) for amount, anchor in pairs):
        return {}
    return {amount.number: anchor for amount, anchor in pairs}


def _run_before(annotated: Annotated, end: int) -> list[Amount]:
    """Return the series of values that ends at a place; references in brackets between them do not part it."""
    run: list[Amount] = []
    for amount in reversed([a for a in annotated.amounts if a.last <= end and a.unit is not None]):
        words = annotated.words[amount.last : run[0].first if run else end]
        depth = 0
        for word in words:
            depth += (word in "([") - (word in ")]")
            if depth == 0 and word not in _SERIES and word not in ")]":
                return run
        run.insert(0, amount)
    return run


def _repeats(annotated: Annotated, known: tuple[Mention, str], other: tuple[Mention, str]) -> bool:
    """Tell whether an analyte is but the abbreviation behind the same one: "procalcitonin (PCT)"."""
    between = annotated.words[known[0].last : other[0].first]
    return known[1] == other[1] and between in _OPENING


def _parallel(
    annotated: Annotated, anchors: Sequence[tuple[Mention, str]], units: UnitTable
) -> dict[int, tuple[Mention, str]]:
    """Pair as many analytes as values where both stand in plain series around a form of to be or side by side."""
    words = annotated.words
    for at, amount in enumerate(annotated.amounts):
        before = [a for a in anchors if a[0].last <= amount.first]
        if not before or any(w not in _BETWEEN for w in words[before[-1][0].last : amount.first]):
            continue
        named = [before[-1]]
        for anchor in reversed(before[:-1]):
            if any(w not in _SERIES for w in words[anchor[0].last : named[0][0].first]):
                break
            named.insert(0, anchor)
        values = [amount]
        for other in annotated.amounts[at + 1 :]:
            if any(w not in _SERIES for w in words[values[-1].last : other.first]):
                break
            values.append(other)
        fits = all(v.unit is not None and units.allows(a[1], v.unit) for a, v in zip(named, values, strict=False))
        if len(named) == len(values) > 1 and fits:
            return {value.number: anchor for anchor, value in zip(named, values, strict=True)}
    return {}


def _is_reference(annotated: Annotated, amount: Amount) -> bool:
    """Tell whether a number in brackets gives a reference, because the bracket says so before it."""
    if not amount.brackets:
        return False
    first = amount.brackets[-1][0] + 1
    for place in range(amount.first - 1, first - 1, -1):
        if annotated.words[place] == ";":
            first = place + 1
            break
    own = [at for at in range(first, amount.first) if len(annotated.brackets[at]) <= amount.depth]
    return bool(_REFERENCE.search(" ".join(annotated.words[at] for at in own)))


def _draft(
    annotated: Annotated, mention: Mention, analyte: str, amount: Amount, vocabulary: Vocabulary, units: UnitTable
) -> Draft:
    first, last = min(mention.first, amount.first), max(mention.last, amount.last)
    value = -amount.value if units.signed(analyte) and _is_negative(annotated, amount) else amount.value
    return Draft(
        LaboratoryMeasurement,
        laboratory_fields(vocabulary.terms[analyte].ref, amount.comparator, value, amount.unit, units),
        annotated.evidence((first, last - 1)),
        annotated.time_at(first, last, results=True),
    )


def _is_negative(annotated: Annotated, amount: Amount) -> bool:
    """Tell whether a minus sign stands right before a number."""
    at = amount.number - 1
    return at >= 0 and annotated.words[at] in _MINUS and annotated.tokens[at].end == annotated.tokens[at + 1].start


def laboratory_fields(
    analyte: TermRef, comparator: Comparator, value: Decimal, unit: str | None, units: UnitTable
) -> dict[str, object]:
    """Return the fields of a laboratory value.

    Args:
        analyte: The analyte.
        comparator: How the value compares.
        value: The number as told.
        unit: IRI of the unit, or None.
        units: The units that are known.
    """
    quantity = Quantity(value=value, unit=unit, unit_label=units.label(unit) if unit else None)
    return {
        "analyte": analyte,
        "comparator": comparator,
        "quantity": quantity,
        "standard_quantity": units.standard(analyte.iri, quantity),
    }
