"""Write small graphs for the tests of the store and the queries, as a build would write them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph

import hfskg
from hfskg.namespaces import DATA, ONTOLOGY_GRAPH, PREFIXES
from hfskg.output import GRAPH_FILE, Manifest
from hfskg.store import LocalStore

ONTOLOGY_FILE = Path(__file__).parent / "queries" / "ontology.ttl"

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())


@dataclass
class Report:
    """One document, written event by event; terms are local names of the ontology."""

    name: str
    case: int = 0
    place: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.iri = DATA[self.name]
        self.add(f'<{self.iri}> a hfs:SourceDocument ; hfs:fileName "{self.name}.txt" .')
        self.add(f"<{self.iri}/activity> a prov:Activity ; prov:wasAssociatedWith data:agent .")
        self.add('data:agent a prov:SoftwareAgent ; rdfs:label "hfskg 0.0.0" .')

    def add(self, turtle: str) -> None:
        self.parts.append(turtle)

    def evidence(self, quote: str, *, primary: bool = True) -> str:
        """Mint evidence for a quote; return the predicates that link to it."""
        start, self.place = self.place, self.place + len(quote) + 20
        node = f"{self.iri}/evidence/{start}-{start + len(quote)}"
        self.add(
            f"<{node}> a hfs:Evidence ; oa:hasSource <{self.iri}> ; prov:wasGeneratedBy <{self.iri}/activity> ; "
            f"oa:hasSelector <{node}/quote> , <{node}/position> . "
            f'<{node}/quote> a oa:TextQuoteSelector ; oa:exact "{quote}" ; oa:prefix "Then " ; oa:suffix " again." . '
            f"<{node}/position> a oa:TextPositionSelector ; oa:start {start} ; oa:end {start + len(quote)} ."
        )
        return (f"hfs:primaryEvidence <{node}> ; " if primary else "") + f"prov:wasDerivedFrom <{node}>"

    def patient(self, *, sex: str = "", age: str = "", outcome: str = "") -> str:
        self.case += 1
        self.counts.clear()
        iri = f"{self.iri}/case/{self.case}"
        body = f'a hfs:Patient ; hfs:describedIn <{self.iri}> ; rdfs:label "Patient {self.case}" ; '
        body += f"hfs:caseNumber {self.case} ; "
        if sex:
            body += f"hfs:sex hfs:{sex} ; "
            self.add(f"<{iri}/sex/1> a hfs:SexObservation ; hfs:patient <{iri}> ; hfs:sex hfs:{sex} .")
        if age:
            body += f"hfs:age <{iri}/age/1> ; "
            self.add(f"<{iri}/age/1> a hfs:AgeObservation ; hfs:patient <{iri}> ; {quantity(age, 'Year')} .")
        if outcome:
            body += f"hfs:vitalStatus hfs:{outcome} ; "
            self.event("outcome", "Outcome", f"hfs:vitalStatus hfs:{outcome}", outcome.lower())
        self.add(f"<{iri}> {body}{self.evidence(f'patient {self.case}')} .")
        return iri

    def weight(self, kilograms: str) -> str:
        """Tell what the patient weighs; return the observation."""
        iri = f"{self.iri}/case/{self.case}/weight/1"
        self.add(f"<{self.iri}/case/{self.case}> hfs:bodyWeight <{iri}> .")
        self.add(
            f"<{iri}> a hfs:BodyWeightObservation ; hfs:patient <{self.iri}/case/{self.case}> ; "
            f"{quantity(kilograms, 'Kilogram')} ; {self.evidence(f'{kilograms} kg')} ."
        )
        return iri

    def event(
        self, kind: str, type_: str, body: str, quote: str, *, day: tuple[int, int] | int | None = None, time: str = ""
    ) -> str:
        count = self.counts[kind] = self.counts.get(kind, 0) + 1
        order = self.counts["order"] = self.counts.get("order", 0) + 1
        case = f"{self.iri}/case/{self.case}"
        iri = f"{case}/{kind}/{count}"
        if day is not None:
            earliest, latest = day if isinstance(day, tuple) else (day, day)
            body += f" ; hfs:earliestDay {earliest} ; hfs:latestDay {latest}"
        if time:
            body += f' ; hfs:timePhrase "{time}"'
        body = body.replace("{event}", iri)
        self.add(
            f"<{iri}> a hfs:{type_} ; hfs:patient <{case}> ; hfs:order {order} ; {body} ; {self.evidence(quote)} ."
        )
        return iri

    def diagnosis(self, term: str, status: str = "Present", *, day: int | None = None) -> str:
        body = f"hfs:condition hfs:{term} ; hfs:status hfs:{status}"
        return self.event("diagnosis", "Diagnosis", body, f"{term} told", day=day)

    def finding(self, term: str, status: str = "Present") -> str:
        body = f"hfs:finding hfs:{term} ; hfs:status hfs:{status}"
        return self.event("clinical-finding", "ClinicalFinding", body, f"{term} seen")

    def lab(
        self, term: str, value: str, unit: str = "NanogramPerMilliliter", *, comparator: str = "=", standard: str = "",
        day: tuple[int, int] | int | None = None, time: str = "",
    ) -> str:  # fmt: skip
        known = unit in ("NanogramPerMilliliter", "MilligramPerDeciliter")
        standard_unit = unit if known else "NanogramPerMilliliter"
        standard = standard or (value if known else "")
        body = f'hfs:analyte hfs:{term} ; hfs:comparator "{comparator}" ; hfs:quantity <{{event}}/quantity>'
        if standard:
            body += " ; hfs:standardQuantity <{event}/standard-quantity>"
        iri = self.event("laboratory-measurement", "LaboratoryMeasurement", body, f"{term} {value}", day=day, time=time)
        self.add(f"<{iri}/quantity> {quantity(value, unit)} .")
        if standard:
            self.add(f"<{iri}/standard-quantity> {quantity(standard, standard_unit)} .")
        return iri

    def drug(
        self, term: str, dose: str = "", unit: str = "", *, per_day: str = "", route: str = "", frequency: str = "",
        action: str = "", day: tuple[int, int] | int | None = None,
    ) -> str:  # fmt: skip
        body = f"hfs:drug hfs:{term}"
        body += " ; hfs:dose <{event}/dose>" if dose else ""
        body += " ; hfs:normalizedDose <{event}/normalized-dose>" if per_day else ""
        body += f" ; hfs:route hfs:{route}Route" if route else ""
        body += f' ; hfs:frequency "{frequency}"' if frequency else ""
        body += f" ; hfs:action hfs:{action}" if action else ""
        iri = self.event("drug-administration", "DrugAdministration", body, f"{term} {dose} given", day=day)
        if dose:
            self.add(f"<{iri}/dose> {quantity(dose, unit)} .")
        if per_day:
            self.add(f"<{iri}/normalized-dose> {quantity(per_day, 'MilligramPerKilogramPerDay')} .")
        return iri

    def response(self, response: str, drug: str = "") -> str:
        body = f"hfs:response hfs:{response}" + (f" ; hfs:drug hfs:{drug}" if drug else "")
        return self.event("treatment-response", "TreatmentResponse", body, f"{response} after {drug}")

    def curated(self, path: str, action: str = "Added", *, note: str = "", day: str = "") -> None:
        """Mark a statement of the document as curated."""
        activity = f"<{self.iri}/curation/curation-team/{day or 'undated'}>"
        told = f' ; hfs:curationNote "{note}"' if note else ""
        self.add(f"<{self.iri}/{path}> hfs:curationAction hfs:{action} ; prov:wasGeneratedBy {activity}{told} .")
        self.add(f"{activity} a prov:Activity , hfs:Curation ; prov:used <{self.iri}> .")
        self.add(f"{activity} prov:wasAssociatedWith data:agent-2 .")
        self.add(f'{activity} dcterms:date "{day}" .' if day else "")
        self.add('data:agent-2 a prov:Agent ; rdfs:label "curation team" .')

    def nquads(self) -> str:
        return nquads(HEAD + "\n".join(self.parts), str(self.iri))


def quantity(value: str, unit: str) -> str:
    told = f" ; qudt:unit hfs:{unit}" if unit else ""
    return f'a hfs:Quantity ; qudt:numericValue "{value}"^^xsd:decimal{told}'


def nquads(turtle: str, graph: str) -> str:
    quads = pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE)
    lines = (f"{quad.subject} {quad.predicate} {quad.object} <{graph}> .\n" for quad in quads)
    return "".join(sorted(set(lines)))


def example(name: str = "example") -> Report:
    """A document with a patient of whom much is told, and one of whom little is."""
    report = Report(name)
    report.patient(sex="Female", age="13.5", outcome="Alive")
    report.diagnosis("MacrophageActivationSyndrome", day=0)
    report.diagnosis("EbvInfection", "Excluded")
    report.diagnosis("Sepsis", "Suspected")
    report.finding("Fever")
    report.finding("Rash", "Absent")
    report.lab("Ferritin", "13200", day=0)
    report.lab("CReactiveProtein", "0.46", "MilligramPerDeciliter", comparator="<", time="on admission")
    report.drug("Anakinra", "2", "MilligramPerKilogramPerDay", route="Subcutaneous", action="Start", day=1)
    told = {"route": "Intravenous", "frequency": "every 6 hours", "action": "Increase"}
    report.drug("Anakinra", "2.50", "MilligramPerKilogram", per_day="10", day=3, **told)
    report.lab("Ferritin", "18000", "MicrogramPerLiter", standard="18000", day=45)
    report.response("Unchanged", "Anakinra")
    report.drug("Canakinumab", "4", "MilligramPerKilogram", route="Subcutaneous", action="Switch", day=45)
    report.lab("Ferritin", "4099", day=50)
    report.lab("Ferritin", "581", day=(80, 82), time="about day 80")
    report.lab("Ferritin", "900", time="at follow-up")
    report.event("adverse-event", "AdverseEvent", "hfs:adverseEffect hfs:Leukopenia ; hfs:drug hfs:Anakinra", "low")
    body = 'hfs:gene hfs:Gene_STXBP2 ; hfs:zygosity hfs:Heterozygous ; hfs:variant "c.1A>G" ; hfs:status hfs:Present'
    report.event("genetic-finding", "GeneticFinding", body, "a heterozygous change")
    report.event("genetic-finding", "GeneticFinding", "hfs:gene hfs:Gene_PRF1 ; hfs:status hfs:Absent", "PRF1 normal")
    report.event("procedure", "Procedure", "hfs:procedure hfs:BoneMarrowBiopsy", "marrow", day=2)
    report.event("encounter", "Encounter", "hfs:encounterType hfs:Discharge", "went home", day=90)
    body = "hfs:criteriaSet hfs:MAS2016 ; hfs:statedVerdict hfs:Met"
    stated = report.event("criteria-statement", "CriteriaStatement", body, "met some criteria", day=0)
    first = f"{report.iri}/case/1"
    report.add(
        f"<{first}/criterion/fever/0> a hfs:ItemResult ; hfs:patient <{first}> ; "
        "hfs:criterion hfs:MAS2016_Fever ; hfs:answer hfs:Met ; "
        "hfs:reading hfs:StrictReading , hfs:LenientReading ; hfs:scoreMinimum 2 ; "
        f"hfs:scoreMaximum 2 ; prov:wasDerivedFrom <{first}/clinical-finding/1> ."
    )
    report.add(
        f"<{first}/criterion/spleen/0> a hfs:ItemResult ; hfs:patient <{first}> ; "
        "hfs:criterion hfs:MAS2016_Spleen ; hfs:answer hfs:Undetermined ; "
        "hfs:reading hfs:StrictReading , hfs:LenientReading ; hfs:unknownReason hfs:NotTold ."
    )
    for reading, suffix in (("StrictReading", ""), ("LenientReading", "/lenient")):
        report.add(
            f"<{first}/criteria/HScore/0{suffix}> a hfs:CriteriaAssessment ; hfs:patient <{first}> ; "
            f"hfs:firstOrder 1 ; hfs:criteriaSet hfs:HScore ; hfs:day 0 ; "
            f"hfs:verdict hfs:Met ; hfs:reading hfs:{reading} ; "
            "hfs:scoreMinimum 170 ; hfs:scoreMaximum 200 ; hfs:probabilityMinimum 0.5471 ; "
            "hfs:probabilityMaximum 0.887 ; hfs:itemUnknown hfs:MAS2016_Spleen ."
        )
    report.add(
        f"<{first}/criteria/some/0> a hfs:CriteriaAssessment ; hfs:patient <{first}> ; "
        "hfs:criteriaSet hfs:MAS2016 ; hfs:day 0 ; hfs:firstOrder 1 ; hfs:verdict hfs:Undetermined ; "
        f'hfs:reading hfs:StrictReading , hfs:LenientReading ; hfs:version "1" ; hfs:statedBy <{stated}> ; '
        f"hfs:itemResult <{first}/criterion/fever/0> , <{first}/criterion/spleen/0> ; "
        "hfs:hangsOn hfs:MAS2016_Spleen ; "
        "hfs:itemMet hfs:MAS2016_Ferritin , hfs:MAS2016_Fever ; "
        "hfs:itemNotMet hfs:MAS2016_Cells ; hfs:itemUnknown hfs:MAS2016_Spleen ; "
        f"hfs:scoreMinimum 2 ; hfs:scoreMaximum 3 ; prov:wasDerivedFrom <{first}/clinical-finding/1> ."
    )
    start, high, low = (
        f"{first}/{path}" for path in ("drug-administration/1", "laboratory-measurement/1", "laboratory-measurement/4")
    )
    report.add(
        f"<{first}/derived/time-to-halving> a hfs:TimeToHalving ; hfs:patient <{first}> ; hfs:analyte hfs:Ferritin ; "
        "hfs:drug hfs:Anakinra ; hfs:dayCount 49 ; prov:wasGeneratedBy hfs:Rule_TimeToHalving ; "
        f"prov:wasDerivedFrom <{start}> , <{high}> , <{low}> ."
    )
    report.patient(sex="Male", outcome="Died")
    report.diagnosis("AdultOnsetStillDisease", "History")
    report.drug("Prednisone", "1", "MilligramPerKilogramPerDay")
    report.drug("Prednisone", action="Stop", day=4)
    report.response("Recurred", "Prednisone")
    report.lab("Ferritin", "450")
    report.add(
        f"<{report.iri}/claim/1> a hfs:Claim ; hfs:claimedIn <{report.iri}> ; hfs:subject hfs:Anakinra ; "
        "hfs:relation hfs:Treats ; hfs:object hfs:MacrophageActivationSyndrome ; hfs:polarity hfs:Affirmed ; "
        f"hfs:hedged true ; hfs:order 1 ; {report.evidence('anakinra may treat it')} ."
    )
    report.add(
        f"<{report.iri}/ungrounded/1> a hfs:UngroundedMention ; hfs:mentionedIn <{report.iri}> ; "
        f'rdfs:label "glowlimab" ; hfs:recognisedAs hfs:Drug ; {report.evidence("glowlimab")} .'
    )
    report.add(f"<{report.iri}> dcterms:license <https://example.org/licence> .")
    report.add(f'<{report.iri}> dcterms:identifier "doi:10.1000/182" .')
    for kind in ("adverse-event", "genetic-finding", "procedure"):
        report.curated(f"case/1/{kind}/1")
    report.curated("claim/1")
    report.curated("case/1/diagnosis/2", "Corrected")
    report.curated("case/1/clinical-finding/1", "Corrected")
    report.curated("case/1/laboratory-measurement/1", "Corrected", note="misread", day="2024-01-31")
    report.curated("case/1/drug-administration/1")
    report.curated("case/1/sex/1", "Corrected")
    report.curated("case/1/outcome/1")
    return report


def second() -> Report:
    """The document `second.txt`: one patient, given another drug without days."""
    report = Report("second")
    report.patient(age="41")
    report.diagnosis("MacrophageActivationSyndrome", "Suspected")
    report.finding("Fever", "Resolved")
    report.drug("Canakinumab", "150", "Milligram", day=10)
    report.lab("Ferritin", "9000", comparator=">", day=7)
    report.lab("Ferritin", "12", "", day=20)
    report.lab("CReactiveProtein", "8.20", "MilligramPerDeciliter", day=20)
    report.response("Improved", "Canakinumab")
    return report


def third() -> Report:
    """The document `third.txt`: a patient in whom one drug failed and another worked, and a claim about triggers."""
    report = Report("third")
    report.patient(sex="Female", outcome="Alive")
    report.diagnosis("MacrophageActivationSyndrome")
    report.diagnosis("EbvInfection")
    report.finding("BoneMarrowHemophagocytosis")
    report.lab("Ferritin", "30000", day=1)
    report.drug("Prednisone", "2", "MilligramPerKilogramPerDay")
    report.drug("Ciclosporin", route="Intravenous")
    report.response("Unchanged", "Ciclosporin")
    report.event("encounter", "Encounter", "hfs:encounterType hfs:IntensiveCare", "to intensive care", day=2)
    report.drug("Anakinra", "12", "MilligramPerKilogramPerDay", route="Intravenous", action="Start", day=2)
    report.response("Improved", "Anakinra")
    report.drug("Canakinumab", "4", "MilligramPerKilogram", route="Subcutaneous", action="Start", day=30)
    body = "hfs:response hfs:ResponseResolved ; hfs:drug hfs:Canakinumab"
    report.event("treatment-response", "TreatmentResponse", body, "remission under canakinumab", day=37)
    report.lab("Ferritin", "9000", day=6)
    report.lab("Ferritin", "300", day=40)
    report.drug("Prednisone", "0.5", "MilligramPerKilogramPerDay", action="Decrease", day=41)
    report.add(
        f"<{report.iri}/claim/1> a hfs:Claim ; hfs:claimedIn <{report.iri}> ; hfs:subject hfs:EbvInfection ; "
        "hfs:relation hfs:Triggers ; hfs:object hfs:MacrophageActivationSyndrome ; hfs:polarity hfs:Affirmed ; "
        f"hfs:hedged false ; hfs:order 1 ; {report.evidence('the virus triggers it')} ."
    )
    return report


def graph(*reports: Report) -> bytes:
    """The content of ``graph.nq`` for some reports, with the small ontology."""
    ontology = nquads(ONTOLOGY_FILE.read_text(encoding="utf-8"), str(ONTOLOGY_GRAPH))
    return "".join([ontology, *(report.nquads() for report in reports)]).encode()


def example_store() -> LocalStore:
    return LocalStore(graph(example(), second(), third()))


def write_folder(folder: Path, data: bytes) -> Path:
    """Write a graph folder with its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / GRAPH_FILE).write_bytes(data)
    files = {GRAPH_FILE: hashlib.sha256(data).hexdigest()}
    Manifest(package_version=hfskg.__version__, documents=(), files=files).write(folder)
    return folder
