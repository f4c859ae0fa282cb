"""The ontology as the OWL API reads it, which Protégé is built on."""

from __future__ import annotations

import subprocess
from pathlib import Path

import owlready2
import pytest
from rdflib import Graph

from hfskg.namespaces import HFS, OWL, RDF
from support import ROOT, packaged_vocabulary

PROGRAM = ROOT / "tests" / "OwlProfile.java"
OWL_API = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"


def report(graph: Graph, directory: Path) -> tuple[int, list[str]]:
    """Return how many axioms the OWL API finds in a graph and how the graph violates OWL 2 DL."""
    path = directory / "ontology.owl"
    graph.serialize(path, format="xml")
    command = ["java", "-cp", str(OWL_API), str(PROGRAM), str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, f"{told.stderr}\nThis test needs a JDK (on Debian default-jdk-headless)."
    axioms, *violations = told.stdout.splitlines()
    return int(axioms.removeprefix("axioms ")), violations


@pytest.mark.slow
def test_the_ontology_is_in_owl_2_dl(tmp_path: Path) -> None:
    merged = Graph() + packaged_vocabulary().graph
    merged.remove((None, OWL.imports, None))
    axioms, violations = report(merged, tmp_path)
    assert violations == []
    assert axioms > len(packaged_vocabulary().terms)


@pytest.mark.slow
def test_a_class_that_is_not_declared_is_a_violation(tmp_path: Path) -> None:
    graph = Graph()
    graph.add((HFS.lamp, RDF.type, OWL.NamedIndividual))
    graph.add((HFS.lamp, RDF.type, HFS.Lamp))
    _, violations = report(graph, tmp_path)
    assert any("Lamp" in violation for violation in violations)
