"""How much of a document was understood: figures, and a list of what was not.

Counted is what tells of a patient: the sentences and tables of the cases, and of case sections that no case has. A
document without any is counted as a whole. What the reader knows and leaves out on purpose counts as neither read nor
missed: reference ranges, criteria, vital signs, sizes, what is told of the family, planned, or none of the patient's,
and what a curator rejected or put right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hfskg.reading.annotated import Annotated as Sentence
from hfskg.reading.annotated import annotate
from hfskg.reading.cases import CaseText, find_cases
from hfskg.reading.document import Document
from hfskg.reading.mentions import Mention, MentionFinder
from hfskg.reading.quantities import Amount
from hfskg.reading.shapes import find_shapes
from hfskg.reading.unread_tables import TableNumber, table_numbers
from hfskg.record import DocumentRecord, DrugAdministration, Evidence, LaboratoryMeasurement
from hfskg.units import UnitTable
from hfskg.vocabulary import Kind, Vocabulary

__all__ = ["Coverage", "Gap", "GapKind", "Share", "Survey", "Surveyor"]

GapKind = Literal["number", "drug", "disease", "sentence"]

_OTHERS = frozenset({"family", "planned", "ignore"})
_NAMED = {"drug": (Kind.DRUG, Kind.PROTOCOL), "disease": (Kind.DISEASE, Kind.FINDING)}
_SHORTEST = 4


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Share(_Model):
    """How many of some things were read."""

    read: Annotated[int, Field(ge=0)] = 0
    all: Annotated[int, Field(ge=0)] = 0

    def __add__(self, other: Share) -> Share:
        """Return the share of two documents together."""
        return Share(read=self.read + other.read, all=self.all + other.all)

    def __str__(self) -> str:
        """Return it as people say it.

        Example:
            >>> str(Share(read=3, all=1200))
            '3 of 1,200'
        """
        return f"{self.read:,} of {self.all:,}"


class Coverage(_Model):
    """How much of what tells of patients was read.

    Attributes:
        numbers: Numbers with units.
        drugs: Words that look like names of drugs.
        diseases: Words that look like names of diseases and signs.
        sentences: Sentences with at least one reading.
    """

    numbers: Share = Share()
    drugs: Share = Share()
    diseases: Share = Share()
    sentences: Share = Share()

    def __add__(self, other: Coverage) -> Coverage:
        """Return the coverage of two documents together."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in Coverage.model_fields)
        return Coverage(**{n: a + b for n, (a, b) in zip(Coverage.model_fields, pairs, strict=True)})

    def shares(self) -> Iterator[tuple[str, Share]]:
        """Yield what was counted, as people call it, with its share."""
        yield "numbers with units", self.numbers
        yield "drug-like words", self.drugs
        yield "disease-like words", self.diseases
        yield "case sentences", self.sentences

    def __str__(self) -> str:
        """Return the figures on one line."""
        return ", ".join(f"{share} {name}" for name, share in self.shares())


class Gap(_Model):
    """Something that was not understood.

    Attributes:
        kind: ``number``, ``drug``, ``disease`` or ``sentence``.
        start: Offset of its first character in the source.
        end: Offset behind its last character.
        quote: The characters between.
        case: Label of the case whose part it stands in, or empty.
        reason: Why it counts as not understood.
    """

    kind: GapKind
    start: int
    end: int
    quote: str
    case: str = ""
    reason: str


class Survey(_Model):
    """The figures of a document and what they leave out, in the order of the text."""

    file_name: str
    coverage: Coverage
    gaps: tuple[Gap, ...] = ()


class Surveyor:
    """Surveys documents with one vocabulary.

    Args:
        vocabulary: The terms that are read.
        finder: The finder of these terms, if there is one already.
    """

    def __init__(self, vocabulary: Vocabulary, finder: MentionFinder | None = None) -> None:
        self._units = UnitTable(vocabulary.graph)
        self._finder = finder or MentionFinder(vocabulary)

    def survey(self, document: Document, record: DocumentRecord) -> Survey:
        """Return what of a document was read and what was not.

        Args:
            document: The document.
            record: What was read from it.
        """
        finder = self._finder.for_document(document)
        return _Survey(document, record, finder, self._units).result()


class _Survey:
    def __init__(self, document: Document, record: DocumentRecord, finder: MentionFinder, units: UnitTable) -> None:
        self.document = document
        self.finder = finder
        self.units = units
        self.read = _Spans((span.start, span.end) for span in _evidence(record))
        self.decided = _Spans((span.start, span.end) for span in _decided(record))
        self.valued = [
            (span, value)
            for case in record.cases
            for event in case.events
            for value in _values(event)
            for span in event.evidence
        ]
        self.gaps: list[Gap] = []
        self.counts: dict[GapKind, list[int]] = {kind: [0, 0] for kind in ("number", "drug", "disease", "sentence")}

    def result(self) -> Survey:
        """Survey the sentences and tables that tell of patients."""
        texts = find_cases(self.document)
        labels = {s.start: text.label for text in texts for s in text.sentences}
        newborns = {s.start for text in texts if text.newborn for s in text.sentences}
        whole = not labels and not any(block.role == "case" for block in self.document.blocks)
        for sentence in self.document.sentences:
            role = self.document.blocks[sentence.block].role
            if sentence.start in labels or role == "case" or (whole and role in ("", "abstract")):
                newborn = sentence.start in newborns
                found = annotate(self.document, sentence, self.finder, self.units, newborn=newborn)
                self.sentence(found, labels.get(sentence.start, ""))
        for number, label in _table_numbers(self.document, texts, self.units):
            self.note("number", number.start, number.end, label, self.read.touches(number.start, number.end), _UNREAD)
        figures = {k: Share(read=read, all=all_) for k, (read, all_) in self.counts.items()}
        coverage = Coverage(
            numbers=figures["number"],
            drugs=figures["drug"],
            diseases=figures["disease"],
            sentences=figures["sentence"],
        )
        gaps = sorted(self.gaps, key=lambda gap: (gap.start, gap.end, gap.kind))
        return Survey(file_name=self.document.file_name, coverage=coverage, gaps=tuple(gaps))

    def note(self, kind: GapKind, start: int, end: int, case: str, read: bool, reason: str) -> None:
        """Count one thing, and keep it if it was not read."""
        if not read and self.decided.touches(start, end):
            return
        self.counts[kind][0] += read
        self.counts[kind][1] += 1
        if not read:
            quote = self.document.text[start:end]
            self.gaps.append(Gap(kind=kind, start=start, end=end, quote=quote, case=case, reason=reason))

    def sentence(self, sentence: Sentence, case: str) -> None:
        """Count a sentence, its numbers and its words."""
        self.numbers(sentence, case)
        self.words(sentence, case)
        pieces = self.document.pieces(sentence.tokens)
        read = any(self.read.touches(start, end) for start, end in pieces)
        if read or sum(token.kind != "sign" for token in sentence.tokens) >= _SHORTEST:
            self.note("sentence", pieces[0][0], pieces[0][1], case, read, "nothing was read in this sentence")

    def numbers(self, sentence: Sentence, case: str) -> None:
        """Count the numbers with units that are not left out on purpose."""
        shapes = find_shapes(sentence, "number_shapes")
        aside = _Spans((s.start, s.end) for s in shapes if s.kind != "unit")
        tokens = sentence.tokens
        united: list[tuple[int, int]] = []
        for at, amount in enumerate(sentence.amounts):
            if amount.unit is None:
                continue
            start, end = tokens[amount.number].start, tokens[amount.last - 1].end
            united.append((start, end))
            read = self.is_read(sentence, amount) or self.is_read_range(sentence, at)
            if not read and (aside.touches(start, tokens[amount.number].end) or (amount.bound and amount.brackets)):
                continue
            self.note("number", start, end, case, read, _UNREAD)
        known = _Spans(united)
        for shape in shapes:
            if shape.kind == "unit" and not known.touches(shape.start, shape.end):
                read = self.read.touches(shape.start, shape.end)
                self.note("number", shape.start, shape.end, case, read, "the ontology lacks this unit")

    def is_read(self, sentence: Sentence, amount: Amount) -> bool:
        """Tell whether a number is the value of a reading."""
        token = sentence.tokens[amount.number]
        return any(s.start <= token.start < s.end and value == amount.value for s, value in self.valued)

    def is_read_range(self, sentence: Sentence, at: int) -> bool:
        """Tell whether a number is an end of a range or series whose other end was read."""
        amount = sentence.amounts[at]
        near = sentence.amounts[max(0, at - 1) : at + 2]
        return bool(amount.bound) and any(n is not amount and n.bound and self.is_read(sentence, n) for n in near)

    def words(self, sentence: Sentence, case: str) -> None:
        """Count the words that look like names of drugs and diseases."""
        tokens = sentence.tokens
        for shape in find_shapes(sentence, "word_shapes"):
            if shape.kind not in _NAMED:
                continue
            kind: GapKind = "drug" if shape.kind == "drug" else "disease"
            named = [
                m
                for m in sentence.mentions
                if tokens[m.first].start < shape.end and shape.start < tokens[m.last - 1].end
            ]
            fitting = [m for m in named if m.term.kind in _NAMED[kind]]
            if named and not fitting:
                continue
            read = bool(fitting) and self.read.touches(shape.start, shape.end)
            if not read and _left_out(sentence, shape.start, shape.end, fitting):
                continue
            self.note(kind, shape.start, shape.end, case, read, _reason(fitting))


_UNREAD = "a number with a unit outside any reading"


class _Spans:
    """Spans of a text, to ask quickly whether one touches another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._merged and start <= self._merged[-1][1]:
                self._merged[-1] = (self._merged[-1][0], max(end, self._merged[-1][1]))
            else:
                self._merged.append((start, end))

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a span shares characters with one of these."""
        at = bisect_right(self._merged, (end - 1, end + len(self._merged) + 10**9)) - 1
        return at >= 0 and self._merged[at][1] > start


def _evidence(record: DocumentRecord) -> Iterator[Evidence]:
    for case in record.cases:
        for told in (*case.attributes.values(), *case.events):
            yield from told.evidence
    for claim in record.claims:
        yield from claim.evidence


def _decided(record: DocumentRecord) -> Iterator[Evidence]:
    """Yield the words about which a curator decided: nothing is missed there."""
    for case in record.cases:
        for event in case.events:
            yield from event.evidence if event.curation else ()
    for rejection in record.rejected:
        yield from rejection.evidence


def _values(event: object) -> Iterator[object]:
    match event:
        case LaboratoryMeasurement():
            yield event.quantity.value
        case DrugAdministration():
            yield from (dose.value for dose in (event.dose, event.normalized_dose) if dose)


def _table_numbers(
    document: Document, texts: Sequence[CaseText], units: UnitTable
) -> Iterator[tuple[TableNumber, str]]:
    seen: set[int] = set()
    for text in texts:
        for table in text.tables:
            for number in table_numbers(table, units):
                if number.start not in seen:
                    seen.add(number.start)
                    yield number, text.label


def _left_out(sentence: Sentence, start: int, end: int, fitting: Sequence[Mention]) -> bool:
    """Tell whether the context says that a word is no statement about the patient, or that a drug was not given."""
    places = [at for at, token in enumerate(sentence.tokens) if token.start < end and start < token.end]
    categories = sentence.context.categories(places[0], places[-1] + 1)
    denied = any(m.term.kind in _NAMED["drug"] for m in fitting) and "negated" in categories
    return bool(categories & _OTHERS) or denied


def _reason(fitting: Sequence[Mention]) -> str:
    if fitting:
        return f"known as {fitting[0].term.label}, but nothing was read here"
    return "no term of the ontology was recognized here"
