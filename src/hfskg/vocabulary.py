"""The vocabulary of the reader: the terms of the ontology, their names and the relations it reads by.

Everything that is known about drugs, diseases, analytes and units comes from the Turtle files; this module
only turns them into look-up tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from rdflib import Graph, Literal, URIRef

from hfskg.errors import VocabularyError
from hfskg.modules import load_ontology, package_digest, read_ontology
from hfskg.namespaces import HFS, IAO, OBOINOWL, OWL, RDF, RDFS, SKOS
from hfskg.parts import Grounding, TermRef

__all__ = [
    "Abnormality",
    "Kind",
    "Name",
    "NameKind",
    "Term",
    "Vocabulary",
    "load_ontology",
    "load_vocabulary",
]

_FEW_KINDS = 12
_TRUE = Literal(True)


class Kind(StrEnum):
    """The kinds of terms that are read; each value is the local name of the ontology's top class."""

    DISEASE = "Disease"
    FINDING = "Finding"
    DRUG = "Drug"
    PROTOCOL = "TreatmentProtocol"
    GENE = "Gene"
    ANALYTE = "Analyte"
    PANEL = "LaboratoryPanel"
    PROCEDURE = "MedicalProcedure"
    ROUTE = "Route"
    ORGANISM = "Organism"
    BODY_SITE = "BodySite"
    PROTEIN = "Protein"


class NameKind(StrEnum):
    """What a name says when it stands in a text; each value is the IRI of the ontology's property."""

    LABEL = str(RDFS.label)
    EXACT = str(OBOINOWL.hasExactSynonym)
    NARROW = str(OBOINOWL.hasNarrowSynonym)
    HIDDEN = str(SKOS.hiddenLabel)
    ABBREVIATION = str(HFS.abbreviation)
    BRAND = str(HFS.brandName)
    ADJECTIVE = str(HFS.adjectivalForm)
    ABSENCE = str(HFS.absenceTerm)
    RESOLUTION = str(HFS.resolutionTerm)
    TABLE = str(HFS.tableName)


class Name(NamedTuple):
    """A name of a term and what it says."""

    text: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Term:
    """A term that the reader recognises.

    Attributes:
        iri: The term's IRI.
        label: Its preferred label.
        kind: What it names.
        names: The names by which it is found.
        vocabulary: The background vocabulary that it was found in; None for the ontology itself.
        grounding: How it relates to the words that were found there.
    """

    iri: str
    label: str
    kind: Kind
    names: tuple[Name, ...]
    vocabulary: str | None = None
    grounding: Grounding | None = None

    def __hash__(self) -> int:
        return hash(self.iri)

    @property
    def ref(self) -> TermRef:
        """The term as the record refers to it."""
        return _ref(self.iri, self.label, self.vocabulary, self.grounding)


@lru_cache(maxsize=65536)
def _ref(iri: str, label: str, vocabulary: str | None, grounding: Grounding | None) -> TermRef:
    return TermRef(iri=iri, label=label, vocabulary=vocabulary, grounding=grounding)


@dataclass(frozen=True, slots=True)
class Abnormality:
    """A finding that an analyte, panel or test shows.

    Attributes:
        finding: The finding's IRI.
        direction: Local name of the direction, such as ``High``.
        read_from_normal: Whether a normal result denies this finding; where it is the only one that the test shows,
            it does unless the ontology says otherwise.
    """

    finding: str
    direction: str
    read_from_normal: bool


@dataclass(frozen=True)
class Vocabulary:
    """The terms of an ontology and the relations between them that the reader uses.

    Attributes:
        graph: The merged ontology as asserted.
        terms: All terms that are read, by IRI.
        digest: Digest of the files it was loaded from, by which what follows from it is kept; None if unknown.
    """

    graph: Graph
    terms: Mapping[str, Term]
    digest: str | None = None
    _relations: dict[str, dict[str, list[str]]] = field(default_factory=dict, repr=False)

    def related(self, iri: str, relation: str) -> list[str]:
        """Return the IRIs that a term is related to by a property of the ontology, sorted.

        Args:
            iri: The term.
            relation: Local name of the property.
        """
        if relation not in self._relations:
            table: dict[str, list[str]] = defaultdict(list)
            for subject, value in self.graph.subject_objects(HFS[relation]):
                table[str(subject)].append(str(value))
            self._relations[relation] = {key: sorted(values) for key, values in table.items()}
        return self._relations[relation].get(iri, [])

    @cached_property
    def specimens(self) -> frozenset[str]:
        """The specimens other than blood that something is measured in, or a procedure takes."""
        return frozenset(map(str, self.graph.objects(None, HFS.specimen)))

    @cached_property
    def measured_in(self) -> Mapping[tuple[str, str], str]:
        """The analytes of other specimens, by what they are called in blood and by the specimen."""
        pairs = ((str(s), str(o)) for s, o in self.graph.subject_objects(HFS.inBlood))
        return {(blood, specimen): own for own, blood in pairs for specimen in self.related(own, "specimen")}

    @cached_property
    def abnormalities(self) -> Mapping[str, tuple[Abnormality, ...]]:
        """The findings that an analyte, panel or test shows, by its IRI."""
        table: dict[str, list[Abnormality]] = defaultdict(list)
        told = {str(s): o == Literal(True) for s, o in self.graph.subject_objects(HFS.readFromNormal)}
        for finding, of in sorted(self.graph.subject_objects(HFS.abnormalityOf), key=str):
            for direction in self.related(str(finding), "direction"):
                name = direction.removeprefix(str(HFS))
                table[str(of)].append(Abnormality(str(finding), name, told.get(str(finding), False)))
        return {
            of: (replace(found[0], read_from_normal=told.get(found[0].finding, True)),)
            if len(found) == 1
            else tuple(found)
            for of, found in table.items()
        }

    @cached_property
    def shown_by(self) -> Mapping[str, tuple[str, ...]]:
        """The analytes whose values show a finding, by the finding's IRI, the last the first by its IRI."""
        shown: dict[str, list[str]] = defaultdict(list)
        for of, found in sorted(self.abnormalities.items(), reverse=True):
            if of in self.terms and self.terms[of].kind is Kind.ANALYTE:
                for abnormality in found:
                    shown[abnormality.finding].append(of)
        return {finding: tuple(analytes) for finding, analytes in shown.items()}

    @cached_property
    def claim_relations(self) -> Mapping[str, TermRef]:
        """The relations that claims of the literature may state, by their labels."""
        relations = ((r, self.graph.value(r, RDFS.label)) for r in self.graph.subjects(RDF.type, HFS.ClaimRelation))
        return {str(label): TermRef(iri=str(iri), label=str(label)) for iri, label in relations if label is not None}

    @cached_property
    def criteria_sets(self) -> Mapping[str, TermRef]:
        """The criteria sets, by their labels."""
        sets = ((s, self.graph.value(s, RDFS.label)) for s in self.graph.subjects(RDF.type, HFS.CriteriaSet))
        return {str(label): TermRef(iri=str(iri), label=str(label)) for iri, label in sets if label is not None}

    @cached_property
    def criteria_names(self) -> tuple[tuple[str, TermRef], ...]:
        """The regular expressions by which texts name criteria sets, each with its set, in the order of the labels."""
        return tuple(
            (pattern, term)
            for _, term in sorted(self.criteria_sets.items())
            for pattern in sorted(map(str, self.graph.objects(URIRef(term.iri), HFS.readAs)))
        )

    @cached_property
    def thresholds(self) -> frozenset[tuple[str, Decimal]]:
        """What criteria compare with: an analyte's IRI and a number, in whatever unit it was published."""
        return frozenset(
            (str(analyte), Decimal(str(value)))
            for criterion, limit in self.graph.subject_objects(HFS.limit)
            for analyte in self.graph.objects(criterion, HFS.about)
            for value in self.graph.objects(limit, HFS.limitValue)
        )

    @cached_property
    def infections(self) -> Mapping[str, str]:
        """The infection that an organism causes wherever it is found, by the organism's IRI.

        An infection of one site (a growth in blood, a hepatitis) counts only where the organism and its genus cause no
        other; of several it is the one nearest to the top of the hierarchy.
        """
        caused: dict[bool, dict[str, list[str]]] = {True: defaultdict(list), False: defaultdict(list)}
        for iri, term in self.terms.items():
            if term.kind is Kind.DISEASE:
                local = any(self.related(above, "site") for above in self.ancestors[iri])
                for organism in self.related(iri, "causedBy"):
                    caused[local][organism].append(iri)
        table: dict[str, str] = {}
        for iri in (iri for iri, term in self.terms.items() if term.kind is Kind.ORGANISM):
            narrow = sorted(self.ancestors[iri], key=lambda above: -len(self.ancestors.get(above, ())))
            close = [above for above in narrow if self.kinds.get(above, 0) <= _FEW_KINDS]
            found = next((c[above] for c in (caused[False], caused[True]) for above in close if above in c), None)
            if found:
                table[iri] = min(found, key=lambda disease: (len(self.ancestors[disease]), disease))
        return table

    @cached_property
    def replacements(self) -> Mapping[str, str]:
        """The term in use that stands for each deprecated term, by the deprecated term's IRI.

        A replacement that is deprecated itself leads on to its own; those that lead nowhere are left out.
        """
        deprecated = {str(s) for s in self.graph.subjects(OWL.deprecated, _TRUE)}
        following = {s: str(o) for s in deprecated if (o := self.graph.value(URIRef(s), IAO["0100001"])) is not None}
        table: dict[str, str] = {}
        for start in sorted(following):
            end, seen = following[start], {start}
            while end in following and end not in seen:
                seen.add(end)
                end = following[end]
            if end not in deprecated:
                table[start] = end
        return table

    @cached_property
    def replaced(self) -> Mapping[str, tuple[str, ...]]:
        """The deprecated terms that a term in use stands for, by its IRI."""
        table: dict[str, list[str]] = defaultdict(list)
        for old, new in self.replacements.items():
            table[new].append(old)
        return {new: tuple(sorted(old)) for new, old in table.items()}

    def term(self, iri: str) -> Term | None:
        """Return the term that an IRI names, or the one that replaces it; None if there is neither."""
        return self.terms.get(self.replacements.get(iri, iri))

    @cached_property
    def composed(self) -> Mapping[tuple[str, str], str]:
        """The site-specific term for a general one (procedure or finding) and a body site."""
        table: dict[tuple[str, str], str] = {}
        for relation in ("method", "baseFinding"):
            for term, general in self.graph.subject_objects(HFS[relation]):
                for site in self.related(str(term), "site"):
                    table[str(general), site] = str(term)
        return table

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """The named superclasses of each class, itself included."""
        parents: dict[str, set[str]] = defaultdict(set)
        for child, parent in self.graph.subject_objects(RDFS.subClassOf):
            if isinstance(parent, URIRef):
                parents[str(child)].add(str(parent))
        table: dict[str, frozenset[str]] = {}

        def closure(iri: str, path: frozenset[str]) -> frozenset[str]:
            if iri not in table:
                above = (closure(p, path | {iri}) for p in parents.get(iri, ()) if p not in path)
                table[iri] = frozenset({iri}).union(*above)
            return table[iri]

        for iri in list(parents):
            closure(iri, frozenset())
        return table

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """The number of classes below each class."""
        return Counter(above for iri, found in self.ancestors.items() for above in found if above != iri)

    def is_a(self, iri: str, ancestor: str) -> bool:
        """Tell whether a class is another class or below it, as asserted."""
        return ancestor in self.ancestors.get(iri, frozenset({iri}))


def load_vocabulary(directory: Path | None = None, overlays: Iterable[Path] = ()) -> Vocabulary:
    """Load the ontology and return its terms as the reader needs them.

    The package's own, without overlays, is loaded once in a process as long as its files stay the same; whoever gets
    it must not change its graph.

    Args:
        directory: The folder with ``hfs.ttl``; the package's own if left out.
        overlays: Further Turtle files to merge, such as a user's own terms.

    Raises:
        VocabularyError: A file of the ontology is missing or broken.
    """
    overlays = tuple(overlays)
    return _load(directory, overlays) if directory or overlays else _package_vocabulary(package_digest())


@lru_cache(maxsize=1)
def _package_vocabulary(_digest: str) -> Vocabulary:
    return _load(None, ())


def _load(directory: Path | None, overlays: tuple[Path, ...]) -> Vocabulary:
    read = read_ontology(directory, overlays)
    graph, vocabulary = read.graph, Vocabulary(read.graph, {})
    former, named = vocabulary.replaced, _names(graph)
    tops = {str(HFS[kind.value]): kind for kind in Kind}
    terms: dict[str, Term] = {}
    for subject in sorted(set(graph.subjects(RDF.type, OWL.Class)), key=str):
        iri = str(subject)
        kinds = [tops[a] for a in vocabulary.ancestors.get(iri, ()) if a in tops]
        if not kinds or iri in tops or (subject, OWL.deprecated, _TRUE) in graph:
            continue
        names = (*named.get(iri, ()), *_former_names(named, iri, former.get(iri, ())))
        label = next((name.text for name in names if name.kind is NameKind.LABEL), None)
        if label is None:
            raise VocabularyError(f"The term {subject} has no rdfs:label.", "Give it one.")
        terms[iri] = Term(iri, label, min(kinds, key=lambda k: list(Kind).index(k)), names)
    return Vocabulary(graph, terms, read.digest)


def _names(graph: Graph) -> dict[str, list[Name]]:
    """Return the names of every term by its IRI, kind by kind."""
    names: dict[str, list[Name]] = defaultdict(list)
    for kind in NameKind:
        told = sorted((str(subject), str(value)) for subject, value in graph.subject_objects(URIRef(kind.value)))
        for iri, text in told:
            names[iri].append(Name(text, kind))
    return names


def _former_names(names: Mapping[str, Sequence[Name]], iri: str, former: Iterable[str]) -> Iterator[Name]:
    """Yield the names that a term takes over from deprecated ones that it replaces; their labels become synonyms."""
    seen = {name.text for name in names.get(iri, ())}
    for old in former:
        for name in names.get(old, ()):
            if name.text not in seen:
                seen.add(name.text)
                yield name._replace(kind=NameKind.EXACT) if name.kind is NameKind.LABEL else name
