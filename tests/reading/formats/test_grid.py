from __future__ import annotations

import pytest
from lxml import etree

from hfskg.reading.formats.grid import local_name, read_grid


def grid(rows: str) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    found = read_grid(etree.fromstring(f"<table>{rows}</table>"), lambda cell: cell.text or "")
    return found.head, found.body


@pytest.mark.parametrize(
    ("rows", "head", "body"),
    [
        pytest.param(
            "<tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>", (("a", "b"),), (("1", "2"),), id="th"
        ),
        pytest.param(
            "<thead><tr><td>a</td></tr></thead><tbody><tr><td>1</td></tr></tbody>", (("a",),), (("1",),), id="thead"
        ),
        pytest.param(
            "<tr><td rowspan='2'>a</td><td>1</td></tr><tr><td>2</td></tr>", (), (("a", "1"), ("a", "2")), id="rows"
        ),
        pytest.param(
            "<tr><td colspan='2'>a</td></tr><tr><td>1</td><td>2</td></tr>", (), (("a", ""), ("1", "2")), id="columns"
        ),
        pytest.param("<tr><td>1</td></tr><tr><td>1</td><td>2</td></tr>", (), (("1", ""), ("1", "2")), id="short row"),
        pytest.param("<tr><td colspan='x' rowspan='0'>1</td></tr>", (), (("1",),), id="wrong spans"),
        pytest.param("", (), (), id="empty"),
    ],
)
def test_read_grid(rows: str, head: tuple[tuple[str, ...], ...], body: tuple[tuple[str, ...], ...]) -> None:
    assert grid(rows) == (head, body)


def test_local_name() -> None:
    assert local_name(etree.fromstring("<x:Td xmlns:x='https://example.org'/>")) == "td"
    assert local_name(etree.Comment("no element")) == ""
