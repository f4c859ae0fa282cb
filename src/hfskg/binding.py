"""Bind the variables of a query by rewriting it, for endpoints that take nothing but text.

The query is cut into tokens as SPARQL does it, and only whole variables are replaced, by terms that are written out
with all their escapes. What stands in a string, an IRI or a comment is never touched, and no value can become
anything but one term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal as OneOf
from typing import cast

from rdflib import Literal, URIRef

from hfskg.errors import QueryError

__all__ = ["Bindings", "Form", "bind", "query_form", "strip_comments"]

Bindings = Mapping[str, URIRef | Literal]
"""The terms that take the place of variables, by the variables' names without ``?``."""

Form = OneOf["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
"""What kind of answer a query asks for."""

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})

TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | [?$](?P<variable>\w+)
    | (?P<word>\w+(?::[\w.%-]*)?)
    | (?P<other>\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)

LISTS = {"SELECT": frozenset({"{", "WHERE", "FROM"}), "GROUP": frozenset({"}", "HAVING", "ORDER", "LIMIT", "OFFSET"})}
"""The clauses that list variables, where a term may not stand, and what ends them."""

UNCLEAR = re.compile(r"\\[uU]")
"""SPARQL decodes ``\\u`` before it reads the tokens; endpoints do not agree on one that is escaped."""


def strip_comments(text: str) -> str:
    """Return a query without its comments.

    Example:
        >>> strip_comments('SELECT * { ?s ?p "#1" } # all')
        'SELECT * { ?s ?p "#1" } '
    """
    return "".join(match[0] for match in TOKEN.finditer(text) if match["comment"] is None)


def query_form(text: str) -> Form:
    r"""Return which form a query has.

    Raises:
        QueryError: It has none: it is no query, or an update.

    Example:
        >>> query_form("PREFIX ask: <x:> # SELECT\nCONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        'CONSTRUCT'
    """
    for match in TOKEN.finditer(text):
        if match["word"] and match[0].upper() in FORMS:
            return cast(Form, match[0].upper())
        if match[0] == "{":
            break
    what = "The text is no SPARQL query: it has no SELECT, ASK, CONSTRUCT or DESCRIBE."
    raise QueryError(what, "Only queries are answered; updates are not.")


def bind(text: str, bindings: Bindings) -> str:
    r"""Return a query in which terms stand in the place of variables.

    In the lists of ``SELECT`` and ``GROUP BY``, where no term may stand, the variable is left out: it has but one
    value. A subquery that uses the variable projects it, as :meth:`hfskg.store.Store.select` asks.

    Args:
        text: A query.
        bindings: The terms, by the variables' names.

    Raises:
        QueryError: A bound variable is not in the query, or an IRI or a text holds characters that are not safe.

    Example:
        >>> bind("SELECT ?s ?_x { ?s ?p ?_x }", {"_x": Literal('a "b"')})
        'SELECT ?s  { ?s ?p "a \\"b\\"" }'
    """
    terms = {name: _written(term) for name, term in bindings.items()}
    missing = terms.keys() - {match["variable"] for match in TOKEN.finditer(text)}
    if missing:
        raise QueryError(f"The query has no variable ?{min(missing)}.", "Bind only variables that it has.")
    parts: list[str] = []
    end: frozenset[str] = frozenset()
    depth = 0
    for match in TOKEN.finditer(text):
        token = match[0]
        word = token.upper()
        if end and not depth and word in end:
            end = frozenset()
        elif match["word"] and word in LISTS:
            end, depth = LISTS[word], 0
        depth += (token == "(") - (token == ")")
        variable = match["variable"]
        if variable not in terms:
            parts.append(token)
        elif not end or depth:
            parts.append(terms[variable])
    return "".join(parts)


def _written(term: URIRef | Literal) -> str:
    if isinstance(term, URIRef) and not TOKEN.fullmatch(f"<{term}>"):
        raise QueryError(f"{term!s} is no IRI: it holds characters that none may have.", "Encode them with %.")
    if isinstance(term, Literal) and UNCLEAR.search(term):
        raise QueryError(f"{term!s} holds a backslash that endpoints read in different ways.", "Leave it out.")
    return term.n3()
