"""Mutations: each breaks a good graph in one place, so that exactly one shape must object.

``minus`` takes statements away (``hfs:ANY`` stands for any object) and ``plus`` adds some; both are Turtle, relative
to the sample document.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph

from hfskg.namespaces import HFS, PREFIXES
from samples import evidence

BASE = "https://w3id.org/hfskg/data/small-report/"
HEAD = "".join(
    f"@prefix {name}: <{iri}> .\n" for name, iri in {**PREFIXES, "obo": "http://purl.obolibrary.org/obo/"}.items()
)

ADMISSION, FEVER, RASH = "<case/1/encounter/1>", "<case/1/diagnosis/1>", "<case/1/clinical-finding/1>"
FERRITIN, BIOPSY = "<case/1/laboratory-measurement/1>", "<case/1/procedure/1>"
ZILEMAB, HIVES = "<case/1/drug-administration/1>", "<case/1/adverse-event/1>"
GENE, RESPONSE, ALIVE = "<case/1/genetic-finding/1>", "<case/1/treatment-response/1>", "<case/1/outcome/1>"
QUANTITY = "<case/1/laboratory-measurement/1/quantity>"
STANDARD = "<case/1/laboratory-measurement/1/standard-quantity>"
DOSE, PER_DAY = "<case/1/drug-administration/1/dose>", "<case/1/drug-administration/1/normalized-dose>"
FERRITIN_QUOTE = "Ferritin was 18,000 ng/mL"


def span(quote: str) -> str:
    found = evidence(quote)
    return f"evidence/{found.start}-{found.end}"


SPAN = span(FERRITIN_QUOTE)
OTHER = f"<{span('alive')}>"


def quantity(node: str, value: str, unit: str) -> str:
    return f'{node} a hfs:Quantity ; qudt:numericValue "{value}"^^xsd:decimal ; qudt:unit {unit} .'


@dataclass(frozen=True)
class Mutation:
    shape: str
    minus: str = ""
    plus: str = ""

    def __str__(self) -> str:
        return self.shape

    def apply(self, graph: Graph) -> None:
        for s, p, o in parse(self.minus):
            wanted = (s, p, None if o == HFS.ANY else o)
            assert wanted in graph, f"{self.shape}: there is no {wanted} to take away"
            graph.remove(wanted)
        for triple in parse(self.plus):
            graph.add(triple)


def parse(turtle: str) -> Graph:
    return Graph().parse(data=f"@base <{BASE}> .\n{HEAD}{turtle}", format="turtle")


def without(shape: str, node: str, predicate: str) -> Mutation:
    """A statement is missing."""
    return Mutation(shape, f"{node} {predicate} hfs:ANY .")


def instead(shape: str, node: str, predicate: str, value: str) -> Mutation:
    """Another value stands there."""
    return Mutation(shape, f"{node} {predicate} hfs:ANY .", f"{node} {predicate} {value} .")


def besides(shape: str, node: str, predicate: str, value: str) -> Mutation:
    """A second value stands there."""
    return Mutation(shape, "", f"{node} {predicate} {value} .")


DOCUMENTS = [
    without("DocumentFileName", "data:small-report", "hfs:fileName"),
    besides("DocumentFileName", "data:small-report", "hfs:fileName", '"other.txt"'),
    instead("DocumentFileName", "data:small-report", "hfs:fileName", '""'),
    instead("DocumentDigest", "data:small-report", "hfs:sha256", '"ABC"'),
    without("DocumentDigest", "data:small-report", "hfs:sha256"),
    without("DocumentLength", "data:small-report", "hfs:characterCount"),
    instead("DocumentLength", "data:small-report", "hfs:characterCount", '"5000"'),
    besides("DocumentTitle", "data:small-report", "dcterms:title", '"Another title"'),
    besides("DocumentFormat", "data:small-report", "dcterms:format", '"PDF"'),
    besides("DocumentIdentifier", "data:small-report", "dcterms:identifier", '"10.1234/glow.5"'),
    besides("DocumentLicence", "data:small-report", "dcterms:license", '"free"'),
    without("ReadingSource", "<activity>", "prov:used"),
    besides("ReadingSource", "<activity>", "prov:used", "<other>"),
    without("ReadingAgent", "<activity>", "prov:wasAssociatedWith"),
    instead("ReadingAgent", "<activity>", "prov:wasAssociatedWith", "<case/1>"),
    without("AgentLabel", "<AGENT>", "rdfs:label"),
    without("AgentVersion", "<AGENT>", "hfs:version"),
]

NEW_PATIENT = f"""<case/3> a hfs:Patient ; hfs:describedIn data:small-report ; rdfs:label "Patient 3" ;
    hfs:caseNumber 3 ; hfs:primaryEvidence <{SPAN}> ; prov:wasDerivedFrom <{SPAN}> ."""
DEATH = f"""<case/1/outcome/2> a hfs:Outcome ; hfs:patient <case/1> ; hfs:order 99 ; hfs:vitalStatus hfs:Died ;
    hfs:primaryEvidence <{SPAN}> ; prov:wasDerivedFrom <{SPAN}> ."""

WEIGHT = f"""<case/1> hfs:bodyWeight <case/1/weight/1> .
<case/1/weight/1> a hfs:BodyWeightObservation ; hfs:patient <case/1> ; qudt:numericValue "24.5"^^xsd:decimal ;
    qudt:unit hfs:Kilogram ; hfs:primaryEvidence <{SPAN}> ; prov:wasDerivedFrom <{SPAN}> ."""


def weighed(shape: str, told: str, instead_of_it: str) -> Mutation:
    """A weight is told, wrongly."""
    assert told in WEIGHT
    return Mutation(shape, "", WEIGHT.replace(told, instead_of_it))


PATIENTS = [
    without("PatientDocument", "<case/1>", "hfs:describedIn"),
    besides("PatientDocument", "<case/1>", "hfs:describedIn", "<other>"),
    without("PatientLabel", "<case/1>", "rdfs:label"),
    without("PatientNumber", "<case/1>", "hfs:caseNumber"),
    instead("PatientNumber", "<case/1>", "hfs:caseNumber", "0"),
    besides("PatientAge", "<case/1>", "hfs:age", "<case/2/age/1>"),
    instead("PatientAge", "<case/1>", "hfs:age", "<case/1/sex/1>"),
    besides("PatientSex", "<case/1>", "hfs:sex", "hfs:Male"),
    weighed("PatientWeight", "<case/1> hfs:bodyWeight", "<case/1> hfs:bodyWeight <case/1/age/1> ,"),
    weighed("WeightPatient", "hfs:patient <case/1> ; ", ""),
    weighed("WeightValue", '"24.5"', '"0"'),
    weighed("WeightValue", 'qudt:numericValue "24.5"^^xsd:decimal ;', ""),
    weighed("WeightUnit", "hfs:Kilogram", "hfs:Year"),
    weighed("WeightPlausible", '"24.5"', '"2450"'),
    besides("PatientVitalStatus", "<case/1>", "hfs:vitalStatus", "hfs:Died"),
    instead("PatientVitalStatus", "<case/1>", "hfs:vitalStatus", "hfs:Present"),
    Mutation("PatientStory", "", NEW_PATIENT),
    Mutation("PatientOutcomes", "", DEATH),
    instead("PatientOrder", FEVER, "hfs:order", "1"),
    without("AgePatient", "<case/1/age/1>", "hfs:patient"),
    without("AgeValue", "<case/1/age/1>", "qudt:numericValue"),
    instead("AgeValue", "<case/1/age/1>", "qudt:numericValue", '"-1"^^xsd:decimal'),
    instead("AgeValue", "<case/1/age/1>", "qudt:numericValue", "7"),
    without("AgeUnit", "<case/1/age/1>", "qudt:unit"),
    instead("AgeUnit", "<case/1/age/1>", "qudt:unit", "hfs:MilligramPerLiter"),
    instead("AgePlausible", "<case/1/age/1>", "qudt:numericValue", '"150"^^xsd:decimal'),
    without("SexPatient", "<case/1/sex/1>", "hfs:patient"),
    without("SexValue", "<case/1/sex/1>", "hfs:sex"),
    instead("SexAgrees", "<case/1>", "hfs:sex", "hfs:Male"),
]

EVENTS = [
    besides("EventKind", ADMISSION, "a", "hfs:PatientEvent"),
    without("EventPatient", ADMISSION, "hfs:patient"),
    besides("EventPatient", BIOPSY, "hfs:patient", "<case/2>"),
    without("EventPlace", ADMISSION, "hfs:order"),
    instead("EventPlace", ADMISSION, "hfs:order", "0"),
    instead("EventPlace", ADMISSION, "hfs:order", '"first"'),
    besides("EventPhrase", FERRITIN, "hfs:timePhrase", '"later"'),
    instead("EventPhrase", FERRITIN, "hfs:timePhrase", '""'),
    besides("EventEarliestDay", FERRITIN, "hfs:earliestDay", "2"),
    instead("EventEarliestDay", FERRITIN, "hfs:earliestDay", "2.5"),
    besides("EventLatestDay", FERRITIN, "hfs:latestDay", "9"),
    instead("EventDays", FERRITIN, "hfs:earliestDay", "5"),
    without("EventInterval", FERRITIN, "hfs:latestDay"),
    without("EventInterval", FERRITIN, "hfs:earliestDay"),
    without("DiagnosisCondition", FEVER, "hfs:condition"),
    instead("ConditionTerm", FEVER, "hfs:condition", "hfs:Rash"),
    besides("DiagnosisCondition", FEVER, "hfs:condition", "hfs:CorvinSyndrome"),
    instead("DiagnosisStatus", FEVER, "hfs:status", "hfs:Resolved"),
    without("DiagnosisStatus", FEVER, "hfs:status"),
    without("FindingNamed", RASH, "hfs:finding"),
    instead("FindingTerm", RASH, "hfs:finding", "hfs:CorvinSyndrome"),
    instead("FindingStatus", RASH, "hfs:status", "hfs:Suspected"),
    without("FindingStatus", RASH, "hfs:status"),
    without("MeasurementAnalyte", FERRITIN, "hfs:analyte"),
    instead("MeasurementComparator", FERRITIN, "hfs:comparator", '"~"'),
    without("MeasurementComparator", FERRITIN, "hfs:comparator"),
    Mutation(
        "MeasurementQuantity",
        f"{FERRITIN} hfs:quantity hfs:ANY . {QUANTITY} a hfs:ANY ; qudt:numericValue hfs:ANY ; qudt:unit hfs:ANY .",
    ),
    Mutation(
        "MeasurementStandardQuantity",
        "",
        f"{FERRITIN} hfs:standardQuantity <q> . {quantity('<q>', '1', 'hfs:NanogramPerMilliliter')}",
    ),
    without("AdministrationDrug", ZILEMAB, "hfs:drug"),
    instead("DrugTerm", ZILEMAB, "hfs:drug", "hfs:Rash"),
    Mutation("AdministrationDose", "", f"{ZILEMAB} hfs:dose <q> . {quantity('<q>', '1', 'hfs:MilligramPerKilogram')}"),
    Mutation(
        "AdministrationNormalizedDose",
        "",
        f"{ZILEMAB} hfs:normalizedDose <q> . {quantity('<q>', '1', 'hfs:MilligramPerKilogramPerDay')}",
    ),
    instead("RouteTerm", ZILEMAB, "hfs:route", "hfs:Rash"),
    Mutation(
        "AdministrationRoute",
        "",
        f"{ZILEMAB} hfs:route hfs:OralRoute .",
    ),
    besides("AdministrationFrequency", ZILEMAB, "hfs:frequency", '"daily"'),
    besides("AdministrationDuration", ZILEMAB, "hfs:duration", '"for a day"'),
    instead("AdministrationAction", ZILEMAB, "hfs:action", "hfs:Present"),
    besides("AdministrationAction", ZILEMAB, "hfs:action", "hfs:Stop"),
    without("ProcedureNamed", BIOPSY, "hfs:procedure"),
    instead("ProcedureTerm", BIOPSY, "hfs:procedure", "hfs:Rash"),
    without("AdverseEffect", HIVES, "hfs:adverseEffect"),
    instead("EffectTerm", HIVES, "hfs:adverseEffect", "hfs:Zilemab"),
    without("AdverseEventDrug", HIVES, "hfs:drug"),
    instead("DrugTerm", HIVES, "hfs:drug", "hfs:Rash"),
    instead("GeneTerm", GENE, "hfs:gene", "hfs:Rash"),
    without("GeneticFindingGene", GENE, "hfs:gene"),
    instead("GeneticFindingStatus", GENE, "hfs:status", "hfs:Resolved"),
    besides("GeneticFindingZygosity", GENE, "hfs:zygosity", "hfs:Homozygous"),
    instead("GeneticFindingZygosity", GENE, "hfs:zygosity", "hfs:Present"),
    besides("GeneticFindingVariant", GENE, "hfs:variant", '"c.2A>G"'),
    instead("GeneticFindingAbsent", GENE, "hfs:status", "hfs:Absent"),
    without("EncounterType", ADMISSION, "hfs:encounterType"),
    instead("EncounterType", ADMISSION, "hfs:encounterType", "hfs:Present"),
    without("ResponseType", RESPONSE, "hfs:response"),
    instead("ResponseType", RESPONSE, "hfs:response", "hfs:Present"),
    besides("ResponseDrug", RESPONSE, "hfs:drug", "hfs:Saltwater"),
    without("OutcomeValue", ALIVE, "hfs:vitalStatus"),
    instead("OutcomeValue", ALIVE, "hfs:vitalStatus", "hfs:Present"),
]

NEW_EVIDENCE = f"""<evidence/0-1> a hfs:Evidence ; oa:hasSource data:small-report ; prov:wasGeneratedBy <activity> ;
    oa:hasSelector <{SPAN}/quote> , <{SPAN}/position> ."""
NEW_DOCUMENT = f"""<other> a hfs:SourceDocument ; hfs:fileName "o.txt" ; hfs:sha256 "{"0" * 64}" ;
    hfs:characterCount 9999 ."""

EVIDENCE = [
    without("StatementPrimaryEvidence", RASH, "hfs:primaryEvidence"),
    besides("StatementPrimaryEvidence", FERRITIN, "hfs:primaryEvidence", f"<{span('on day 3')}>"),
    without("StatementPrimaryEvidence", "<case/1>", "hfs:primaryEvidence"),
    without("StatementPrimaryEvidence", "<claim/1>", "hfs:primaryEvidence"),
    without("StatementEvidence", RASH, "prov:wasDerivedFrom"),
    besides("StatementEvidence", RASH, "prov:wasDerivedFrom", FEVER),
    instead("StatementAllEvidence", RASH, "prov:wasDerivedFrom", OTHER),
    without("EvidenceSource", f"<{SPAN}>", "oa:hasSource"),
    without("EvidenceReading", f"<{SPAN}>", "prov:wasGeneratedBy"),
    Mutation(
        "EvidenceSameDocument", f"<{SPAN}> oa:hasSource hfs:ANY .", f"<{SPAN}> oa:hasSource <other> . {NEW_DOCUMENT}"
    ),
    Mutation("EvidenceQuote", f"<{SPAN}> oa:hasSelector <{SPAN}/quote> ."),
    Mutation("EvidencePosition", f"<{SPAN}> oa:hasSelector <{SPAN}/position> ."),
    Mutation("EvidenceUsed", "", NEW_EVIDENCE),
    without("EvidenceQuote", f"<{SPAN}/quote>", "oa:exact"),
    instead("QuoteExact", f"<{SPAN}/quote>", "oa:exact", f'"{FERRITIN_QUOTE}"@en'),
    without("QuotePrefix", f"<{SPAN}/quote>", "oa:prefix"),
    without("QuoteSuffix", f"<{SPAN}/quote>", "oa:suffix"),
    without("EvidencePosition", f"<{SPAN}/position>", "oa:start"),
    instead("PositionStart", f"<{SPAN}/position>", "oa:start", f"{evidence(FERRITIN_QUOTE).start}.0"),
    without("PositionEnd", f"<{SPAN}/position>", "oa:end"),
    instead("PositionOrder", f"<{SPAN}/position>", "oa:start", "9999"),
    instead("EvidenceLength", f"<{SPAN}/position>", "oa:start", "1"),
    instead("EvidenceLength", f"<{SPAN}/quote>", "oa:exact", '"Ferritin was 18,000 ng"'),
    instead("EvidenceInText", "data:small-report", "hfs:characterCount", "50"),
]

QUANTITIES = [
    without("QuantityValue", STANDARD, "qudt:numericValue"),
    instead("QuantityValue", STANDARD, "qudt:numericValue", "18000"),
    besides("QuantityValue", QUANTITY, "qudt:numericValue", "1.5"),
    Mutation("QuantityUsed", "", quantity("<q>", "1", "hfs:MilligramPerLiter")),
    without("MeasurementUnit", QUANTITY, "qudt:unit"),
    instead("MeasurementUnitAllowed", QUANTITY, "qudt:unit", "hfs:MilligramPerLiter"),
    instead("MeasurementStandardUnit", STANDARD, "qudt:unit", "hfs:MilligramPerLiter"),
    instead("MeasurementPlausible", STANDARD, "qudt:numericValue", '"500000.1"^^xsd:decimal'),
    instead("MeasurementPlausible", STANDARD, "qudt:numericValue", '"0.01"^^xsd:decimal'),
    instead("DosePositive", DOSE, "qudt:numericValue", '"0"^^xsd:decimal'),
    instead("NormalizedDosePositive", PER_DAY, "qudt:numericValue", '"-4"^^xsd:decimal'),
    without("DoseHasUnit", DOSE, "qudt:unit"),
    Mutation(
        "DoseUnit",
        f"{DOSE} qudt:unit hfs:ANY . {ZILEMAB} hfs:normalizedDose hfs:ANY . "
        f"{PER_DAY} a hfs:ANY ; qudt:numericValue hfs:ANY ; qudt:unit hfs:ANY .",
        f"{DOSE} qudt:unit hfs:NanogramPerMilliliter .",
    ),
    Mutation(
        "NormalizedDoseTold",
        f"{ZILEMAB} hfs:dose hfs:ANY . {DOSE} a hfs:ANY ; qudt:numericValue hfs:ANY ; qudt:unit hfs:ANY .",
    ),
    instead("NormalizedDoseUnit", PER_DAY, "qudt:unit", "hfs:MilligramPerKilogram"),
]

CLAIMS = [
    without("ClaimDocument", "<claim/1>", "hfs:claimedIn"),
    without("ClaimSubject", "<claim/1>", "hfs:subject"),
    without("ClaimRelation", "<claim/1>", "hfs:relation"),
    instead("ClaimRelation", "<claim/1>", "hfs:relation", "hfs:Present"),
    without("ClaimObject", "<claim/1>", "hfs:object"),
    instead("ClaimTerms", "<claim/1>", "hfs:object", "hfs:Zilemab"),
    without("ClaimPolarity", "<claim/1>", "hfs:polarity"),
    instead("ClaimHedged", "<claim/1>", "hfs:hedged", '"maybe"'),
    without("ClaimPlace", "<claim/1>", "hfs:order"),
]

TERMS_OF_THE_DOCUMENT = [
    Mutation("TermDeclared", "hfs:Rash a owl:Class ."),
    without("TermLabel", "hfs:Rash", "rdfs:label"),
    besides("TermLabel", "hfs:Rash", "rdfs:label", '"exanthem"@en'),
    without("UnitLabel", "hfs:NanogramPerMilliliter", "rdfs:label"),
    without("WordLabel", "hfs:Start", "rdfs:label"),
    Mutation("QuantityUnit", "hfs:NanogramPerMilliliter a hfs:LaboratoryUnit ."),
    Mutation("AnalyteTerm", "hfs:Ferritin rdfs:subClassOf hfs:Analyte ."),
    Mutation("RouteTerm", "hfs:IntravenousRoute rdfs:subClassOf hfs:Route ."),
]

ONTOLOGY = [
    without("OntologyClass", "hfs:Rash", "rdfs:label"),
    instead("OntologyClass", "hfs:Rash", "rdfs:label", '"rash"'),
    without("OntologyDefinition", "hfs:Rash", "obo:IAO_0000115"),
    without("OntologyDefinition", "hfs:Rash", "obo:IAO_0000119"),
    without("DrugTarget", "hfs:Saltwater", "hfs:noTargetReason"),
    Mutation("TargetProtein", "hfs:Protein_TST1 rdfs:subClassOf hfs:ANY . hfs:Gene_TST1 hfs:geneProduct hfs:ANY ."),
    Mutation("AnalyteUnit", "hfs:Ferritin hfs:standardUnit hfs:ANY ; hfs:allowedUnit hfs:ANY ."),
    Mutation(
        "AnalyteStandardUnit",
        "",
        """hfs:CReactiveProtein hfs:standardUnit hfs:MilligramPerDeciliter .
        hfs:Conv_Back a hfs:UnitConversion ; hfs:fromUnit hfs:MilligramPerLiter ;
            hfs:toUnit hfs:MilligramPerDeciliter ; hfs:multiplier 0.1 .""",
    ),
    besides("AnalyteAllowedUnit", "hfs:Hives", "hfs:allowedUnit", "hfs:Present"),
    without("AnalyteStandardAllowed", "hfs:Ferritin", "hfs:allowedUnit"),
    instead("AnalyteMinimum", "hfs:Ferritin", "hfs:plausibleMinimum", "1"),
    besides("AnalyteMaximum", "hfs:Ferritin", "hfs:plausibleMaximum", "600000.0"),
    instead("AnalyteRange", "hfs:Ferritin", "hfs:plausibleMinimum", "500000.0"),
    without("AbnormalFinding", "hfs:IncreasedFerritin", "hfs:direction"),
    without("DirectedFinding", "hfs:IncreasedFerritin", "hfs:abnormalityOf"),
    instead("GeneProduct", "hfs:Gene_TST1", "hfs:geneProduct", "hfs:Rash"),
    without("OntologyUnitLabel", "hfs:Year", "rdfs:label"),
    without("OntologyUnitCode", "hfs:Year", "qudt:ucumCode"),
    instead("OntologyUnitPerDay", "hfs:MilligramPerKilogram", "hfs:perDayUnit", "hfs:Year"),
    besides("ConversionFrom", "hfs:Conv_MilligramPerDeciliter_MilligramPerLiter", "hfs:fromUnit", "hfs:Year"),
    besides("ConversionTo", "hfs:Conv_MilligramPerDeciliter_MilligramPerLiter", "hfs:toUnit", "hfs:Year"),
    Mutation(
        "ConversionUnits",
        "",
        "hfs:Conv_Same a hfs:UnitConversion ; hfs:fromUnit hfs:Year ; hfs:toUnit hfs:Year ; hfs:multiplier 1.0 .",
    ),
    instead("ConversionFactor", "hfs:Conv_MilligramPerDeciliter_MilligramPerLiter", "hfs:multiplier", "0.0"),
    without("OntologyWordLabel", "hfs:Start", "rdfs:label"),
]

MENTION = f"<ungrounded/1> a hfs:UngroundedMention ; hfs:primaryEvidence <{SPAN}> ; prov:wasDerivedFrom <{SPAN}>"
VOCABULARIES = [
    Mutation("GroundingKind", "", f'{RASH} hfs:groundedBy "lamps" .'),
    Mutation("GroundingVocabulary", "", f"{RASH} hfs:grounding hfs:Exact . hfs:Exact a hfs:Grounding ."),
    Mutation("BackgroundTermAbove", "", '<x> hfs:vocabulary "lamps" .'),
    Mutation("UngroundedDocument", "", f'{MENTION} ; rdfs:label "glowlimab" ; hfs:recognisedAs hfs:Drug .'),
    Mutation("UngroundedLabel", "", f"{MENTION} ; hfs:mentionedIn <../small-report> ; hfs:recognisedAs hfs:Drug ."),
    Mutation(
        "UngroundedClass",
        "",
        f'{MENTION} ; hfs:mentionedIn <../small-report> ; rdfs:label "glow" ; hfs:recognisedAs hfs:Gene .',
    ),
]

OF_DOCUMENTS = [*DOCUMENTS, *PATIENTS, *EVENTS, *EVIDENCE, *QUANTITIES, *CLAIMS, *VOCABULARIES]
