from __future__ import annotations

import pytest

from hfskg.transcript import stretches, transcribe
from inspected import view


@pytest.fixture(scope="module")
def told() -> str:
    return transcribe(view())


@pytest.mark.parametrize(
    "part",
    [
        "── case \n\nCase report\n\n",
        "Patient 1: A [9-year-old|age, sex, weight] [girl|age, sex, weight] was [admitted|encounter] with "
        "[fever|finding, present] & ",
        "There was no [arthritis|finding, absent].",
        "She was given [foozumab|?] and [350 mg/dL|?]. Temperature",
        "(ng/mL)|laboratory value] │ 15-150 │ [220|laboratory value] │ [330|laboratory value]\n",
        "\nreport.txt: ",
        "\nUnderstood\n  4 of 5 numbers with units\n",
        "\nNot understood: 8 gaps\n",
        "  drug      «foozumab» 221-229  [Patient 1]  no term of the ontology was recognized here\n",
    ],
)
def test_the_text_the_listing_and_the_gaps_are_told(told: str, part: str) -> None:
    assert part in told


def test_stretches_have_the_style_of_their_kind() -> None:
    styles = {stretch.text: stretch.style for stretch in stretches(view())}
    assert styles["foozumab"] == "gap"
    assert styles["fever"] == "finding-present"
    assert styles["Her aunt went home early that evening."] == "unread"
    assert styles["Patient 1: "] == "case"
    assert styles["Case report"] == "heading"


def test_a_document_without_gaps_is_told_too() -> None:
    assert "Not understood: 0 gaps\n" in transcribe(view("Case report\n\nA 9-year-old girl had fever.\n"))
