"""The record of the samples with what the authors say of criteria besides."""

from __future__ import annotations

from hfskg.namespaces import HFS
from hfskg.record import CriteriaStatement, DocumentRecord, TermRef
from samples import evidence, record

__all__ = ["with_criteria_statement"]


def with_criteria_statement() -> DocumentRecord:
    full = record()
    said = CriteriaStatement(
        order=99,
        criteria=TermRef(iri=str(HFS.SmallCriteria), label="small criteria"),
        verdict="met",
        evidence=(evidence("alive"),),
    )
    first = full.cases[0].model_copy(update={"events": (*full.cases[0].events, said)})
    return full.model_copy(update={"cases": (first, *full.cases[1:])})
