from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDFS, Literal

import hfskg.modules
import hfskg.pipeline
from hfskg.modules import package_digest
from hfskg.namespaces import HFS
from hfskg.pipeline import package_pipeline
from hfskg.vocabulary import load_vocabulary


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with an ontology of one term and its shapes, in the place of the package's own."""
    (tmp_path / "modules").mkdir()
    name = "https://w3id.org/hfskg/ontology"
    (tmp_path / "hfs.ttl").write_text(
        f"<{name}> a <http://www.w3.org/2002/07/owl#Ontology> ; "
        f"<http://www.w3.org/2002/07/owl#imports> <{name}/lamps> .\n"
    )
    (tmp_path / "catalog-v001.xml").write_text(
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        f'<uri name="{name}/lamps" uri="modules/lamps.ttl"/></catalog>'
    )
    write_lamps(tmp_path, "lamp")
    (tmp_path / "shapes.ttl").write_text(
        "<urn:s> a <http://www.w3.org/ns/shacl#NodeShape> ; "
        "<http://www.w3.org/ns/shacl#targetClass> <https://w3id.org/hfskg/ontology#Lamp> .\n"
    )
    monkeypatch.setattr(hfskg.modules, "ontology_directory", lambda: tmp_path)
    monkeypatch.setattr(hfskg.pipeline, "shapes_directory", lambda: tmp_path)
    return tmp_path


def write_lamps(folder: Path, label: str) -> None:
    (folder / "modules" / "lamps.ttl").write_text(
        "@prefix hfs: <https://w3id.org/hfskg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        f'hfs:Finding a owl:Class . hfs:Lamp a owl:Class ; rdfs:subClassOf hfs:Finding ; rdfs:label "{label}"@en .\n'
    )


def test_the_packages_stages_are_made_once(package: Path) -> None:
    assert package_pipeline() is package_pipeline()
    assert load_vocabulary() is load_vocabulary()


def test_they_are_made_again_when_a_file_changes(package: Path) -> None:
    first, digest = package_pipeline(), package_digest()
    assert (HFS.Lamp, RDFS.label, Literal("lamp", lang="en")) in first.ontology
    write_lamps(package, "lantern")
    assert package_digest() != digest
    second = package_pipeline()
    assert second is not first
    assert (HFS.Lamp, RDFS.label, Literal("lantern", lang="en")) in second.ontology


def test_what_is_named_is_loaded_each_time(package: Path) -> None:
    assert load_vocabulary(package) is not load_vocabulary(package)
