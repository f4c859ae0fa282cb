"""Laboratory values in prose and in tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from hfskg.reading.annotated import Annotated
from hfskg.reading.document import Sentence
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.reading.quantities import Amount
from hfskg.reading.runs import Run
from hfskg.reading.specimens import measured_term
from hfskg.record import Comparator, LaboratoryMeasurement, Quantity, TermRef
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["laboratory_fields", "read_laboratory"]

_REACH = 25
_LINKS = frozenset(
    "of was were is : = - – ( [ , at to level levels value values count titer titers as a an the with".split()
)
_COURSE = frozenset(
    (
        "increased decreased rose fell dropped declined improved worsened peaked reached climbed further gradually "
        "rapidly temporarily transiently initially markedly significantly slightly subsequently then also had has been "
        "from only"
    ).split()
)
_ENDS = frozenset(") ] , ; . and ( was were to but while which with on at after".split())
_QUALIFIERS = frozenset(
    (
        "baseline peak max maximum min minimum nadir highest lowest initial previously later then now currently today "
        "and or up about approximately nearly almost around normal"
    ).split()
)
_NAMELESS = _LINKS | _COURSE | _QUALIFIERS
_MEMBERS = frozenset({",", "(", "[", "and"})
_TIGHT = frozenset({"of", "was", "were", "is", ":", "=", "level", "levels"})
_SERIES = frozenset({",", "and", "&", "/"})
_ABBREVIATION_REACH = 6
_OPENING = (("(",), ("[",))
_CLOSING = ((")",), ("]",))
_DIVIDING = ((";",), (",",), (":",))
_HYPHEN = (("-",), ("–",))
_MINUS = frozenset("-−–")
_BETWEEN = frozenset({"was", "were", "of", "levels", "level", "values", "at", ":"})
_AGAIN = re.compile(r"\b(?:baseline|peak|nadir|maximum|minimum|initially|previously|later)\b", re.I)
_REFERENCE = re.compile(r"\b(?:normal|reference|ref|range|nr|limit|cut-?off|threshold|norm)\b", re.I)


def read_laboratory(annotated: Annotated, vocabulary: Vocabulary, units: UnitTable) -> Iterator[Draft]:
    """Yield the laboratory values that a sentence tells.

    A value belongs to the nearest analyte before it that may have its unit. Reference ranges are none, and neither are
    the limits of criteria where a sentence says that they were met.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
        units: The units that are known.
    """
    anchors = _anchors(annotated, vocabulary)
    if not anchors:
        return
    taken: dict[int, int] = {}
    judged = bool(annotated.cues("fulfilment"))
    series = _respectively(annotated, anchors, units)
    for amount in _with_units_of_references(annotated, units):
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
        if amount.unit is not None and _is_bare(amount) and not units.allows(analyte, amount.unit):
            amount = amount._replace(unit=None)
        if amount.comparator != "=" and judged and (analyte, amount.value) in vocabulary.thresholds:
            continue
        depth = taken.get(mention.first)
        deeper = depth is not None and amount.depth > depth and not _in_brackets(annotated, amount, _AGAIN)
        if amount.bound or deeper or _in_brackets(annotated, amount, _REFERENCE):
            continue
        if depth is not None and amount.depth == depth > 0 and mention.last <= amount.first:
            changed = annotated.words[amount.first - 1] == "to" and annotated.brackets[mention.first] == amount.brackets
            if not changed:
                continue
        taken.setdefault(mention.first, amount.depth)
        if mention.term.iri == analyte:
            term = measured_term(annotated, mention, vocabulary, amount)
            if term is None:
                continue
            analyte = term.iri
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
            shown = vocabulary.shown_by[mention.term.iri]
            named = {m.term.iri for m in _members(annotated, mention)} if len(shown) > 1 else ()
            anchors += [(mention, analyte) for analyte in sorted(shown, key=lambda iri: iri in named)]
    return anchors


def _with_units_of_references(annotated: Annotated, units: UnitTable) -> list[Amount]:
    """Return the amounts; one without unit has that of the limits right behind it: "6.4 (3.5-5.5 mmol/L)"."""
    amounts = list(annotated.amounts)
    for at, amount in enumerate(amounts[:-1]):
        limits = amounts[at + 1]
        if (
            amount.unit is None
            and limits.unit is not None
            and units.is_laboratory(limits.unit)
            and annotated.words[amount.last : amount.last + 1] in _OPENING
            and limits.depth == amount.depth + 1
            and not any(s.start <= annotated.tokens[amount.number].start < s.end for s in annotated.times)
            and limits.brackets[-1][0] == amount.last
            and (limits.bound or limits.comparator != "=" or _in_brackets(annotated, limits, _REFERENCE))
        ):
            amounts[at] = amount._replace(unit=limits.unit)
    return amounts


def _members(annotated: Annotated, whole: Mention) -> list[Mention]:
    """Return the analytes that a name lists or holds: two in "AST and ALT", one in "elevated blood urea nitrogen"."""
    inside = annotated.tokens[whole.first : whole.last]
    if whole.term.kind is Kind.PANEL:
        pieces = [(place, inside[place : place + 1]) for place in range(len(inside))]
    else:
        pieces = [(1, inside[1:])]
    return [
        mention._replace(first=whole.first + place + mention.first, last=whole.first + place + mention.last)
        for place, piece in pieces
        for mention in annotated.finder.find(Sentence(Run(piece), annotated.sentence.block))
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
        if ";" in between or any(mention.last <= m.first < amount.first for m in annotated.cues("measures")):
            return None
        if amount.unit is not None:
            if _names_another(between):
                return None
            if units.allows(analyte, amount.unit):
                return mention, analyte
        elif units.unitless(analyte) and _is_told_bare(between) and _ends_clause(annotated, amount):
            numbered = mention.term.iri != analyte and between in _HYPHEN
            return None if numbered else (mention, analyte)
    return None


def _names_another(between: Sequence[str]) -> bool:
    """Tell whether the word right before a value begins a new member of a list, so that it names what was measured."""
    if len(between) < 2 or between[-2] not in _MEMBERS:
        return False
    return between[-1].isalpha() and between[-1] not in _NAMELESS


def _between(annotated: Annotated, mention: Mention, amount: Amount) -> tuple[str, ...]:
    """Return the words between an analyte and a value, without the abbreviation that opens a bracket and its sign.

    Of "transpeptidase (GGT; 150 U/L" nothing is left, whether the analyte is the long name or the short one.
    """
    between = annotated.words[mention.last : amount.first]
    if annotated.words[mention.first - 1 : mention.first] in _OPENING and between[:1] in (*_DIVIDING, *_CLOSING):
        return between[1:]
    if between[:1] not in _OPENING:
        return between
    for length in range(2, _ABBREVIATION_REACH):
        following = between[length : length + 1]
        if following in _CLOSING and any(word[0].isdigit() for word in between[1:length]):
            return between
        if following in (*_DIVIDING, *_CLOSING):
            return between[length + 1 :]
    return between


def _named_behind(
    annotated: Annotated, amount: Amount, anchors: Sequence[tuple[Mention, str]], units: UnitTable
) -> tuple[Mention, str] | None:
    """Return the analyte right behind a value that no analyte stands right before: "with 60% (of) neutrophils"."""
    words = annotated.words
    start = amount.last + (words[amount.last : amount.last + 1] == ("of",))
    behind = next((a for a in anchors if a[0].first == start), None)
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
    if amount.unit is None or not units.is_laboratory(amount.unit) or units.is_dose(amount.unit):
        return None
    nearest = next((a for a in reversed(anchors) if a[0].last <= amount.first), None)
    if (
        nearest is None
        or nearest[0].term.iri != nearest[1]
        or any(word not in links for word in _between(annotated, nearest[0], amount))
    ):
        return None
    return nearest


def _ends_clause(annotated: Annotated, amount: Amount) -> bool:
    return amount.last >= len(annotated.words) or annotated.words[amount.last] in _ENDS


def _is_told_bare(between: Sequence[str]) -> bool:
    """Tell whether words may stand between an analyte and its number without unit: "count fell from 90 to"."""
    changed = "from" in between
    return all(word in _LINKS or word in _COURSE or (changed and word[0].isdigit()) for word in between)


def _respectively(
    annotated: Annotated, anchors: Sequence[tuple[Mention, str]], units: UnitTable
) -> dict[int, tuple[Mention, str]]:
    """Pair "ALT and AST were 163 and 825 U/L, respectively" in order, and the same without that word."""
    if len(anchors) < 2 or len(annotated.amounts) < 2:
        return {}
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
    if not all(_may_be(anchor[1], amount, units) for amount, anchor in pairs):
        return {}
    return {amount.number: anchor for amount, anchor in pairs}


def _may_be(analyte: str, amount: Amount, units: UnitTable) -> bool:
    """Tell whether an amount has a unit of an analyte, or none of its own where the analyte needs none."""
    allowed = amount.unit is not None and units.allows(analyte, amount.unit)
    return allowed or (_is_bare(amount) and units.unitless(analyte))


def _is_bare(amount: Amount) -> bool:
    """Tell whether no unit stands behind a number itself; it may have that of its series."""
    return amount.last == amount.number + 1


def _run_before(annotated: Annotated, end: int) -> list[Amount]:
    """Return the series of values that ends at a place; references in brackets between them do not part it."""
    run: list[Amount] = []
    depth = len(annotated.brackets[end])
    for amount in reversed([a for a in annotated.amounts if a.last <= end and a.depth == depth]):
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
        slashes = _parted_by_slashes(words, [a[0] for a in named]) and _parted_by_slashes(words, values)
        fits = slashes or all(
            v.unit is not None and units.allows(a[1], v.unit) for a, v in zip(named, values, strict=False)
        )
        if len(named) == len(values) > 1 and fits:
            return {value.number: anchor for anchor, value in zip(named, values, strict=True)}
    return {}


def _parted_by_slashes(words: Sequence[str], members: Sequence[Mention | Amount]) -> bool:
    """Tell whether slashes alone stand between the members of a series: "45/5.8"."""
    return all(words[a.last : b.first] == ("/",) for a, b in pairwise(members))


def _in_brackets(annotated: Annotated, amount: Amount, pattern: re.Pattern[str]) -> bool:
    """Tell whether a number stands in a bracket that has certain words before it: "(normal < 5)"."""
    if not amount.brackets:
        return False
    first = amount.brackets[-1][0] + 1
    for place in range(amount.first - 1, first - 1, -1):
        if annotated.words[place] == ";":
            first = place + 1
            break
    own = [at for at in range(first, amount.first) if len(annotated.brackets[at]) <= amount.depth]
    return bool(pattern.search(" ".join(annotated.words[at] for at in own)))


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
