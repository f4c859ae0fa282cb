from __future__ import annotations

import pytest
from pydantic import ValidationError

from hfskg import parts, record


def test_records_are_made_of_these_parts() -> None:
    assert {getattr(parts, name) is getattr(record, name) for name in parts.__all__} == {True}


def test_a_part_takes_nothing_that_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="colour"):
        parts.Time.model_validate({"colour": "red"})
