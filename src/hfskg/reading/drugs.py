"""Drug episodes: drug, dose, route, frequency, duration and action."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence

from hfskg.reading.actions import ActionCue, actions_of_amounts, actions_of_mentions, actions_of_words
from hfskg.reading.annotated import Annotated
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.reading.quantities import Amount
from hfskg.reading.regimens import find_duration, find_frequency, stretches
from hfskg.record import Action, DrugAdministration, Quantity, TermRef
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["THERAPY", "given_drugs", "of_members", "read_drugs"]

_NOT_GIVEN = frozenset({"negated", "undone", "ignore", "family", "planned", "considered", "measured"})
_LEFT_LINKS = frozenset(
    (
        "at a an the dose doses dosage of ( [ , : - – to was were iv initially starting total daily single "
        "started increased"
    ).split()
)
_RIGHT_LINKS = frozenset("of oral iv i v . intravenous daily pulse pulsed dose doses single bolus".split())
_DOSE_WORDS = frozenset({"dose", "doses", "dosage", "dosing"})
THERAPY = frozenset({"therapy", "treatment", "medication", "drug", "dose", "dosage", "infusion"})
"""Words, folded, by which a sentence speaks of drugs without naming them."""
_STEPS = frozenset({"increase", "decrease"})
_STEP_REACH = 4
_AS = frozenset({"as", "a", "an", "the"})
_ROUTE_REACH = 3
_ROUTE_BORDERS = frozenset({",", "and", "with", ".", ")", "was", "were", "to"})
_COMMA_ARTICLE = ((",", "a"), (",", "an"))
_INTENDED = frozenset({"considered", "planned"})
_DENIALS = frozenset({"not", "never"})
_WAS = frozenset({"was", "were"})
_GIVING = frozenset({"taken", "given", "administered", "via", "by", "delivered"})
_ANSWERED = 3
_OF_REACH = 4
_BEFORE_REACH = 8
_SPECIFIED_REACH = 3


def given_drugs(annotated: Annotated) -> list[Mention]:
    """Return the drugs that a sentence says were given to the patient; "no response to" a drug does not deny it."""
    answered = {
        place
        for match in annotated.cues("responses")
        if dict(match.values[0])["place"] == "before"
        for place in range(match.last, match.last + _ANSWERED)
    }
    found = []
    for mention in annotated.of_kind(Kind.DRUG, Kind.PROTOCOL):
        told = annotated.context.categories(mention.first, mention.last)
        against = told & _NOT_GIVEN
        if "resistance" in told and any(o.last <= mention.first for o in annotated.of_kind(Kind.ORGANISM)):
            continue
        if (
            not against
            or (against == {"negated"} and mention.first in answered)
            or _is_started(annotated, mention, told)
        ):
            found.append(mention)
    return found


def _is_started(annotated: Annotated, mention: Mention, told: Collection[str]) -> bool:
    """Tell whether a drug that was considered or planned is said to be started behind: "considered, begun later"."""
    if not told or not _INTENDED.issuperset(told):
        return False
    following = next((m.first for m in annotated.of_kind(Kind.DRUG) if m.first >= mention.last), len(annotated.words))
    scopes = [s for s in annotated.context.scopes if s.category in told and s.first <= mention.first < s.last]
    intended = max(s.place[1] for s in scopes)
    return any(
        max(mention.last, intended) <= match.first < following
        and any(dict(row)["action"] == "start" for row in match.values)
        and not _WAS.isdisjoint(annotated.words[match.first - 3 : match.first])
        and _DENIALS.isdisjoint(annotated.words[match.first - 2 : match.first])
        for match in annotated.cues("actions")
    )


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
    mentions = [m for m in given_drugs(annotated) if not _is_specified(annotated, m, vocabulary)]
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
        nearest = governed[mention][0] if governed[mention] else None
        used: set[Action | None] = set()
        for amount in amounts:
            action = told.get(amount.number)
            cue = nearest if amount.number not in told else None
            used.add(action or (cue.action if cue else None))
            route = _route_behind(annotated, amount) or routes.get(mention)
            yield _draft(annotated, mention, amount, cue, route, units, action)
        rest = [cue for cue in governed[mention] if cue.action not in used]
        if not amounts and not rest:
            yield _draft(annotated, mention, None, None, routes.get(mention), units)
        for cue in rest if not amounts else rest[: 1 if nearest and nearest.action not in used else None]:
            yield _draft(annotated, mention, None, cue, routes.get(mention), units)


def of_members(
    draft: Draft, courses: Sequence[Sequence[TermRef]], vocabulary: Vocabulary, started: Container[str] = ()
) -> Iterator[Draft]:
    """Yield the episodes of the drugs that a class stands for: "antibiotics were stopped" means those given before.

    A class that is started, in this episode or before in its sentence, or told with a dose, stands for itself.

    Args:
        draft: A draft of any event.
        courses: The drugs given in each earlier sentence of the case.
        started: IRIs of the drugs that the sentence has told as started so far.
        vocabulary: The vocabulary, for its hierarchy.
    """
    fields = draft.fields
    changed = draft.event is DrugAdministration and fields["action"] not in (None, "start") and fields["dose"] is None
    if not changed or fields["drug"].iri in started or not vocabulary.kinds.get(fields["drug"].iri):
        yield draft
        return
    iri = fields["drug"].iri
    for course in reversed(courses):
        members = {ref.iri: ref for ref in course if ref.iri != iri and vocabulary.is_a(ref.iri, iri)}
        if members:
            for ref in members.values():
                yield draft._replace(fields={**fields, "drug": ref})
            return
    yield draft


def _is_specified(annotated: Annotated, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a class of drugs is named only for its member: "biologic therapy with anakinra", "X as an NSAID"."""
    return any(
        other.term.iri != mention.term.iri
        and vocabulary.is_a(other.term.iri, mention.term.iri)
        and (0 <= other.first - mention.last <= _SPECIFIED_REACH or _is_apposed(annotated, other, mention))
        for other in annotated.of_kind(Kind.DRUG)
    )


def _is_apposed(annotated: Annotated, member: Mention, mention: Mention) -> bool:
    """Tell whether a class right behind its member only says what that is."""
    between = annotated.words[member.last : mention.first]
    return member.last <= mention.first and (len(between) <= 1 or _AS.issuperset(between) or between in _COMMA_ARTICLE)


def _of_last_drug(annotated: Annotated, drug: Mention, units: UnitTable) -> Iterator[Draft]:
    """Yield the episodes of a sentence that tells of a dose or an action without naming its drug.

    "The dose was raised to 2 g", "the therapy was stopped".
    """
    if annotated.of_kind(Kind.DRUG, Kind.PROTOCOL):
        return
    doses = [a for a in annotated.amounts if a.unit is not None and units.is_dose(a.unit) and a.bound != "high"]
    told = actions_of_amounts(annotated, doses) if not _DOSE_WORDS.isdisjoint(annotated.words) else {}
    found: list[tuple[Action | None, Amount | None, tuple[int, int]]] = [
        (told[a.number], a, (a.first, a.last)) for a in doses if told.get(a.number)
    ]
    if not doses:
        found = [(action, None, place) for action, place in actions_of_words(annotated, THERAPY)]
    for action, amount, place in found:
        dose = None
        if amount is not None:
            dose = Quantity(value=amount.value, unit=amount.unit, unit_label=units.label(amount.unit or ""))
        yield Draft(
            DrugAdministration,
            {
                "drug": drug.term.ref,
                "dose": dose,
                "normalized_dose": units.normalized_dose(dose, None) if dose else None,
                "route": None,
                "frequency": None,
                "duration": None,
                "action": action,
            },
            annotated.evidence([place[0], place[1] - 1]),
            annotated.time_at(*place),
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
        if (
            _is_step(annotated, amount)
            or _is_of_procedure(annotated, amount)
            or _repeats_dose(annotated, amount, units)
        ):
            continue
        if words[amount.last : amount.last + 1] == ("of",) and (right is None or right.first - amount.last > _OF_REACH):
            continue
        near_left = left is not None and all(w in _LEFT_LINKS for w in words[left.last : amount.first])
        near_right = right is not None and all(w in _RIGHT_LINKS for w in words[amount.last : right.first])
        if left is None and not near_right and (right is None or right.first - amount.last > _BEFORE_REACH):
            continue
        owner = right if (near_right and not near_left) or left is None else left
        if owner is not None:
            doses.setdefault(owner, []).append(amount)
    return doses


def _is_of_procedure(annotated: Annotated, amount: Amount) -> bool:
    """Tell whether an amount is that of a procedure right behind it: "10 L high-flow nasal oxygen"."""
    behind = {m.term.kind for m in annotated.of_kind(Kind.PROCEDURE, Kind.DRUG) if m.first == amount.last}
    return behind == {Kind.PROCEDURE}


def _is_step(annotated: Annotated, amount: Amount) -> bool:
    """Tell whether an amount is not a dose but by how much one was changed: "decreased by 10 mg"."""
    changes = [m.last for m in annotated.cues("actions") if any(dict(row)["action"] in _STEPS for row in m.values)]
    by = amount.first - 1
    return annotated.words[by : amount.first] == ("by",) and any(0 <= by - last <= _STEP_REACH for last in changes)


def _repeats_dose(annotated: Annotated, amount: Amount, units: UnitTable) -> bool:
    """Tell whether an amount in brackets says what the dose before them comes to: "150 mg/m2 (344 mg)"."""
    if not amount.brackets or amount.brackets[-1] != (amount.first - 1, amount.last):
        return False
    told = (a.unit for a in annotated.amounts if a.last == amount.first - 1 and a.unit is not None)
    return any(unit != amount.unit and units.is_dose(unit) for unit in told)


def _routes(
    annotated: Annotated, mentions: Sequence[Mention], doses: dict[Mention, list[Amount]]
) -> dict[Mention, Mention | TermRef]:
    """Return the route of each drug: named in its name, right before it, or behind it or its dose."""
    routes: dict[Mention, Mention | TermRef] = {}
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
        if right is not None and not _ROUTE_BORDERS & set(words[route.last : right.first]):
            routes.setdefault(right, route)
            continue
        behind = [(max([m.last, *(a.last for a in doses.get(m, []) if a.last <= route.first)]), m) for m in mentions]
        left = max(((end, m.first, m) for end, m in behind if end <= route.first), default=None, key=lambda e: e[:2])
        between = words[left[0] : route.first] if left is not None else ()
        told = between[:1] == (",",) and len(between) > 1 and _GIVING.issuperset(between[1:])
        if left is not None and (told or not {",", "and", ";", "or"} & set(between)):
            routes.setdefault(left[2], route)
    return routes


def _route_behind(annotated: Annotated, amount: Amount) -> Mention | None:
    """Return the route right behind a dose, which is that dose's own: "2 mg/kg SC, then 8 mg/kg IV"."""
    return next((route for route in annotated.of_kind(Kind.ROUTE) if route.first == amount.last), None)


def _draft(
    annotated: Annotated,
    mention: Mention,
    amount: Amount | None,
    cue: ActionCue | None,
    route: Mention | TermRef | None,
    units: UnitTable,
    action: Action | None = None,
) -> Draft:
    places = [mention.first, mention.last - 1]
    dose = normalized = None
    stretch = stretches(annotated, mention, amount)
    frequency, duration = find_frequency(annotated, stretch), find_duration(annotated, stretch)
    if amount is not None:
        places += [amount.first, amount.last - 1]
        dose = Quantity(
            value=amount.value, unit=amount.unit, unit_label=units.label(amount.unit) if amount.unit else None
        )
        normalized = units.normalized_dose(dose, frequency.per_day if frequency else None)
    for part in (frequency, duration, cue, route):
        if part is not None and not isinstance(part, TermRef):
            places += [part.first, part.last - 1]
    first, last = min(places), max(places) + 1
    return Draft(
        DrugAdministration,
        {
            "drug": mention.term.ref,
            "dose": dose,
            "normalized_dose": normalized,
            "route": route.term.ref if isinstance(route, Mention) else route,
            "frequency": frequency.text if frequency else None,
            "duration": duration.text if duration else None,
            "action": action or (cue.action if cue else None),
        },
        annotated.evidence(places),
        annotated.time_at(first, last),
    )
