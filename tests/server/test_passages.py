from __future__ import annotations

from hfskg.server.passages import Passage, Span, passages_of_evidence, passages_of_text

TEXT = "It was dark.\n\nThe lamp glows faintly at night."
GLOWS = Span("d", 23, 28, "glows", "The lamp ", " faintly at night.")
LAMP = Span("d", 18, 36, "lamp glows faintly", "The ", " at night.")


def told(passages: list[Passage]) -> list[list[tuple[str, tuple[str, ...], bool]]]:
    return [[(piece.text, piece.keys, piece.asked) for piece in passage.pieces] for passage in passages]


def test_a_text_is_cut_where_spans_begin_and_end() -> None:
    assert TEXT[GLOWS.start : GLOWS.end] == GLOWS.quote
    first, second = told(passages_of_text(TEXT, [LAMP, GLOWS], "23-28"))
    assert first == [("It was dark.", (), False)]
    assert second == [
        ("The ", (), False),
        ("lamp ", ("18-36",), False),
        ("glows", ("18-36", "23-28"), True),
        (" faintly", ("18-36",), False),
        (" at night.", (), False),
    ]


def test_the_sentences_of_evidence_come_once_and_in_order() -> None:
    far = Span("d", 100, 103, "end", "The ", ".")
    passages = passages_of_evidence([far, GLOWS, LAMP])
    assert ["".join(piece.text for piece in passage.pieces) for passage in passages] == [
        "The lamp glows faintly at night.",
        "The end.",
    ]
    assert [passage.apart for passage in passages] == [True, True]
