"""The third stage: negated, possible, of the past, of the family, planned, resolved, or none of our patient's.

The ConText algorithm (Harkema et al. 2009, J Biomed Inform 42:839-51): a cue holds for what stands in its scope,
which reaches to the sentence's end or to a cue that ends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from hfskg.reading.cues import alternatives, rows
from hfskg.reading.matcher import Match, Matcher
from hfskg.reading.runs import Run
from hfskg.reading.tokens import Token

__all__ = ["FINITE", "SUBJECT_REACH", "Context", "Scope", "read_context"]


_MEANING = {"criteria": "ignore", "child": "family"}
_RELATIVES = ("family", "child")
_VERB_REACH = 6
SUBJECT_REACH = 5
_DENIALS = frozenset({"not", "never", "no", "nor", "only", "without"})
_AUXILIARY_REACH = 2
_TO_BE = frozenset("was were is are be been being".split())
_AFTER_PASSIVE = frozenset("by with on in at from as after and or but through via based due because".split())
_PARTING = frozenset({",", "and"})
_BEFORE_VALUE = frozenset("of was were is at to than reached = : < > ≤ ≥".split())
_OPENING = frozenset({"(", "["})
_CLOSING = frozenset({"or", "nor"})
FINITE = frozenset("was were is are had has showed revealed developed became remained".split())


class Scope(NamedTuple):
    """A cue and the tokens it holds for.

    Attributes:
        category: What it says.
        cue: The cue's words.
        first: Place of the first token in scope.
        last: Place behind the last token in scope.
        place: Places of the cue's first token and behind its last.
    """

    category: str
    cue: str
    first: int
    last: int
    place: tuple[int, int]


class Context(NamedTuple):
    """The scopes of the cues in a sentence."""

    scopes: tuple[Scope, ...]

    def categories(self, first: int, last: int, besides: tuple[int, int] = (0, 0)) -> frozenset[str]:
        """Return the categories that hold for the tokens of a mention.

        Args:
            first: Place of the mention's first token.
            last: Place behind its last.
            besides: Places of words that are read as something else and are no cues here.
        """
        return frozenset(
            scope.category
            for scope in self.scopes
            if scope.first <= first
            and last <= scope.last
            and not (scope.place[0] < besides[1] and besides[0] < scope.place[1])
        )


@dataclass(frozen=True, slots=True)
class _Cue:
    category: str
    direction: str
    reach: int
    text: str


@cache
def _matcher() -> Matcher[_Cue]:
    matcher: Matcher[_Cue] = Matcher()
    for row in rows("context"):
        reach = int(row["reach"]) if row["reach"] else 10_000
        for words in alternatives(row["cue"]):
            matcher.add(words, _Cue(row["category"], row["direction"], reach, words))
    return matcher


def read_context(tokens: Run, *, newborn: bool = False) -> Context:
    """Return the scopes of all cues in a sentence.

    What stands in brackets speaks of what is in them, unless the cue is alone there: "sepsis (suspected)".

    Args:
        tokens: The sentence's tokens.
        newborn: Whether the patient is one, so that "the infant" is not the patient's child.
    """
    found = [(match, cue) for match in _matcher().find(tokens) for cue in match.values]
    semicolons = _semicolons(tokens)
    every = sorted({match.first for match, cue in found if cue.category == "end"} | semicolons)
    only_ahead = {match.first for match, cue in found if cue.direction == "ahead"}
    of_kin = {match.first for match, cue in found if cue.direction == "kin"}
    around = tokens.brackets
    scopes = []
    for match, cue in found:
        if (
            cue.category in ("end", "met")
            or (newborn and cue.category == "child")
            or (cue.category == "criteria" and _are_met(tokens, match, found))
        ):
            continue
        place = match.first, match.last
        own = around[match.first]
        ahead = [b for b in every if len(around[b]) <= len(own) or tokens[b - 1].text in _OPENING]
        borders = [b for b in every if len(around[b]) <= len(own) and b not in only_ahead]
        if cue.category in _RELATIVES:
            ahead = [b for b in ahead if b not in of_kin]
        direction = cue.direction
        if direction == "verb":
            direction = "forward" if _is_active(tokens, match.first, match.last) else "backward"
        if direction == "whole":
            limit = max((at + 1 for at in range(match.first) if tokens[at].text == ";"), default=0)
            first, last = max(limit, match.first - cue.reach), match.first
        elif direction == "list":
            first, last = max(_list_start(tokens, borders, match.first), match.first - cue.reach), match.first
        elif direction == "forward":
            limit = next((b for b in ahead if b >= match.last), len(tokens))
            limit = min(limit, _next_clause(tokens, match.first, match.last))
            if tokens[match.first].fold == "without":
                limit = min(limit, _next_member(tokens, match.first, match.last, limit))
            if cue.category == "negated":
                limit = min(limit, _next_value(tokens, match.last, limit))
            first, last = match.last, min(limit, match.last + cue.reach)
        else:
            limit = max((b + 1 for b in borders if b < match.first), default=0)
            first, last = max(limit, match.first - cue.reach), match.first
        if own and own[-1][1] - own[-1][0] - 1 > match.last - match.first:
            first, last = max(first, own[-1][0] + 1), min(last, own[-1][1])
        category = _MEANING.get(cue.category, cue.category)
        scopes.append(Scope(category, cue.text, first, last, place))
    return Context(tuple(scopes))


def _are_met(tokens: Sequence[Token], criteria: Match[_Cue], found: Sequence[tuple[Match[_Cue], _Cue]]) -> bool:
    """Tell whether a cue near the naming of criteria says that they are met, and no word before it denies that."""
    for match, cue in found:
        near = max(criteria.first - match.last, match.first - criteria.last) <= cue.reach
        denied = any(token.text.casefold() in _DENIALS for token in tokens[max(0, match.first - 2) : match.first])
        if cue.category == "met" and near and not denied:
            return True
    return False


def _semicolons(tokens: Sequence[Token]) -> set[int]:
    """Return the places of semicolons that end a clause; not in a series closed by "or" ("rash; fever; or pain")."""
    places = [place for place, token in enumerate(tokens) if token.text == ";"]
    closed = [place for place in places if place + 1 < len(tokens) and tokens[place + 1].fold in _CLOSING]
    return {place for place in places if not any(place <= last for last in closed)}


def _is_active(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a verb form has an object: no form of to be stands before it, and words follow it directly."""
    if last >= len(tokens) or tokens[last].kind != "word" or tokens[last].fold in _AFTER_PASSIVE:
        return False
    before = {token.text.casefold() for token in tokens[max(0, first - _AUXILIARY_REACH) : first]}
    return before.isdisjoint(_TO_BE)


def _next_clause(tokens: Run, first: int, last: int) -> int:
    """Return where a new clause begins behind a cue: "and" with a verb soon after it, where the cue's clause has one.

    In "there was no rash and the spleen was large" the cue reaches to "and"; in "no rash and fever were seen" it
    reaches on, because the verb is still to come.
    """
    words = tokens.words
    if not any(word in _verbs() for word in words[max(0, first - _VERB_REACH) : first]):
        return len(tokens)
    for place in range(last, len(tokens)):
        if words[place] == "and" and any(word in FINITE for word in words[place + 1 : place + 1 + SUBJECT_REACH]):
            return place
    return len(tokens)


def _next_member(tokens: Run, first: int, last: int, limit: int) -> int:
    """Return where the next member of a list begins that "without" qualifies one member of.

    In "it showed steatosis without fibrosis, splenomegaly, and nodes" that is behind "fibrosis"; a list closed by
    "or" is all denied.
    """
    words = tokens.words[:limit]
    verb = next((place for place in range(first - 1, -1, -1) if words[place] in _verbs()), first)
    if first - verb < 2 or not _CLOSING.isdisjoint(words[last:]):
        return limit
    commas = [place for place in range(last, limit) if words[place] == ","]
    return commas[0] if any(words[place + 1 : place + 2] == ("and",) for place in commas) else limit


def _next_value(tokens: Run, last: int, limit: int) -> int:
    """Return where the first member of a denied list begins that tells a value: "no rash, ferritin of 9000 ng/mL"."""
    words, depth = tokens.words, len(tokens.brackets[last - 1])
    comma = limit
    for place in range(last, limit):
        if len(tokens.brackets[place]) > depth:
            continue
        if words[place] in _PARTING:
            comma = place
        elif comma < place and tokens[place].kind == "number" and words[place - 1] in _BEFORE_VALUE:
            return comma
    return limit


def _list_start(tokens: Run, borders: Sequence[int], end: int) -> int:
    """Return where the enumeration begins that ends right before a place.

    It is the whole clause, but what directly follows another verb belongs to that verb: in "fever persisted, and
    cultures and serology were negative" the list begins behind the comma.
    """
    verbs = [place for place in range(end) if tokens.words[place] in _verbs()]
    start = max([0, *(place + 1 for place in (*verbs, *(b for b in borders if b < end)))])
    if start == 0 or tokens[start - 1].text == ";":
        return start
    return next((place + 1 for place in range(start, end) if tokens[place].text in (",", "and")), end)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("breaks"))
