"""Mutations of derived statements, which broken ones of their own stand beside the good document."""

from __future__ import annotations

from shape_mutations import FERRITIN, Mutation

__all__ = ["DERIVED"]

FROM = f"hfs:patient <case/1> ; prov:wasGeneratedBy hfs:Rule_Test ; prov:wasDerivedFrom {FERRITIN}"
NUMBER = "qudt:numericValue 5.0 ; qudt:unit hfs:NanogramPerMilliliter"


def derived(shape: str, kind: str, body: str, *, rest: str = FROM) -> Mutation:
    return Mutation(shape, "", f"<case/1/derived/x> a hfs:{kind} ; {rest} ; {body} .")


DERIVED = [
    derived("Derived", "MaximumValue", NUMBER, rest="hfs:patient <case/1> ; prov:wasGeneratedBy hfs:Rule_Test"),
    derived("DerivedValue", "MaximumValue", "qudt:unit hfs:NanogramPerMilliliter"),
    derived("DerivedUnit", "MaximumDailyDose", "qudt:numericValue 5.0"),
    derived("FoldFactor", "FoldChange", "hfs:factor -1.0"),
    derived("HalvingDays", "TimeToHalving", "hfs:drug hfs:Zilemab ; hfs:dayCount -1"),
    derived("HalvingDrug", "TimeToHalving", "hfs:dayCount 1"),
    derived("ClassifiedAs", "HyperferritinemiaClassification", "hfs:hyperferritinemiaClass hfs:Present"),
    derived("LineageCount", "CytopeniaLineages", "hfs:lineage hfs:Lineage_Test ; hfs:lineageCount 0"),
    derived("LineageLow", "CytopeniaLineages", "hfs:lineageCount 1"),
]
