"""What a sentence says was done with which drug: started, raised, lowered, continued, switched, stopped."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from hfskg.reading.annotated import Annotated, CueMatch
from hfskg.reading.mentions import Mention
from hfskg.reading.quantities import Amount
from hfskg.record import Action
from hfskg.vocabulary import Kind

__all__ = ["ActionCue", "actions_of_amounts", "actions_of_mentions", "actions_of_words"]

_MEASURED = (Kind.ANALYTE, Kind.PANEL, Kind.FINDING)
_PERSONS = frozenset({"we", "he", "she", "they", "i"})
_COPULAS = frozenset({"was", "were", "is", "are", "be", "been", "being"})
_ADVERBS = (("first",), ("initially",), ("empirically",), ("again",), ("only",))
_CHANGES = frozenset({"stop", "increase", "decrease"})
_COPULA_REACH = 7
_COORDINATED_REACH = 20
_RELATIVES = frozenset({"but", "which", "that"})
_COORDINATORS = frozenset({"and", "then", "later", "subsequently", "eventually", "finally", "or"})
_AWAY = frozenset({"off", "from"})
_AND = (("and",), ("and", "then"), ("and", "finally"), ("and", "subsequently"), ("and", "eventually"))
_PARTICLES = (("on",), ("with",), "on", "with")
_RESUMING = frozenset({"which", "but"})
_JOINTS = _COORDINATORS | {"but"}
_AFTER_VERB = frozenset("in on at after because due owing when once following for by . ,".split())
_FOLLOWING_REACH = 8
_CONTINUED_REACH = 5
_REACH = 28
_REACH_BACK = 45
_BORDERS = frozenset("; which who that whereas while but because although however when after before".split())


@dataclass(frozen=True, slots=True)
class ActionCue:
    """A word that tells an action, and on which side its drugs stand.

    Attributes:
        first: Place of its first token.
        last: Place behind its last token.
        action: The action.
        forward: Whether the drugs stand behind it.
        single: Whether it governs one drug only, not a series; behind its drug it stands right behind it.
    """

    first: int
    last: int
    action: Action
    forward: bool
    single: bool = False


def _cues(annotated: Annotated, mentions: Sequence[Mention]) -> list[ActionCue]:
    words = annotated.words
    found = []
    for match in annotated.cues("actions"):
        if any(m.first <= match.first and match.last <= m.last for m in mentions):
            continue
        if any(m.first == match.last or m.first <= match.first < m.last for m in annotated.of_kind(*_MEASURED)):
            continue
        choices = {row["place"]: cast("Action", row["action"]) for row in map(dict, match.values)}
        copula = _copula(words, match.first, mentions)
        passive = copula is not None
        if not passive and words[match.last : match.last + 1] == (",",) and _CHANGES.issuperset(choices.values()):
            continue
        behind = match.last + (words[match.last : match.last + 1] in _ADVERBS)
        particle = words[match.last - 1] if match.last - match.first > 1 else words[behind : behind + 1]
        followed = _drug_follows(words, match.last, mentions)
        if words[match.last - 1] == "to" and not followed and _dose_follows(annotated, match.last):
            continue
        if "noun" in choices and any(m.last == match.first for m in mentions):
            found.append(ActionCue(match.first, match.last, choices["noun"], forward=False, single=True))
            continue
        away = words[match.last - 1] in _AWAY and followed and not any(m.last == copula for m in mentions)
        if away or _takes_object(words, match, mentions):
            passive = False
        if passive and "subject" in choices:
            found.append(ActionCue(match.first, match.last, choices["subject"], forward=False))
            if not followed:
                continue
        if passive and "before" in choices and "predicate" not in choices and not followed:
            found.append(ActionCue(match.first, match.last, choices["before"], forward=False))
        elif (
            passive
            and "predicate" in choices
            and not (followed and particle in _PARTICLES and choices.get("before", "stop") not in _CHANGES)
        ):
            found.append(ActionCue(match.first, match.last, choices["predicate"], forward=False))
        elif "before" in choices:
            forward = not _lacks_object(words, match.first, match.last, choices, followed)
            found.append(ActionCue(match.first, match.last, choices["before"], forward=forward))
        elif "next" in choices:
            found.append(ActionCue(match.first, match.last, choices["next"], forward=True, single=True))
    return found


def _takes_object(words: Sequence[str], match: CueMatch, mentions: Sequence[Mention]) -> bool:
    """Tell whether a verb joined to a passive has a drug as its object: "she was weaned and stopped the drug"."""
    joined = words[match.first - 1 : match.first] and words[match.first - 1] in _COORDINATORS
    adverb = words[match.first - 2 : match.first - 1] and words[match.first - 2] in _COPULAS
    return bool(joined) and not adverb and any(m.first == match.last for m in mentions)


def _lacks_object(words: Sequence[str], first: int, last: int, choices: Mapping[str, Action], followed: bool) -> bool:
    """Tell whether an active verb leaves out the drug named before: "she began A, but stopped due to nausea"."""
    joined = words[first - 1 : first] and words[first - 1] in _JOINTS
    object_left_out = words[last : last + 1] == () or words[last] in _AFTER_VERB
    return bool(joined) and not followed and object_left_out and choices.get("predicate") == "stop"


def _dose_follows(annotated: Annotated, place: int) -> bool:
    return any(token.kind == "number" for token in annotated.tokens[place : place + 1])


def _drug_follows(words: Sequence[str], place: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether a drug follows a cue closely, with no verb and no time in between."""
    following = next((m for m in mentions if m.first >= place), None)
    if following is None or following.first - place > _FOLLOWING_REACH or _is_subject(words, following):
        return False
    return not any(word in _BORDERS or word in _COPULAS or word == "." for word in words[place : following.first])


def _is_subject(words: Sequence[str], mention: Mention) -> bool:
    """Tell whether a drug behind "and" is the subject of a form of to be: "... on day 5 and the drug was stopped"."""
    return words[mention.first - 1 : mention.first] == ("and",) and not _COPULAS.isdisjoint(
        words[mention.last : mention.last + 1]
    )


def _copula(words: Sequence[str], place: int, mentions: Sequence[Mention]) -> int | None:
    """Return the place of the form of to be that makes a participle passive, or None.

    A "but" or "which" in between does not part them unless a drug stands behind it: "was started but stopped".
    """
    reach = _COORDINATED_REACH if words[place - 1 : place] and words[place - 1] in _COORDINATORS else _COPULA_REACH
    for at in range(place - 1, max(-1, place - reach - 1), -1):
        if words[at] in _COPULAS:
            return at
        if words[at] in _RELATIVES and not any(at < m.first < place for m in mentions):
            continue
        if words[at] in _BORDERS or words[at] in _PERSONS or words[at] in "()":
            return None
    return None


def actions_of_mentions(annotated: Annotated, mentions: Sequence[Mention]) -> dict[Mention, list[ActionCue]]:
    """Return the action cues that govern each drug mention, the nearest first.

    Args:
        annotated: The sentence.
        mentions: Its drug mentions from left to right.
    """
    cues = _cues(annotated, mentions)
    governed: dict[Mention, list[ActionCue]] = {mention: [] for mention in mentions}
    for cue in cues:
        for mention in _governed(annotated, cue, cues, mentions):
            governed[mention].append(cue)
    for cue, mention in _switched(annotated, cues, mentions):
        governed[mention] = [cue]
    for mention, found in governed.items():
        found.sort(key=lambda cue: (_distance(cue, mention), cue.first))
        adjacent = [cue for cue in found if cue.forward]
        nouns = [cue for cue in found if not cue.forward and cue.single]
        if nouns and (not adjacent or adjacent[0].action == "continue"):
            governed[mention] = nouns
        elif adjacent:
            relative = [cue for cue in found if not cue.forward and _is_relative(annotated, mention, cue, mentions)]
            governed[mention] = adjacent[:1] + relative
    return governed


def _is_relative(annotated: Annotated, mention: Mention, cue: ActionCue, mentions: Sequence[Mention]) -> bool:
    """Tell whether a cue stands in a relative clause on a drug: "started on A, which was tapered"."""
    between = annotated.words[mention.last : cue.first]
    return not _RESUMING.isdisjoint(between) and not any(mention.last <= m.first < cue.first for m in mentions)


def _switched(
    annotated: Annotated, cues: Sequence[ActionCue], mentions: Sequence[Mention]
) -> Iterator[tuple[ActionCue, Mention]]:
    """Yield the drugs on both sides of "switched (from) A to B" with the cue."""
    words = annotated.words
    for match in annotated.cues("exchanges"):
        left = next((m for m in mentions if 0 <= m.first - match.last <= _FOLLOWING_REACH), None)
        if left is None:
            continue
        to = next(
            (at for at in range(left.last, min(left.last + _FOLLOWING_REACH, len(words))) if words[at] == "to"), None
        )
        right = next((m for m in mentions if to is not None and 0 < m.first - to <= 3), None)
        if right is not None:
            cue = ActionCue(match.first, match.last, "switch", forward=True)
            yield cue, left
            yield cue, right


def _distance(cue: ActionCue, mention: Mention) -> int:
    return mention.first - cue.last if cue.forward else cue.first - mention.last


def _governed(
    annotated: Annotated, cue: ActionCue, cues: Sequence[ActionCue], mentions: Sequence[Mention]
) -> list[Mention]:
    words = annotated.words
    if cue.forward:
        limit = min(cue.last + _REACH, len(words))
        limit = min([limit, *(c.first for c in cues if c.first >= cue.last)])
        for place in range(cue.last, limit):
            if words[place] in _BORDERS:
                limit = place
                break
        behind = [m for m in mentions if cue.last <= m.first < limit]
        bare = cue.action == "continue" and cue.last - cue.first == 1
        if bare and behind and behind[0].first - cue.last > _CONTINUED_REACH:
            return []
        if behind and _opens_clause(words, behind[-1], cues):
            behind.pop()
        if cue.action == "switch":
            apart = (at for at, m in enumerate(behind) if at and words[m.first - 1] == "with")
            behind = behind[: next(apart, len(behind))]
        return behind[:1] if cue.single else behind
    first = max(0, cue.first - _REACH_BACK)
    for place in range(cue.first - 1, first - 1, -1):
        fresh = words[place] not in _RELATIVES or any(place < m.first < cue.first for m in mentions)
        if words[place] in _BORDERS and fresh:
            first = place
            break
    before = [m for m in mentions if first <= m.first and m.last <= cue.first]
    if cue.single:
        return before[-1:]
    border = max((c.last for c in cues if c.last <= cue.first), default=0)
    own = [m for m in before if m.first >= border]
    shared = next((c for c in cues if c.last == border and not c.forward), None)
    if not own and shared is not None and words[border : cue.first] in _AND:
        return _governed(annotated, shared, cues, mentions)
    return own or before[-1:]


def _opens_clause(words: Sequence[str], mention: Mention, cues: Sequence[ActionCue]) -> bool:
    """Tell whether a drug is the subject of a passive behind "and": "changed to A, and B was added"."""
    return _is_subject(words, mention) and any(not cue.forward and cue.first > mention.last for cue in cues)


def actions_of_amounts(annotated: Annotated, amounts: Sequence[Amount]) -> dict[int, Action | None]:
    """Return the actions told right before doses ("raised to 8 mg/kg/day"), by the place of the dose's number.

    "Up to" raises only where another dose stands before it; a dose behind "from" is the former one, and has none.

    Args:
        annotated: The sentence.
        amounts: The doses of one drug, from left to right.
    """
    told: dict[int, Action | None] = {}
    rows = [(match, dict(row)) for match in annotated.cues("actions") for row in match.values]
    for at, amount in enumerate(amounts):
        for match, row in rows:
            behind = annotated.words[match.last : amount.number]
            if (
                match.last <= amount.number
                and row["place"] == "amount"
                and all(w in ("to", "a", "dose", "of") for w in behind)
                or match.last <= amount.number
                and behind == ("to",)
                and row["action"] in ("increase", "decrease", "switch")
            ):
                told[amount.number] = cast("Action", row["action"])
        if annotated.words[amount.number - 1 : amount.number] == ("from",):
            told[amount.number] = None
        if at and amount.number not in told and annotated.words[amount.number - 2 : amount.number] == ("up", "to"):
            told[amount.number] = "increase"
    return told


def actions_of_words(annotated: Annotated, subjects: Collection[str]) -> Iterator[tuple[Action, tuple[int, int]]]:
    """Yield what was stopped, raised or lowered where the subject is a word such as "the therapy".

    Args:
        annotated: The sentence.
        subjects: The words that may stand for a drug.
    """
    words = annotated.words
    for match in annotated.cues("actions"):
        choices = {row["place"]: cast("Action", row["action"]) for row in map(dict, match.values)}
        copula = _copula(words, match.first, ())
        action = choices.get("predicate")
        if copula is None or action not in _CHANGES:
            continue
        subject = next((at for at in range(copula - 1, max(-1, copula - 3), -1) if words[at] in subjects), None)
        denied = annotated.context.categories(match.first, match.last, (match.first, match.last))
        if subject is not None and not denied and words[copula + 1 : copula + 2] != ("not",):
            yield action, (subject, match.last)
