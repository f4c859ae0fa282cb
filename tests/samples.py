"""A small hand-made report, its record, and the little ontology that its graph needs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from rdflib import Graph, URIRef

from hfskg import __version__
from hfskg.export import to_nquads
from hfskg.graph import record_graph
from hfskg.namespaces import HFS, ONTOLOGY_GRAPH, RDFS, document_iri
from hfskg.output import GRAPH_FILE, DocumentEntry, Manifest, file_digests
from hfskg.reading.document import Document
from hfskg.reading.loading import parse_document
from hfskg.record import (
    AdverseEvent,
    Attribute,
    Case,
    Claim,
    ClinicalFinding,
    Diagnosis,
    DocumentRecord,
    DrugAdministration,
    Encounter,
    Evidence,
    GeneticFinding,
    LaboratoryMeasurement,
    Outcome,
    Procedure,
    Quantity,
    TermRef,
    Time,
    TreatmentResponse,
)

__all__ = [
    "ASSESSMENT",
    "FILE_NAME",
    "TEXT",
    "document",
    "evidence",
    "graphs",
    "ontology",
    "record",
    "term",
    "write_folder",
]

FILE_NAME = "small-report.txt"

TEXT = """A small report

Background

Zilemab may trigger granular fever.

Case presentation

Patient 1

A 7-year-old girl was admitted with granular fever and a mild rash. Corvin syndrome was excluded. \
Ferritin was 18,000 ng/mL on day 3, and CRP was <0.5 mg/dL. A heterozygous variant in TST1 was found. \
A marrow biopsy was done. She was given intravenous zilemab 2 mg/kg twice a day for 5 days and improved. \
Zilemab caused hives. The rash resolved. She is alive at 2 years.

Patient 2

A 40-year-old man died of Corvin syndrome.
"""

ONTOLOGY = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix qudt: <http://qudt.org/schema/qudt/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix obo: <http://purl.obolibrary.org/obo/> .

<https://w3id.org/hfskg/ontology> a owl:Ontology .
hfs:PatientEvent a owl:Class ; rdfs:label "patient event"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:LaboratoryMeasurement a owl:Class ; rdfs:subClassOf hfs:PatientEvent ; rdfs:label "laboratory measurement"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:DrugAdministration a owl:Class ; rdfs:subClassOf hfs:PatientEvent ; rdfs:label "drug administration"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Unit a owl:Class ; rdfs:label "unit"@en ; obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:LaboratoryUnit a owl:Class ; rdfs:subClassOf hfs:Unit ; rdfs:label "laboratory unit"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:DoseUnit a owl:Class ; rdfs:subClassOf hfs:Unit ; rdfs:label "dose unit"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:TimeUnit a owl:Class ; rdfs:subClassOf hfs:Unit ; rdfs:label "time unit"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .

hfs:WeightUnit a owl:Class ; rdfs:subClassOf hfs:Unit ; rdfs:label "weight unit"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Disease a owl:Class ; rdfs:label "disease"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Finding a owl:Class ; rdfs:label "finding"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Drug a owl:Class ; rdfs:label "drug"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Protein a owl:Class ; rdfs:label "protein"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Gene a owl:Class ; rdfs:label "gene"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Analyte a owl:Class ; rdfs:label "analyte"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:MedicalProcedure a owl:Class ; rdfs:label "medical procedure"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Route a owl:Class ; rdfs:label "route"@en ;
    obo:IAO_0000115 "A kind."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:hasTarget a owl:ObjectProperty ; rdfs:label "has target"@en .

hfs:CorvinSyndrome a owl:Class ; rdfs:subClassOf hfs:Disease ; rdfs:label "Corvin syndrome"@en ;
    obo:IAO_0000115 "A syndrome."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:GranularFever a owl:Class ; rdfs:subClassOf hfs:Disease ; rdfs:label "granular fever"@en ;
    obo:IAO_0000115 "A disease."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Saltwater a owl:Class ; rdfs:subClassOf hfs:Drug ; rdfs:label "saltwater"@en ;
    obo:IAO_0000115 "A drug."@en ; obo:IAO_0000119 "HFS-KG editors" ; hfs:noTargetReason "It is water."@en .
hfs:Rash a owl:Class ; rdfs:subClassOf hfs:Finding ; rdfs:label "rash"@en ;
    obo:IAO_0000115 "A finding."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Hives a owl:Class ; rdfs:subClassOf hfs:Finding ; rdfs:label "hives"@en ;
    obo:IAO_0000115 "A finding."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:IncreasedFerritin a owl:Class ; rdfs:subClassOf hfs:Finding ; rdfs:label "increased ferritin"@en ;
    obo:IAO_0000115 "A finding."@en ; obo:IAO_0000119 "HFS-KG editors" ;
    hfs:abnormalityOf hfs:Ferritin ; hfs:direction hfs:High .
hfs:Zilemab a owl:Class ; rdfs:label "zilemab"@en ;
    rdfs:subClassOf hfs:Drug ,
        [ a owl:Restriction ; owl:onProperty hfs:hasTarget ; owl:someValuesFrom hfs:Protein_TST1 ] ;
    obo:IAO_0000115 "A drug."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Protein_TST1 a owl:Class ; rdfs:subClassOf hfs:Protein ; rdfs:label "test protein 1"@en ;
    obo:IAO_0000115 "A protein."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:Gene_TST1 a owl:Class ; rdfs:subClassOf hfs:Gene ; rdfs:label "TST1"@en ;
    obo:IAO_0000115 "A gene."@en ; obo:IAO_0000119 "HFS-KG editors" ; hfs:geneProduct hfs:Protein_TST1 .
hfs:Ferritin a owl:Class ; rdfs:subClassOf hfs:Analyte ; rdfs:label "ferritin"@en ;
    obo:IAO_0000115 "An analyte."@en ; obo:IAO_0000119 "HFS-KG editors" ;
    hfs:allowedUnit hfs:NanogramPerMilliliter ; hfs:standardUnit hfs:NanogramPerMilliliter ;
    hfs:plausibleMinimum 0.1 ; hfs:plausibleMaximum 500000.0 .
hfs:CReactiveProtein a owl:Class ; rdfs:subClassOf hfs:Analyte ; rdfs:label "C-reactive protein"@en ;
    obo:IAO_0000115 "An analyte."@en ; obo:IAO_0000119 "HFS-KG editors" ;
    hfs:allowedUnit hfs:MilligramPerDeciliter , hfs:MilligramPerLiter ; hfs:standardUnit hfs:MilligramPerLiter ;
    hfs:plausibleMinimum 0.0 ; hfs:plausibleMaximum 1000.0 .
hfs:MarrowBiopsy a owl:Class ; rdfs:subClassOf hfs:MedicalProcedure ; rdfs:label "marrow biopsy"@en ;
    obo:IAO_0000115 "A procedure."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:OralRoute a owl:Class ; rdfs:subClassOf hfs:Route ; rdfs:label "oral"@en ;
    obo:IAO_0000115 "A route."@en ; obo:IAO_0000119 "HFS-KG editors" .
hfs:IntravenousRoute a owl:Class ; rdfs:subClassOf hfs:Route ; rdfs:label "intravenous"@en ;
    obo:IAO_0000115 "A route."@en ; obo:IAO_0000119 "HFS-KG editors" .

hfs:NanogramPerMilliliter a hfs:LaboratoryUnit ; rdfs:label "ng/mL"@en ; qudt:ucumCode "ng/mL" .
hfs:MilligramPerDeciliter a hfs:LaboratoryUnit ; rdfs:label "mg/dL"@en ; qudt:ucumCode "mg/dL" .
hfs:MilligramPerLiter a hfs:LaboratoryUnit ; rdfs:label "mg/L"@en ; qudt:ucumCode "mg/L" .
hfs:MilligramPerKilogram a hfs:DoseUnit ; rdfs:label "mg/kg"@en ; qudt:ucumCode "mg/kg" ;
    hfs:perDayUnit hfs:MilligramPerKilogramPerDay .
hfs:MilligramPerKilogramPerDay a hfs:DoseUnit ; rdfs:label "mg/kg/day"@en ; qudt:ucumCode "mg/kg/d" .
hfs:Kilogram a hfs:WeightUnit ; rdfs:label "kg"@en ; qudt:ucumCode "kg" .
hfs:Year a hfs:TimeUnit ; rdfs:label "year"@en ; qudt:ucumCode "a" .
hfs:Month a hfs:TimeUnit ; rdfs:label "month"@en ; qudt:ucumCode "mo" .
hfs:Week a hfs:TimeUnit ; rdfs:label "week"@en ; qudt:ucumCode "wk" .
hfs:Day a hfs:TimeUnit ; rdfs:label "day"@en ; qudt:ucumCode "d" .
hfs:Conv_MilligramPerDeciliter_MilligramPerLiter a hfs:UnitConversion ;
    hfs:fromUnit hfs:MilligramPerDeciliter ; hfs:toUnit hfs:MilligramPerLiter ; hfs:multiplier 10.0 .

hfs:Present a hfs:Status ; rdfs:label "present"@en .
hfs:Suspected a hfs:Status ; rdfs:label "suspected"@en .
hfs:Excluded a hfs:Status ; rdfs:label "excluded"@en .
hfs:History a hfs:Status ; rdfs:label "history"@en .
hfs:Absent a hfs:Status ; rdfs:label "absent"@en .
hfs:Resolved a hfs:Status ; rdfs:label "resolved"@en .
hfs:Added a hfs:CurationAction ; rdfs:label "added"@en .
hfs:Corrected a hfs:CurationAction ; rdfs:label "corrected"@en .
hfs:Start a hfs:Action ; rdfs:label "start"@en .
hfs:Increase a hfs:Action ; rdfs:label "increase"@en .
hfs:Decrease a hfs:Action ; rdfs:label "decrease"@en .
hfs:Continue a hfs:Action ; rdfs:label "continue"@en .
hfs:Switch a hfs:Action ; rdfs:label "switch"@en .
hfs:Stop a hfs:Action ; rdfs:label "stop"@en .
hfs:High a hfs:Direction ; rdfs:label "high"@en .
hfs:Male a hfs:Sex ; rdfs:label "male"@en .
hfs:Female a hfs:Sex ; rdfs:label "female"@en .
hfs:Alive a hfs:VitalStatus ; rdfs:label "alive"@en .
hfs:Died a hfs:VitalStatus ; rdfs:label "died"@en .
hfs:Heterozygous a hfs:Zygosity ; rdfs:label "heterozygous"@en .
hfs:Homozygous a hfs:Zygosity ; rdfs:label "homozygous"@en .
hfs:Hemizygous a hfs:Zygosity ; rdfs:label "hemizygous"@en .
hfs:CompoundHeterozygous a hfs:Zygosity ; rdfs:label "compound heterozygous"@en .
hfs:Admission a hfs:EncounterType ; rdfs:label "admission"@en .
hfs:Readmission a hfs:EncounterType ; rdfs:label "readmission"@en .
hfs:Transfer a hfs:EncounterType ; rdfs:label "transfer"@en .
hfs:IntensiveCare a hfs:EncounterType ; rdfs:label "intensive care"@en .
hfs:Discharge a hfs:EncounterType ; rdfs:label "discharge"@en .
hfs:Improved a hfs:ResponseType ; rdfs:label "improved"@en .
hfs:ResponseResolved a hfs:ResponseType ; rdfs:label "resolved"@en .
hfs:Unchanged a hfs:ResponseType ; rdfs:label "unchanged"@en .
hfs:Worsened a hfs:ResponseType ; rdfs:label "worsened"@en .
hfs:Recurred a hfs:ResponseType ; rdfs:label "recurred"@en .
hfs:Affirmed a hfs:Polarity ; rdfs:label "affirmed"@en .
hfs:Negated a hfs:Polarity ; rdfs:label "negated"@en .
hfs:Triggers a hfs:ClaimRelation ; rdfs:label "triggers"@en .
hfs:Treats a hfs:ClaimRelation ; rdfs:label "treats"@en .
hfs:Met a hfs:Verdict ; rdfs:label "met"@en .
hfs:NotMet a hfs:Verdict ; rdfs:label "not_met"@en .
hfs:Undetermined a hfs:Verdict ; rdfs:label "undetermined"@en .
hfs:Rule_Test a hfs:DerivationRule ; rdfs:label "rule: test"@en .
hfs:Lineage_Test a hfs:BloodLineage ; rdfs:label "lineage"@en .
hfs:NotTold a hfs:UnknownReason ; rdfs:label "not told"@en .
hfs:SmallCriteria a hfs:CriteriaSet ; rdfs:label "small criteria"@en ; obo:IAO_0000119 "here" ; owl:versionInfo "1" ;
    hfs:assesses hfs:Fever ; hfs:decidedBy hfs:SmallCriteria_Sum .
hfs:SmallCriteria_Sum a hfs:ScoreCriterion ; hfs:scoreTerm hfs:SmallCriteria_Term ;
    hfs:cutOff 1.0 ; hfs:limitComparator ">=" .
hfs:SmallCriteria_Term a hfs:PointsTerm ; hfs:pointsClass hfs:SmallCriteria_Class .
hfs:SmallCriteria_Class a hfs:PointsClass ; hfs:points 1.0 ; hfs:decidedBy hfs:SmallCriteria_Both .
hfs:SmallCriteria_Both a hfs:AtLeastCriterion ; hfs:part hfs:SmallCriteria_Ferritin , hfs:SmallCriteria_Rash ;
    hfs:minimumCount 2 .
hfs:SmallCriteria_Ferritin a hfs:ThresholdCriterion , hfs:CriteriaItem ; rdfs:label "ferritin above 500 ng/mL"@en ;
    hfs:about hfs:Ferritin ; hfs:limitComparator ">" ; hfs:limit hfs:SmallCriteria_Limit .
hfs:SmallCriteria_Limit a hfs:CriterionLimit ; hfs:limitValue 500.0 ; hfs:limitUnit hfs:NanogramPerMilliliter .
hfs:SmallCriteria_Rash a hfs:CriteriaItem ; rdfs:label "rash"@en .
"""


ASSESSMENT = """
@prefix hfs: <https://w3id.org/hfskg/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@base <https://w3id.org/hfskg/data/small-report/> .

<case/1/criteria/small-criteria/3> a hfs:CriteriaAssessment ; hfs:patient <case/1> ; hfs:criteriaSet hfs:SmallCriteria ;
    hfs:day 3 ; hfs:verdict hfs:Undetermined ; hfs:reading hfs:StrictReading ; hfs:version "1" ;
    hfs:itemResult <case/1/criterion/ferritin/3> , <case/1/criterion/rash/3> ; hfs:hangsOn hfs:SmallCriteria_Rash ;
    hfs:itemMet hfs:SmallCriteria_Ferritin ; hfs:itemUnknown hfs:SmallCriteria_Rash ;
    hfs:scoreMinimum 1 ; hfs:scoreMaximum 2.0 ; prov:wasDerivedFrom <case/1/laboratory-measurement/1> .
<case/1/criterion/ferritin/3> a hfs:ItemResult ; hfs:patient <case/1> ; hfs:criterion hfs:SmallCriteria_Ferritin ;
    hfs:answer hfs:Met ; hfs:reading hfs:StrictReading ; prov:wasDerivedFrom <case/1/laboratory-measurement/1> .
<case/1/criterion/rash/3> a hfs:ItemResult ; hfs:patient <case/1> ; hfs:criterion hfs:SmallCriteria_Rash ;
    hfs:answer hfs:Undetermined ; hfs:unknownReason hfs:NotTold ; hfs:reading hfs:StrictReading .
"""


@cache
def ontology() -> Graph:
    """The little ontology; not to be changed."""
    return Graph().parse(data=ONTOLOGY, format="turtle")


@cache
def document() -> Document:
    """The report as the stages of reading see it."""
    return parse_document(FILE_NAME, hashlib.sha256(TEXT.encode()).hexdigest(), TEXT)


def term(name: str) -> TermRef:
    """A term of the little ontology, by its local name."""
    return TermRef(iri=str(HFS[name]), label=str(ontology().value(HFS[name], RDFS.label)))


def evidence(quote: str, occurrence: int = 1) -> Evidence:
    """The evidence of a quote, at its nth occurrence in the text."""
    start = -1
    for _ in range(occurrence):
        start = TEXT.index(quote, start + 1)
    return Evidence(start=start, end=start + len(quote), quote=quote)


def _quantity(value: str, unit: str) -> Quantity:
    ref = term(unit)
    return Quantity(value=Decimal(value), unit=ref.iri, unit_label=ref.label)


@cache
def record() -> DocumentRecord:
    """What the report says."""
    girl = Case(
        number=1,
        label="Patient 1",
        evidence=(evidence("A 7-year-old girl"),),
        age=Attribute(value="7", unit="year", evidence=(evidence("7-year-old"),)),
        sex=Attribute(value="female", evidence=(evidence("girl"),)),
        events=(
            Encounter(order=1, encounter="admission", evidence=(evidence("was admitted"),)),
            Diagnosis(
                order=2, condition=term("GranularFever"), status="present", evidence=(evidence("granular fever", 2),)
            ),
            ClinicalFinding(order=3, finding=term("Rash"), status="present", evidence=(evidence("rash", 1),)),
            Diagnosis(
                order=4,
                condition=term("CorvinSyndrome"),
                status="excluded",
                evidence=(evidence("Corvin syndrome was excluded"),),
            ),
            LaboratoryMeasurement(
                order=5,
                analyte=term("Ferritin"),
                quantity=_quantity("18000", "NanogramPerMilliliter"),
                standard_quantity=_quantity("18000", "NanogramPerMilliliter"),
                time=Time(phrase="on day 3", earliest_day=3, latest_day=3),
                evidence=(evidence("Ferritin was 18,000 ng/mL"), evidence("on day 3")),
            ),
            LaboratoryMeasurement(
                order=6,
                analyte=term("CReactiveProtein"),
                comparator="<",
                quantity=_quantity("0.5", "MilligramPerDeciliter"),
                standard_quantity=_quantity("5.0", "MilligramPerLiter"),
                evidence=(evidence("CRP was <0.5 mg/dL"),),
            ),
            GeneticFinding(
                order=7,
                gene=term("Gene_TST1"),
                zygosity="heterozygous",
                variant="c.1A>G",
                evidence=(evidence("A heterozygous variant in TST1 was found"),),
            ),
            Procedure(order=8, procedure=term("MarrowBiopsy"), evidence=(evidence("marrow biopsy"),)),
            DrugAdministration(
                order=9,
                drug=term("Zilemab"),
                dose=_quantity("2", "MilligramPerKilogram"),
                normalized_dose=_quantity("4", "MilligramPerKilogramPerDay"),
                route=term("IntravenousRoute"),
                frequency="twice a day",
                duration="for 5 days",
                action="start",
                evidence=(evidence("given intravenous zilemab 2 mg/kg twice a day for 5 days"),),
            ),
            TreatmentResponse(order=10, response="improved", drug=term("Zilemab"), evidence=(evidence("improved"),)),
            AdverseEvent(
                order=11, event=term("Hives"), drug=term("Zilemab"), evidence=(evidence("Zilemab caused hives"),)
            ),
            ClinicalFinding(
                order=12, finding=term("Rash"), status="resolved", evidence=(evidence("The rash resolved"),)
            ),
            Outcome(order=13, outcome="alive", evidence=(evidence("alive"),)),
        ),
    )
    man = Case(
        number=2,
        label="Patient 2",
        evidence=(evidence("A 40-year-old man"),),
        age=Attribute(value="40", unit="year", evidence=(evidence("40-year-old"),)),
        sex=Attribute(value="male", evidence=(evidence("man", 1),)),
        events=(
            Diagnosis(
                order=1, condition=term("CorvinSyndrome"), status="present", evidence=(evidence("Corvin syndrome", 2),)
            ),
            Outcome(order=2, outcome="died", evidence=(evidence("died"),)),
        ),
    )
    return DocumentRecord(
        file_name=FILE_NAME,
        sha256=document().sha256,
        length=len(TEXT),
        title="A small report",
        cases=(girl, man),
        claims=(
            Claim(
                subject=term("Zilemab"),
                relation=term("Triggers"),
                object=term("GranularFever"),
                hedged=True,
                evidence=(evidence("Zilemab may trigger granular fever"),),
            ),
        ),
    )


def graphs() -> dict[URIRef, Graph]:
    """The named graphs of a graph folder with the report: ontology, document and assessments."""
    iri = document_iri(FILE_NAME)
    assessments = Graph().parse(data=ASSESSMENT, format="turtle")
    return {
        ONTOLOGY_GRAPH: ontology(),
        iri: record_graph(record(), document(), ontology()),
        URIRef(f"{iri}/criteria"): assessments,
    }


def write_folder(directory: Path, named: Mapping[URIRef, Graph] | None = None) -> Path:
    """Write a graph folder as a build does.

    Args:
        directory: The folder to make.
        named: Its graphs; those of :func:`graphs` if left out.
    """
    directory.mkdir()
    (directory / GRAPH_FILE).write_bytes(to_nquads(graphs() if named is None else named))
    entry = DocumentEntry(
        file_name=FILE_NAME,
        slug="small-report",
        status="built",
        sha256=document().sha256,
        length=len(TEXT),
        cases=2,
        readings=20,
    )
    Manifest(package_version=__version__, documents=(entry,), files=file_digests(directory)).write(directory)
    return directory
