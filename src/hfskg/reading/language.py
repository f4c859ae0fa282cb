"""Whether a text is in English, by its most frequent words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache, lru_cache

from hfskg.reading.cues import rows

__all__ = ["foreign_language", "has_little_english"]

_MIN_WORDS = 60
_MIN_LETTERS = 100
_MIN_ENGLISH = 0.12
_LEAD = 1.5
_ENGLISH = "English"


@cache
def _frequent() -> dict[str, tuple[str, ...]]:
    languages: dict[str, tuple[str, ...]] = {}
    for row in rows("stopwords"):
        languages[row["word"]] = (*languages.get(row["word"], ()), row["language"])
    return languages


@lru_cache(maxsize=1)
def _shares(text: str) -> tuple[dict[str, float], int]:
    words = [word for word in text.casefold().split() if word.isalpha()]
    printed = Counter(words)
    counts: Counter[str] = Counter()
    for word, languages in _frequent().items():
        if word in printed:
            counts.update(dict.fromkeys(languages, printed[word]))
    return {language: count / len(words) for language, count in sorted(counts.items())}, len(words)


def foreign_language(text: str) -> str | None:
    """Return the language or script that a text is in, or None if that may be English.

    Args:
        text: The text; a short one is not judged.

    Example:
        >>> foreign_language("The girl was admitted with fever and a rash. " * 10)
        >>> foreign_language("Das Mädchen wurde mit Fieber und einem Ausschlag auf die Station gebracht. " * 10)
        'German'
    """
    letters = Counter(letter for letter in text if letter.isalpha())
    if letters.total() >= _MIN_LETTERS:
        scripts: Counter[str] = Counter()
        for letter, count in letters.items():
            scripts[unicodedata.name(letter, "UNKNOWN").split()[0]] += count
        script, most = scripts.most_common(1)[0]
        if script != "LATIN" and most > letters.total() / 2:
            return f"a language of {script.capitalize()} script"
    shares, words = _shares(text)
    if words < _MIN_WORDS or not shares:
        return None
    best = max(shares, key=lambda language: shares[language])
    return best if best != _ENGLISH and shares[best] > _LEAD * shares.get(_ENGLISH, 0.0) else None


def has_little_english(text: str) -> bool:
    """Tell whether a text that is long enough to judge has few of the words that every English text has."""
    shares, count = _shares(text)
    return count >= _MIN_WORDS and shares.get(_ENGLISH, 0.0) < _MIN_ENGLISH
