from __future__ import annotations

import pytest
from pydantic import ValidationError

from hfskg.curation.fields import FIELDS
from hfskg.curation.model import CHANGES, KINDS, Addition, ReadingKind


def test_each_kind_has_its_fields() -> None:
    assert list(FIELDS) == list(KINDS)


def test_no_field_of_a_kind_has_the_name_of_something_else() -> None:
    common = set(Addition.model_fields) | CHANGES
    assert [kind for kind, model in FIELDS.items() if common & set(model.model_fields)] == []


def test_one_day_is_an_interval() -> None:
    assert getattr(FIELDS["outcome"].model_validate({"day": "4"}), "day", None) == (4, 4)
    assert getattr(FIELDS["outcome"].model_validate({"day": ["3", "5"]}), "day", None) == (3, 5)


@pytest.mark.parametrize(
    ("kind", "told"),
    [("weight", {"unit": "lb"}), ("age", {"unit": "kg"}), ("sex", {"sex": "unknown"}), ("weight", {"dose": "1 mg"})],
)
def test_what_a_kind_cannot_say_is_refused(kind: ReadingKind, told: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        FIELDS[kind].model_validate(told)
