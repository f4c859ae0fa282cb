from __future__ import annotations

import pytest

from hfskg.reading.language import foreign_language, has_little_english

ENGLISH = "The girl was admitted to the ward with fever and a rash, and her ferritin was high on the next day. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(ENGLISH * 5, None, id="English"),
        pytest.param(
            "Das Mädchen wurde mit Fieber und einem Ausschlag auf die Station gebracht. " * 8, "German", id="German"
        ),
        pytest.param(
            "La niña fue llevada al hospital con fiebre y una erupción en la piel. " * 8, "Spanish", id="Spanish"
        ),
        pytest.param("La fille est venue avec de la fièvre et une éruption sur les bras. " * 8, "French", id="French"),
        pytest.param("Девочка поступила с лихорадкой и сыпью. " * 8, "a language of Cyrillic script", id="Russian"),
        pytest.param("女孩因发烧和皮疹入院。" * 20, "a language of Cjk script", id="Chinese"),
        pytest.param("Das ist kurz.", None, id="short"),
        pytest.param(ENGLISH * 5 + "Das Mädchen wurde mit Fieber gebracht. " * 2, None, id="mostly English"),
        pytest.param("", None, id="empty"),
    ],
)
def test_foreign_language(text: str, language: str | None) -> None:
    assert foreign_language(text) == language


def test_little_english() -> None:
    assert has_little_english("glow gleam " * 60)
    assert not has_little_english(ENGLISH * 5)
    assert not has_little_english("glow gleam")
