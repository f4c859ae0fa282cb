from __future__ import annotations

from pathlib import Path

import pytest

from hfskg import resources
from hfskg.errors import InputError
from hfskg.resources import ontology_directory, queries_directory, shapes_directory


def test_a_checkout_has_all_three_folders() -> None:
    assert (ontology_directory() / "hfs.ttl").is_file()
    assert list(shapes_directory().glob("*.ttl"))
    assert list(queries_directory().glob("*.rq"))


def test_package_data_come_before_the_folders_of_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "src" / "hfskg"
    for folder in (tmp_path / "queries", package / "_data" / "queries"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "files", lambda name: package)
    assert queries_directory() == package / "_data" / "queries"


def test_an_incomplete_installation_says_where_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "files", lambda name: tmp_path / "src" / "hfskg")
    with pytest.raises(InputError, match="no folder shapes") as caught:
        shapes_directory()
    assert str(tmp_path) in caught.value.what
    assert "pip" in caught.value.cure
