"""The catalogue: the canned queries of a folder by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hfskg.errors import QueryError
from hfskg.queries.parsing import Query, did_you_mean, parse_query
from hfskg.resources import queries_directory

__all__ = ["Catalogue", "load_catalogue"]


class Catalogue(Mapping[str, Query]):
    """Queries by their names, in alphabetical order.

    Args:
        queries: The queries.
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = dict(sorted(queries.items()))

    def __getitem__(self, name: str) -> Query:
        return self._queries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)

    def find(self, name: str) -> Query:
        """Return a query by its name.

        Raises:
            QueryError: There is none; the message names those that are spelled alike.
        """
        if name not in self._queries:
            raise QueryError(f"There is no query {name}.{did_you_mean(name, self)}", "See `hfskg query`.")
        return self._queries[name]


def load_catalogue(directory: Path | None = None) -> Catalogue:
    """Read the canned queries of a folder.

    Args:
        directory: The folder with ``*.rq`` files; the one that comes with the package if left out.

    Raises:
        QueryError: A file is no query with a complete header.
        InputError: The installation is incomplete.
    """
    directory = directory or queries_directory()
    queries = {path.stem: parse_query(path.stem, _text(path), path) for path in sorted(directory.glob("*.rq"))}
    if not queries:
        raise QueryError(f"There is no query (*.rq) in {directory}.", "Name the project's folder of queries.")
    return Catalogue(queries)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path} cannot be read: {error}.", "Restore it as a UTF-8 text file.") from error
