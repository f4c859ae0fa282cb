from __future__ import annotations

import pytest

from hfskg.reading.structure import find_blocks


def blocks(text: str) -> list[tuple[str, str, str]]:
    return [(block.kind, text[block.start : block.end], block.role) for block in find_blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Case presentation: A girl came.\n\nDiscussion: It is rare.\n",
            [
                ("heading", "Case presentation", "case"),
                ("paragraph", "A girl came.", "case"),
                ("heading", "Discussion", "discussion"),
                ("paragraph", "It is rare.", "discussion"),
            ],
            id="before the text",
        ),
        pytest.param(
            "Rationale:It is rare.Patient concerns:A girl came.\n",
            [
                ("heading", "Rationale", "background"),
                ("paragraph", "It is rare.", "background"),
                ("heading", "Patient concerns", "case"),
                ("paragraph", "A girl came.", "case"),
            ],
            id="within a line",
        ),
        pytest.param(
            "She was told this: Diagnosis: unknown.\n",
            [("paragraph", "She was told this: Diagnosis: unknown.", "")],
            id="not within a sentence",
        ),
        pytest.param(
            "Serum ferritin: 900 ng/mL.\n",
            [("paragraph", "Serum ferritin: 900 ng/mL.", "")],
            id="no title of a section",
        ),
    ],
)
def test_a_heading_on_the_line_of_its_text(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert blocks(text) == expected


def test_a_text_with_the_heading_of_its_case_is_left_as_it_is() -> None:
    abstract = "Background: It is rare. Case presentation: A girl came."
    text = f"Abstract\n\n{abstract}\n\nCase presentation\n\nA girl came.\n"
    assert ("paragraph", abstract, "abstract") in blocks(text)


def test_the_places_of_page_ends_move_with_the_lines() -> None:
    text = "Case: A girl\f\ncame with fever.\n"
    assert blocks(text)[1:] == [("paragraph", "A girl\f\ncame with fever.", "case")]
