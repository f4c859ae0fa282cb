"""The canned queries: their catalogue, their parameters and their answers.

A canned query is a file ``NAME.rq`` with a SELECT or CONSTRUCT query under a header in YAML, each line of which starts
with ``#+``. The header holds the documentation, the columns and the parameters; ``docs/queries.md`` describes it.
"""

from __future__ import annotations

from hfskg.queries.catalogue import Catalogue, load_catalogue
from hfskg.queries.documentation import document_query, list_queries
from hfskg.queries.header import Header, Parameter
from hfskg.queries.parsing import Query, parse_query
from hfskg.queries.publishing import catalogue_graph
from hfskg.queries.running import Given, bind_parameters, explain, run, run_graph

__all__ = [
    "Catalogue",
    "Given",
    "Header",
    "Parameter",
    "Query",
    "bind_parameters",
    "catalogue_graph",
    "document_query",
    "explain",
    "list_queries",
    "load_catalogue",
    "parse_query",
    "run",
    "run_graph",
]
