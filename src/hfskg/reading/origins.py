"""From which day the days of a case count, and what is told of that day without its number.

An admission long after the first one has a day 0 of its own. What the patient came with and what was found "on
admission" belong to day 0, and what "remained" so reaches back to when it was told before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from hfskg.reading.cues import rows
from hfskg.reading.drafts import Draft
from hfskg.record import ClinicalFinding, Diagnosis, Encounter, Time

__all__ = ["settle_days"]

_ADMISSIONS = frozenset({"admission", "readmission"})
_ARRIVALS = _ADMISSIONS | {"transfer"}
_REACH = 600


def settle_days(drafts: Iterable[Draft]) -> list[Draft]:
    """Bring the days of what the prose of one case tells to one origin.

    - Days told before the last admission that followed weeks or more after another are taken away: they count from the
      earlier admission, and nobody can compare them with those of the later one. Their phrases are kept.
    - The findings told between such a gap and the admission are what the patient was admitted with: day 0.
    - "On admission", told after the last arrival at a hospital, is day 0, unless days were counted before it.
      Diagnoses, which last, are left as they are.
    - What "remained" so until a day did since it was last told before, or since day 0.

    Args:
        drafts: The drafts that the prose of one case gave.
    """
    settled = list(drafts)
    border = _border(settled)
    settled = [_without_day(draft) if draft.position < border else draft for draft in settled]
    settled = _with_arrival(settled, border)
    return [_since_told(draft, settled) if draft.lasting else draft for draft in settled]


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("origins") if row["kind"] == kind), re.I)


def _tells(draft: Draft, kind: str) -> bool:
    return bool(draft.time and draft.time.phrase and _phrases(kind).search(draft.time.phrase))


def _arrivals(drafts: Sequence[Draft], kinds: frozenset[str]) -> list[Draft]:
    return [d for d in drafts if d.event is Encounter and d.fields["encounter"] in kinds]


def _border(drafts: Sequence[Draft]) -> int:
    """Return the offset of the last admission that a phrase such as "six months later" precedes closely, or 0."""
    gaps = [d.position for d in drafts if _tells(d, "gap")]
    admissions = [d.position for d in _arrivals(drafts, _ADMISSIONS)]
    late = [gap for gap in gaps if any(0 <= place - gap <= _REACH for place in admissions)]
    return max((gap for gap in late if any(place < gap for place in admissions)), default=0)


def _with_arrival(drafts: Sequence[Draft], border: int) -> list[Draft]:
    """Return the drafts with day 0 for what belongs to the arrival from which the days count."""
    arrivals = [d for d in _arrivals(drafts, _ARRIVALS) if d.position >= border]
    if not arrivals:
        return list(drafts)
    admitted = next((d for d in arrivals if border and d.fields["encounter"] in _ADMISSIONS), None)
    last = max(arrivals, key=lambda draft: draft.position)
    counted = any(d.position < last.position and (_day(d) or 0) > 0 for d in drafts)
    again = last.fields["encounter"] == "readmission" and not border
    found = [d for d in drafts if d.position > last.position and d.event is not Diagnosis and _tells(d, "admission")]
    first_day = [] if counted or again or not found else [last, *found]
    if admitted is not None:
        first_day.append(admitted)
    settled = []
    for draft in drafts:
        came_with = admitted is not None and border <= draft.position < admitted.position
        first = (came_with and draft.event is ClinicalFinding) or any(draft is one for one in first_day)
        if _day(draft) is None and first:
            phrase = draft.time.phrase if draft.time else None
            draft = draft._replace(time=Time(phrase=phrase, earliest_day=0, latest_day=0))
        settled.append(draft)
    return settled


def _since_told(draft: Draft, drafts: Iterable[Draft]) -> Draft:
    """Return a lasting finding with the days since the last telling of the same finding, or since day 0."""
    until = draft.time.latest_day if draft.time else None
    if draft.time is None or until is None or until <= 0:
        return draft
    same = (d for d in drafts if d.event is draft.event and d.fields.get("finding") == draft.fields.get("finding"))
    before = [d.time.latest_day for d in same if d.time and d.time.latest_day is not None and d.time.latest_day < until]
    return draft._replace(time=Time(phrase=draft.time.phrase, earliest_day=max([0, *before]), latest_day=until))


def _day(draft: Draft) -> int | None:
    return draft.time.earliest_day if draft.time else None


def _without_day(draft: Draft) -> Draft:
    if draft.time is None or draft.time.earliest_day is None:
        return draft
    return draft._replace(time=Time(phrase=draft.time.phrase))
