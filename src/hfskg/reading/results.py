"""Qualitative results: what is raised, low, abnormal, positive, normal or back to normal.

A direction word and an analyte, panel or test make a finding, because the ontology says which finding is the
abnormality of which analyte in which direction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hfskg.reading.annotated import Annotated
from hfskg.reading.conditions import composed_terms, further_sites
from hfskg.reading.cues import rows
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.reading.specimens import measured_term
from hfskg.record import ClinicalFinding
from hfskg.vocabulary import Abnormality, Kind, Term, Vocabulary

__all__ = ["read_results"]

_TESTED = (Kind.ANALYTE, Kind.PANEL, Kind.PROCEDURE)
_UNSTATED = {"NormalSize": "Enlarged", "NotTender": "Tender", "NotDistended": "Distended"}
_STATES = frozenset({"Hypercellular", "Hypocellular", *_UNSTATED, *_UNSTATED.values()})
_STATE_REACH = 9
_APART = (";", "(", "for", "with", "a", "an", "the", "of")
_CONTRASTS = frozenset({"but"})
_DENIALS = frozenset({"not", "never", "neither", "nor"})
_COPULAS = frozenset("was were is are be been remained became being found turned".split())
_COPULA_REACH = 4
_ADJACENT = 2
_OPPOSITES = {"High": "Low", "Low": "High"}
_HEADING = frozenset({"for", "including", "such", "like", "namely"})
_TESTS = (("test",), ("tests",), ("panel",), ("panels",), ("studies",), ("testing",))
_SUBJECTS = frozenset({"a", "an", "her", "his", "the", "she", "he"})
_LISTED = ((",",), (":",), ("with",), ("including",))
_OWN_RESULT = frozenset({":", "of", "="})
_REACH = 30


_NORMAL = ("Normal", "Negative")


@dataclass(frozen=True, slots=True)
class _Direction:
    first: int
    last: int
    direction: str
    forward: bool
    change: bool


@cache
def _breaks() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("breaks"))


def read_results(annotated: Annotated, vocabulary: Vocabulary, present: Collection[str]) -> Iterator[Draft]:
    """Yield the findings that a sentence tells by a direction and an analyte, panel or test.

    Args:
        annotated: The sentence.
        vocabulary: The vocabulary.
        present: IRIs of the findings told as present before; a normal result resolves these.
    """
    directions = _directions(annotated)
    told: set[tuple[int, str]] = set()
    for direction in directions:
        for mention in _governed(annotated, direction, directions):
            state = direction.direction if direction.direction in _STATES else ""
            if (mention.first, state) in told:
                continue
            categories = annotated.context.categories(mention.first, mention.last, (direction.first, direction.last))
            if categories & {"ignore", "family", "planned", "possible"}:
                continue
            told.add((mention.first, state))
            if direction.direction in _NORMAL and _is_heading(annotated, mention):
                continue
            analyte = mention.term.kind is Kind.ANALYTE
            measured = measured_term(annotated, mention, vocabulary) if analyte else mention.term
            if measured is None and not _tells_germ(mention.term, vocabulary):
                continue
            tests = [measured or mention.term]
            if mention.term.kind is Kind.PROCEDURE:
                tests += further_sites(annotated, mention, vocabulary)
            shown = [test.iri for test in tests]
            if direction.direction in _STATES:
                shown += [site for iri in shown for site in vocabulary.related(iri, "site")]
            known = tuple(a for iri in shown for a in vocabulary.abnormalities.get(iri, ()))
            denied = "negated" in categories or _denied(annotated, direction)
            for finding, status in _findings(direction, known, annotated.concluding, present, denied):
                places = [mention.first, mention.last - 1, direction.first, direction.last - 1]
                evidence = annotated.evidence(places)
                time = annotated.time_at(min(places), max(places) + 1, results=True)
                for term in _at_sites(annotated, mention, vocabulary.terms[finding], vocabulary):
                    yield Draft(ClinicalFinding, {"finding": term.ref, "status": status}, evidence, time)


def _tells_germ(term: Term, vocabulary: Vocabulary) -> bool:
    """Tell whether a result shows an infection, whatever specimen it was found in."""
    return any(vocabulary.related(a.finding, "indicates") for a in vocabulary.abnormalities.get(term.iri, ()))


def _is_heading(annotated: Annotated, mention: Mention) -> bool:
    """Tell whether a test is named only to head the list of what was sought: "serology for malaria and dengue"."""
    behind = mention.last + (1 if annotated.words[mention.last : mention.last + 1] in _TESTS else 0)
    return not _HEADING.isdisjoint(annotated.words[behind : behind + 1])


def _at_sites(annotated: Annotated, mention: Mention, finding: Term, vocabulary: Vocabulary) -> list[Term]:
    """Return the finding of an organ at the regions named beside it: "enlarged cervical lymph nodes"."""
    if mention.term.kind is not Kind.BODY_SITE:
        return [finding]
    return composed_terms(annotated, mention._replace(term=finding), vocabulary)


def _directions(annotated: Annotated) -> list[_Direction]:
    found: list[_Direction] = []
    named = {place for m in annotated.of_kind(*_TESTED) for place in range(m.first, m.last)}
    named |= {place for m in annotated.of_kind(Kind.FINDING) for place in range(m.first + 1, m.last - 1)}
    for match in annotated.cues("directions"):
        if not named.isdisjoint(range(match.first, match.last)) or annotated.tokens.joined(match.last):
            continue
        if any(
            t.kind == "number"
            for pair in annotated.brackets[match.first][-1:]
            for t in annotated.tokens[pair[0] : pair[1]]
        ):
            continue
        choices = {dict(row)["place"]: dict(row)["direction"] for row in match.values}
        change = any(dict(row)["change"] for row in match.values)
        state = not _STATES.isdisjoint(choices.values())
        window = annotated.words[max(0, match.first - (_STATE_REACH if state else _COPULA_REACH)) : match.first]
        apart = _APART if state else (",", ";", "(")
        copulas = _COPULAS | {":"} if state else _COPULAS
        predicate = bool(copulas.intersection(window)) and not any(w in apart for w in window[-1:])
        followed = any(0 <= m.first - match.last <= _ADJACENT for m in annotated.of_kind(*_TESTED, Kind.BODY_SITE))
        if "after" in choices and not ("before" in choices and followed):
            found.append(_Direction(match.first, match.last, choices["after"], False, change))
        elif "predicate" in choices and (predicate or "before" not in choices):
            found.append(_Direction(match.first, match.last, choices["predicate"], False, change))
        elif choices.get("before"):
            found.append(_Direction(match.first, match.last, choices["before"], True, change))
        else:
            found.append(_Direction(match.first, match.last, "", True, change))
    return found


def _denied(annotated: Annotated, direction: _Direction) -> bool:
    """Tell whether a direction is denied right before it ("was not elevated")."""
    return bool(_DENIALS.intersection(annotated.words[max(0, direction.first - 2) : direction.first]))


def _governed(annotated: Annotated, direction: _Direction, directions: Sequence[_Direction]) -> list[Mention]:
    """Return the mentions that a direction word speaks of; what stands in brackets beside it does not count."""
    if not direction.direction:
        return []
    aside = annotated.aside(direction.first)
    kinds = (Kind.BODY_SITE, Kind.PROCEDURE) if direction.direction in _STATES else _TESTED
    if direction.forward:
        inside = _ahead(annotated, direction.last, directions, aside)
        named = [m for m in annotated.of_kind(*kinds) if m.first in inside]
        told = any(m.first == direction.first for m in annotated.of_kind(Kind.FINDING))
        own = 0 if told and direction.direction in _OPPOSITES else 1
        return named[:own] + [m for m in named[own:] if not _says_more(annotated, m)]
    inside = _back(annotated, direction, directions, aside)
    named = [m for m in annotated.of_kind(*kinds) if m.first in inside]
    if (
        any(m.term.kind is Kind.PANEL for m in named)
        and annotated.words[direction.last : direction.last + 1] in _LISTED
    ):
        following = _ahead(annotated, direction.last, directions, aside)
        named += [m for m in annotated.of_kind(Kind.ANALYTE) if m.first in following]
    return named


def _says_more(annotated: Annotated, mention: Mention) -> bool:
    """Tell whether a member of a series goes on to its own result: "negative cultures, and MRI revealing ..."."""
    following = annotated.words[mention.last : mention.last + 1]
    return not _OWN_RESULT.isdisjoint(following) or not _breaks().isdisjoint(following)


def _ahead(annotated: Annotated, start: int, directions: Sequence[_Direction], aside: Collection[int]) -> set[int]:
    """Return the places that a direction word before them reaches: up to a verb, another such word or a new subject."""
    words = annotated.words
    others = {d.first for d in directions if d.first >= start}
    inside: set[int] = set()
    for place in range(start, len(words)):
        if place in aside:
            continue
        fresh = words[place] in _SUBJECTS and words[place - 1] in (",", "and")
        if words[place] in _breaks() or words[place] == ";" or place in others or fresh or len(inside) >= _REACH:
            break
        inside.add(place)
    return inside


def _back(
    annotated: Annotated, direction: _Direction, directions: Sequence[_Direction], aside: Collection[int]
) -> set[int]:
    """Return the places of the series that a predicate ends: "CRP (46 mg/L), ESR and ferritin were also elevated"."""
    words = annotated.words
    states = direction.direction in _STATES
    reach = _STATE_REACH if states else _COPULA_REACH
    breaks = _breaks() - _CONTRASTS if states else _breaks()
    copula = direction.first
    while copula > 0 and copula > direction.first - reach - 1 and words[copula - 1] not in breaks:
        copula -= 1
    while copula > 0 and words[copula - 1] in (*_COPULAS, "had", "have", "has"):
        copula -= 1
    if copula == direction.first - reach - 1:
        copula = direction.first
    others = [d for d in directions if d.first not in aside and not (states and d.direction in _STATES)]
    border = max([0, *(d.last for d in others if d.last <= direction.first)])
    inside: set[int] = set()
    for place in range(copula - 1, border - 1, -1):
        if place in aside:
            continue
        if words[place] in breaks or words[place] == ";" or len(inside) >= _REACH:
            break
        inside.add(place)
    return inside | set(range(copula, direction.first))


def _findings(
    direction: _Direction, known: tuple[Abnormality, ...], concluding: bool, present: Collection[str], negated: bool
) -> list[tuple[str, str]]:
    """Return the findings, with their status, that a direction makes of the abnormalities of an analyte.

    A change against an abnormality told before ("ferritin decreased") is no abnormality of its own.
    """
    if direction.direction in _UNSTATED:
        stated = [a.finding for a in known if a.direction == _UNSTATED[direction.direction]]
        return [(finding, "resolved" if finding in present else "absent") for finding in stated if not negated]
    if direction.direction == "Negative" and any(a.direction == "Low" for a in known):
        return []
    if direction.direction in (*_NORMAL, "Normalized"):
        before = [a.finding for a in known if a.finding in present]
        denied = before or [a.finding for a in known if a.read_from_normal]
        resolved = direction.direction == "Normalized" or concluding or bool(before)
        return [(finding, "resolved" if resolved and not negated else "absent") for finding in denied]
    opposite = _OPPOSITES.get(direction.direction)
    if direction.change and any(a.finding in present for a in known if a.direction == opposite):
        return []
    exact = [a.finding for a in known if a.direction == direction.direction]
    loose = exact or [a.finding for a in known if a.direction == "Abnormal" and direction.direction != "Positive"]
    return [(finding, "absent" if negated else "present") for finding in loose]
