"""What the tests of the criteria share: a small ontology, patients told event by event, and their assessments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rdflib import Graph, URIRef

from casebook import HEAD, Report
from hfskg.criteria import assess
from hfskg.namespaces import DATA, HFS, PROV, RDF
from hfskg.resources import ontology_directory

__all__ = [
    "CELLS",
    "GDL",
    "GL",
    "MGDL",
    "MMOL",
    "MODULES",
    "PER",
    "Assessment",
    "assessed",
    "encounter",
    "finding",
    "graph_of",
    "ontology",
    "patient",
    "read",
]


MODULES = ontology_directory() / "modules"

HIERARCHY = """
hfs:Prednisone rdfs:subClassOf hfs:Glucocorticoid .
hfs:Methylprednisolone rdfs:subClassOf hfs:Glucocorticoid .
hfs:GeneralizedLymphadenopathy rdfs:subClassOf hfs:Lymphadenopathy .
hfs:BoneMarrowHemophagocytosis rdfs:subClassOf hfs:Hemophagocytosis .
hfs:Thrombocytopenia hfs:abnormalityOf hfs:PlateletCount ; hfs:direction hfs:Low .
hfs:Hyperferritinemia hfs:abnormalityOf hfs:Ferritin ; hfs:direction hfs:High .
"""
"""What these tests need of the other modules."""

WORDS = {HFS.Met: "met", HFS.NotMet: "not_met", HFS.Undetermined: "undetermined"}

MGDL, GDL, GL, MMOL = "MilligramPerDeciliter", "GramPerDeciliter", "GramPerLiter", "MillimolePerLiter"
CELLS, PER = "TenToTheNinePerLiter", "PerMicroliter"


@cache
def ontology() -> Graph:
    """Return the modules that the criteria need, and a few terms of the others; read it, do not change it."""
    graph = Graph()
    for name in ("core", "units", "criteria"):
        graph.parse(MODULES / f"{name}.ttl")
    return graph.parse(data=HEAD + HIERARCHY, format="turtle")


@dataclass(frozen=True)
class Assessment:
    """One assessment, with the local names of its items."""

    iri: URIRef
    verdict: str
    lenient: str
    met: frozenset[str]
    not_met: frozenset[str]
    unknown: frozenset[str]
    score: tuple[float | None, float | None]
    events: frozenset[str]

    def item(self, name: str) -> str:
        """Return what an item is."""
        lists = {"met": self.met, "not_met": self.not_met, "unknown": self.unknown}
        found = [word for word, names in lists.items() if name in names]
        assert len(found) == 1, (name, lists)
        return found[0]

    @property
    def count(self) -> tuple[int, int]:
        """How many items are met, and how many at most."""
        return len(self.met), len(self.met) + len(self.unknown)


def read(result: Graph, name: str, when: str = "undated", *, case: int = 1, document: str = "seed") -> Assessment:
    iri = DATA[f"{document}/case/{case}/criteria/{name}/{when}"]
    assert (iri, RDF.type, HFS.CriteriaAssessment) in result
    lenient = iri if (iri, HFS.reading, HFS.LenientReading) in result else URIRef(f"{iri}/lenient")
    assert (lenient, HFS.reading, HFS.LenientReading) in result
    low, high = (result.value(iri, p) for p in (HFS.scoreMinimum, HFS.scoreMaximum))

    def names(relation: URIRef) -> frozenset[str]:
        return frozenset(str(o).removeprefix(HFS) for o in result.objects(iri, relation))

    return Assessment(
        iri=iri,
        verdict=WORDS[URIRef(str(result.value(iri, HFS.verdict)))],
        lenient=WORDS[URIRef(str(result.value(lenient, HFS.verdict)))],
        met=names(HFS.itemMet),
        not_met=names(HFS.itemNotMet),
        unknown=names(HFS.itemUnknown),
        score=(None if low is None else float(str(low)), None if high is None else float(str(high))),
        events=frozenset(str(o) for o in result.objects(iri, PROV.wasDerivedFrom)),
    )


def patient(*, age: str = "11") -> Report:
    report = Report("seed")
    report.patient(age=age)
    return report


def assessed(report: Report, name: str, when: str = "undated") -> Assessment:
    return read(assess(graph_of(report), ontology()), name, when)


def graph_of(report: Report) -> Graph:
    """Return the graph of a report."""
    return Graph().parse(data=HEAD + "\n".join(report.parts), format="turtle")


def finding(report: Report, term: str, status: str = "Present", day: tuple[int, int] | int | None = None) -> str:
    """Tell of a finding; return the event."""
    body = f"hfs:finding hfs:{term} ; hfs:status hfs:{status}"
    return report.event("clinical-finding", "ClinicalFinding", body, f"{term} seen", day=day)


def encounter(report: Report, kind: str, day: int | None = None) -> str:
    """Tell of an encounter; return the event."""
    return report.event("encounter", "Encounter", f"hfs:encounterType hfs:{kind}", kind, day=day)
