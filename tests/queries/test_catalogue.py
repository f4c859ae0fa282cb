from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from casebook import example_store
from hfskg.errors import QueryError
from hfskg.queries import Catalogue, load_catalogue, run
from little_query import little


def test_the_catalogue_holds_the_queries_by_name_in_order() -> None:
    catalogue = load_catalogue()
    assert list(catalogue) == sorted(catalogue)
    assert catalogue["cases"] is catalogue.find("cases")
    assert len(catalogue) >= 22


def test_an_unknown_query_is_told_with_suggestions() -> None:
    with pytest.raises(QueryError, match="There is no query case. Did you mean cases"):
        load_catalogue().find("case")
    with pytest.raises(QueryError, match="There is no query zzz. See `hfskg query`"):
        load_catalogue().find("zzz")


def test_a_folder_with_own_queries_is_read(tmp_path: Path) -> None:
    (tmp_path / "my-names.rq").write_text(little().text, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert isinstance(catalogue, Catalogue)
    assert list(catalogue) == ["my-names"]
    assert ("anakinra",) in run(catalogue["my-names"], example_store()).rows


def test_a_folder_without_queries_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="There is no query"):
        load_catalogue(tmp_path)


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_bytes(b"\xff\xfe")
    with pytest.raises(QueryError, match="a.rq cannot be read"):
        load_catalogue(tmp_path)


def test_a_broken_header_is_told_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.rq"
    path.write_text(little().text.replace("title:", "titel:"), encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        load_catalogue(tmp_path)
    assert caught.value.what == f"{path}, line 1: title: Field required."


@pytest.mark.parametrize("name", load_catalogue())
def test_a_header_is_plain_yaml_for_other_programs(name: str) -> None:
    query = load_catalogue()[name]
    lines = [line.removeprefix("#+ ") for line in query.text.splitlines() if line.startswith("#+")]
    header = yaml.safe_load("\n".join(lines))
    assert (header["summary"], header["tags"]) == (query.header.summary, list(query.header.tags))
