"""Bind the variables of a query to terms, by writing the terms where the variables stand.

The query is cut into tokens as SPARQL does it, and only whole variables are replaced, by terms that are written out
with all their escapes. What stands in a string, an IRI or a comment is never touched, and no value can become
anything but one term. So engines plan with the terms as with constants, whether here or behind an endpoint that takes
nothing but text; pyoxigraph puts its own ``substitutions`` in after it has planned, which costs most queries more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal as OneOf
from typing import cast

from rdflib import Literal, URIRef

from hfskg.canonical import term as canonical_term
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
    | (?P<word>\w*:(?:(?:[\w.:%-]|\\.)*(?:[\w:%-]|\\.))? | \w+)
    | (?P<other>\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)

LISTS = {
    "SELECT": frozenset({"{", "WHERE", "FROM"}),
    "GROUP": frozenset({"}", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", ""}),
    "ORDER": frozenset({"}", "LIMIT", "OFFSET", "VALUES", ""}),
}
"""The clauses that list variables, where a term may not stand, and what ends them; the empty text is the end."""

ONLY = {"SELECT": ("\n(", " AS ?{})"), "GROUP": ("\n(", ")"), "ORDER": ("\n(", ")")}
"""What stands around the term of a bound variable that is the only one of its list, since no list may be empty."""

MODIFIERS = frozenset({"BY", "DISTINCT", "REDUCED"})
"""The words that begin a list and are not of it."""

OPEN = frozenset(" \t\r\n(,{")
CLOSED = frozenset(["", *" \t\r\n),};."])
"""What may touch a term before it and behind it; a blank parts it from all else, that no two tokens become one."""

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

    In the lists of ``SELECT``, ``GROUP BY`` and ``ORDER BY``, where no term may stand, the variable is left out: it has
    but one value. ``BOUND`` of it is true.

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
    return "".join(terms[piece] if at % 2 else piece for at, piece in enumerate(_pieces(text, frozenset(terms))))


@lru_cache(maxsize=512)
def _pieces(text: str, names: frozenset[str]) -> tuple[str, ...]:
    """Return a query in pieces; every second one is the name of a variable whose term belongs there."""
    matches = list(TOKEN.finditer(text))
    missing = names - {match["variable"] for match in matches}
    if missing:
        raise QueryError(f"The query has no variable ?{min(missing)}.", "Bind only variables that it has.")
    pieces = [""]
    clause, depth, kept, dropped = "", 0, False, ""
    asked = _asked(matches, names)
    for match in [*matches, None]:
        token, variable, word = ("", None, "") if match is None else (match[0], match["variable"], match["word"])
        if clause and not depth and (word or token).upper() in LISTS[clause]:
            if dropped and not kept:
                before, behind = ONLY[clause]
                pieces[-1] += before
                pieces += [dropped, f"{behind.format(dropped)} "]
            clause = ""
        if match is None or match["comment"] is not None:
            pieces[-1] += token
        elif word and word.upper() in LISTS:
            clause, depth, kept, dropped = word.upper(), 0, False, ""
            pieces[-1] += token
        elif match.start() in asked:
            pieces[-1] += asked[match.start()]
        elif variable in names and clause and not depth:
            dropped = dropped or variable
        elif variable in names:
            pieces[-1] += "" if pieces[-1][-1:] in OPEN else " "
            pieces += [variable, "" if text[match.end() : match.end() + 1] in CLOSED else " "]
        else:
            depth += (token in "({") - (token in ")}") if clause else 0
            kept = kept or (bool(token.strip()) and token.upper() not in MODIFIERS)
            pieces[-1] += token
    return tuple(pieces)


def _asked(matches: list[re.Match[str]], names: frozenset[str]) -> dict[int, str]:
    """Return what stands for the tokens of each BOUND that asks after a bound variable, by their places: it is true."""
    told = [match for match in matches if match["comment"] is None and match[0].strip()]
    found: dict[int, str] = {}
    for run in zip(told, told[1:], told[2:], told[3:], strict=False):
        word, opening, variable, closing = run
        if word[0].upper() == "BOUND" and opening[0] == "(" and variable["variable"] in names and closing[0] == ")":
            found |= {word.start(): "true", opening.start(): "", variable.start(): "", closing.start(): ""}
    return found


def _written(term: URIRef | Literal) -> str:
    if isinstance(term, URIRef) and not TOKEN.fullmatch(f"<{term}>"):
        raise QueryError(f"{term!s} is no IRI: it holds characters that none may have.", "Encode them with %.")
    if isinstance(term, Literal) and UNCLEAR.search(term):
        raise QueryError(f"{term!s} holds a backslash that endpoints read in different ways.", "Leave it out.")
    return canonical_term(term)
