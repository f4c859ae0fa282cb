from __future__ import annotations

import pytest

from hfskg.reading.sections import section_role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Discussion", "discussion"),
        ("DISCUSSION", "discussion"),
        ("3. Discussion", "discussion"),
        ("2.1 Case presentation:", "case"),
        ("IV. Conclusions", "discussion"),
        ("Case  report.", "case"),
        ("  References ", "references"),
        ("Discussion/Conclusion", "discussion"),
        ("Discussion, Limitations, and Conclusions", "discussion"),
        ("Case report & Discussion", "case"),
        ("Discussion and fever", None),
        ("Discussion of the findings in our patient", None),
        ("The case was hard.", None),
        ("", None),
    ],
)
def test_section_role(line: str, role: str | None) -> None:
    assert section_role(line) == role
