from __future__ import annotations

import pytest
from pydantic import ValidationError

from hfskg.curation.model import CHANGES, FIELDS, Addition, Change, Head


@pytest.mark.parametrize("told", ["10.1000/182", "doi:10.1000/182", "https://doi.org/10.1000/182"])
def test_a_doi_is_kept_without_what_leads_to_it(told: str) -> None:
    assert Head(doi=told).doi == "10.1000/182"


@pytest.mark.parametrize(("orcid", "valid"), [("0000-0000-0000-0001", True), ("0000-0000-0000-0028", True)])
def test_the_check_digit_of_an_orcid_is_checked(orcid: str, valid: bool) -> None:
    assert Head(orcid=f"https://orcid.org/{orcid}").orcid == orcid
    with pytest.raises(ValidationError, match="check digit"):
        Head(orcid=orcid[:-1] + "X")


def test_no_field_of_a_kind_has_the_name_of_something_else() -> None:
    common = set(Addition.model_fields) | CHANGES
    assert [kind for kind, model in FIELDS.items() if common & set(model.model_fields)] == []
    assert set(Change.model_fields) == CHANGES


def test_one_day_is_an_interval() -> None:
    assert getattr(FIELDS["outcome"].model_validate({"day": "4"}), "day", None) == (4, 4)
    assert getattr(FIELDS["outcome"].model_validate({"day": ["3", "5"]}), "day", None) == (3, 5)
