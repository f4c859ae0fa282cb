from __future__ import annotations

from curation.helpers import record
from hfskg.curation.assembly import Amendments, amended
from hfskg.curation.model import CurationFile, Head
from hfskg.record import Curation, Evidence, Outcome

FILE = CurationFile("report.curation.yaml", "0" * 64, Head(title="A title"), ())
WHO = Curation(action="added", by="curation team")


def outcome(start: int) -> Outcome:
    return Outcome(order=1, outcome="alive", evidence=(Evidence(start=start, end=start + 1, quote="x"),), curation=WHO)


def test_a_record_without_amendments_keeps_its_readings() -> None:
    told = amended(record(), FILE, Amendments())
    assert (told.cases, told.claims, told.warnings) == (record().cases, record().claims, record().warnings)
    assert told.title == "A title"
    assert told.curation is not None and told.curation.sha256 == "0" * 64


def test_what_is_added_stands_behind_what_was_read_before_it() -> None:
    added = Amendments(added=[("outcome", outcome(300), 1), ("outcome", outcome(0), 1), ("outcome", outcome(58), 1)])
    events = amended(record(), FILE, added).cases[0].events
    places = [event.order for event in events if event.curation]
    assert places == [1, 4, len(events)]
    starts = [event.evidence[0].start for event in events]
    assert starts == sorted(starts)
