from __future__ import annotations

from hfskg.queries import document_query, list_queries, load_catalogue


def test_the_list_has_a_line_for_each_query() -> None:
    catalogue = load_catalogue()
    lines = list_queries(catalogue).splitlines()
    assert [line.split(maxsplit=1) for line in lines] == [[n, q.header.summary] for n, q in catalogue.items()]


def test_the_documentation_names_every_parameter_and_column() -> None:
    for query in load_catalogue().values():
        text = document_query(query)
        assert all(f"  {parameter.name} (" in text for parameter in query.header.parameters)
        assert all(f"  {column} " in text for column in query.header.columns)
        assert query.sparql in document_query(query, sparql=True)
        assert query.sparql not in text
