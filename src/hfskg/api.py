"""The public interface in Python: open a graph and ask it, read, build, validate and assess reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from rdflib import Graph

from hfskg.errors import QueryError
from hfskg.frames import to_pandas, to_polars
from hfskg.lookup import FoundTerm, find_terms
from hfskg.queries import Catalogue, explain, load_catalogue, run, run_graph
from hfskg.store import LocalStore, Solutions, Store, Value, open_graph
from hfskg.tables import Table, to_csv, to_table
from hfskg.terms import expand

if TYPE_CHECKING:
    import pandas
    import polars

    from hfskg.asking import Answerable
    from hfskg.reading import Reader
    from hfskg.record import DocumentRecord
    from hfskg.results import BuildResult
    from hfskg.revalidation import FolderCheck

__all__ = [
    "KnowledgeGraph",
    "ParameterValue",
    "Rows",
    "assess_report",
    "build_graph",
    "open",
    "read_report",
    "validate_graph",
]

ParameterValue = str | int | float | Decimal | bool | date
"""What may be given for a parameter; a term by any of its names."""


class Rows(Sequence[Mapping[str, Value]]):
    """The rows of an answer, each a mapping from columns to values; None where the documents do not say.

    Args:
        table: The answer.

    Attributes:
        table: The answer as a table.
    """

    def __init__(self, table: Table) -> None:
        self.table = table

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.table.columns

    @overload
    def __getitem__(self, place: int) -> Mapping[str, Value]: ...

    @overload
    def __getitem__(self, place: slice) -> Rows: ...

    def __getitem__(self, place: int | slice) -> Mapping[str, Value] | Rows:
        if isinstance(place, slice):
            return Rows(Table(self.table.columns, self.table.rows[place], self.table.details))
        return dict(zip(self.table.columns, self.table.rows[place], strict=True))

    def __iter__(self) -> Iterator[Mapping[str, Value]]:
        return (dict(zip(self.table.columns, row, strict=True)) for row in self.table.rows)

    def __len__(self) -> int:
        return len(self.table.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self.table == other.table

    def __hash__(self) -> int:
        return hash(self.table)

    def __repr__(self) -> str:
        return to_table(self.table).rstrip()

    def _repr_html_(self) -> str:
        """Return the rows as a table of HTML, for notebooks."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.table.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def column(self, name: str) -> list[Value]:
        """Return the values of a column.

        Raises:
            QueryError: There is no such column.
        """
        if name not in self.columns:
            raise QueryError(f"There is no column {name}.", f"There are: {', '.join(self.columns)}.")
        return [row[self.columns.index(name)] for row in self.table.rows]

    def to_csv(self) -> str:
        """Return the rows as CSV with a header line."""
        return to_csv(self.table)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas data frame.

        Raises:
            LibraryError: pandas is not installed.
        """
        return to_pandas(self.table)

    def to_polars(self) -> polars.DataFrame:
        """Return the rows as a polars data frame.

        Raises:
            LibraryError: polars is not installed.
        """
        return to_polars(self.table)


class KnowledgeGraph:
    """A graph that answers questions; it is never changed.

    Args:
        store: Where the queries run.
        queries: The canned queries; those of the package if left out.

    Attributes:
        queries: The canned queries by their names.
    """

    def __init__(self, store: Store, queries: Catalogue | None = None) -> None:
        self._store = store
        self.queries = queries or load_catalogue()

    @property
    def store(self) -> Store:
        """Where the queries run."""
        return self._store

    def query(self, name: str, /, **parameters: ParameterValue | Sequence[ParameterValue] | None) -> Rows:
        """Ask a canned question.

        Args:
            name: The query.
            parameters: Its parameters; those left out, or None, have their defaults.

        Raises:
            QueryError: The query is unknown or gives a graph, or a parameter is wrong.
            EndpointError: A remote endpoint fails.
        """
        return Rows(run(self.queries.find(name), self._store, _given(parameters)))

    def graph(self, name: str, /, **parameters: ParameterValue | Sequence[ParameterValue] | None) -> Graph:
        """Ask a canned question that is answered by a graph.

        Raises:
            QueryError: The query is unknown or gives rows, or a parameter is wrong.
            EndpointError: A remote endpoint fails.
        """
        return run_graph(self.queries.find(name), self._store, _given(parameters))

    def explain(self, name: str, /, **parameters: ParameterValue | Sequence[ParameterValue] | None) -> str:
        """Return the SPARQL of a canned question with the terms of its parameters.

        Raises:
            QueryError: The query is unknown, or a parameter is wrong.
            EndpointError: A remote endpoint fails.
        """
        return explain(self.queries.find(name), self._store, _given(parameters))

    def sparql(self, text: str) -> Rows | bool | Graph:
        """Run a SPARQL query of one's own: rows for SELECT, true or false for ASK, else a graph.

        Raises:
            QueryError: The query is broken, or is an update.
            EndpointError: A remote endpoint fails.
        """
        answer = self._store.answer(text)
        return Rows(Table(answer.variables, answer.rows)) if isinstance(answer, Solutions) else answer

    def evidence(self, statement: str) -> Rows:
        """Return the words that a statement was read from.

        Args:
            statement: Its IRI, as rows have it in the column ``statement``.

        Raises:
            QueryError: The graph has no such statement.
            EndpointError: A remote endpoint fails.
        """
        return self.query("evidence", statement=statement)

    def ask(self, question: str) -> Answerable:
        """Return the canned query that answers a question in words, with its parameters, and the runners-up.

        Args:
            question: The question, in English.

        Raises:
            EndpointError: A remote endpoint fails.
        """
        from hfskg.asking import find_query

        return find_query(question, self._store, self.queries)

    def terms(self, text: str, *, below: str = "hfs:Term", limit: int = 10) -> list[FoundTerm]:
        """Return the terms of the ontology with a name that holds a text, the best first.

        Args:
            text: A name, or a part of one.
            below: The class that the terms are, or are below, as CURIE or IRI.
            limit: The greatest number of terms.

        Raises:
            QueryError: The class is no IRI.
            EndpointError: A remote endpoint fails.
        """
        top = expand(below)
        if top is None:
            raise QueryError(f"{below} is no IRI.", "Give a class such as hfs:Drug.")
        return find_terms(text, self._store, below=top, limit=limit)


def open(
    place: str | Path,
    *,
    queries: Path | None = None,
    timeout: int = 60,
    method: Literal["GET", "POST"] = "POST",
    login: tuple[str, str] | None = None,
    digest: bool = False,
    retries: int = 2,
) -> KnowledgeGraph:
    """Open a graph folder that a build wrote, or a SPARQL endpoint that holds such a graph.

    Args:
        place: The folder, or the endpoint's address, http or https.
        queries: A folder with canned queries; those of the package if left out.
        timeout: Seconds to wait for an endpoint.
        method: How queries are sent to an endpoint.
        login: The user's name and password, where the endpoint wants them.
        digest: Whether the login is sent by HTTP digest rather than basic authentication.
        retries: How often a query is sent again to an endpoint that is busy.

    Raises:
        StoreError: The folder is missing, was not written by a build, or is damaged.
        EndpointError: The address is none.
        QueryError: A canned query is broken.
    """
    catalogue = load_catalogue(queries)
    if isinstance(place, str) and "://" in place:
        from hfskg.endpoint import RemoteStore

        remote = RemoteStore(place, timeout=timeout, method=method, login=login, digest=digest, retries=retries)
        return KnowledgeGraph(remote, catalogue)
    return KnowledgeGraph(open_graph(Path(place)), catalogue)


def read_report(path: str | Path) -> DocumentRecord:
    """Read the record out of a case report; a curation file beside it is not heeded.

    Args:
        path: The document.

    Raises:
        DocumentError: It is missing, empty or cannot be read.
    """
    from hfskg.modules import package_digest
    from hfskg.reading import read_document

    return _reader(package_digest()).read(read_document(Path(path)))


@lru_cache(maxsize=1)
def _reader(_ontology: str) -> Reader:
    """Return the reader with the package's ontology, made once as long as its files stay the same."""
    from hfskg.reading import Reader
    from hfskg.vocabulary import load_vocabulary

    return Reader(load_vocabulary())


def build_graph(
    paths: str | Path | Sequence[str | Path], out: str | Path, *, curation: Path | None = None
) -> BuildResult:
    """Build a graph folder from case reports.

    Args:
        paths: Documents, and folders with documents.
        out: The folder to write; it is replaced as a whole if an earlier build wrote it.
        curation: The folder with the curation files; they lie beside their documents if left out.

    Raises:
        InputError: No document is named, or the output folder is not ours or cannot be written.
    """
    from hfskg.build import build

    told = [paths] if isinstance(paths, str | Path) else paths
    return build([Path(path) for path in told], Path(out), curation=curation)


def validate_graph(directory: str | Path, *, sources: Path | None = None) -> FolderCheck:
    """Validate a graph folder against the shapes.

    Args:
        directory: The folder that a build wrote.
        sources: The folder with the source documents; quotes are looked up there if it is given.

    Raises:
        StoreError: The folder is no graph folder, or damaged.
        ConformanceError: There is nothing to check.
    """
    from hfskg.revalidation import revalidate

    return revalidate(Path(directory), sources=sources)


def assess_report(path: str | Path) -> Rows:
    """Assess the patients of a case report against all sets of criteria.

    Args:
        path: The document.

    Returns:
        The rows of the query ``criteria``.

    Raises:
        DocumentError: It is missing, empty or cannot be read.
        EvidenceError: A quote does not stand in it.
    """
    from hfskg.export import to_nquads
    from hfskg.namespaces import ONTOLOGY_GRAPH, document_iri
    from hfskg.pipeline import package_pipeline

    pipeline = package_pipeline()
    document = pipeline.read(Path(path))
    graph = pipeline.graph(pipeline.extract(document), document)
    graphs = {ONTOLOGY_GRAPH: pipeline.ontology, document_iri(Path(path).name): graph + pipeline.assess(graph)}
    return KnowledgeGraph(LocalStore(to_nquads(graphs))).query("criteria")


def _given(parameters: Mapping[str, ParameterValue | Sequence[ParameterValue] | None]) -> dict[str, str | list[str]]:
    return {name: _text(value) for name, value in parameters.items() if value is not None}


def _text(value: ParameterValue | Sequence[ParameterValue]) -> str | list[str]:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case int() | float() | Decimal():
            return str(value)
    return [str(_text(one)) for one in value]


def _cell(value: Value) -> str:
    return f"<td>{'' if value is None else escape(str(value))}</td>"
