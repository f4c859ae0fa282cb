"""A little canned query for tests, with a parameter of any type."""

from __future__ import annotations

from hfskg.queries import Query, parse_query

HEADER = """#+ title: Names
#+ summary: What is called what?
#+ description: Lists labels.
#+ columns:
#+   label: The label.
"""

LABELS = "SELECT ?label{} WHERE {{ ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label {} }} ORDER BY ?label"

EXAMPLES = {"integer": "7", "number": "0.5", "boolean": "true", "date": "2024-01-31", "iri": "data:a"}


def little(parameters: str = "", more: str = "", *, extra: str = "") -> Query:
    """Return a query that lists labels; `more` follows in its pattern."""
    return parse_query("names", HEADER + extra + parameters + LABELS.format(" ?_x" if parameters else "", more))


def parameter(kind: str, *, default: str = "", more: str = "") -> str:
    """Return the lines of a parameter x; `more` are further keys, one a line."""
    keys = ["- name: x", f"type: {kind}", "description: Something.", f"example: {default or EXAMPLES.get(kind, 'a')}"]
    keys += [f"default: {default}"] if default else []
    lines = [f"#+   {'' if place == 0 else '  '}{key}\n" for place, key in enumerate([*keys, *more.splitlines()])]
    return "#+ parameters:\n" + "".join(lines)
