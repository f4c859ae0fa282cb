from __future__ import annotations

import pytest

from hfskg.errors import QueryError
from hfskg.queries import parse_query
from little_query import HEADER, LABELS, little, parameter

PAGE = "docs/queries.md describes the header"

SELECT = LABELS.format(" ?_x", "")


@pytest.mark.parametrize(
    ("text", "line", "message", "cure"),
    [
        ("SELECT ?s { ?s ?p ?o }", 1, "there is no header", "Write title, summary"),
        ("#+ title: a\n", 1, "summary: Field required", "Add the key `summary`"),
        (HEADER + "#+ colour: red\n", 6, "colour: there is no such key", "Did you mean|Remove it"),
        (HEADER + "#+ column: {}\n", 6, "column: there is no such key", "Did you mean columns"),
        (HEADER + "#+ lists: [nothing]\n", 1, "nothing is no column", PAGE),
        (HEADER.replace("label: The", "_label: The"), 5, "columns._label", PAGE),
        (HEADER + parameter("color"), 8, "parameters.0.type: Input should be", PAGE),
        (HEADER + parameter("string", more="belw: a"), 11, "parameters.0.belw: there is no such", "Did you mean below"),
        (HEADER + parameter("string", more="below: hfs:Drug"), 7, "has `below` but is no term", PAGE),
        (HEADER + parameter("term", more="of: hfs:Patient"), 7, "has `of` but is no iri", PAGE),
        (HEADER + parameter("string", more="unit: mg"), 7, "has `unit` but is no number", PAGE),
        (
            HEADER + parameter("integer", default="x"),
            7,
            "the default of the parameter x is no integer: x",
            "docs/queries.md",
        ),
        (
            HEADER + parameter("string", more="values: [b]"),
            7,
            "the example a of the parameter x is none of its",
            "docs/queries.md",
        ),
        (HEADER + parameter("date", default="2024-01-32"), 7, "is no date: 2024-01-32", PAGE),
        (
            HEADER + parameter("string", default="b", more="optional: true"),
            7,
            "optional and has a default",
            "docs/queries.md",
        ),
        (
            HEADER + "#+ parameters:\n" + 2 * parameter("string").partition("\n")[2],
            1,
            "the same name",
            "docs/queries.md",
        ),
        (HEADER + "#+ title: a: b\n", 6, "is no YAML: mapping values", "Put a text that holds a colon into quotes"),
        ("#+ - a\n#+ - b\n", 1, "valid dictionary", PAGE),
        ("#+ title: a\n#\n# b\n#+ summary: 7\n#+ colour: red\n", 1, "description: Field required", "Add the key"),
        (HEADER + parameter("string") + "SELECT ?s {}", 11, r"no variable \?_x", "Use it for the parameter x"),
        (HEADER + "DROP ALL", 6, "there is no SELECT or CONSTRUCT", "Write it there"),
        (HEADER + "ASK {}", 6, "of the form ASK", "Write a SELECT query"),
        (HEADER + "CONSTRUCT WHERE { ?s ?p ?o }", 1, "the columns do not fit a CONSTRUCT query", "Remove `columns`"),
        (HEADER.partition("#+ columns")[0] + SELECT, 1, "the columns do not fit a SELECT", "Add `columns`"),
    ],
)
def test_a_wrong_header_is_told_with_line_and_cure(text: str, line: int, message: str, cure: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        parse_query("names", text)
    assert caught.value.what.startswith(f"The query names, line {line}: ")
    assert "\n" not in caught.value.what
    with pytest.raises(AssertionError, match=cure):
        raise AssertionError(caught.value.cure)


def test_the_sparql_is_the_file_without_its_header() -> None:
    assert little().sparql.startswith("SELECT ?label")
    assert little().form == "SELECT"


def test_the_example_call_is_made_of_the_examples_of_the_parameters() -> None:
    assert little(parameter("date", default="2024-01-31")).example == {"x": "2024-01-31"}


@pytest.mark.parametrize(("kind", "told", "value"), [("boolean", "yes", "yes"), ("integer", "18", "18")])
def test_what_yaml_could_read_as_another_type_stays_as_told(kind: str, told: str, value: str) -> None:
    assert little(parameter(kind, default=told)).header.parameters[0].default == value
