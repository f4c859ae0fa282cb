"""The ontology as a store, and what it knows of obsolete identifiers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hfskg.errors import VocabularyError
from hfskg.namespaces import HFS
from hfskg.ontology import Profile, load_checks, load_profile, open_ontology, run_checks
from hfskg.ontology.loading import OBSOLETE
from ontology.little import write_overlay
from support import ROOT

TABLE = ROOT / "ontology" / "checks" / "obsolete.tsv"
HEAD = "identifier\treplaced_by\n"
OUT_OF_USE = "SELECT ?old ?new { GRAPH ?graph { ?old owl:deprecated true } OPTIONAL { ?old obo:IAO_0100001 ?new } }"
PREFIXES = "PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX obo: <http://purl.obolibrary.org/obo/> "


def rows() -> list[dict[str, str]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


class TestObsolete:
    def test_the_table_lists_identifiers_of_vocabularies_that_terms_are_mapped_to(self) -> None:
        names = [row["identifier"] for row in rows()]
        assert len(names) == len(set(names))
        found = {name.rpartition("/")[2].partition("_")[0] for name in names}
        assert {"CMO", "DOID", "EFO", "HP", "MAXO", "MONDO", "UBERON"} <= found

    def test_a_term_mapped_to_an_obsolete_identifier_is_found_and_told_what_to_use(self, tmp_path: Path) -> None:
        row = next(row for row in rows() if row["identifier"].startswith("MONDO_") and row["replaced_by"])
        overlay = write_overlay(tmp_path, f"hfs:Fever skos:broadMatch obo:{row['identifier']} .")
        ontology = open_ontology(overlays=[overlay], with_inferred=False)
        check = next(check for check in load_checks() if check.name == "obsolete-mapping")
        report = run_checks(ontology, [check], Profile({check.name: load_profile().severities[check.name]}))
        (fault,) = [fault for fault in report.faults if fault.term == str(HFS.Fever)]
        assert row["identifier"] in fault.detail
        assert fault.detail.endswith(row["replaced_by"])

    def test_only_what_terms_are_mapped_to_is_loaded(self, tmp_path: Path) -> None:
        table = tmp_path / "obsolete.tsv"
        table.write_text(f"{HEAD}HP_0001945\tHP_0000002\nHP_9999999\t\n", encoding="utf-8")
        store = open_ontology(with_inferred=False, obsolete=table).store
        query = PREFIXES + OUT_OF_USE.replace("?graph", f"<{OBSOLETE}>")
        obo = "http://purl.obolibrary.org/obo/"
        assert [tuple(map(str, row)) for row in store.select(query, {}).rows] == [
            (f"{obo}HP_0001945", f"{obo}HP_0000002")
        ]

    @pytest.mark.parametrize("text", ["", "identifier\n", f"{HEAD}HP_1\tHP_2\tHP_3\n"], ids=["empty", "head", "row"])
    def test_a_broken_table_is_an_error(self, text: str, tmp_path: Path) -> None:
        table = tmp_path / "obsolete.tsv"
        table.write_text(text, encoding="utf-8")
        with pytest.raises(VocabularyError, match="no table of obsolete identifiers"):
            open_ontology(with_inferred=False, obsolete=table)

    def test_a_missing_table_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(VocabularyError, match="cannot be read"):
            open_ontology(with_inferred=False, obsolete=tmp_path / "nowhere.tsv")
