"""Drug episodes: drug, dose, route, frequency, duration and action."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import cache

from hfskg.reading.actions import actions_of_amounts, actions_of_mentions
from hfskg.reading.annotated import Annotated
from hfskg.reading.cues import rows
from hfskg.reading.drafts import Draft
from hfskg.reading.evidence import sentence_text
from hfskg.reading.mentions import Mention
from hfskg.reading.numbers import parse_integer
from hfskg.reading.quantities import Amount
from hfskg.record import DrugAdministration, Quantity, TermRef
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["given_drugs", "read_drugs"]

_NOT_GIVEN = frozenset({"negated", "ignore", "family", "planned", "possible"})
_LEFT_LINKS = frozenset(
    (
        "at a an the dose doses dosage of ( [ , : - – to was were iv initially starting total daily single "
        "started increased"
    ).split()
)
_RIGHT_LINKS = frozenset(["of", "oral", "iv", "intravenous", "daily", "pulse", "pulsed"])
_DOSE_WORDS = frozenset({"dose", "doses", "dosage", "dosing"})
_ROUTE_REACH = 3
_PHRASE_REACH = 45


def given_drugs(annotated: Annotated) -> list[Mention]:
    """Return the drugs that a sentence says were given to the patient."""
    return [
        mention
        for mention in annotated.of_kind(Kind.DRUG, Kind.PROTOCOL)
        if not annotated.context.categories(mention.first, mention.last) & _NOT_GIVEN
    ]


def read_drugs(
    annotated: Annotated, vocabulary: Vocabulary, units: UnitTable, last_drug: Mention | None
) -> Iterator[Draft]:
    """Yield the drug episodes of a sentence: one per dose told, and one per drug or action told without.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
        units: The units that are known.
        last_drug: The drug that the sentences before spoke of last, for a dose without a drug beside it.
    """
    mentions = given_drugs(annotated)
    if not mentions:
        if last_drug is not None:
            yield from _of_last_drug(annotated, last_drug, units)
        return
    doses = _doses(annotated, mentions, units)
    routes = _routes(annotated, mentions, doses)
    for mention in mentions:
        own = [
            vocabulary.terms[route].ref
            for route in vocabulary.related(mention.term.iri, "hasRoute")
            if route in vocabulary.terms
        ]
        if own:
            routes.setdefault(mention, own[0])
    governed = actions_of_mentions(annotated, mentions)
    for mention in mentions:
        amounts = doses.get(mention, [])
        told = actions_of_amounts(annotated, amounts)
        nearest = governed[mention][0].action if governed[mention] else None
        used = set()
        for amount in amounts:
            action = told.get(amount.number, nearest)
            used.add(action)
            yield _draft(annotated, mention, amount, action, routes.get(mention), units)
        rest = [cue for cue in governed[mention] if cue.action not in used]
        if not amounts and not rest:
            yield _draft(annotated, mention, None, None, routes.get(mention), units)
        for cue in rest if not amounts else rest[: 1 if nearest not in used else None]:
            yield _draft(annotated, mention, None, cue.action, routes.get(mention), units, (cue.first, cue.last - 1))


def _of_last_drug(annotated: Annotated, drug: Mention, units: UnitTable) -> Iterator[Draft]:
    """Yield the episodes of a sentence that tells of a dose without naming its drug ("The dose was raised to 2 g")."""
    if not any(word in _DOSE_WORDS for word in annotated.words) or annotated.of_kind(Kind.DRUG, Kind.PROTOCOL):
        return
    amounts = [a for a in annotated.amounts if a.unit is not None and units.is_dose(a.unit) and a.bound != "high"]
    told = actions_of_amounts(annotated, amounts)
    for amount in amounts:
        if amount.number not in told:
            continue
        dose = Quantity(value=amount.value, unit=amount.unit, unit_label=units.label(amount.unit or ""))
        yield Draft(
            DrugAdministration,
            {
                "drug": drug.term.ref,
                "dose": dose,
                "normalized_dose": units.normalized_dose(dose, None),
                "route": None,
                "frequency": None,
                "duration": None,
                "action": told[amount.number],
            },
            annotated.evidence([amount.first, amount.last - 1]),
            annotated.time_at(amount.first, amount.last),
        )


def _doses(annotated: Annotated, mentions: Sequence[Mention], units: UnitTable) -> dict[Mention, list[Amount]]:
    """Return the doses of each drug: those right behind it, those right before it, else the nearest before."""
    doses: dict[Mention, list[Amount]] = {}
    for amount in annotated.amounts:
        if amount.unit is None or not units.is_dose(amount.unit) or amount.bound == "high":
            continue
        left = next((m for m in reversed(mentions) if m.last <= amount.first), None)
        right = next((m for m in mentions if m.first >= amount.last), None)
        words = annotated.words
        near_left = left is not None and all(w in _LEFT_LINKS for w in words[left.last : amount.first])
        near_right = right is not None and all(w in _RIGHT_LINKS for w in words[amount.last : right.first])
        owner = right if (near_right and not near_left) or left is None else left
        if owner is not None:
            doses.setdefault(owner, []).append(amount)
    return doses


def _routes(
    annotated: Annotated, mentions: Sequence[Mention], doses: dict[Mention, list[Amount]]
) -> dict[Mention, TermRef]:
    """Return the route of each drug: named in its name, right before it, or behind it or its dose."""
    routes: dict[Mention, TermRef] = {}
    words = annotated.words
    named = annotated.of_kind(Kind.ROUTE)
    for route in named:
        if any(
            words[route.last : route.last + 2] == (w, words[o.first])
            for w in ("or", "and")
            for o in named
            if o is not route
        ):
            continue
        right = next((m for m in mentions if 0 <= m.first - route.last <= _ROUTE_REACH), None)
        if right is not None and not {",", "and", "with", ".", ")"} & set(words[route.last : right.first]):
            routes.setdefault(right, route.term.ref)
            continue
        behind = [(max([m.last, *(a.last for a in doses.get(m, []) if a.last <= route.first)]), m) for m in mentions]
        left = max(((end, m.first, m) for end, m in behind if end <= route.first), default=None, key=lambda e: e[:2])
        if left is not None and not {",", "and", ";", "or"} & set(words[left[0] : route.first]):
            routes.setdefault(left[2], route.term.ref)
    return routes


def _draft(
    annotated: Annotated,
    mention: Mention,
    amount: Amount | None,
    action: str | None,
    route: TermRef | None,
    units: UnitTable,
    also: Collection[int] = (),
) -> Draft:
    places = [mention.first, mention.last - 1, *also]
    dose = normalized = None
    frequency, per_day = _frequency(annotated, mention, amount)
    if amount is not None:
        places += [amount.first, amount.last - 1]
        dose = Quantity(
            value=amount.value, unit=amount.unit, unit_label=units.label(amount.unit) if amount.unit else None
        )
        normalized = units.normalized_dose(dose, per_day)
    first, last = min(places), max(places) + 1
    return Draft(
        DrugAdministration,
        {
            "drug": mention.term.ref,
            "dose": dose,
            "normalized_dose": normalized,
            "route": route,
            "frequency": frequency,
            "duration": _duration(annotated, mention, amount),
            "action": action,
        },
        annotated.evidence(places),
        annotated.time_at(first, last),
    )


@cache
def _frequencies() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"], re.I), row["per_day"]) for row in rows("frequencies"))


@cache
def _durations() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"], re.I) for row in rows("durations"))


def _window(annotated: Annotated, mention: Mention, amount: Amount | None) -> tuple[str, str]:
    """Return the text behind a dose (or drug), up to the next drug, and the two words before the drug."""
    text, offsets = sentence_text(annotated.document, annotated.sentence)
    last = amount.last if amount is not None and amount.last > mention.last else mention.last
    end = annotated.tokens[last - 1].end
    later = [m.first for m in annotated.of_kind(Kind.DRUG) if m.first >= last]
    stop = annotated.tokens[later[0]].start if later else annotated.sentence.end
    behind = "".join(letter for letter, at in zip(text, offsets, strict=False) if end <= at < stop)
    if amount is not None and amount.last <= mention.first:
        between = annotated.tokens[amount.last - 1].end
        behind = "".join(letter for letter, at in zip(text, offsets, strict=False) if between <= at < end) + behind
    before = " ".join(annotated.words[max(0, mention.first - 4) : mention.first])
    return behind[:_PHRASE_REACH], before


def _frequency(annotated: Annotated, mention: Mention, amount: Amount | None) -> tuple[str | None, Decimal | None]:
    behind, before = _window(annotated, mention, amount)
    for text in (behind, before):
        for pattern, per_day in _frequencies():
            match = pattern.search(text)
            if match:
                return match[0].strip(), _per_day(match, per_day)
    return None, None


def _per_day(match: re.Match[str], per_day: str) -> Decimal | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    if not per_day:
        return None
    if per_day in ("n", "h", "d", "w"):
        number = next((parse_integer(value) for name, value in groups.items() if name.startswith(per_day)), None)
        if not number:
            return None
        return {
            "n": Decimal(number),
            "h": Decimal(24) / number,
            "d": 1 / Decimal(number),
            "w": 1 / Decimal(7 * number),
        }[per_day]
    numerator, _, denominator = per_day.partition("/")
    return Decimal(numerator) / Decimal(denominator or 1)


def _duration(annotated: Annotated, mention: Mention, amount: Amount | None) -> str | None:
    behind, _ = _window(annotated, mention, amount)
    return next((match[0] for pattern in _durations() if (match := pattern.search(behind))), None)
