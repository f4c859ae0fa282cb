"""All that the ontology says of a class, in words: what ``hfskg ontology show`` prints and the pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node as RdfNode

from hfskg.namespaces import HFS, IAO, OBOINOWL, OWL, RDF, RDFS, SKOS
from hfskg.ontology.browsing import hierarchy, labels
from hfskg.ontology.loading import Ontology
from hfskg.store import Store
from hfskg.terms import shorten

__all__ = ["Card", "Cards", "Target", "card", "case_counts", "compact"]

_NAMES = {
    "synonyms": OBOINOWL.hasExactSynonym,
    "narrow synonyms": OBOINOWL.hasNarrowSynonym,
    "abbreviations": HFS.abbreviation,
    "brand names": HFS.brandName,
}
_MAPPINGS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
_HIDDEN = {RDF.type, RDFS.subClassOf, RDFS.label, OWL.equivalentClass, OWL.deprecated, SKOS.hiddenLabel}
_TOLD = {IAO["0000115"], IAO["0000119"], IAO["0000116"], IAO["0100001"], *_NAMES.values(), *_MAPPINGS}
_PATHS = {"rdf", "id", "entry", "phenotypicSeries"}
"""Parts of addresses that do not name a vocabulary."""

_CASES = """
PREFIX hfs: <https://w3id.org/hfskg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT (COUNT(DISTINCT ?case) AS ?cases) (COUNT(DISTINCT ?document) AS ?documents) ?_term WHERE {
  ?class rdfs:subClassOf* ?_term .
  ?event hfs:condition|hfs:finding|hfs:analyte|hfs:drug|hfs:procedure|hfs:gene|hfs:adverseEffect|hfs:route ?class ;
    hfs:patient ?case .
  ?case hfs:describedIn ?document .
  FILTER NOT EXISTS { ?event hfs:status ?status . FILTER(?status IN (hfs:Absent, hfs:Excluded)) }
}
GROUP BY ?_term
"""


@dataclass(frozen=True, slots=True)
class Target:
    """A protein that a drug acts on.

    Attributes:
        iri: The protein.
        label: Its label.
        identifiers: Its UniProt accession and the HGNC identifier of its gene, as CURIEs.
        inherited_from: The class that says so, where it is not the drug itself.
    """

    iri: str
    label: str
    identifiers: tuple[str, ...]
    inherited_from: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A class of the ontology.

    Attributes:
        iri: The class.
        label: Its label.
        module: The module that declares it.
        definition: What it means.
        sources: Where the definition comes from.
        notes: Remarks of the editors.
        replaced_by: What to use in its place, if it is deprecated and that is told.
        deprecated: Whether it is deprecated.
        names: Its other names, by what they are.
        parents: The classes right above it, with their labels.
        children: The classes right below it, with their labels.
        definitions: The axioms that define it, in words.
        targets: For a drug: the proteins it acts on.
        relations: What else is said of it: the property's label, and the values with their labels.
        mappings: Terms of other vocabularies, by the kind of match.
    """

    iri: str
    label: str
    module: str | None
    definition: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    deprecated: bool
    replaced_by: tuple[str, str] | None
    names: Mapping[str, tuple[str, ...]]
    parents: tuple[tuple[str, str], ...]
    children: tuple[tuple[str, str], ...]
    definitions: tuple[str, ...]
    targets: tuple[Target, ...]
    relations: tuple[tuple[str, tuple[tuple[str | None, str], ...]], ...]
    mappings: Mapping[str, tuple[str, ...]]

    @property
    def curie(self) -> str:
        """The IRI in short."""
        return shorten(self.iri)


class Cards:
    """Makes the cards of an ontology.

    Args:
        ontology: The ontology with its inferred hierarchy.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._graph: Graph = ontology.files.graph
        self._labels = labels(ontology.store)
        self._children = hierarchy(ontology.store)

    @cached_property
    def _parents(self) -> Mapping[str, tuple[str, ...]]:
        table: dict[str, list[str]] = defaultdict(list)
        for parent, found in self._children.items():
            for child in found:
                table[child].append(parent)
        return {child: tuple(found) for child, found in table.items()}

    @cached_property
    def _genes(self) -> Mapping[str, tuple[str, ...]]:
        table: dict[str, list[str]] = defaultdict(list)
        for gene, protein in self._graph.subject_objects(HFS.geneProduct):
            table[str(protein)].append(str(gene))
        return {protein: tuple(sorted(found)) for protein, found in table.items()}

    def classes(self) -> list[str]:
        """Return the IRIs of all classes that have a name, sorted."""
        return sorted({str(s) for s in self._graph.subjects(RDF.type, OWL.Class) if isinstance(s, URIRef)})

    def card(self, term: URIRef) -> Card:
        """Return the card of a class."""
        graph = self._graph
        new = graph.value(term, IAO["0100001"])
        return Card(
            iri=str(term),
            label=self._label(term),
            module=self._ontology.homes.get(str(term)),
            definition=str(graph.value(term, IAO["0000115"]) or ""),
            sources=self._texts(term, IAO["0000119"]),
            notes=self._texts(term, IAO["0000116"]),
            deprecated=(term, OWL.deprecated, Literal(True)) in graph,
            replaced_by=(str(new), self._label(new)) if new is not None else None,
            names={kind: found for kind, of in _NAMES.items() if (found := self._texts(term, of))},
            parents=self._listed(self._parents.get(str(term), ())),
            children=self._listed(self._children.get(str(term), ())),
            definitions=tuple(sorted(self._words(e) for e in graph.objects(term, OWL.equivalentClass))),
            targets=self._targets(term),
            relations=self._relations(term),
            mappings={
                self._label(of): found
                for of in _MAPPINGS
                if (found := tuple(sorted(str(mapped) for mapped in graph.objects(term, of))))
            },
        )

    def _label(self, node: RdfNode | None) -> str:
        return self._labels.get(str(node), shorten(str(node)))

    def _texts(self, term: URIRef, of: URIRef) -> tuple[str, ...]:
        return tuple(sorted((str(value) for value in self._graph.objects(term, of)), key=str.casefold))

    def _listed(self, iris: Iterable[str]) -> tuple[tuple[str, str], ...]:
        named = ((iri, self._labels.get(iri, shorten(iri))) for iri in iris)
        return tuple(sorted(named, key=lambda one: (one[1].casefold(), one[0])))

    def _relations(self, term: URIRef) -> tuple[tuple[str, tuple[tuple[str | None, str], ...]], ...]:
        table: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
        for on, value in self._graph.predicate_objects(term):
            if on in _HIDDEN or on in _TOLD:
                continue
            if isinstance(value, URIRef):
                table[self._label(on)].append((str(value), self._label(value)))
            elif isinstance(value, Literal):
                table[self._label(on)].append((None, str(value)))
        for parent in self._graph.objects(term, RDFS.subClassOf):
            along = self._graph.value(parent, OWL.onProperty)
            if along is not None and along != HFS.hasTarget:
                filler = self._graph.value(parent, OWL.someValuesFrom)
                entry = (str(filler) if isinstance(filler, URIRef) else None, self._words(filler))
                if entry not in table[self._label(along)]:
                    table[self._label(along)].append(entry)
        ordered = (
            (of, tuple(sorted(found, key=lambda one: (one[1].casefold(), one[1])))) for of, found in table.items()
        )
        return tuple(sorted(ordered))

    def _words(self, node: RdfNode | None) -> str:
        """Return an expression of OWL in words."""
        graph = self._graph
        if node is None or isinstance(node, URIRef):
            return self._label(node)
        for of, word in ((OWL.intersectionOf, " and "), (OWL.unionOf, " or ")):
            members = graph.value(node, of)
            if members is not None:
                return word.join(_names_first(self._words(member) for member in Collection(graph, members)))
        on, filler = graph.value(node, OWL.onProperty), graph.value(node, OWL.someValuesFrom)
        if on is None or filler is None:
            return "an expression"
        told = self._words(filler)
        return f"{self._label(on)} some ({told})" if " or " in told else f"{self._label(on)} some {told}"

    def _targets(self, term: URIRef) -> tuple[Target, ...]:
        """Return the targets of a class, its own before those of the classes above."""
        found: dict[str, Target] = {}
        seen, pending = {str(term)}, [str(term)]
        while pending:
            owner = pending.pop(0)
            for filler in self._fillers(URIRef(owner)):
                inherited = None if owner == str(term) else self._label(URIRef(owner))
                if filler not in found:
                    found[filler] = Target(filler, self._label(URIRef(filler)), self._identifiers(filler), inherited)
            above = [parent for parent in self._parents.get(owner, ()) if parent not in seen]
            seen.update(above)
            pending += above
        return tuple(sorted(found.values(), key=lambda target: (target.inherited_from or "", target.label)))

    def _fillers(self, owner: URIRef) -> list[str]:
        """Return the proteins of a class's own restrictions; a definition says what its members may act on, not all."""
        graph = self._graph
        restrictions = [r for r in graph.objects(owner, RDFS.subClassOf) if (r, OWL.onProperty, HFS.hasTarget) in graph]
        fillers = (graph.value(restriction, OWL.someValuesFrom) for restriction in restrictions)
        return sorted(str(filler) for filler in fillers if isinstance(filler, URIRef))

    def _identifiers(self, protein: str) -> tuple[str, ...]:
        of = (protein, *self._genes.get(protein, ()))
        mapped = (str(value) for iri in of for value in self._graph.objects(URIRef(iri), SKOS.exactMatch))
        return tuple(sorted({compact(iri) for iri in mapped if "uniprot" in iri or "hgnc" in iri}, reverse=True))


def _names_first(parts: Iterable[str]) -> Sequence[str]:
    """Return the parts of an expression, names before restrictions."""
    return sorted(parts, key=lambda part: " some " in part)


def compact(iri: str) -> str:
    """Return an identifier of another vocabulary as a CURIE, as far as its IRI tells.

    Example:
        >>> compact("http://purl.obolibrary.org/obo/HP_0003281"), compact("https://identifiers.org/hgnc:76")
        ('HP:0003281', 'hgnc:76')
        >>> compact("http://purl.uniprot.org/uniprot/P01584")
        'uniprot:P01584'
        >>> compact("https://loinc.org/rdf/2276-4"), compact("https://omim.org/entry/607115")
        ('loinc:2276-4', 'omim:607115')
    """
    last = iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    if ":" in last:
        return last
    prefix, mark, local = last.partition("_")
    if mark:
        return f"{prefix}:{local}"
    host, *between = iri.partition("//")[2].split("/")[:-1]
    return f"{between[-1] if between and between[-1] not in _PATHS else host.split('.')[0]}:{last}"


def card(term: URIRef, ontology: Ontology) -> Card:
    """Return all that an ontology says of a class.

    Args:
        term: The class.
        ontology: The ontology with its inferred hierarchy.
    """
    return Cards(ontology).card(term)


def case_counts(term: URIRef, store: Store) -> tuple[int, int]:
    """Return in how many cases a class or one below it was found, given or measured, and in how many documents.

    What was denied or ruled out does not count.

    Args:
        term: The class.
        store: A graph of case reports with the ontology.
    """
    rows = store.select(_CASES, {"_term": term}).rows
    return (int(str(rows[0][0])), int(str(rows[0][1]))) if rows else (0, 0)
