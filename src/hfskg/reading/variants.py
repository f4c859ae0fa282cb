"""Variants of genes, with zygosity and notation, and genes that were tested and found normal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hfskg.reading.annotated import Annotated
from hfskg.reading.drafts import Draft
from hfskg.reading.mentions import Mention
from hfskg.record import GeneticFinding
from hfskg.vocabulary import Kind

__all__ = ["read_variants"]

_SKIPPED = frozenset({"family", "planned", "possible", "ignore"})
_NOTATION = re.compile(r"(?<!\w)(?:c\.\S*\d\S*?|p\.\(?[A-Za-z]{1,3}\d+\S*?)(?=[\s;,)\]]|\.\s|\.?$)")
_REACH = 20


def read_variants(annotated: Annotated) -> Iterator[Draft]:
    """Yield the variants that a sentence tells of the patient's genes.

    A gene alone is none: the sentence must speak of a variant, or of the absence of one.

    Args:
        annotated: The sentence.
    """
    genes = annotated.of_kind(Kind.GENE)
    if not genes:
        return
    cues = [(match, dict(row)["kind"]) for match in annotated.cues("variants") for row in match.values]
    for gene in genes:
        near = [(match, kind) for match, kind in cues if _distance(match.first, match.last, gene) <= _REACH]
        if not near:
            continue
        nearest = min(near, key=lambda cue: _distance(cue[0].first, cue[0].last, gene))[0]
        places = (min(nearest.first, gene.first), max(nearest.last, gene.last) - 1)
        categories = annotated.context.categories(gene.first, gene.last)
        if categories & _SKIPPED:
            continue
        negated = "negated" in categories or "negated" in annotated.context.categories(nearest.first, nearest.last)
        kinds = [kind for _, kind in sorted(near, key=lambda cue: _distance(cue[0].first, cue[0].last, gene))]
        zygosity = next((kind for kind in kinds if kind not in ("variant", "normal")), None)
        absent = negated or kinds[0] == "normal"
        printed: list[str | None] = [] if absent else [*_notations(annotated, gene, genes)]
        for notation in printed or [None]:
            yield Draft(
                GeneticFinding,
                {
                    "gene": gene.term.ref,
                    "zygosity": None if absent else zygosity,
                    "variant": notation,
                    "status": "absent" if absent else "present",
                },
                annotated.evidence(places),
                annotated.time_at(gene.first, gene.last),
            )


def _distance(first: int, last: int, mention: Mention) -> int:
    return max(first - mention.last, mention.first - last, 0)


def _notations(annotated: Annotated, gene: Mention, genes: Sequence[Mention]) -> list[str]:
    """Return the notations of variants (HGVS) that a sentence prints for a gene.

    All are its own where it is the only gene, else the nearest; what a variant does to the protein is no other variant.
    """
    text, offsets = annotated.line
    at = annotated.tokens[gene.first].start
    found = [(abs(offsets[match.start()] - at), match[0]) for match in _NOTATION.finditer(text)]
    coding = [pair for pair in found if pair[1].startswith("c.")] or found
    alone = all(other.term.iri == gene.term.iri for other in genes)
    return list(dict.fromkeys(notation for _, notation in (coding if alone else sorted(coding)[:1])))
