"""What a typed parameter costs: each canned query with bound parameters beside the same query with constants.

    python benchmarks/parameters.py build/ [--rounds 21] [--most 1.2]

Three ways take turns in one process, from the text and the terms to the engine's rows: parameters bound as the stores
bind them; the query with constants written by hand, in which the conditions of optional parameters that are not given
are left out and those of others stand alone; and pyoxigraph's own ``substitutions``. Printed are the medians and their
ratios to the constants. Leaves with 1 if a bound query takes more than ``--most`` times as long, or gives other rows.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
from rdflib import Literal, URIRef

from hfskg.binding import bind
from hfskg.errors import QueryError
from hfskg.output import load_manifest
from hfskg.queries import Query, bind_parameters, load_catalogue
from hfskg.store import Bindings, LocalStore, open_graph

Terms = dict[pyoxigraph.Variable, pyoxigraph.NamedNode | pyoxigraph.Literal]

GUARD = re.compile(r'COALESCE\(STR\(\?(\w+)\), ""\) = "" \|\| ')
"""How a query's filter lets an optional parameter be left out."""

SHORTEST = 0.02
"""Seconds for which a way is run in a round, at least."""


def by_hand(text: str, bindings: Bindings) -> str:
    """Return a query as one would write it with constants in the place of its parameters."""
    while guard := GUARD.search(text):
        if guard[1] in bindings:
            text = text[: guard.start()] + text[guard.end() :]
        else:
            text = without_filter(text, guard.start())
    for name, term in bindings.items():
        text = re.sub(rf"((?:SELECT|GROUP BY)\b[^{{}}]*?)\s\?{name}\b", r"\1", text)
        text = written(term).join(re.split(rf"\?{name}\b", text))
    return text


def without_filter(text: str, place: int) -> str:
    """Return a query without the filter that is around a place."""
    start = text.rindex("FILTER(", 0, place)
    end, depth = start + len("FILTER("), 1
    while depth:
        depth += (text[end] == "(") - (text[end] == ")")
        end += 1
    return text[:start] + text[end:]


def written(term: URIRef | Literal) -> str:
    """Return a term as one writes it in SPARQL: numbers and texts without a datatype."""
    if isinstance(term, Literal) and term.datatype is not None:
        number = str(term)
        return number if re.fullmatch(r"\d+(\.\d+)?", number) else term.n3()
    return term.n3()


def rows_of(store: LocalStore, text: str, terms: Terms | None = None) -> list[str]:
    """Run a query on the engine, with its substitutions if there are terms, and return the rows as texts."""
    found = store.engine.query(text, use_default_graph_as_union=True, substitutions=terms)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    told = [name for name in found.variables if not name.value.startswith("_")]
    return ["\t".join(str(row[name]) for name in told) for row in found]


def settled(rows: list[str]) -> list[list[str]]:
    """Return rows without the order that the engine is free to choose: theirs, and that of what a group joins."""
    return sorted(sorted(re.split(r'[\t|"]', row)) for row in rows)


def term_of(term: URIRef | Literal) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """Return a term as the engine has it."""
    if isinstance(term, URIRef):
        return pyoxigraph.NamedNode(str(term))
    return pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(str(term.datatype)) if term.datatype else None)


def calls(query: Query, store: LocalStore, slug: str) -> Iterator[tuple[str, Bindings]]:
    """Yield the terms of a query's example, as far as the graph has what it names, and of what it requires only."""
    given = {p.name: p.example.replace("example", slug) for p in query.header.parameters}
    kinds = {p.name: p for p in query.header.parameters}
    required = {name: value for name, value in given.items() if kinds[name].required}
    try:
        yield "all", bind_parameters(query, store, given)[0]
    except QueryError:
        given = {name: value for name, value in given.items() if kinds[name].type != "iri" or kinds[name].required}
        yield "most", bind_parameters(query, store, given)[0]
    if required.keys() != given.keys():
        yield "required", bind_parameters(query, store, required)[0]


def measure(ways: list[Callable[[], object]], rounds: int) -> list[float]:
    """Return the median seconds of the processor that each way takes; they take turns."""
    seconds: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for told, way in zip(seconds, ways, strict=True):
            begin, times = time.process_time(), 0
            while time.process_time() - begin < SHORTEST or not times:
                way()
                times += 1
            told.append((time.process_time() - begin) / times)
    return [statistics.median(told) for told in seconds]


def main() -> int:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--most", type=float, default=1.2, help="The greatest ratio of bound to constants.")
    options = parser.parse_args()
    store, slug = open_graph(options.folder), load_manifest(options.folder).documents[0].slug
    ratios: list[tuple[float, float]] = []
    wrong: list[str] = []
    print(f"{'query':28} {'given':9} {'rows':>5} {'constants':>10} {'bound':>8} {'substituted':>12}   times constants")
    for name, query in load_catalogue().items():
        if query.form != "SELECT" or not query.header.parameters:
            continue
        for given, bindings in calls(query, store, slug):
            ratio = line(f"{name:28} {given:9}", query.sparql, bindings, store, options.rounds)
            if ratio is None:
                wrong.append(name)
            else:
                ratios.append(ratio)
    slow = [sum(pair[way] > options.most for pair in ratios) for way in (0, 1)]
    middle = [statistics.median(pair[way] for pair in ratios) for way in (0, 1)]
    print(f"{len(ratios)} calls: bound {middle[0]:.2f} times constants in the middle, at most {max(ratios)[0]:.2f}, ")
    print(f"{slow[0]} over {options.most}; substituted {middle[1]:.2f} in the middle, {slow[1]} over {options.most}")
    print(f"other rows: {', '.join(wrong) or 'none'}")
    return int(bool(slow[0] or wrong))


def line(start: str, text: str, bindings: Bindings, store: LocalStore, rounds: int) -> tuple[float, float] | None:
    """Measure a call, print its line, and return the ratios to constants; None if the rows differ."""
    plain = by_hand(text, bindings)
    terms = {pyoxigraph.Variable(name): term_of(term) for name, term in bindings.items()}
    rows = settled(rows_of(store, bind(text, bindings)))
    if rows != settled(rows_of(store, plain)) or rows != settled(rows_of(store, text, terms)):
        print(start, "gives other rows")
        return None
    ways = [
        lambda: rows_of(store, plain),
        lambda: rows_of(store, bind(text, bindings)),
        lambda: rows_of(store, text, terms),
    ]
    one, two, three = (1000 * seconds for seconds in measure(ways, rounds))
    print(f"{start} {len(rows):5} {one:7.2f} ms {two:5.2f} ms {three:9.2f} ms   {two / one:.2f}  {three / one:.2f}")
    return two / one, three / one


if __name__ == "__main__":
    sys.exit(main())
