"""From the typed record to the graph of one document.

The graph has no blank nodes and no time stamps: every IRI is minted from the document's name, the place of a
statement in it, or the characters of its evidence, so that the same record gives the same graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from hfskg.attribution import activity_iri, curation_triples, curations_by_span, metadata_triples
from hfskg.background import Background
from hfskg.background_graph import add_mention, add_term
from hfskg.errors import InputError, VocabularyError
from hfskg.literals import decimal, integer
from hfskg.namespaces import DATA, HFS, OA, PREFIXES, PROV, QUDT, RDF, RDFS, document_iri
from hfskg.quotes import check_evidence, check_quotes
from hfskg.reading.document import Document
from hfskg.record import (
    AdverseEvent,
    Attribute,
    AttributeName,
    Case,
    Claim,
    ClinicalFinding,
    CriteriaStatement,
    Curation,
    Diagnosis,
    DocumentRecord,
    DrugAdministration,
    Encounter,
    Evidence,
    GeneticFinding,
    LaboratoryMeasurement,
    Outcome,
    PatientEvent,
    Procedure,
    Quantity,
    TermRef,
    Time,
    TreatmentResponse,
)
from hfskg.version import __version__

__all__ = ["check_evidence", "check_quotes", "record_graph"]


def record_graph(
    record: DocumentRecord, document: Document, ontology: Graph, background: Background | None = None
) -> Graph:
    """Return the graph of a document.

    Args:
        record: What was read.
        document: The document it was read from; gives the sentences around the quotes.
        ontology: The ontology; the words of the record ("present", "admission", "year") are the labels of its
            individuals.
        background: The background vocabularies, for what lies above their terms.

    Returns:
        The document's named graph, without blank nodes; its IRI is the graph's identifier.

    Raises:
        InputError: The record is of another document.
        VocabularyError: The ontology has no individual for a word of the record.
    """
    if record.sha256 != document.sha256:
        what = f"The record of {record.file_name} and the document {document.file_name} have different digests."
        raise InputError(what, "Give the document that the record was read from.")
    return _Writer(record, document, ontology, background or Background()).write()


_STATED = {"met": HFS.Met, "not met": HFS.NotMet}


class _Writer:
    """Writes one document's graph."""

    def __init__(self, record: DocumentRecord, document: Document, ontology: Graph, background: Background) -> None:
        self._background = background
        self._record = record
        self._document = document
        self._ontology = ontology
        self._words: dict[tuple[URIRef, str], URIRef] = {}
        self._curated = curations_by_span(record)
        self._iri = document_iri(record.file_name)
        self._graph = Graph(identifier=self._iri)
        for prefix, namespace in PREFIXES.items():
            self._graph.bind(prefix, namespace)

    def write(self) -> Graph:
        """Return the graph."""
        record, source, activity = self._record, self._iri, self._under(self._iri, "activity")
        agent = DATA[f"agent/hfskg-{__version__}"]
        self._add(source, RDF.type, HFS.SourceDocument)
        self._add(source, HFS.fileName, Literal(record.file_name))
        self._add(source, HFS.sha256, Literal(record.sha256))
        self._add(source, HFS.characterCount, integer(record.length))
        for triple in metadata_triples(record):
            self._add(*triple)
        self._add(activity, RDF.type, PROV.Activity)
        self._add(activity, PROV.used, source)
        self._add(activity, PROV.wasAssociatedWith, agent)
        self._add(agent, RDF.type, PROV.SoftwareAgent)
        self._add(agent, RDFS.label, Literal(f"hfskg {__version__}"))
        self._add(agent, HFS.version, Literal(__version__))
        if record.extraction is not None:
            self._extraction(activity, *record.extraction.split("==", 1))
        for case in record.cases:
            self._case(case)
        for number, claim in enumerate(record.claims, 1):
            self._claim(number, claim)
        for number, mention in enumerate(record.ungrounded, 1):
            node = self._under(source, f"ungrounded/{number}")
            add_mention(self._graph, node, source, mention)
            self._link(node, mention.evidence)
        return self._graph

    def _extraction(self, activity: URIRef, library: str, version: str) -> None:
        agent = DATA[f"agent/{library}-{version}"]
        self._add(activity, PROV.wasAssociatedWith, agent)
        self._add(agent, RDF.type, PROV.SoftwareAgent)
        self._add(agent, RDFS.label, Literal(f"{library} {version}"))
        self._add(agent, HFS.version, Literal(version))

    def _case(self, case: Case) -> None:
        patient = self._under(self._iri, f"case/{case.number}")
        self._add(patient, RDF.type, HFS.Patient)
        self._add(patient, HFS.describedIn, self._iri)
        self._add(patient, RDFS.label, Literal(case.label))
        self._add(patient, HFS.caseNumber, integer(case.number))
        self._link(patient, case.evidence)
        if case.age is not None:
            self._measured(patient, "age", case.age, (HFS.age, HFS.AgeObservation, HFS.TimeUnit))
        if case.sex is not None:
            self._sex(patient, case.sex)
        if case.weight is not None:
            kinds = HFS.bodyWeight, HFS.BodyWeightObservation, HFS.WeightUnit
            self._measured(patient, "weight", case.weight, kinds)
        numbers: Counter[str] = Counter()
        for event in sorted(case.events, key=lambda event: event.order):
            numbers[event.kind] += 1
            self._event(patient, self._under(patient, f"{event.kind}/{numbers[event.kind]}"), event)

    def _measured(
        self, patient: URIRef, name: AttributeName, told: Attribute, kinds: tuple[URIRef, URIRef, URIRef]
    ) -> None:
        """Add an attribute that is a number, given the relation to it, its class and the class of its units."""
        relation, observation, units = kinds
        node = self._under(patient, f"{name}/1")
        self._add(patient, relation, node)
        self._observation(node, patient, observation, told)
        self._add(node, QUDT.numericValue, self._number(name, told.value))
        if told.unit is not None:
            self._add(node, QUDT.unit, self._word(units, told.unit))

    def _number(self, what: str, told: str) -> Literal:
        try:
            value = Decimal(told)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            problem = f"{self._record.file_name}: the {what} {told!r} is no number."
            raise InputError(problem, f"Give the {what} as a decimal number.")
        return decimal(value)

    def _sex(self, patient: URIRef, sex: Attribute) -> None:
        node, value = self._under(patient, "sex/1"), self._word(HFS.Sex, sex.value)
        self._add(patient, HFS.sex, value)
        self._observation(node, patient, HFS.SexObservation, sex)
        self._add(node, HFS.sex, value)

    def _observation(self, node: URIRef, patient: URIRef, kind: URIRef, told: Attribute) -> None:
        self._add(node, RDF.type, kind)
        self._add(node, HFS.patient, patient)
        self._link(node, told.evidence)
        self._curation(node, told.curation)

    def _event(self, patient: URIRef, node: URIRef, event: PatientEvent) -> None:
        self._add(node, HFS.patient, patient)
        self._add(node, HFS.order, integer(event.order))
        self._time(node, event.time or Time())
        self._link(node, event.evidence)
        self._curation(node, event.curation)
        match event:
            case Diagnosis():
                self._kind(node, HFS.Diagnosis, {HFS.condition: event.condition})
                self._add(node, HFS.status, self._word(HFS.Status, event.status))
            case ClinicalFinding():
                self._kind(node, HFS.ClinicalFinding, {HFS.finding: event.finding})
                self._add(node, HFS.status, self._word(HFS.Status, event.status))
            case LaboratoryMeasurement():
                self._kind(node, HFS.LaboratoryMeasurement, {HFS.analyte: event.analyte})
                self._add(node, HFS.comparator, Literal(event.comparator))
                self._quantity(node, HFS.quantity, "quantity", event.quantity)
                self._quantity(node, HFS.standardQuantity, "standard-quantity", event.standard_quantity)
            case DrugAdministration():
                self._administration(node, event)
            case Procedure():
                self._kind(node, HFS.Procedure, {HFS.procedure: event.procedure})
            case AdverseEvent():
                self._kind(node, HFS.AdverseEvent, {HFS.adverseEffect: event.event, HFS.drug: event.drug})
            case GeneticFinding():
                self._kind(node, HFS.GeneticFinding, {HFS.gene: event.gene})
                self._add(node, HFS.status, self._word(HFS.Status, event.status))
                if event.zygosity is not None:
                    self._add(node, HFS.zygosity, self._word(HFS.Zygosity, event.zygosity))
                self._text(node, HFS.variant, event.variant)
            case Encounter():
                self._kind(node, HFS.Encounter, {})
                self._add(node, HFS.encounterType, self._word(HFS.EncounterType, event.encounter))
            case TreatmentResponse():
                self._kind(node, HFS.TreatmentResponse, {HFS.drug: event.drug})
                self._add(node, HFS.response, self._word(HFS.ResponseType, event.response))
            case CriteriaStatement():
                self._kind(node, HFS.CriteriaStatement, {HFS.criteriaSet: event.criteria})
                self._add(node, HFS.statedVerdict, _STATED[event.verdict])
            case Outcome():
                self._kind(node, HFS.Outcome, {})
                value = self._word(HFS.VitalStatus, event.outcome)
                self._add(node, HFS.vitalStatus, value)
                self._graph.set((patient, HFS.vitalStatus, value))

    def _administration(self, node: URIRef, event: DrugAdministration) -> None:
        self._kind(node, HFS.DrugAdministration, {HFS.drug: event.drug, HFS.route: event.route})
        self._quantity(node, HFS.dose, "dose", event.dose)
        self._quantity(node, HFS.normalizedDose, "normalized-dose", event.normalized_dose)
        self._text(node, HFS.frequency, event.frequency)
        self._text(node, HFS.duration, event.duration)
        if event.action is not None:
            self._add(node, HFS.action, self._word(HFS.Action, event.action))

    def _claim(self, number: int, claim: Claim) -> None:
        node = self._under(self._iri, f"claim/{number}")
        terms = {HFS.subject: claim.subject, HFS.relation: claim.relation, HFS.object: claim.object}
        self._kind(node, HFS.Claim, terms)
        self._add(node, HFS.claimedIn, self._iri)
        self._add(node, HFS.polarity, self._word(HFS.Polarity, claim.polarity))
        self._add(node, HFS.hedged, Literal(claim.hedged))
        self._add(node, HFS.order, integer(number))
        self._link(node, claim.evidence)
        self._curation(node, claim.curation)

    def _kind(self, node: URIRef, kind: URIRef, terms: Mapping[URIRef, TermRef | None]) -> None:
        self._add(node, RDF.type, kind)
        for relation, term in terms.items():
            if term is not None:
                self._add(node, relation, URIRef(term.iri))
                if term.grounding is not None and term.vocabulary is not None:
                    self._grounding(node, relation, term, term.grounding)

    def _grounding(self, node: URIRef, relation: URIRef, term: TermRef, grounding: str) -> None:
        self._add(node, HFS.grounding, self._word(HFS.Grounding, grounding))
        self._add(node, HFS.groundedBy, Literal(term.vocabulary))
        if (URIRef(term.iri), None, None) not in self._ontology:
            add_term(self._graph, term, relation, self._background)

    def _time(self, node: URIRef, time: Time) -> None:
        self._text(node, HFS.timePhrase, time.phrase)
        if time.earliest_day is not None and time.latest_day is not None:
            self._add(node, HFS.earliestDay, integer(time.earliest_day))
            self._add(node, HFS.latestDay, integer(time.latest_day))

    def _quantity(self, event: URIRef, relation: URIRef, name: str, quantity: Quantity | None) -> None:
        if quantity is None:
            return
        node = self._under(event, name)
        self._add(event, relation, node)
        self._add(node, RDF.type, HFS.Quantity)
        self._add(node, QUDT.numericValue, decimal(quantity.value))
        if quantity.unit is not None:
            self._add(node, QUDT.unit, URIRef(quantity.unit))

    def _link(self, node: URIRef, evidence: Iterable[Evidence]) -> None:
        nodes = [self._evidence(one) for one in evidence]
        self._add(node, HFS.primaryEvidence, nodes[0])
        for one in nodes:
            self._add(node, PROV.wasDerivedFrom, one)

    def _curation(self, node: URIRef, curation: Curation | None) -> None:
        if curation is not None:
            self._add(node, HFS.curationAction, self._word(HFS.CurationAction, curation.action))
            for triple in curation_triples(self._iri, node, curation):
                self._add(*triple)

    def _evidence(self, evidence: Evidence) -> URIRef:
        node = self._under(self._iri, f"evidence/{evidence.start}-{evidence.end}")
        quote, position = self._under(node, "quote"), self._under(node, "position")
        text = self._document.text
        start, end = self._document.sentence_span(evidence.start, evidence.end)
        self._add(node, RDF.type, HFS.Evidence)
        self._add(node, OA.hasSource, self._iri)
        self._add(node, OA.hasSelector, quote)
        self._add(node, OA.hasSelector, position)
        curation = self._curated.get((evidence.start, evidence.end))
        found_by = self._under(self._iri, "activity") if curation is None else activity_iri(self._iri, curation)
        self._add(node, PROV.wasGeneratedBy, found_by)
        self._add(quote, RDF.type, OA.TextQuoteSelector)
        self._add(quote, OA.exact, Literal(evidence.quote))
        self._add(quote, OA.prefix, Literal(text[start : evidence.start]))
        self._add(quote, OA.suffix, Literal(text[evidence.end : end]))
        self._add(position, RDF.type, OA.TextPositionSelector)
        self._add(position, OA.start, integer(evidence.start))
        self._add(position, OA.end, integer(evidence.end))
        return node

    def _word(self, kind: URIRef, label: str) -> URIRef:
        """Return the individual of a class that has a word of the record as its label."""
        key = kind, label
        if key not in self._words:
            named = (node for node in self._ontology.subjects(RDF.type, kind) if isinstance(node, URIRef))
            found = sorted(
                node for node in named if any(str(name) == label for name in self._ontology.objects(node, RDFS.label))
            )
            if not found:
                what = f"The ontology has no individual of {kind.n3(self._graph.namespace_manager)} labelled {label!r}."
                raise VocabularyError(what, "Restore it: the words of the record are labels of the ontology.")
            self._words[key] = found[0]
        return self._words[key]

    def _text(self, node: URIRef, relation: URIRef, text: str | None) -> None:
        if text is not None:
            self._add(node, relation, Literal(text))

    def _add(self, subject: Node, predicate: Node, value: Node) -> None:
        self._graph.add((subject, predicate, value))

    @staticmethod
    def _under(iri: URIRef, path: str) -> URIRef:
        return URIRef(f"{iri}/{path}")
