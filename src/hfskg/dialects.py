"""Queries in words that an engine evaluates rightly, where it does not evaluate the standard's own.

Virtuoso 7.2 loses or repeats rows where a query both groups and follows a path such as ``rdfs:subClassOf*``: it follows
the path once for each way, and some plans give one row only. It does follow a path with an alternative rightly, and
``DISTINCT`` in a subquery takes the repeated rows away. It also fails to join long texts by ``CONCAT``, unless by their
``STR``. The rewritten query means the same to any engine.
"""

from __future__ import annotations

from hfskg.binding import TOKEN

__all__ = ["for_virtuoso"]

NOTHING = "<urn:none>"
"""A property that no graph has."""


def for_virtuoso(text: str) -> str:
    """Return a query as Virtuoso evaluates it rightly.

    Args:
        text: The query, its parameters bound.

    Example:
        >>> for_virtuoso("SELECT ?d { ?x a:drug ?d . ?d a:b* a:Drug ; a:l ?l }")
        'SELECT ?d { ?x a:drug ?d . { SELECT DISTINCT ?d WHERE { ?d (a:b|<urn:none>)* a:Drug } } ?d a:l ?l }'
        >>> for_virtuoso("SELECT (CONCAT(?a, 'x') AS ?b) { ?s a:p* ?o }")
        "SELECT (CONCAT(STR(?a), 'x') AS ?b) { ?s (a:p|<urn:none>)* ?o }"
    """
    matches = [match for match in TOKEN.finditer(text) if match["comment"] is None]
    tokens = [match[0] for match in matches]
    places = [place for place, token in enumerate(tokens) if token.strip()]
    names = {place for place in places if matches[place]["iri"] or ":" in tokens[place] and matches[place]["word"]}
    for at in range(len(places) - 1):
        path, star = places[at], places[at + 1]
        if path in names and star == path + 1 and tokens[star] == "*":
            _rewrite_path(tokens, places, names, at)
    for at, place in enumerate(places):
        if tokens[place].upper() == "CONCAT" and matches[place]["word"]:
            _rewrite_concat(tokens, places, at)
    return "".join(tokens)


def _rewrite_path(tokens: list[str], places: list[int], names: set[int], at: int) -> None:
    """Give a path an alternative; with a variable before it and a term behind, set it apart."""
    path = places[at]
    tokens[path] = f"({tokens[path]}|{NOTHING})"
    if at == 0 or at + 3 >= len(places):
        return
    subject, value, end = tokens[places[at - 1]], places[at + 2], places[at + 3]
    if not subject.startswith(("?", "$")) or value not in names or tokens[end] not in (".", ";", "}"):
        return
    tokens[places[at - 1]] = f"{{ SELECT DISTINCT {subject} WHERE {{ {subject}"
    tokens[value] += " } }"
    if tokens[end] == "}":
        return
    tokens[end - 1 : end] = [""] if tokens[end - 1].isspace() else [tokens[end - 1]]
    tokens[end] = f" {subject}" if tokens[end] == ";" else ""


def _rewrite_concat(tokens: list[str], places: list[int], at: int) -> None:
    """Join the texts of the variables that CONCAT is given."""
    depth = 0
    for before, place, after in zip(places[at:], places[at + 1 :], places[at + 2 :], strict=False):
        depth += (tokens[place] == "(") - (tokens[place] == ")")
        if depth == 0:
            break
        if depth == 1 and tokens[place].startswith("?") and tokens[before] in "(," and tokens[after] in ",)":
            tokens[place] = f"STR({tokens[place]})"
