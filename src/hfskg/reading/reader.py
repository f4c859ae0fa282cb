"""From a document to its record: the stages in their order, case by case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hfskg.rdf import uncollected
from hfskg.reading.adverse import read_adverse_events
from hfskg.reading.annotated import Annotated, annotate
from hfskg.reading.background import BackgroundNames
from hfskg.reading.cases import CaseText, find_cases
from hfskg.reading.characteristics import Characteristic, characteristics
from hfskg.reading.checklists import read_checklist
from hfskg.reading.chronology import chronicle
from hfskg.reading.claims import read_claims
from hfskg.reading.conditions import indicated, read_conditions
from hfskg.reading.courses import read_encounters, read_responses
from hfskg.reading.document import Document, Sentence, Table
from hfskg.reading.drafts import Draft
from hfskg.reading.drugs import given_drugs, of_members, read_drugs
from hfskg.reading.evidence import evidence_of
from hfskg.reading.fulfilment import read_criteria_statements
from hfskg.reading.isolations import read_isolations
from hfskg.reading.laboratory import read_laboratory
from hfskg.reading.laboratory_tables import noted_columns, read_laboratory_table
from hfskg.reading.mentions import Mention, MentionFinder
from hfskg.reading.merging import merge_drafts
from hfskg.reading.origins import settle_days
from hfskg.reading.people import read_age, read_outcome, read_sex, read_weight
from hfskg.reading.procedures import read_procedures
from hfskg.reading.results import read_results
from hfskg.reading.runs import Run
from hfskg.reading.tokens import tokenize
from hfskg.reading.ungrounded import read_ungrounded
from hfskg.reading.variants import read_variants
from hfskg.record import (
    Case,
    Claim,
    ClinicalFinding,
    Diagnosis,
    DocumentRecord,
    DrugAdministration,
    Event,
    LaboratoryMeasurement,
    Outcome,
    Procedure,
    TermRef,
    Time,
)
from hfskg.units import UnitTable
from hfskg.vocabulary import Vocabulary

__all__ = ["Reader", "missing_facts", "read_record"]

_CARRIED = (LaboratoryMeasurement, DrugAdministration, ClinicalFinding, Procedure)
_RETURNING = (Diagnosis, ClinicalFinding, Procedure)
_SAID = ("condition", "finding", "procedure", "status", "drug", "analyte", "gene", "event", "outcome")
_ON_TOPIC: dict[str, tuple[type[Event], ...]] = {
    "drug": (DrugAdministration, Procedure),
    "diagnosis": (Diagnosis, ClinicalFinding),
    "finding": (ClinicalFinding, Diagnosis),
    "procedure": (Procedure,),
}
_CLAIMING = frozenset({"background", "discussion"})


class Reader:
    """Reads records out of documents with one vocabulary.

    Args:
        vocabulary: The terms that are read and their relations.
        background: Names of background vocabularies that stand behind it.
    """

    def __init__(self, vocabulary: Vocabulary, background: BackgroundNames | None = None) -> None:
        self._vocabulary = vocabulary
        self._units = UnitTable(vocabulary.graph)
        self._finder = MentionFinder(vocabulary, background)

    @property
    def finder(self) -> MentionFinder:
        """The finder of the vocabulary's terms, for those who look at documents beside the reader."""
        return self._finder

    @uncollected()
    def read(self, document: Document) -> DocumentRecord:
        """Return the record of a document.

        Args:
            document: The document.
        """
        finder = self._finder.for_document(document)
        texts = find_cases(document)
        cases = tuple(self._case(document, finder, text) for text in texts)
        return DocumentRecord(
            file_name=document.file_name,
            sha256=document.sha256,
            length=len(document.text),
            encoding=document.encoding,
            media_type=document.media_type,
            extraction=document.extraction,
            title=document.title,
            doi=document.doi,
            licence=document.licence,
            cases=cases,
            claims=tuple(self._claims(document, finder)),
            ungrounded=tuple(read_ungrounded(document, finder)),
            warnings=tuple(_warnings(document, texts, cases)),
        )

    def _case(self, document: Document, finder: MentionFinder, text: CaseText) -> Case:
        drafts = settle_days(self._prose(document, finder, text.sentences, text.newborn))
        for table in text.tables:
            drafts.extend(read_laboratory_table(document, table, text.label, finder, self._units))
            drafts.extend(self._notes(document, table, finder))
            drafts.extend(read_checklist(document, table, text.label, finder, self._vocabulary, self._units))
        again = [draft for table in text.tables for draft in self._chronicle(document, table, finder)]
        cells = [(table, cell) for table in text.tables for cell in characteristics(table, text.label)]
        for table, cell in cells:
            again += self._characteristic(document, table, cell, finder)
        again += [d for d in self._prose(document, finder, text.returns, text.newborn) if d.event in _RETURNING]
        drafts += _not_told(again, drafts)
        outcome = read_outcome(document, text.sentences, newborn=text.newborn)
        if outcome:
            drafts.append(Draft(Outcome, {"outcome": outcome[0]}, (outcome[1],)))
        age = read_age(document, text.sentences) or next(filter(None, (c.age(document) for _, c in cells)), None)
        sex = read_sex(document, text.sentences) or next(filter(None, (c.sex(document) for _, c in cells)), None)
        return Case(
            number=text.number,
            label=text.label,
            evidence=age.evidence if age else evidence_of(document, text.sentences[0].tokens),
            age=age,
            sex=sex,
            weight=read_weight(document, text.sentences),
            events=merge_drafts(drafts, self._vocabulary),
        )

    def _notes(self, document: Document, table: Table, finder: MentionFinder) -> Iterator[Draft]:
        """Yield the drugs that footnotes tell of at the time of the columns that bear their marks."""
        for start, end, time in noted_columns(table):
            sentence = Sentence(Run(tokenize(document.text, start, end)), 0)
            annotated = annotate(document, sentence, finder, self._units)
            for draft in read_drugs(annotated, self._vocabulary, self._units, None):
                yield draft._replace(time=time)

    def _characteristic(
        self, document: Document, table: Table, cell: Characteristic, finder: MentionFinder
    ) -> Iterator[Draft]:
        """Yield what a cell of a table of patients tells on its topic."""
        sentences = list(cell.sentences(document, _block(document, table)))
        if cell.topic == "outcome" and (outcome := read_outcome(document, sentences)):
            yield Draft(Outcome, {"outcome": outcome[0]}, (outcome[1],))
        wanted = _ON_TOPIC.get(cell.topic, ())
        yield from (draft for draft in self._prose(document, finder, sentences) if draft.event in wanted)

    def _chronicle(self, document: Document, table: Table, finder: MentionFinder) -> Iterator[Draft]:
        """Yield what a table tells in prose, at the times of its rows."""
        for sentence, time in chronicle(document, table, _block(document, table)):
            for draft in self._prose(document, finder, (sentence,)):
                yield draft if draft.time else draft._replace(time=time)

    def _prose(
        self, document: Document, finder: MentionFinder, sentences: Iterable[Sentence], newborn: bool = False
    ) -> Iterator[Draft]:
        present: set[str] = set()
        spoken: list[Mention] = []
        courses: list[list[TermRef]] = []
        day: Time | None = None
        last_day: Time | None = None
        block = -1
        for sentence in sentences:
            annotated = annotate(document, sentence, finder, self._units, newborn=newborn)
            if sentence.block != block:
                last_day = None
            if annotated.times or sentence.block != block:
                day, block = annotated.leading_day, sentence.block
            judged = list(read_criteria_statements(annotated, self._vocabulary, last_day))
            yield from judged
            reasons = judged[0].time if judged else None
            last_day = next((t.time for t in reversed(annotated.times) if t.time.earliest_day is not None), last_day)
            started: set[str] = set()
            ended: set[TermRef] = set()
            for draft in self._sentence(annotated, present, spoken):
                if draft.event is ClinicalFinding and draft.time is None and reasons is not None:
                    draft = draft._replace(time=reasons)
                if draft.event in _CARRIED and draft.time is None:
                    draft = draft._replace(time=day)
                if draft.event is ClinicalFinding and draft.fields["status"] == "present":
                    present.add(draft.fields["finding"].iri)
                yield from indicated(draft, self._vocabulary)
                for member in of_members(draft, courses, self._vocabulary, started):
                    yield member
                    if member.event is DrugAdministration and member.fields["action"] == "stop":
                        ended.add(member.fields["drug"])
                if draft.event is DrugAdministration and draft.fields["action"] == "start":
                    started.add(draft.fields["drug"].iri)
            given = given_drugs(annotated)
            courses.append([mention.term.ref for mention in given])
            if ended:
                courses = [[ref for ref in course if ref not in ended] for course in courses]
            spoken = given or spoken

    def _sentence(self, annotated: Annotated, present: set[str], spoken: Sequence[Mention]) -> Iterator[Draft]:
        last = spoken[-1] if spoken else None
        yield from read_laboratory(annotated, self._vocabulary, self._units)
        yield from read_conditions(annotated, self._vocabulary)
        yield from read_isolations(annotated, self._vocabulary)
        yield from read_results(annotated, self._vocabulary, present)
        yield from read_procedures(annotated, self._vocabulary)
        yield from read_drugs(annotated, self._vocabulary, self._units, last)
        yield from read_adverse_events(annotated, self._vocabulary, last)
        yield from read_variants(annotated)
        yield from read_encounters(annotated)
        yield from read_responses(annotated, given_drugs(annotated), spoken)

    def _claims(self, document: Document, finder: MentionFinder) -> Iterator[Claim]:
        for sentence in document.sentences:
            if document.blocks[sentence.block].role in _CLAIMING:
                yield from read_claims(annotate(document, sentence, finder, self._units), self._vocabulary)


def _block(document: Document, table: Table) -> int:
    """Return the place of the block that a table is."""
    return next(at for at, block in enumerate(document.blocks) if block.table is table)


def _not_told(again: Iterable[Draft], drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the drafts of retellings that say something new; a drug given at another time of theirs is new."""
    again = list(again)
    told = {statement for draft in drafts for statement in _statements(draft)} if again else set()
    retold: set[tuple[str, ...]] = set()
    for draft in again:
        whole, *parts = _statements(draft)
        timed = (*whole, (draft.time.phrase or "") if draft.event is DrugAdministration and draft.time else "")
        if whole in told or timed in retold:
            continue
        retold.add(timed)
        if draft.event is not DrugAdministration:
            told.update((whole, *parts))
        yield draft


def _statements(draft: Draft) -> list[tuple[str, ...]]:
    """Return what a draft says, its details aside, first all of it, then for a drug without its dose.

    Two tellings of the same thing agree in the first.
    """
    said = {name: str(getattr(v := draft.fields.get(name), "iri", v)) for name in _SAID}
    quantity = draft.fields.get("dose") or draft.fields.get("quantity")
    whole = (draft.event.__name__, *said.values(), f"{quantity.value.normalize()}" if quantity else "")
    return [whole, (*whole[:-1], "")]


def read_record(
    document: Document, vocabulary: Vocabulary, background: BackgroundNames | None = None
) -> DocumentRecord:
    """Return the record of one document; for several, a :class:`Reader` is quicker.

    Args:
        document: The document.
        vocabulary: The terms that are read and their relations.
        background: Names of background vocabularies that stand behind it.
    """
    return Reader(vocabulary, background).read(document)


def missing_facts(case: Case) -> Iterator[str]:
    """Yield a warning for each thing that is told of nearly every patient and was not read of this one."""
    if case.age is None:
        yield f"{case.label}: no age was found."
    if case.sex is None:
        yield f"{case.label}: no sex was found."
    if not any(event.kind == "outcome" for event in case.events):
        yield f"{case.label}: no outcome was found."


def _warnings(document: Document, texts: Sequence[CaseText], cases: Sequence[Case]) -> Iterator[str]:
    yield from document.warnings
    if document.encoding != "utf-8" and document.extraction is None:
        yield f"The file is not UTF-8; it was read as {document.encoding}."
    if not cases:
        yield "No patient was found: no labelled case, case section or introduction by age."
    for case in cases:
        yield from missing_facts(case)
    owned = {id(table) for text in texts for table in text.tables}
    for block in document.blocks:
        if block.table is not None and id(block.table) not in owned:
            yield f"The table at character {block.start} was assigned to no patient."
