"""Drafts of events: what a frame says before the events of a case are merged and numbered."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import BaseModel

from hfskg.record import Event, Evidence, TermRef, Time

__all__ = ["Draft"]


class Draft(NamedTuple):
    """An event to be.

    Attributes:
        event: The class of the event.
        fields: Its fields but for order, evidence and time.
        evidence: The spans it was read from, the primary one first.
        time: When, if told.
        cell: Whether it is a cell of a table, which stands for itself however much it equals another.
        lasting: Whether the text says that it held since it was told before ("remained afebrile").
    """

    event: type[Event]
    fields: dict[str, Any]
    evidence: tuple[Evidence, ...]
    time: Time | None = None
    cell: bool = False
    lasting: bool = False

    @property
    def position(self) -> int:
        """Offset of the primary evidence, which gives the place in the narrative."""
        return self.evidence[0].start

    @property
    def key(self) -> tuple[str, str]:
        """What two tellings of one event have in common."""
        told = {name: _plain(value) for name, value in self.fields.items()}
        return self.event.__name__, repr(sorted(told.items()))


def _plain(value: object) -> object:
    if isinstance(value, TermRef):
        return value.iri
    return tuple(vars(value).values()) if isinstance(value, BaseModel) else value
