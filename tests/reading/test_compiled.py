"""A background vocabulary as it is kept for looking names up."""

from __future__ import annotations

from pathlib import Path

import pytest

from hfskg.background import BackgroundTerm, find_source
from hfskg.reading.compiled import CompiledTerms, CompiledVocabulary
from hfskg.vocabulary import Kind

PURL = "http://purl.obolibrary.org/obo/"
OBO = """format-version: 1.2

[Term]
id: DOID:1
name: Attic-lamp glow
synonym: "GLW" EXACT []
synonym: "GLWT" EXACT []

[Term]
id: DOID:2
name: Lamp shine
synonym: "attic lamp glow" NARROW []
is_a: DOID:1
is_a: DOID:3
"""


def compiled(path: Path, text: str = OBO) -> CompiledVocabulary:
    path.write_text(text, encoding="utf-8")
    return CompiledVocabulary(find_source(f"disease={path}"))


@pytest.fixture
def vocabulary(tmp_path: Path) -> CompiledVocabulary:
    return compiled(tmp_path / "lamps.obo")


@pytest.mark.parametrize(
    ("key", "named"),
    [
        pytest.param("lamp shine", [("", f"{PURL}DOID_2", "exact")], id="label"),
        pytest.param("atticlamp glow", [("", f"{PURL}DOID_1", "exact")], id="hyphen left out"),
        pytest.param("attic lamp glow", [("", f"{PURL}DOID_1", "exact")], id="an exact name wins"),
        pytest.param("glw", [], id="too short"),
        pytest.param("glwt", [("GLWT", f"{PURL}DOID_1", "exact")], id="capitals matter"),
        pytest.param("lamp", [], id="a part of a name"),
    ],
)
def test_names(vocabulary: CompiledVocabulary, key: str, named: list[tuple[str, str, str]]) -> None:
    assert vocabulary.named(key) == named


def test_names_told_apart_by_capitals_stand_together(tmp_path: Path) -> None:
    text = OBO.replace('synonym: "attic lamp glow" NARROW []', 'synonym: "gLWt" NARROW []')
    vocabulary = compiled(tmp_path / "lamps.obo", text)
    assert vocabulary.named("glwt") == [("GLWT", f"{PURL}DOID_1", "exact"), ("gLWt", f"{PURL}DOID_2", "broader")]


def test_lengths_are_those_of_the_names(vocabulary: CompiledVocabulary) -> None:
    assert vocabulary.lengths == {"attic lamp": 0b100, "atticlamp glow": 0b10, "lamp shine": 0b10, "glwt": 0b1}


def test_terms(vocabulary: CompiledVocabulary) -> None:
    terms = CompiledTerms([vocabulary])
    parents = (f"{PURL}DOID_1", f"{PURL}DOID_3")
    shine = BackgroundTerm(f"{PURL}DOID_2", "DOID:2", "Lamp shine", Kind.DISEASE, "lamps", parents)
    assert terms[f"{PURL}DOID_2"] == shine
    assert terms.get(f"{PURL}DOID_3") is None
    assert f"{PURL}DOID_3" not in terms


def test_what_the_first_vocabulary_says_of_a_term_counts(vocabulary: CompiledVocabulary, tmp_path: Path) -> None:
    more = "\n[Term]\nid: DOID:44\nname: Ember glow\n"
    other = compiled(tmp_path / "other.obo", OBO.replace("Lamp shine", "Shine of lamps") + more)
    terms = CompiledTerms([vocabulary, other])
    assert [(term.label, term.vocabulary) for term in terms.values()] == [
        ("Attic-lamp glow", "lamps"),
        ("Lamp shine", "lamps"),
        ("Ember glow", "other"),
    ]
    assert len(terms) == 3


def test_the_cache_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HFSKG_CACHE", str(tmp_path / "cache"))
    first = compiled(tmp_path / "lamps.obo")
    assert list((tmp_path / "cache").glob("background-*.json"))
    second = compiled(tmp_path / "lamps.obo")
    assert dict(CompiledTerms([first])) == dict(CompiledTerms([second]))
    assert first.lengths == second.lengths
    assert first.named("glwt") == second.named("glwt")
