from __future__ import annotations

import pytest

from hfskg.reading.variants import read_variants
from reading.helpers import annotated

Told = list[tuple[str, str | None, str | None, str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A mutation in PRF1 was found.", [("PRF1", None, None, "present")], id="variant"),
        pytest.param(
            "A heterozygous variant (c.272C>T) in PRF1 was found.",
            [("PRF1", "heterozygous", "c.272C>T", "present")],
            id="zygosity and notation",
        ),
        pytest.param(
            "She was homozygous for a PRF1 mutation, p.Ala91Val.",
            [("PRF1", "homozygous", "p.Ala91Val", "present")],
            id="protein notation",
        ),
        pytest.param(
            "She was compound heterozygous for UNC13D variants.",
            [("UNC13D", "compound heterozygous", None, "present")],
            id="compound heterozygous",
        ),
        pytest.param(
            "Compound heterozygous variants in UNC13D (c.1-2A>G and c.3G>T) were found.",
            [
                ("UNC13D", "compound heterozygous", "c.1-2A>G", "present"),
                ("UNC13D", "compound heterozygous", "c.3G>T", "present"),
            ],
            id="two variants of one gene",
        ),
        pytest.param(
            "A homozygous mutation of PRF1, c.65delC (p.Pro22fs), was found.",
            [("PRF1", "homozygous", "c.65delC", "present")],
            id="what a variant does to the protein",
        ),
        pytest.param("No mutation in PRF1 was found.", [("PRF1", None, None, "absent")], id="none found"),
        pytest.param(
            "No mutations were found in PRF1 and UNC13D.",
            [("PRF1", None, None, "absent"), ("UNC13D", None, None, "absent")],
            id="none in two genes",
        ),
        pytest.param("PRF1 was wild-type.", [("PRF1", None, None, "absent")], id="wild type"),
        pytest.param("PRF1 was sequenced.", [], id="gene alone"),
        pytest.param("A mutation was found.", [], id="no gene"),
        pytest.param("Her mother had a PRF1 mutation.", [], id="family"),
        pytest.param("A PRF1 mutation was suspected.", [], id="suspected"),
    ],
)
def test_variants(text: str, expected: Told) -> None:
    assert [
        (d.fields["gene"].label, d.fields["zygosity"], d.fields["variant"], d.fields["status"])
        for d in read_variants(annotated(text))
    ] == expected


def test_the_quote_reaches_over_gene_and_cue() -> None:
    draft = next(read_variants(annotated("Then a variant in the gene PRF1 was found.")))
    assert draft.evidence[0].quote == "variant in the gene PRF1"
