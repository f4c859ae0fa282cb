from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from hfskg.decisions import Curation, CurationSource


def test_a_decision_travels_as_json_with_its_day() -> None:
    told = Curation(action="corrected", by="curation team", on=date(2024, 1, 31), former="died", quoted=False)
    assert '"on":"2024-01-31"' in told.model_dump_json()
    assert Curation.model_validate_json(told.model_dump_json()) == told


@pytest.mark.parametrize("wrong", [{"action": "rejected"}, {"by": ""}, {"when": "today"}])
def test_a_decision_is_checked(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Curation.model_validate({"action": "added", "by": "curation team", **wrong})


def test_a_source_has_a_digest() -> None:
    assert CurationSource(file_name="a.curation.yaml", sha256="0" * 64).file_name == "a.curation.yaml"
    with pytest.raises(ValidationError, match="sha256"):
        CurationSource(file_name="a.curation.yaml", sha256="0")
