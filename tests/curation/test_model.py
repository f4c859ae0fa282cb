from __future__ import annotations

import pytest
from pydantic import ValidationError

from hfskg.curation.model import CHANGES, Change, Head


@pytest.mark.parametrize("told", ["10.1000/182", "doi:10.1000/182", "https://doi.org/10.1000/182"])
def test_a_doi_is_kept_without_what_leads_to_it(told: str) -> None:
    assert Head(doi=told).doi == "10.1000/182"


@pytest.mark.parametrize(("orcid", "valid"), [("0000-0000-0000-0001", True), ("0000-0000-0000-0028", True)])
def test_the_check_digit_of_an_orcid_is_checked(orcid: str, valid: bool) -> None:
    assert Head(orcid=f"https://orcid.org/{orcid}").orcid == orcid
    with pytest.raises(ValidationError, match="check digit"):
        Head(orcid=orcid[:-1] + "X")


def test_changes_are_those_that_are_named() -> None:
    assert set(Change.model_fields) == CHANGES
