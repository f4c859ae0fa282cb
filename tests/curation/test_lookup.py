from __future__ import annotations

from decimal import Decimal

import pytest

from hfskg.curation.lookup import Lookup
from hfskg.errors import CurationError
from hfskg.vocabulary import Kind
from support import packaged_vocabulary


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    return Lookup(packaged_vocabulary())


@pytest.mark.parametrize(
    "name",
    ["macrophage activation syndrome", "MAS", "Macrophage  Activation-Syndrome", "hfs:MacrophageActivationSyndrome"]
    + ["https://w3id.org/hfskg/ontology#MacrophageActivationSyndrome"],
)
def test_a_term_is_found_by_label_synonym_curie_or_iri(lookup: Lookup, name: str) -> None:
    assert lookup.term(name, (Kind.DISEASE,)).label == "macrophage activation syndrome"


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("sepsys", Kind.DISEASE, "no term sepsys that is a disease. Did you mean sepsis"),
        ("zzzzzz", Kind.ANALYTE, "no term zzzzzz that is an analyte. Give a label"),
        ("fever", Kind.DISEASE, "fever is a finding, and what is named here is a disease"),
        ("hfs:Nothing", Kind.DISEASE, "no term hfs:Nothing"),
    ],
)
def test_an_unknown_term_is_told_with_suggestions(lookup: Lookup, name: str, kind: Kind, message: str) -> None:
    with pytest.raises(CurationError, match=message):
        lookup.term(name, (kind,))


def test_a_relation_is_found_by_its_label(lookup: Lookup) -> None:
    assert lookup.relation("treats").iri.endswith("#Treats")
    with pytest.raises(CurationError, match="no relation treat; it has .*Did you mean treats"):
        lookup.relation("treat")


def test_a_value_has_a_unit_of_its_analyte(lookup: Lookup) -> None:
    ferritin = lookup.term("ferritin", (Kind.ANALYTE,))
    assert lookup.measured(ferritin, Decimal("1.50"), "ng/ml").unit_label == "ng/mL"
    needing = lookup.term("copper", (Kind.ANALYTE,))
    ratio = lookup.term("INR", (Kind.ANALYTE,))
    assert lookup.measured(ratio, Decimal("1.2"), None).unit is None
    for unit, message in (
        ("ng/mll", "no unit ng/mll. Did you mean"),
        ("%%%", "no unit %%%. Give it as reports print it"),
        ("mg/kg", "ferritin is not measured in mg/kg. It may be .*ng/mL"),
        (None, "A value of copper needs its unit. It may be .*µg/dL"),
    ):
        with pytest.raises(CurationError, match=message):
            lookup.measured(ferritin if unit else needing, Decimal(1), unit)


def test_a_dose_is_a_number_with_a_unit_of_doses(lookup: Lookup) -> None:
    dose = lookup.dose("1,000 mg/day")
    assert (dose.value, dose.unit_label) == (Decimal(1000), "mg/day")
    for text, message in (("mg", "no number with its unit"), ("2", "no number with"), ("2 ng/mL", "no unit of doses")):
        with pytest.raises(CurationError, match=message):
            lookup.dose(text)
