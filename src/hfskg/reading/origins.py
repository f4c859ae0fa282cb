"""Where the count of days begins anew: an admission long after the first one has a day 0 of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hfskg.reading.drafts import Draft
from hfskg.record import Encounter, Time

__all__ = ["settle_days"]

_GAP = re.compile(r"\b(?:weeks?|months?|years?)\s+(?:later|after|afterwards)\b", re.I)
_ADMISSIONS = frozenset({"admission", "readmission"})
_REACH = 600


def settle_days(drafts: Iterable[Draft]) -> list[Draft]:
    """Take the days from what was told before the last admission that followed weeks or more after another.

    Such days count from the earlier admission, and nobody can compare them with those of the later one; their
    phrases are kept.

    Args:
        drafts: The drafts that the prose of one case gave.
    """
    settled = list(drafts)
    border = _border(settled)
    return [_without_day(draft) if draft.position < border else draft for draft in settled]


def _border(drafts: Sequence[Draft]) -> int:
    """Return the offset of the last admission that a phrase such as "six months later" precedes closely, or 0."""
    gaps = [d.position for d in drafts if d.time and d.time.phrase and _GAP.search(d.time.phrase)]
    admissions = [d.position for d in drafts if d.event is Encounter and d.fields["encounter"] in _ADMISSIONS]
    late = [gap for gap in gaps if any(0 <= place - gap <= _REACH for place in admissions)]
    return max((gap for gap in late if any(place < gap for place in admissions)), default=0)


def _without_day(draft: Draft) -> Draft:
    if draft.time is None or draft.time.earliest_day is None:
        return draft
    return replace(draft, time=Time(phrase=draft.time.phrase))
