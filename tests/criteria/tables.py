"""The two patients of the first seed as graphs, with the values of its tables."""

from __future__ import annotations

from functools import cache

from rdflib import Graph

from casebook import Report
from criteria.helpers import encounter, finding, graph_of, ontology
from hfskg.criteria import assess

__all__ = ["FIRST", "SECOND", "table_graph", "tables"]


ANALYTES = (
    ("LeukocyteCount", "TenToTheThreePerCubicMillimeter"),
    ("NeutrophilCount", "TenToTheThreePerCubicMillimeter"),
    ("Hemoglobin", "GramPerDeciliter"),
    ("PlateletCount", "TenToTheThreePerCubicMillimeter"),
    ("ErythrocyteSedimentationRate", "MillimeterPerHour"),
    ("CReactiveProtein", "MilligramPerDeciliter"),
    ("AspartateAminotransferase", "UnitPerLiter"),
    ("LactateDehydrogenase", "UnitPerLiter"),
    ("Triglycerides", "MilligramPerDeciliter"),
    ("Fibrinogen", "MilligramPerDeciliter"),
    ("Ferritin", "NanogramPerMilliliter"),
)

FIRST = {
    0: "17.9 15.0 10.3 482 59 8.2 229 1752 112 341 13200",
    14: "10.4 8.9 10.6 320 37 4.9 68 951 158 442 8550",
    45: "44.5 41.7 9.3 418 57 11.5 170 956 133 415 18000",
    50: "11.4 6.4 9.8 459 61 1.5 127 862 226 251 4099",
    80: "8.9 5.0 12.5 315 18 <0.46 12 853 107 287 581",
}
"""The table of patient 1: by day, the values of :data:`ANALYTES`."""

SECOND = {
    -4: "14.2 11.9 9.2 285 75 2.5 61 1673 209 356 20350",
    0: "10.6 6.6 11.2 424 68 <0.46 40 1048 173 418 5065",
    20: "3.4 1.9 10.8 105 43 1.83 350 4960 273 234 49700",
    30: "5.4 3.4 10.8 233 55 <0.46 111 1541 - 297 17580",
    35: "3.7 1.7 10.5 145 63 0.6 113 2122 157 424 28634",
    40: "18.9 15.1 9.9 164 50 <0.46 35 1116 - 312 12340",
    50: "5.5 2.9 11.1 253 36 <0.46 31 468 - 267 201",
}
"""The table of patient 2."""


def table_graph() -> Graph:
    """Return both patients: the tables, and what the text tells that the criteria ask for."""
    report = Report("seed")
    report.patient(sex="Male", age="11")
    encounter(report, "Admission")
    finding(report, "Fever")
    finding(report, "GeneralizedLymphadenopathy")
    report.diagnosis("PrimaryHemophagocyticLymphohistiocytosis", "Excluded")
    report.drug("Prednisone", action="Start", day=-180)
    finding(report, "Fever", "Absent", day=0)
    finding(report, "Arthritis", "Absent", day=0)
    encounter(report, "Admission", day=0)
    table(report, FIRST)
    finding(report, "Fever", "Absent", day=(0, 45))
    report.patient(sex="Female", age="9")
    report.diagnosis("SystemicJuvenileIdiopathicArthritis")
    finding(report, "Fever")
    table(report, SECOND)
    encounter(report, "Transfer", day=0)
    finding(report, "Fever", "Absent", day=0)
    report.drug("Methylprednisolone", action="Continue", day=0)
    finding(report, "Fever", day=(15, 21))
    return graph_of(report)


@cache
def tables() -> Graph:
    """Return the assessments of both patients; read them, do not change them."""
    return assess(table_graph(), ontology())


def table(report: Report, values: dict[int, str]) -> None:
    """Tell of the values of a table; a dash stands for none."""
    for day, told in values.items():
        for (analyte, unit), value in zip(ANALYTES, told.split(), strict=True):
            if value != "-":
                report.lab(analyte, value.lstrip("<"), unit, comparator="<" if "<" in value else "=", day=day)
