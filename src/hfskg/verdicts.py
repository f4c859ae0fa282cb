"""What the criteria come to for a patient, as text for people to read: verdicts, items and the words behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from rdflib import Graph, URIRef

from hfskg.errors import QueryError
from hfskg.namespaces import DCTERMS, HFS, IAO, OWL, RDF, RDFS
from hfskg.queries import load_catalogue, run
from hfskg.store import Store
from hfskg.wording import folded_name

__all__ = ["READINGS", "describe_case", "describe_sets"]

READINGS = {"strict": "hfs:StrictReading", "lenient": "hfs:LenientReading"}
"""The readings by the words of the command line, as terms of the ontology."""

_QUERY = "criteria-items"
_WORDS = {"met": "met", "not_met": "not met", "undetermined": "unknown"}
_Row = dict[str, str]


def describe_sets(ontology: Graph) -> str:
    """Return the criteria sets of an ontology: name, label, version, the condition, the source and what is provisional.

    Args:
        ontology: The ontology, merged or not.

    Example:
        >>> describe_sets(Graph())
        ''
    """
    lines: list[tuple[str, str, str]] = []
    for subject in sorted(s for s in ontology.subjects(RDF.type, HFS.CriteriaSet) if isinstance(s, URIRef)):
        name = subject.rpartition("#")[2].rpartition("/")[2]
        provisional = " (provisional)" if ontology.value(subject, HFS.provisional) else ""
        sources = sorted(map(str, ontology.objects(subject, DCTERMS.source))) or sorted(
            map(str, ontology.objects(subject, IAO["0000119"]))
        )
        label = f"{ontology.value(subject, RDFS.label) or name}, version {ontology.value(subject, OWL.versionInfo)}"
        lines.append((name, f"{label}{provisional}", ", ".join(sources)))
    widths = [max((len(line[column]) for line in lines), default=0) for column in (0, 1)]
    return "".join(f"{name:{widths[0]}}  {label:{widths[1]}}  {source}\n" for name, label, source in lines)


def describe_case(
    store: Store, case: str, *, sets: Collection[str] = (), reading: str = "strict", settled: bool = False
) -> str:
    """Return what the criteria come to for one patient.

    For each set and time point there is the verdict and a line for each item: whether it is met, not met or unknown,
    the words that answer it, or why nothing does.

    Args:
        store: The graph.
        case: The patient, as an IRI or CURIE.
        sets: Labels or names of the sets to show; all if there are none.
        reading: ``strict`` or ``lenient``.
        settled: Whether undetermined verdicts are left out.

    Raises:
        QueryError: The graph does not know the patient, has no criteria for it, or has none of the sets.
    """
    if reading not in READINGS:
        raise QueryError(f"There is no reading {reading}.", f"Name one of {', '.join(READINGS)}.")
    table = run(load_catalogue()[_QUERY], store, {"case": case, "reading": READINGS[reading]})
    rows = [{c: "" if v is None else str(v) for c, v in zip(table.columns, row, strict=True)} for row in table.rows]
    if not rows:
        raise QueryError(f"There are no criteria for {case}.", "Name a patient, as the query cases prints it.")
    known = {row["criteria"]: row["setName"] for row in rows}
    chosen = {folded_name(one) for one in sets}
    shown = {label for label, name in known.items() if not chosen or {folded_name(label), folded_name(name)} & chosen}
    missing = chosen - {folded_name(word) for label in shown for word in (label, known[label])}
    if missing:
        cure = f"Name one of {', '.join(sorted(known))}."
        raise QueryError(f"There is no criteria set {', '.join(sorted(missing))}.", cure)
    kept = [row for row in rows if row["criteria"] in shown and not (settled and row["verdict"] == "undetermined")]
    blocks = ["\n".join(_block(list(group))) for _, group in groupby(kept, key=_heading)]
    return "\n\n".join([f"{case}, {reading} reading", *blocks]) + "\n"


def _heading(row: _Row) -> str:
    when = f"day {row['timePoint']}" if not row["timePoint"].startswith("undated") else row["time"] or "without a day"
    return f"{row['criteria']}, {when}: {row['verdict'].replace('_', ' ')}"


def _block(rows: Sequence[_Row]) -> Iterator[str]:
    yield _heading(rows[0])
    width = max(len(row["item"]) for row in rows)
    for row in rows:
        points = _points(row)
        quotes = " ".join(f"«{' '.join(quote.split())}»" for quote in row["quotes"].split("|") if quote)
        reason = f"({row['reason'].replace('|', ', ')})" if row["reason"] else ""
        details = " ".join(part for part in (points, quotes, reason) if part)
        yield f"  {row['item']:{width}}  {_WORDS[row['answer']]:7}  {details}".rstrip()


def _points(row: _Row) -> str:
    low, high = row["minimum"], row["maximum"]
    if not low and not high:
        return ""
    return f"{low} points" if low == high else f"{low or '…'} to {high or '…'} points"
