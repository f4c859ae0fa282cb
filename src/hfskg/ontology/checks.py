"""Quality checks of the ontology: one query per check, and a profile that says how much each matters.

A check is a file ``NAME.rq`` with a SELECT query that gives ``?term`` and ``?detail`` for each fault, headed by
comments that say the Problem, the Principle behind it and the Solution. The profile beside the checks is a table: a row
without a term gives a check its severity, a row with one excepts that term from the check and says why.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from hfskg.errors import QueryError
from hfskg.ontology.loading import Ontology
from hfskg.resources import ontology_directory
from hfskg.store import LocalStore
from hfskg.tables import Table
from hfskg.terms import expand, shorten

__all__ = ["Check", "CheckReport", "Fault", "Profile", "Severity", "load_checks", "load_profile", "run_checks"]

Severity = Literal["error", "warning", "info"]

PROFILE = "profile.tsv"
_COLUMNS = ["check", "severity", "term", "reason"]
_HEADINGS = ("Problem", "Principle", "Solution")
_VARIABLES = ("term", "detail")
_LABELS = "SELECT ?term ?label { ?term <http://www.w3.org/2000/01/rdf-schema#label> ?label }"


@dataclass(frozen=True, slots=True)
class Check:
    """A quality check.

    Attributes:
        name: The file's name without ``.rq``.
        problem: What is wrong with a term that the check finds.
        principle: Why that matters.
        solution: What to do about it.
        text: The whole file, which is a query.
    """

    name: str
    problem: str
    principle: str
    solution: str
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """How much each check matters, and what it need not find.

    Attributes:
        severities: By the checks' names.
        exceptions: The written reasons, by check and the term's IRI.
    """

    severities: Mapping[str, Severity]
    exceptions: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a check found.

    Attributes:
        check: The check's name.
        severity: How much it matters.
        term: The term's IRI.
        label: Its label, if it has one.
        module: The module that declares it, if one does.
        detail: What exactly is wrong.
        reason: The written reason why it is left as it is; empty for a fault that counts.
    """

    check: str
    severity: Severity
    term: str
    label: str | None
    module: str | None
    detail: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks found.

    Attributes:
        checks: The checks that ran.
        profile: How much each matters.
        faults: All faults, those with a written reason included, the gravest first.
        unused: Exceptions of the profile that no fault met, as check and term.
    """

    checks: tuple[Check, ...]
    profile: Profile
    faults: tuple[Fault, ...]
    unused: tuple[tuple[str, str], ...]

    def count(self, severity: Severity) -> int:
        """Return the number of faults of a severity that have no written reason."""
        return sum(fault.severity == severity and not fault.reason for fault in self.faults)

    def table(self, *, everything: bool = False) -> Table:
        """Return the errors and warnings that have no written reason as a table.

        Args:
            everything: Whether those with a written reason, and what is for information, are listed too.
        """
        columns = ("severity", "check", "term", "label", "detail", "module", "reason")
        rows = tuple(
            (f.severity, f.check, shorten(f.term), f.label, f.detail, f.module, f.reason or None)
            for f in self.faults
            if everything or not (f.reason or f.severity == "info")
        )
        return Table(columns, rows, frozenset(() if everything else ("reason",)))

    def summary(self) -> Table:
        """Return the number of faults of each check, and of those with a written reason."""
        rows = []
        for check in self.checks:
            found = [fault for fault in self.faults if fault.check == check.name]
            excepted = sum(bool(fault.reason) for fault in found)
            rows.append((check.name, self.profile.severities[check.name], len(found) - excepted, excepted))
        return Table(("check", "severity", "faults", "excepted"), tuple(rows))


def load_checks(directory: Path | None = None) -> tuple[Check, ...]:
    """Read the checks of a folder, in the order of their names.

    Args:
        directory: The folder with ``*.rq`` files; the one that comes with the package if left out.

    Raises:
        QueryError: There is none, or one has no complete header.
    """
    directory = directory or ontology_directory() / "checks"
    checks = tuple(_check(path) for path in sorted(directory.glob("*.rq")))
    if not checks:
        raise QueryError(f"There is no check (*.rq) in {directory}.", "Name a folder of checks.")
    return checks


def _check(path: Path) -> Check:
    text = _text(path)
    lines = [line.removeprefix("#").strip() for line in text.splitlines() if line.startswith("#")]
    parts = re.split(rf"\b({'|'.join(_HEADINGS)}):", " ".join(lines))
    told = dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))
    lacking = [heading for heading in _HEADINGS if not told.get(heading)]
    if lacking:
        raise QueryError(f"The header of {path} has no {lacking[0]}.", "Head a check by Problem, Principle, Solution.")
    return Check(path.stem, told["Problem"], told["Principle"], told["Solution"], text)


def load_profile(path: Path | None = None) -> Profile:
    """Read a profile.

    Args:
        path: A table with tabs; the one that comes with the package if left out.

    Raises:
        QueryError: It cannot be read, or a row is wrong.
    """
    path = path or ontology_directory() / "checks" / PROFILE
    lines = [line for line in _text(path).splitlines() if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or list(rows[0]) != _COLUMNS:
        raise QueryError(f"{path} does not have the columns {', '.join(_COLUMNS)}.", "Head it so, with tabs between.")
    severities: dict[str, Severity] = {}
    exceptions: dict[tuple[str, str], str] = {}
    for row in rows:
        check, severity, term, reason = ((row[name] or "").strip() for name in _COLUMNS)
        if term:
            iri = expand(term)
            if iri is None or not reason or severity:
                cure = "Write check, no severity, the term as CURIE or IRI, and a reason."
                raise QueryError(f"{path} has an exception for {check} that is not complete: {term}.", cure)
            exceptions[check, str(iri)] = reason
        else:
            known = [one for one in get_args(Severity) if one == severity]
            if not known:
                cure = f"Give it one of {', '.join(get_args(Severity))}."
                raise QueryError(f"{path} gives {check} the severity {severity or '(none)'}.", cure)
            severities[check] = known[0]
    return Profile(severities, exceptions)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path} cannot be read: {error}.", "Name a text file in UTF-8.") from error


def run_checks(ontology: Ontology, checks: Iterable[Check], profile: Profile) -> CheckReport:
    """Run checks on an ontology; those to which the profile gives no severity are left out.

    Args:
        ontology: The ontology.
        checks: The checks.
        profile: How much each matters.

    Raises:
        QueryError: A check is no valid query, or the profile names a check that there is not.
    """
    checks = tuple(checks)
    unknown = {*profile.severities, *(check for check, _ in profile.exceptions)} - {check.name for check in checks}
    if unknown:
        raise QueryError(f"The profile names the check {min(unknown)}, which there is not.", "Mend its name.")
    run = tuple(check for check in checks if check.name in profile.severities)
    labels = {str(term): str(label) for term, label in ontology.store.select(_LABELS, {}).rows}
    faults = [
        Fault(
            check=check.name,
            severity=profile.severities[check.name],
            term=term,
            label=labels.get(term),
            module=ontology.homes.get(term),
            detail=detail,
            reason=profile.exceptions.get((check.name, term), ""),
        )
        for check in run
        for term, detail in _found(check, ontology.store)
    ]
    order = list(get_args(Severity))
    faults.sort(key=lambda fault: (order.index(fault.severity), fault.check, fault.term, fault.detail))
    met = {(fault.check, fault.term) for fault in faults}
    return CheckReport(run, profile, tuple(faults), tuple(sorted(set(profile.exceptions) - met)))


def _found(check: Check, store: LocalStore) -> Sequence[tuple[str, str]]:
    try:
        solutions = store.select(check.text, {})
    except QueryError as error:
        raise QueryError(f"The check {check.name} cannot be run: {error.what}", error.cure) from error
    if solutions.variables != _VARIABLES:
        raise QueryError(f"The check {check.name} does not give ?term and ?detail.", "Mend its SELECT clause.")
    return sorted({(str(term), str(detail or "")) for term, detail in solutions.rows})
