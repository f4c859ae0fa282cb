from __future__ import annotations

import pytest

from hfskg import graph, quotes
from hfskg.errors import EvidenceError
from samples import TEXT, document, ontology, record


def test_quotes_are_checked_in_the_record_and_in_the_graph() -> None:
    quotes.check_evidence(record(), TEXT)
    assert quotes.check_quotes(graph.record_graph(record(), document(), ontology()), document()) > 15


def test_a_quote_in_a_changed_text_is_found() -> None:
    with pytest.raises(EvidenceError, match="does not stand at"):
        quotes.check_evidence(record(), TEXT.replace("rash", "Rash"))
