"""The tables of mappings as the models of SSSOM read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from hfskg.ontology.mappings import mapping_sets, mappings
from support import packaged_vocabulary

sssom_pydantic = pytest.importorskip("sssom_pydantic", reason="sssom-pydantic of the extra `test` is not installed")


def test_every_row_is_sound_sssom(tmp_path: Path) -> None:
    graph = packaged_vocabulary().graph
    found = mappings(graph)
    for name, table in mapping_sets(graph).items():
        (tmp_path / name).write_bytes(table)
        rows, converter, head = sssom_pydantic.read(tmp_path / name)
        assert len(rows) == len(found[name.removesuffix(".sssom.tsv")])
        assert str(head.id).endswith(name)
        assert str(head.license) == "http://www.apache.org/licenses/LICENSE-2.0"
        assert {row.subject.prefix for row in rows} == {"hfs"}
        assert {row.predicate.prefix for row in rows} == {"skos"}
        assert all(converter.expand(row.object.curie, strict=True) for row in rows)


@pytest.mark.parametrize(
    ("sound", "unsound"),
    [(b"skos:exactMatch", b""), (b"semapv:ManualMappingCuration", b""), (b"MONDO:0", b"UNKNOWN:0")],
    ids=["predicate", "justification", "prefix"],
)
def test_an_unsound_row_is_not_read(sound: bytes, unsound: bytes, tmp_path: Path) -> None:
    table = mapping_sets(packaged_vocabulary().graph)["mondo.sssom.tsv"]
    path = tmp_path / "bad.sssom.tsv"
    path.write_bytes(table.replace(sound, unsound, 1))
    whole = len(mappings(packaged_vocabulary().graph)["mondo"])
    assert len(sssom_pydantic.read(path)[0]) == whole - 1


def test_a_table_without_identifier_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.sssom.tsv"
    path.write_bytes(b"#license: https://example.org/\nsubject_id\tpredicate_id\tobject_id\tmapping_justification\n")
    with pytest.raises(ValidationError):
        sssom_pydantic.read(path)
