from __future__ import annotations

import pytest

from reading.helpers import record

Claimed = list[tuple[str, str, str]]


def claims(text: str, section: str = "Discussion") -> Claimed:
    return [(c.subject.label, c.relation.label, c.object.label) for c in record(f"{section}\n\n{text}\n").claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Anakinra is effective in lymphoma.", [("anakinra", "treats", "lymphoma")], id="treats"),
        pytest.param(
            "Infections can trigger MAS.", [("infection", "triggers", "macrophage activation syndrome")], id="triggers"
        ),
        pytest.param(
            "MAS is often triggered by infections.",
            [("infection", "triggers", "macrophage activation syndrome")],
            id="backward",
        ),
        pytest.param(
            "Anakinra blocks interleukin-1 alpha and interleukin-1 beta.",
            [("anakinra", "targets", "interleukin-1 alpha"), ("anakinra", "targets", "interleukin-1 beta")],
            id="a series of objects",
        ),
        pytest.param(
            "HLH includes MAS.",
            [("hemophagocytic lymphohistiocytosis", "includes", "macrophage activation syndrome")],
            id="includes",
        ),
        pytest.param(
            "MAS is refractory to prednisone.",
            [("prednisone", "is ineffective for", "macrophage activation syndrome")],
            id="ineffective",
        ),
        pytest.param("Ferritin can trigger MAS.", [], id="wrong kind of subject"),
        pytest.param("Anakinra is effective.", [], id="no object"),
        pytest.param("Anakinra and lymphoma.", [], id="no relation"),
    ],
)
def test_claims(text: str, expected: Claimed) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("section", "number"), [("Introduction", 1), ("Discussion", 1), ("Case report", 0), ("References", 0)]
)
def test_claims_are_read_in_background_and_discussion(section: str, number: int) -> None:
    assert len(claims("Anakinra is effective in lymphoma.", section)) == number


@pytest.mark.parametrize(
    ("text", "polarity", "hedged"),
    [
        ("Anakinra is effective in lymphoma.", "affirmed", False),
        ("Anakinra may be effective in lymphoma.", "affirmed", True),
        ("Anakinra is not effective in lymphoma.", "negated", False),
    ],
)
def test_polarity_and_hedges(text: str, polarity: str, hedged: bool) -> None:
    claim = record(f"Discussion\n\n{text}\n").claims[0]
    assert (claim.polarity, claim.hedged) == (polarity, hedged)


def test_the_quote_reaches_from_subject_to_object() -> None:
    claim = record("Discussion\n\nWe think that anakinra is effective in lymphoma too.\n").claims[0]
    assert [e.quote for e in claim.evidence] == ["anakinra is effective in lymphoma"]
