"""A record amended by a curation file: readings rejected, corrected and added, each with who decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from hfskg.attribution import agent_iri
from hfskg.curation.assembly import Amendments, amended
from hfskg.curation.loading import load_curation
from hfskg.curation.lookup import Lookup
from hfskg.curation.making import Maker
from hfskg.curation.model import Addition, Correction, CurationFile, Entry, ReadingKind, Rejection
from hfskg.curation.problems import Problems
from hfskg.curation.quoting import find_quote, one_quote
from hfskg.curation.readings import TERM_FIELDS, TERM_KINDS, Reading, matching, readings_of, words_of
from hfskg.errors import CurationError
from hfskg.reading.document import Document
from hfskg.record import ATTRIBUTES, Attribute, Case, Claim, Curation, DocumentRecord, PatientEvent, TermRef
from hfskg.record import Rejection as Rejected
from hfskg.vocabulary import Vocabulary
from hfskg.wording import quoted as shown

__all__ = ["Curator"]

_SHOWN = 3
_OPTIONAL_TERM = frozenset({"treatment-response"})
_ALONE: frozenset[str] = frozenset(ATTRIBUTES)


class Curator:
    """Amends records with one vocabulary.

    Args:
        vocabulary: The terms and units that curators may name.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._lookup = Lookup(vocabulary)

    def curate(self, record: DocumentRecord, document: Document, path: Path, *, strict: bool = False) -> DocumentRecord:
        """Return a record as a curation file amends it.

        Args:
            record: What the reader read.
            document: The document it was read from.
            path: The curation file.
            strict: Whether a rejection or correction that matches no reading is an error rather than a warning.

        Raises:
            CurationError: The file cannot be used; all that is wrong with it is told.
        """
        file = load_curation(path)
        return _Session(self._lookup, record, document, file, Problems(path), strict or file.head.strict).run()


class _Session:
    """Amends one record."""

    def __init__(
        self,
        lookup: Lookup,
        record: DocumentRecord,
        document: Document,
        file: CurationFile,
        problems: Problems,
        strict: bool,
    ) -> None:
        self._lookup = lookup
        self._maker = Maker(lookup, document)
        self._record = record
        self._document = document
        self._file = file
        self._problems = problems
        self._strict = strict
        self._readings = list(readings_of(record))
        self._taken: dict[tuple[str, int | None, int], Entry] = {}
        self._amendments = Amendments()

    def run(self) -> DocumentRecord:
        """Return the amended record."""
        named = self._file.head.document
        if named not in (None, self._record.file_name):
            self._problems.add("document", f"the file is for {named}, and not for {self._record.file_name}.")
        self._check_names()
        actions: dict[str, Callable[[Entry], None]] = {
            "reject": self._reject,
            "correct": self._correct,
            "add": self._add,
        }
        for entry in self._file.entries:
            try:
                actions[entry.action](entry)
            except CurationError as error:
                self._problems.add(entry.where, str(error))
        self._problems.raise_any()
        return amended(self._record, self._file, self._amendments)

    def _check_names(self) -> None:
        names: dict[str, set[str]] = defaultdict(set)
        for entry in self._file.entries:
            names[str(agent_iri(entry.by, entry.orcid))].add(entry.by)
        for several in names.values():
            if len(several) > 1:
                self._problems.add(
                    "by", f"{' and '.join(sorted(several))} would be one agent; write the name in one way."
                )

    def _reject(self, entry: Entry) -> None:
        said = entry.said
        reading = self._addressed(entry)
        if reading is None or not isinstance(said, Rejection):
            return
        rejected = Rejected(
            kind=reading.kind,
            case=reading.label or None,
            statement=reading.words,
            evidence=reading.evidence,
            by=entry.by,
            orcid=entry.orcid,
            on=entry.on,
            reason=said.reason,
        )
        self._amendments.rejected[reading.key] = rejected

    def _correct(self, entry: Entry) -> None:
        reading = self._addressed(entry)
        if reading is None:
            return
        change = entry.change
        evidence = reading.evidence
        if change.quote is not None:
            evidence = (one_quote(self._document, change.quote, change.occurrence, change.start),)
        elif change.occurrence is not None or change.start is not None:
            raise CurationError("occurrence and start need the quote they belong to.", "Give it in `set` as well.")
        case = reading.case
        if change.case is not None:
            if reading.case is None or reading.kind in _ALONE:
                raise CurationError(f"A {reading.kind} cannot go to another patient.", "Reject it and add one there.")
            case = self._case(change.case).number
        former = f"{reading.words}, of {reading.label}" if case != reading.case else reading.words
        curation = self._curation(entry, "corrected", former, quoted=change.quote is not None)
        said = self._maker.make(reading.kind, entry.fields, evidence, curation, reading.said)
        if case == reading.case and _content(said) == _content(reading.said) and said.evidence == reading.said.evidence:
            self._warn(entry, f"the correction changes nothing any more: the reader reads {reading}.")
            return
        self._amendments.replaced[reading.key] = (case, said)

    def _add(self, entry: Entry) -> None:
        said = entry.said
        kind = said.kind
        evidence = (one_quote(self._document, said.quote, said.occurrence, said.start),)
        case = None if kind == "claim" else self._case(said.case)
        if kind == "claim" and said.case is not None:
            raise CurationError("A claim is about no patient.", "Leave `case` out.")
        made = self._maker.make(kind, entry.fields, evidence, self._curation(entry, "added"))
        number = case.number if case is not None else None
        if case is not None and kind in _ALONE:
            self._check_alone(kind, case)
        span = [(evidence[0].start, evidence[0].end)]
        same = [r for r in matching(self._readings, span, kind=kind, case=number) if _content(r.said) == _content(made)]
        if same and same[0].key not in self._taken:
            self._warn(entry, f"the addition is not needed any more: the reader reads {same[0]}.")
            return
        for other_kind, other, case_of_other in self._amendments.added:
            alone = kind in _ALONE and (other_kind, case_of_other) == (kind, number)
            if alone or (case_of_other == number and _content(other) == _content(made) and other.evidence == evidence):
                raise CurationError(f"{kind} `{words_of(made)}` is added twice.", "Keep one of the entries.")
        self._amendments.added.append((kind, made, number))

    def _check_alone(self, kind: str, case: Case) -> None:
        for reading in self._readings:
            if (reading.kind, reading.case) == (kind, case.number) and reading.key not in self._amendments.rejected:
                raise CurationError(f"{case.label} has one already: {reading}.", "Correct or reject it.")

    def _addressed(self, entry: Entry) -> Reading | None:
        """Return the reading that an entry addresses, or None if there is none any more."""
        said = entry.said
        if not isinstance(said, Rejection | Correction):
            return None
        kind = said.kind
        if kind not in TERM_FIELDS and said.term is not None:
            raise CurationError(f"A reading of the kind {kind} has no term.", "Leave `term` out.")
        if kind in TERM_FIELDS and kind not in _OPTIONAL_TERM and said.term is None:
            raise CurationError("term is missing.", f"A reading of the kind {kind} is addressed by it.")
        term = self._term(kind, said.term) if said.term is not None else None
        case = self._case(said.case).number if said.case is not None else None
        spans = find_quote(self._document, said.quote, said.occurrence, said.start)
        found = matching(self._readings, spans, kind=kind, case=case, term=term, words=said.reading)
        if len(found) > 1:
            told = "".join(f"\n    {reading}" for reading in found)
            raise CurationError(
                f"It fits {len(found)} readings:{told}\n   ", "Quote more, or give `case`, `start` or `reading`."
            )
        if not found:
            there = [str(reading) for reading in matching(self._readings, spans)][:_SHOWN]
            what = f"no {kind}{f' {term.label}' if term else ''} is read from {shown(said.quote)} any more"
            told = f"{what}; what is read there: {'; '.join(there)}." if there else f"{what}."
            if self._strict:
                raise CurationError(told, "Mend the entry or take it out.")
            self._warn(entry, told)
            return None
        (reading,) = found
        other = self._taken.setdefault(reading.key, entry)
        if other is not entry:
            raise CurationError(f"It is about the same reading as {other.where}: {reading}.", "Keep one of them.")
        return reading

    def _term(self, kind: ReadingKind, name: str) -> TermRef:
        """Return the term that an address names: one that was read, which may stand behind the ontology, or any."""
        for reading in self._readings:
            term = reading.term
            if (
                reading.kind == kind
                and term is not None
                and name.casefold() in (term.iri.casefold(), term.label.casefold())
            ):
                return term
        return self._lookup.term(name, TERM_KINDS[kind])

    def _case(self, told: str | None) -> Case:
        """Return the case of a label or number; where there is one only, it need not be told."""
        cases = self._record.cases
        if told is None:
            if len(cases) == 1:
                return cases[0]
            known = ", ".join(case.label for case in cases) or "none"
            raise CurationError("case is missing.", f"The document has several, or none: {known}.")
        found = [case for case in cases if told.casefold() == case.label.casefold()]
        found = found or [case for case in cases if told == str(case.number)]
        if not found:
            known = ", ".join(f"{case.label} ({case.number})" for case in cases) or "none"
            raise CurationError(f"There is no case {told} in {self._record.file_name}.", f"It has: {known}.")
        return found[0]

    @staticmethod
    def _curation(
        entry: Entry, action: Literal["added", "corrected"], former: str | None = None, *, quoted: bool = True
    ) -> Curation:
        note = entry.said.note if isinstance(entry.said, Addition | Correction) else None
        by, orcid, on = entry.by, entry.orcid, entry.on
        return Curation(action=action, note=note, former=former, quoted=quoted, by=by, orcid=orcid, on=on)

    def _warn(self, entry: Entry, what: str) -> None:
        self._amendments.warnings.append(f"{self._file.file_name}, {entry.where}: {what}")


def _content(said: PatientEvent | Attribute | Claim) -> tuple[str, dict[str, object]]:
    """Return what a reading says, apart from its place, its words and who says it."""
    return type(said).__name__, said.model_dump(exclude={"order", "evidence", "curation"})
