"""What criteria sets consist of, as the ontology defines them.

Nothing here names a disease, an analyte or a number: the classes mirror those of the criteria module of the
ontology, and :mod:`hfskg.criteria.loading` fills them from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property

from rdflib import URIRef

from hfskg.criteria.logic import Comparator, Interval

__all__ = [
    "Age",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "CriteriaSet",
    "Criterion",
    "Exposure",
    "Genetic",
    "Limits",
    "LinearTerm",
    "Not",
    "Persistence",
    "PointsClass",
    "PointsTerm",
    "Ratio",
    "Score",
    "Statement",
    "Threshold",
]


class Persistence(Enum):
    """For how long a statement holds; each value is the local name of the ontology's individual."""

    OWN_DAY = "OwnDay"
    WITHIN_ADMISSION = "WithinAdmission"
    WHOLE_COURSE = "WholeCourse"
    AT_ANY_TIME = "AtAnyTime"


Limits = Mapping[URIRef | None, Interval]
"""Limits by their units (None for a plain number), each an interval of one number."""


@dataclass(frozen=True, eq=False)
class Criterion:
    """What has a three-valued answer.

    Attributes:
        iri: The individual of the ontology.
        reported: Whether it is an item that assessments list.
        suggested_by: Findings and conditions whose presence meets it in the lenient reading.
        assumed_not_met: Whether the lenient reading takes it as not met where nothing is known.
    """

    iri: URIRef
    reported: bool
    suggested_by: tuple[URIRef, ...]
    assumed_not_met: bool

    @property
    def parts(self) -> tuple[Criterion, ...]:
        """The criteria that it is made of."""
        return ()

    def walk(self) -> Iterator[Criterion]:
        """Return the criterion and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def hinted(self) -> bool:
        """Whether the lenient reading has something to say of it where values do not."""
        return self.assumed_not_met or bool(self.suggested_by)

    @cached_property
    def firm(self) -> bool:
        """Whether what settles it in the strict reading does so in the lenient one."""
        return all(part.firm for part in self.parts)

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria at the bottom of it, which events answer."""
        return tuple(dict.fromkeys(criterion for criterion in self.walk() if not criterion.parts))


@dataclass(frozen=True, eq=False)
class _Compound(Criterion):
    members: tuple[Criterion, ...]

    @property
    def parts(self) -> tuple[Criterion, ...]:
        """The criteria that it is made of."""
        return self.members


@dataclass(frozen=True, eq=False)
class AllOf(_Compound):
    """Met if all its parts are."""


@dataclass(frozen=True, eq=False)
class AnyOf(_Compound):
    """Met if one of its parts is."""


@dataclass(frozen=True, eq=False)
class AtLeast(_Compound):
    """Met if at least ``count`` of its parts are."""

    count: int


@dataclass(frozen=True, eq=False)
class Not(_Compound):
    """Met if its part is not."""


@dataclass(frozen=True, eq=False)
class Threshold(Criterion):
    """A laboratory value compared with a limit, published in one or several units.

    Attributes:
        analytes: What is measured.
        comparator: How the value has to compare.
        limits: The limits, one a unit.
        abnormal_settles: Whether an unquantified abnormal result meets it in the lenient reading.
        normal_settles: Whether an unquantified normal result denies it in the lenient reading.
        denied_by_absence: Findings whose absence denies it where no value is told.
        units: The units of the limits.
    """

    analytes: tuple[URIRef, ...]
    comparator: Comparator
    limits: Limits
    abnormal_settles: bool
    normal_settles: bool
    denied_by_absence: tuple[URIRef, ...]
    units: frozenset[URIRef]


@dataclass(frozen=True, eq=False)
class Ratio(Criterion):
    """The ratio of two laboratory values of the same time compared with a limit."""

    numerator: URIRef
    numerator_unit: URIRef
    denominator: URIRef
    denominator_unit: URIRef
    comparator: Comparator
    limit: Decimal


@dataclass(frozen=True, eq=False)
class Age(Criterion):
    """An age compared with a limit.

    Attributes:
        comparator: How the age has to compare.
        limits: The limits, one a unit.
        bounds_from_above: Whether the age told, that at presentation, only bounds the age asked for.
    """

    comparator: Comparator
    limits: Limits
    bounds_from_above: bool


@dataclass(frozen=True, eq=False)
class Statement(Criterion):
    """A finding or a condition that the document states.

    Attributes:
        terms: The findings and conditions, each with all below it, of which one suffices.
        implied_by: Further terms whose presence says the same, while their absence says nothing.
        statuses: The statuses that count as present.
        persistence: For how long a statement holds.
        presence_suffices: False where presence alone does not tell all that is asked (a duration, a size):
            it is then only met in the lenient reading.
        denied_by_absence: Further terms whose absence denies it.
        denied_by_presence: Conditions whose presence denies it where nothing else is stated.
    """

    terms: tuple[URIRef, ...]
    implied_by: tuple[URIRef, ...]
    statuses: frozenset[URIRef]
    persistence: Persistence
    presence_suffices: bool
    denied_by_absence: tuple[URIRef, ...]
    denied_by_presence: tuple[URIRef, ...]

    @cached_property
    def firm(self) -> bool:
        """Whether what settles it in the strict reading does so in the lenient one: not where words may outweigh."""
        return not self.denied_by_presence


@dataclass(frozen=True, eq=False)
class Exposure(Criterion):
    """Drugs that were given for a time.

    Attributes:
        drugs: The drugs, each with all below it, of which one suffices.
        except_for: Drugs below those that do not count.
        minimum_days: For how many days they had to be given until the time in question.
    """

    drugs: tuple[URIRef, ...]
    except_for: tuple[URIRef, ...]
    minimum_days: int


@dataclass(frozen=True, eq=False)
class Genetic(Criterion):
    """A variant in one of the genes with a zygosity that causes disease.

    Attributes:
        genes: The genes.
        zygosities: The zygosities that count; any other, or none told, leaves it unknown.
        denied_by_absence: Conditions whose exclusion denies it.
    """

    genes: tuple[URIRef, ...]
    zygosities: frozenset[URIRef]
    denied_by_absence: tuple[URIRef, ...]


@dataclass(frozen=True, slots=True)
class PointsClass:
    """Points and the criterion that earns them."""

    points: Decimal
    criterion: Criterion


@dataclass(frozen=True, eq=False)
class PointsTerm(_Compound):
    """A term of a score with classes of points, in the order of the points' size.

    The last class that is met counts; a class implies those before it.
    """

    classes: tuple[PointsClass, ...]


@dataclass(frozen=True, eq=False)
class LinearTerm(Criterion):
    """A term of a score: a laboratory value in one unit, times a weight."""

    analyte: URIRef
    unit: URIRef
    weight: Decimal


@dataclass(frozen=True, eq=False)
class Score(_Compound):
    """A sum of terms compared with a cut-off.

    Attributes:
        terms: What is summed.
        comparator: How the sum has to compare.
        cut_off: With what.
        probability: Intercept and slope of the logistic model that makes a probability of the sum, if there is one.
    """

    terms: tuple[PointsTerm | LinearTerm, ...]
    comparator: Comparator
    cut_off: Decimal
    probability: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, eq=False)
class CriteriaSet:
    """A criteria set.

    Attributes:
        iri: The individual of the ontology.
        name: Its local name, part of the assessments' IRIs.
        criterion: What decides it.
        items: The criteria that assessments list.
        leaves: The criteria that events answer.
        scores: The scores in it.
        assesses: The conditions that it tells from others.
        version: The version of its encoding.
    """

    iri: URIRef
    name: str
    criterion: Criterion
    items: tuple[Criterion, ...]
    leaves: tuple[Criterion, ...]
    scores: tuple[Score, ...]
    assesses: tuple[URIRef, ...]
    version: str
