from __future__ import annotations

import pytest

from hfskg.curies import expand_mapped, targets


def test_every_vocabulary_has_a_prefix_of_its_own() -> None:
    prefixes = [target.prefix.casefold() for target in targets()]
    assert len(set(prefixes)) == len(prefixes) > 20


@pytest.mark.parametrize("curie", ["MONDO:0015540", "mondo:0015540"])
def test_a_curie_is_expanded_whatever_its_capitals(curie: str) -> None:
    assert expand_mapped(curie) == "http://purl.obolibrary.org/obo/MONDO_0015540"


@pytest.mark.parametrize("text", ["MONDO:", "MONDO", "nowhere:1", "http://example.org", ""])
def test_other_texts_are_not(text: str) -> None:
    assert expand_mapped(text) is None
