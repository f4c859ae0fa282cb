"""From the record to the graph, by example and by properties that hold for every record."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef

from hfskg.errors import EvidenceError, InputError, VocabularyError
from hfskg.export import to_nquads, to_turtle
from hfskg.graph import check_evidence, check_quotes, record_graph
from hfskg.namespaces import DATA, DCTERMS, HFS, OA, PROV, QUDT, RDF, XSD
from hfskg.reading.document import Document
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
    LaboratoryMeasurement,
    Outcome,
    PatientEvent,
    Quantity,
    Time,
)
from samples import FILE_NAME, TEXT, document, evidence, ontology, record, term
from stated import with_criteria_statement

IRI = DATA["small-report"]
CASE = DATA["small-report/case/1"]
STATEMENTS = (HFS.Patient, HFS.AgeObservation, HFS.SexObservation, HFS.BodyWeightObservation, HFS.Claim)


def graph() -> Graph:
    return record_graph(record(), document(), ontology())


def integer(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def decimal(value: str) -> Literal:
    return Literal(value, datatype=XSD.decimal)


def test_the_document_and_how_it_was_read() -> None:
    g = graph()
    assert g.identifier == IRI
    assert (IRI, RDF.type, HFS.SourceDocument) in g
    assert (IRI, HFS.fileName, Literal(FILE_NAME)) in g
    assert (IRI, HFS.characterCount, integer(len(TEXT))) in g
    activity = DATA["small-report/activity"]
    assert (activity, PROV.used, IRI) in g
    assert str(g.value(activity, PROV.wasAssociatedWith)).startswith(f"{DATA}agent/hfskg-")


def test_a_patient() -> None:
    g = graph()
    assert (CASE, HFS.describedIn, IRI) in g
    assert (CASE, HFS.caseNumber, integer(1)) in g
    assert (CASE, HFS.sex, HFS.Female) in g
    assert (CASE, HFS.vitalStatus, HFS.Alive) in g
    age = g.value(CASE, HFS.age)
    assert age == DATA["small-report/case/1/age/1"]
    assert (age, QUDT.numericValue, decimal("7")) in g
    assert (age, QUDT.unit, HFS.Year) in g
    assert (DATA["small-report/case/1/sex/1"], HFS.patient, CASE) in g


def test_a_weight() -> None:
    first = record().cases[0]
    weighed = first.model_copy(update={"weight": Attribute(value="24.5", unit="kg", evidence=first.evidence)})
    g = record_graph(record().model_copy(update={"cases": (weighed,)}), document(), ontology())
    node = g.value(CASE, HFS.bodyWeight)
    assert (node, RDF.type, HFS.BodyWeightObservation) in g and (node, HFS.patient, CASE) in g
    assert (node, QUDT.numericValue, decimal("24.5")) in g and (node, QUDT.unit, HFS.Kilogram) in g


def test_events_are_numbered_within_their_kind() -> None:
    g = graph()
    assert (DATA["small-report/case/1/diagnosis/1"], HFS.condition, HFS.GranularFever) in g
    assert (DATA["small-report/case/1/diagnosis/2"], HFS.condition, HFS.CorvinSyndrome) in g
    assert (DATA["small-report/case/1/diagnosis/2"], HFS.status, HFS.Excluded) in g
    assert (DATA["small-report/case/2/diagnosis/1"], HFS.status, HFS.Present) in g


def test_a_laboratory_measurement() -> None:
    g = graph()
    event = DATA["small-report/case/1/laboratory-measurement/2"]
    assert (event, HFS.comparator, Literal("<")) in g
    quantity, standard = URIRef(f"{event}/quantity"), URIRef(f"{event}/standard-quantity")
    assert (event, HFS.quantity, quantity) in g
    assert (quantity, QUDT.numericValue, decimal("0.5")) in g
    assert (quantity, QUDT.unit, HFS.MilligramPerDeciliter) in g
    assert (standard, QUDT.numericValue, decimal("5.0")) in g


def test_a_time() -> None:
    g = graph()
    event = DATA["small-report/case/1/laboratory-measurement/1"]
    assert (event, HFS.timePhrase, Literal("on day 3")) in g
    assert (event, HFS.earliestDay, integer(3)) in g
    assert (event, HFS.latestDay, integer(3)) in g
    assert (DATA["small-report/case/1/diagnosis/1"], HFS.timePhrase, None) not in g


def test_a_treatment() -> None:
    g = graph()
    event = DATA["small-report/case/1/drug-administration/1"]
    assert (event, HFS.drug, HFS.Zilemab) in g
    assert (event, HFS.route, HFS.IntravenousRoute) in g
    assert (event, HFS.action, HFS.Start) in g
    assert (event, HFS.frequency, Literal("twice a day")) in g
    assert (URIRef(f"{event}/dose"), QUDT.numericValue, decimal("2")) in g
    assert (URIRef(f"{event}/normalized-dose"), QUDT.unit, HFS.MilligramPerKilogramPerDay) in g


def test_words_that_two_lists_share_keep_apart() -> None:
    g = graph()
    resolved = DATA["small-report/case/1/clinical-finding/2"]
    assert (resolved, HFS.status, HFS.Resolved) in g
    case = record().cases[0]
    events = [e.model_copy(update={"response": "resolved"}) for e in case.events if e.kind == "treatment-response"]
    changed = record().model_copy(update={"cases": (case.model_copy(update={"events": tuple(events)}),)})
    g = record_graph(changed, document(), ontology())
    assert (DATA["small-report/case/1/treatment-response/1"], HFS.response, HFS.ResponseResolved) in g


def test_the_other_kinds() -> None:
    g = graph()
    expected = {
        ("genetic-finding", HFS.gene): HFS.Gene_TST1,
        ("genetic-finding", HFS.zygosity): HFS.Heterozygous,
        ("genetic-finding", HFS.variant): Literal("c.1A>G"),
        ("procedure", HFS.procedure): HFS.MarrowBiopsy,
        ("adverse-event", HFS.adverseEffect): HFS.Hives,
        ("adverse-event", HFS.drug): HFS.Zilemab,
        ("encounter", HFS.encounterType): HFS.Admission,
        ("treatment-response", HFS.response): HFS.Improved,
        ("treatment-response", HFS.drug): HFS.Zilemab,
        ("outcome", HFS.vitalStatus): HFS.Alive,
    }
    assert {key: g.value(DATA[f"small-report/case/1/{key[0]}/1"], key[1]) for key in expected} == expected


def test_what_authors_say_of_criteria() -> None:
    g = record_graph(with_criteria_statement(), document(), ontology())
    said = DATA["small-report/case/1/criteria-statement/1"]
    assert (said, RDF.type, HFS.CriteriaStatement) in g
    assert (said, HFS.criteriaSet, HFS.SmallCriteria) in g
    assert (said, HFS.statedVerdict, HFS.Met) in g


def test_a_claim() -> None:
    g = graph()
    claim = DATA["small-report/claim/1"]
    assert (claim, HFS.claimedIn, IRI) in g
    assert (claim, HFS.subject, HFS.Zilemab) in g
    assert (claim, HFS.relation, HFS.Triggers) in g
    assert (claim, HFS.object, HFS.GranularFever) in g
    assert (claim, HFS.polarity, HFS.Affirmed) in g
    assert (claim, HFS.hedged, Literal(True)) in g


def test_evidence_is_a_selector_with_its_sentence_around() -> None:
    g = graph()
    found = evidence("Ferritin was 18,000 ng/mL")
    node = DATA[f"small-report/evidence/{found.start}-{found.end}"]
    quote, position = URIRef(f"{node}/quote"), URIRef(f"{node}/position")
    assert (node, OA.hasSource, IRI) in g
    assert (quote, OA.exact, Literal("Ferritin was 18,000 ng/mL")) in g
    assert (quote, OA.prefix, Literal("")) in g
    assert (quote, OA.suffix, Literal(" on day 3, and CRP was <0.5 mg/dL.")) in g
    assert (position, OA.start, integer(found.start)) in g
    assert (position, OA.end, integer(found.end)) in g


def test_the_first_evidence_is_the_primary_one() -> None:
    g = graph()
    event = DATA["small-report/case/1/laboratory-measurement/1"]
    first = evidence("Ferritin was 18,000 ng/mL")
    assert g.value(event, HFS.primaryEvidence) == DATA[f"small-report/evidence/{first.start}-{first.end}"]
    assert len(list(g.objects(event, PROV.wasDerivedFrom))) == 2


def test_the_last_outcome_counts() -> None:
    case = record().cases[0]
    died = Outcome(order=14, outcome="died", evidence=(evidence("died"),))
    changed = case.model_copy(update={"events": (died, *case.events)})
    g = record_graph(record().model_copy(update={"cases": (changed,)}), document(), ontology())
    assert list(g.objects(CASE, HFS.vitalStatus)) == [HFS.Died]


def test_a_record_of_another_document_is_refused() -> None:
    other = record().model_copy(update={"sha256": "0" * 64})
    with pytest.raises(InputError, match="different digests"):
        record_graph(other, document(), ontology())


def test_an_ontology_without_a_word_is_refused() -> None:
    with pytest.raises(VocabularyError, match="labelled 'year'"):
        record_graph(record(), document(), Graph())


@pytest.mark.parametrize("told", ["seven", "NaN", "Infinity"])
def test_an_age_that_is_no_number_is_refused(told: str) -> None:
    case = record().cases[0]
    age = Attribute(value=told, unit="year", evidence=case.evidence)
    changed = record().model_copy(update={"cases": (case.model_copy(update={"age": age}),)})
    with pytest.raises(InputError, match="is no number"):
        record_graph(changed, document(), ontology())


def with_quote(quote: str, start: int) -> DocumentRecord:
    wrong = Evidence(start=start, end=start + len(quote), quote=quote)
    case = record().cases[0]
    outcome = Outcome(order=1, outcome="alive", evidence=(wrong,))
    return record().model_copy(update={"cases": (case.model_copy(update={"events": (outcome,)}),)})


@pytest.mark.parametrize(
    ("quote", "start", "told"),
    [
        ("alive", 0, "the offsets are wrong"),
        ("on day\n3", 0, "other blanks or line ends"),
        ("FERRITIN WAS", 0, "other capitals"),
        ("never written", 0, "stands nowhere"),
        ("alive", len(TEXT) + 10, "the text ends before"),
    ],
)
def test_a_quote_that_does_not_stand_there_is_named_with_its_cause(quote: str, start: int, told: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        check_evidence(with_quote(quote, start), TEXT)
    assert told in str(caught.value)
    assert f"{FILE_NAME}, Patient 1, outcome 1" in str(caught.value)


def test_a_record_of_a_text_of_another_length_is_refused() -> None:
    with pytest.raises(EvidenceError, match="characters"):
        check_evidence(record(), TEXT + " ")


def test_the_sample_is_sound() -> None:
    check_evidence(record(), TEXT)
    assert check_quotes(graph(), document()) == len(set(graph().subjects(RDF.type, HFS.Evidence))) > 15


def test_quotes_of_a_changed_source_are_refused() -> None:
    other = Document(FILE_NAME, "0" * 64, TEXT, (), ())
    with pytest.raises(EvidenceError, match="digests differ"):
        check_quotes(graph(), other)


def test_a_quote_changed_in_the_graph_is_found() -> None:
    g = graph()
    found = evidence("alive")
    g.set((DATA[f"small-report/evidence/{found.start}-{found.end}/quote"], OA.exact, Literal("dying")))
    with pytest.raises(EvidenceError, match="'dying' does not stand at"):
        check_quotes(g, document())


# Properties

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
CONDITIONS = st.sampled_from([term("CorvinSyndrome"), term("GranularFever")])
FINDINGS = st.sampled_from([term("Rash"), term("Hives")])
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False) | st.sampled_from(
    [Decimal("1E+3"), Decimal("1.50"), Decimal("0.000001")]
)
UNITS = st.sampled_from([term("MilligramPerLiter").iri, term("NanogramPerMilliliter").iri, None])
QUANTITIES = st.builds(Quantity, value=NUMBERS, unit=UNITS)
DAYS = st.integers(-400, 400)
PHRASES = st.none() | st.text(LETTERS, min_size=1, max_size=20)
TIMES = st.none() | st.builds(
    lambda phrase, first, length: Time(phrase=phrase, earliest_day=first, latest_day=first + length),
    PHRASES,
    DAYS,
    st.integers(0, 30),
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[DocumentRecord, Document]:
    """A text and a record whose quotes stand in it."""
    text = draw(st.text(LETTERS, min_size=2, max_size=120))

    def quote() -> Evidence:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return Evidence(start=start, end=end, quote=text[start:end])

    def quotes() -> tuple[Evidence, ...]:
        return tuple(quote() for _ in range(draw(st.integers(1, 3))))

    def event(order: int) -> PatientEvent:
        common: dict[str, Any] = {"order": order, "evidence": quotes(), "time": draw(TIMES)}
        kinds: list[Callable[[], PatientEvent]] = [
            lambda: Diagnosis(condition=draw(CONDITIONS), status="suspected", **common),
            lambda: ClinicalFinding(finding=draw(FINDINGS), status="absent", **common),
            lambda: LaboratoryMeasurement(analyte=term("Ferritin"), quantity=draw(QUANTITIES), **common),
            lambda: DrugAdministration(drug=term("Zilemab"), dose=draw(st.none() | QUANTITIES), **common),
            lambda: AdverseEvent(event=draw(FINDINGS), drug=term("Zilemab"), **common),
            lambda: Encounter(encounter="intensive care", **common),
            lambda: Outcome(outcome="died", **common),
        ]
        return draw(st.sampled_from(kinds))()

    def case(number: int) -> Case:
        events = tuple(event(order) for order in range(1, draw(st.integers(0, 5)) + 1))
        age = Attribute(value=str(draw(st.integers(0, 99))), unit="month", evidence=quotes())
        sex = Attribute(value="male", evidence=quotes())
        return Case(number=number, label=f"Case {number}", evidence=quotes(), age=age, sex=sex, events=events)

    digest = sha256(text.encode()).hexdigest()
    made = DocumentRecord(
        file_name="Any Name.txt",
        sha256=digest,
        length=len(text),
        cases=tuple(case(number) for number in range(1, draw(st.integers(1, 2)) + 1)),
        claims=(
            Claim(subject=term("Zilemab"), relation=term("Treats"), object=term("CorvinSyndrome"), evidence=quotes()),
        ),
    )
    return made, Document("Any Name.txt", digest, text, (), ())


@settings(max_examples=60, deadline=None)
@given(documents())
def test_every_statement_has_its_evidence(pair: tuple[DocumentRecord, Document]) -> None:
    made, source = pair
    check_evidence(made, source.text)
    g = record_graph(made, source, ontology())
    statements = {s for s in g.subjects(HFS.patient)} | {s for kind in STATEMENTS for s in g.subjects(RDF.type, kind)}
    count = sum(3 + len(case.events) for case in made.cases) + len(made.claims)
    assert len(statements) == count
    for statement in statements:
        primary = list(g.objects(statement, HFS.primaryEvidence))
        assert len(primary) == 1
        assert primary[0] in set(g.objects(statement, PROV.wasDerivedFrom))
    assert check_quotes(g, source) == len(set(g.objects(None, PROV.wasDerivedFrom)))


@settings(max_examples=60, deadline=None)
@given(documents())
def test_the_same_record_gives_the_same_graph(pair: tuple[DocumentRecord, Document]) -> None:
    made, source = pair
    g = record_graph(made, source, ontology())
    assert not any(isinstance(node, BNode) for triple in g for node in triple)
    turned = tuple(case.model_copy(update={"events": case.events[::-1]}) for case in made.cases)
    again = record_graph(made.model_copy(update={"cases": turned}), source, ontology())
    travelled = record_graph(DocumentRecord.model_validate_json(made.model_dump_json()), source, ontology())
    expected = to_nquads({DATA["any-name"]: g})
    assert to_nquads({DATA["any-name"]: again}) == expected
    assert to_nquads({DATA["any-name"]: travelled}) == expected


@settings(max_examples=40, deadline=None)
@given(documents())
def test_the_graph_survives_turtle(pair: tuple[DocumentRecord, Document]) -> None:
    made, source = pair
    g = record_graph(made, source, ontology())
    assert set(Graph().parse(data=to_turtle(g), format="turtle")) == set(g)


@settings(max_examples=60, deadline=None)
@given(documents(), st.integers(1, 5))
def test_a_shifted_quote_is_found(pair: tuple[DocumentRecord, Document], shift: int) -> None:
    made, source = pair
    text = ("#" * shift + source.text)[: len(source.text)]
    quotes = [quote for case in made.cases for quote in case.evidence]
    if all(text[q.start : q.end] == q.quote for q in quotes):
        return
    with pytest.raises(EvidenceError):
        check_evidence(made, text)


def test_what_the_file_tells_and_what_drew_its_text_out() -> None:
    told = {"title": "A glow", "doi": "10.1234/glow.5", "licence": "https://example.org/free"}
    kind = {"media_type": "application/pdf", "extraction": "drawer==1.2"}
    made = DocumentRecord.model_validate({**record().model_dump(), **told, **kind})
    g = record_graph(made, document(), ontology())
    assert set(g.predicate_objects(IRI)) >= {
        (DCTERMS.title, Literal("A glow")),
        (DCTERMS.identifier, Literal("doi:10.1234/glow.5")),
        (DCTERMS.license, URIRef("https://example.org/free")),
        (DCTERMS.format, Literal("application/pdf")),
    }
    assert (DATA["small-report/activity"], PROV.wasAssociatedWith, DATA["agent/drawer-1.2"]) in g
    assert g.value(DATA["agent/drawer-1.2"], HFS.version) == Literal("1.2")
