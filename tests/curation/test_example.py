"""The example of docs/curation.md does what the page says."""

from __future__ import annotations

import re
from pathlib import Path

from curation.helpers import curator
from hfskg.curation.fields import FIELDS
from hfskg.curation.making import REQUIRED
from hfskg.reading import Reader
from hfskg.reading.loading import parse_document
from support import ROOT, packaged_vocabulary

PAGE = (ROOT / "docs" / "curation.md").read_text(encoding="utf-8")


def test_the_file_on_the_page_fits_the_report_on_the_page(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
    path = tmp_path / "report.curation.yaml"
    path.write_text(text, encoding="utf-8")
    report = "Case report\n\n" + "\n".join(re.findall(r"^> (.*)$", PAGE, re.M)) + "\n"
    document = parse_document("report.txt", "0" * 64, report)
    read = Reader(packaged_vocabulary()).read(document)
    told = curator().curate(read, document, path)
    actions = {event.kind: event.curation.action for event in told.cases[0].events if event.curation}
    assert actions["outcome"] == "added"
    # A better reader may read the other two rightly by itself, which the curation file then warns of.
    caught_up = [warning for warning in told.warnings if "curation" in warning]
    assert len(told.rejected) + len(actions) + len(caught_up) == 3


def test_the_page_names_the_fields_of_every_kind() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (\*\*`.*) \|$", PAGE, re.M))
    assert rows.keys() == FIELDS.keys()
    for kind, model in FIELDS.items():
        assert set(re.findall(r"\*\*`(\w+)`\*\*", rows[kind])) == set(REQUIRED[kind])
        named = set(re.findall(r"`(\w+)`", rows[kind]))
        assert named == set(model.model_fields) - {"time", "day"}
