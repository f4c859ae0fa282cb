from __future__ import annotations

import re
from pathlib import Path

import yaml

from curation.helpers import HEAD, amend, document, record
from hfskg.curation import curation_template
from hfskg.curation.readings import readings_of


def test_a_template_changes_nothing(tmp_path: Path) -> None:
    told = amend(tmp_path, curation_template(record(), document()), head="")
    assert told.model_copy(update={"curation": None}) == record()


def test_each_address_in_a_template_finds_its_reading(tmp_path: Path) -> None:
    addresses = re.split(r"^#\n# .*\n", curation_template(record(), document()), flags=re.M)[1:]
    readings = list(readings_of(record()))
    assert len(addresses) == len(readings)
    for address, reading in zip(addresses, readings, strict=True):
        entry = re.sub(r"^# ", "", address, flags=re.M)
        (rejected,) = amend(tmp_path, f"{HEAD}reject:\n{entry}    reason: no\n", head="").rejected
        assert (rejected.statement, rejected.evidence) == (reading.words, reading.evidence)


def test_names_with_signs_of_yaml_are_quoted() -> None:
    text = curation_template(record().model_copy(update={"file_name": 'a: "b" #.txt'}), document())
    assert yaml.safe_load(text)["document"] == 'a: "b" #.txt'
