from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
import yaml
from rdflib import Graph, URIRef

from hfskg.errors import OutputError, VocabularyError
from hfskg.namespaces import HFS, QUDT, RDFS, SKOS
from hfskg.ontology.mappings import Mapping, mapping_sets, mappings, write_mappings
from hfskg.vocabulary import Kind
from support import ROOT, contents, packaged_vocabulary

COMMITTED = ROOT / "ontology" / "mappings"
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
LAMPS = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
hfs:Lamp10 rdfs:label "lamp 10"@en ; skos:exactMatch obo:HP_0000010 .
hfs:Lamp9 rdfs:label "lamp 9"@en ; skos:closeMatch obo:HP_0000009 ; skos:exactMatch obo:MONDO_0000009 .
hfs:PerLamp rdfs:label "/lamp" ; qudt:ucumCode "{lamp}/[arb'U]" .
"""


@cache
def tables() -> dict[str, bytes]:
    return mapping_sets(packaged_vocabulary().graph)


def split(table: bytes) -> tuple[dict[str, object], list[dict[str, str]]]:
    """Return the metadata and the rows of a table."""
    lines = table.decode().splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    rows = csv.DictReader(lines[len(head) :], delimiter="\t")
    return yaml.safe_load("\n".join(head)), list(rows)


def lamps() -> Graph:
    return Graph().parse(data=LAMPS, format="turtle")


class TestMappings:
    def test_each_goes_to_the_table_of_its_vocabulary_in_natural_order(self) -> None:
        found = mappings(lamps())
        assert list(found) == ["hp", "mondo", "ucum"]
        assert [(row.subject_id, row.predicate_id, row.object_id) for row in found["hp"]] == [
            ("hfs:Lamp9", "skos:closeMatch", "HP:0000009"),
            ("hfs:Lamp10", "skos:exactMatch", "HP:0000010"),
        ]

    def test_a_ucum_code_is_written_so_that_it_makes_an_iri(self) -> None:
        (row,) = mappings(lamps())["ucum"]
        assert row == Mapping(
            "hfs:PerLamp",
            "/lamp",
            "skos:exactMatch",
            "ucum:%7Blamp%7D%2F%5Barb'U%5D",
            "{lamp}/[arb'U]",
            "semapv:ManualMappingCuration",
        )

    def test_only_an_exact_match_is_found_by_name(self) -> None:
        graph = lamps()
        found_by = {row.predicate_id: row.mapping_justification for row in mappings(graph)["hp"]}
        assert found_by == {
            "skos:exactMatch": "semapv:LexicalMatching",
            "skos:closeMatch": "semapv:ManualMappingCuration",
        }

    def test_nearly_every_class_of_each_kind_has_one(self) -> None:
        vocabulary = packaged_vocabulary()
        mapped = {subject for match in MATCHES[:-1] for subject in map(str, vocabulary.graph.subjects(match))}
        kinds: dict[Kind, list[bool]] = defaultdict(list)
        for term in vocabulary.terms.values():
            kinds[term.kind].append(term.iri in mapped)
        assert set(kinds) == set(Kind)
        assert {kind: sum(found) / len(found) for kind, found in kinds.items() if sum(found) < 0.95 * len(found)} == {}

    def test_an_unknown_vocabulary_is_an_error(self) -> None:
        graph = lamps()
        graph.add((HFS.Lamp9, SKOS.exactMatch, URIRef("http://example.org/lamps/9")))
        with pytest.raises(VocabularyError, match="no known vocabulary"):
            mappings(graph)

    def test_what_others_map_is_left_out(self) -> None:
        graph = lamps()
        graph.add((URIRef("http://example.org/9"), SKOS.exactMatch, URIRef("http://example.org/lamps/9")))
        assert mappings(graph) == mappings(lamps())


class TestTables:
    def test_the_ontology_says_what_the_tables_say(self) -> None:
        graph = packaged_vocabulary().graph
        told = set()
        for table in tables().values():
            head, rows = split(table)
            prefixes = head["curie_map"]
            assert isinstance(prefixes, dict)
            for row in rows:
                subject, predicate, value = (
                    f"{prefixes[curie.partition(':')[0]]}{curie.partition(':')[2]}"
                    for curie in (row["subject_id"], row["predicate_id"], row["object_id"])
                )
                told.add((subject, predicate, row.get("object_label") or value))
        said = {
            (str(s), str(p), str(o))
            for p in MATCHES
            for s, o in graph.subject_objects(p)
            if str(s).startswith(str(HFS))
        }
        said |= {(str(s), str(SKOS.exactMatch), str(o)) for s, o in graph.subject_objects(QUDT.ucumCode)}
        assert told == said

    def test_each_has_its_metadata(self) -> None:
        for name, table in tables().items():
            head, rows = split(table)
            assert head["mapping_set_id"] == f"https://w3id.org/hfskg/mappings/{name}"
            assert {"mapping_set_title", "mapping_set_description", "mapping_set_version", "license"} <= head.keys()
            assert rows
            assert all(row["subject_label"] for row in rows)

    def test_a_table_tells_the_release_that_was_looked_up(self) -> None:
        assert split(tables()["hp.sssom.tsv"])[0]["object_source_version"] == "2025-01-16"
        assert "object_source_version" not in split(tables()["ucum.sssom.tsv"])[0]

    def test_no_row_stands_twice(self) -> None:
        for table in tables().values():
            keys = [(row["subject_id"], row["predicate_id"], row["object_id"]) for row in split(table)[1]]
            assert len(keys) == len(set(keys))

    def test_a_term_is_no_exact_match_and_another_one_of_the_same_thing(self) -> None:
        graph = packaged_vocabulary().graph
        exact = set(graph.subject_objects(SKOS.exactMatch))
        others = {pair for p in MATCHES if p != SKOS.exactMatch for pair in graph.subject_objects(p)}
        assert exact & others == set()

    def test_labels_are_those_of_the_ontology(self) -> None:
        graph = packaged_vocabulary().graph
        for row in split(tables()["mondo.sssom.tsv"])[1]:
            subject = HFS[row["subject_id"].removeprefix("hfs:")]
            assert str(graph.value(subject, RDFS.label)) == row["subject_label"]


class TestWriting:
    def test_again_gives_the_same_bytes(self, tmp_path: Path) -> None:
        counts = write_mappings(tmp_path / "mappings")
        former = contents(tmp_path / "mappings")
        assert former == tables()
        write_mappings(tmp_path / "mappings")
        assert contents(tmp_path / "mappings") == former
        assert counts == {name: len(split(table)[1]) for name, table in former.items()}

    def test_a_folder_with_other_files_is_not_touched(self, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").touch()
        with pytest.raises(OutputError, match=r"letter\.txt"):
            write_mappings(tmp_path)

    @pytest.mark.skipif(not COMMITTED.exists(), reason="no mappings have been written yet: ontology/mappings/ is not")
    def test_the_committed_tables_are_what_the_command_writes(self) -> None:
        assert contents(COMMITTED) == tables()
