"""Validation of graphs against the SHACL shapes, and reports that lead back to the words a statement was read from.

The judge is pySHACL on plain rdflib graphs. A document's graph is validated together with the slice of the ontology
that it uses: its terms and units, what is above them, and what is told of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyshacl
from pyparsing import ParseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from hfskg.canonical import term
from hfskg.errors import ConformanceError, InputError
from hfskg.namespaces import HFS, ONTOLOGY, RDF, RDFS
from hfskg.provenance import Origin, Statements, natural
from hfskg.resources import shapes_directory

__all__ = [
    "Severity",
    "ValidationReport",
    "ValidationResult",
    "Validator",
    "load_shapes",
    "ontology_slice",
    "spread_targets",
]

Severity = Literal["violation", "warning", "info"]

ONTOLOGY_SHAPES = "ontology"
"""The folder within the shapes' folder that holds the shapes of the ontology itself."""

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_SEVERITIES: Mapping[Node, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_IRIS: Mapping[Severity, URIRef] = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}
_RANK: Mapping[Severity, int] = {"violation": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One thing that a shape objects to.

    Attributes:
        severity: ``violation`` keeps a document out of the graph, ``warning`` and ``info`` do not.
        message: What is wrong, for curators.
        focus: The node that was checked; for a blank node the term that it belongs to.
        path: The property whose values were checked; None if it is no simple one.
        value: The value at fault, if there is one with a name.
        value_text: The value in words.
        shape: The shape.
        component: The kind of constraint that objects, a constraint component of SHACL.
        origin: The case, the statement and the words it was read from.
    """

    severity: Severity
    message: str
    focus: Node
    path: URIRef | None
    value: Node | None
    value_text: str | None
    shape: Node
    component: Node
    origin: Origin

    @property
    def case(self) -> str | None:
        """Label of the case."""
        return self.origin.case

    @property
    def statement(self) -> str | None:
        """The statement in words."""
        return self.origin.statement

    @property
    def sentence(self) -> str | None:
        """The sentence that the statement was read from."""
        return self.origin.sentence

    @property
    def key(self) -> str:
        """What tells this result from all others, as text."""
        nodes = (self.shape, self.component, self.focus, self.path, self.value)
        return " ".join([*("-" if node is None else term(node) for node in nodes), self.message])

    def to_text(self) -> str:
        """Return the result for curators: a line for what is wrong, and one for each thing that helps to find it."""
        lines = [f"{self.severity.capitalize()}: {self.message}"]
        if self.case is not None:
            lines.append(f"  case:      {self.case}")
        if self.statement is not None:
            lines.append(f"  statement: {self.statement}")
        if self.value_text is not None and self.value != self.origin.node:
            lines.append(f"  value:     {self.value_text}")
        if self.sentence is not None:
            place = f"  (characters {self.origin.start}-{self.origin.end})" if self.origin.end is not None else ""
            lines.append(f"  read from: {self._marked()}{place}")
        at_fault = self.value if self.value is not None and self.value == self.origin.node else self.focus
        lines.append(f"  node:      {term(at_fault)}")
        lines.append(f"  shape:     {term(self.shape)}")
        return "\n".join(lines)

    def _marked(self) -> str:
        quote = " ".join((self.origin.quote or "").split())
        return (self.sentence or "").replace(quote, f"«{quote}»", 1) if quote else self.sentence or ""


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What the shapes say about a graph.

    Attributes:
        subject: The document, or the ontology.
        results: Violations first, then in the order of the nodes.
    """

    subject: URIRef
    results: tuple[ValidationResult, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not matter."""
        return not any(result.severity == "violation" for result in self.results)

    def summary(self) -> str:
        """Return the number of results in words, such as ``conforms, 2 warnings``."""
        counts = {name: sum(result.severity == name for result in self.results) for name in _RANK}
        nouns = {"violation": "violation", "warning": "warning", "info": "remark"}
        told = [f"{n} {nouns[name]}{'' if n == 1 else 's'}" for name, n in counts.items() if n]
        return ", ".join(["conforms", *told] if self.conforms else told)

    def to_text(self) -> str:
        """Return the report for curators: the summary, then the results, each after an empty line."""
        return "".join(f"{part}\n" for part in [self.summary(), *(f"\n{r.to_text()}" for r in self.results)])

    def to_graph(self) -> Graph:
        """Return the report in SHACL's own terms.

        Returns:
            A graph without blank nodes: the results are named by digests of what they say. ``sh:conforms`` is told
            as in :attr:`conforms`: a report with warnings only conforms.
        """
        graph = Graph()
        report = URIRef(f"{self.subject}/validation")
        graph.add((report, RDF.type, SH.ValidationReport))
        graph.add((report, SH.conforms, RdfLiteral(self.conforms)))
        for result in self.results:
            node = URIRef(f"{report}/{hashlib.sha256(result.key.encode()).hexdigest()[:16]}")
            graph.add((report, SH.result, node))
            graph.add((node, RDF.type, SH.ValidationResult))
            graph.add((node, SH.resultSeverity, _IRIS[result.severity]))
            graph.add((node, SH.resultMessage, RdfLiteral(result.message)))
            optional = {
                SH.focusNode: result.focus,
                SH.resultPath: result.path,
                SH.value: result.value,
                SH.sourceShape: result.shape,
                SH.sourceConstraintComponent: result.component,
            }
            for predicate, value in optional.items():
                if value is not None and not isinstance(value, BNode):
                    graph.add((node, predicate, value))
        return graph


class Validator:
    """The shapes, loaded once for all graphs.

    Args:
        shapes: The shapes' folder; the package's own if left out. Its Turtle files hold the shapes of documents,
            those in its folder ``ontology`` the shapes of the ontology.

    Raises:
        InputError: There are no shapes, or a file is broken.
    """

    def __init__(self, shapes: Path | None = None) -> None:
        self._directory = shapes or shapes_directory()
        self._shapes = spread_targets(load_shapes(self._directory))
        self._queries: dict[str, Query] = {}

    def validate(self, graph: Graph, ontology: Graph) -> ValidationReport:
        """Validate the graph of a document.

        Args:
            graph: The document's graph, with or without the assessments of its patients.
            ontology: The ontology.

        Raises:
            ConformanceError: The graph holds no document, so that there is nothing to check.
            InputError: A shape is broken.
        """
        documents = sorted(node for node in graph.subjects(RDF.type, HFS.SourceDocument) if isinstance(node, URIRef))
        if not documents:
            what = "There is nothing to validate: the graph describes no document."
            raise ConformanceError(what, "Give the graph of a document, as `hfskg build` writes it.")
        merged = _QueriedGraph(self._queries)
        for triple in graph:
            merged.add(triple)
        for triple in ontology_slice(graph, ontology):
            merged.add(triple)
        return _report(documents[0], merged, self._shapes)

    def validate_ontology(self, ontology: Graph) -> ValidationReport:
        """Validate the ontology itself.

        Args:
            ontology: The merged ontology.

        Raises:
            ConformanceError: The graph holds no term, so that there is nothing to check.
            InputError: There are no shapes for the ontology, or one is broken.
        """
        shapes = spread_targets(load_shapes(self._directory / ONTOLOGY_SHAPES))
        if not any(isinstance(node, URIRef) for node in ontology.subjects(RDFS.subClassOf)):
            raise ConformanceError("There is nothing to validate: the ontology has no terms.", "Load its modules.")
        merged = _QueriedGraph(self._queries)
        for triple in ontology:
            merged.add(triple)
        return _report(ONTOLOGY, merged, shapes)


def load_shapes(directory: Path) -> Graph:
    """Load the shapes of a folder.

    Args:
        directory: The folder; its Turtle files are merged, its subfolders are not read.

    Raises:
        InputError: The folder is missing or holds no shapes, or a file is not Turtle.
    """
    graph = Graph()
    for path in sorted(directory.glob("*.ttl")):
        try:
            graph.parse(path, format="turtle")
        except (BadSyntax, ParserError) as error:
            raise InputError(f"{path} is not valid Turtle: {str(error).splitlines()[0]}", "Mend it.") from error
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror or error}.", "Check the file.") from error
    if not any((None, kind, None) in graph for kind in _TARGETS):
        raise InputError(f"The folder {directory} holds no SHACL shapes.", "Name a folder with shapes as .ttl files.")
    return graph


def spread_targets(shapes: Graph) -> Graph:
    """Return shapes that say the same and are validated several times faster.

    The property shapes of a node shape get its targets for themselves: pySHACL then checks all nodes at once instead
    of one after the other. Shapes that others refer to, or that are switched off, stay as they are.

    Args:
        shapes: The shapes; not changed.
    """
    spread = Graph()
    for triple in shapes:
        spread.add(triple)
    for shape, part in shapes.subject_objects(SH.property):
        targets = [(kind, node) for kind in _TARGETS for node in shapes.objects(shape, kind)]
        if targets and (None, None, shape) not in shapes and (shape, SH.deactivated, None) not in shapes:
            spread.remove((shape, SH.property, part))
            for kind, node in targets:
                spread.add((part, kind, node))
    return spread


def ontology_slice(graph: Graph, ontology: Graph) -> Iterator[tuple[Node, Node, Node]]:
    """Yield what an ontology tells of the terms that a graph uses and of what is above them.

    Args:
        graph: A graph that refers to terms.
        ontology: The ontology; its anonymous classes are left out.
    """
    pending = {node for node in graph.objects() if isinstance(node, URIRef)}
    seen: set[Node] = set()
    while pending:
        node = pending.pop()
        seen.add(node)
        for predicate, value in ontology.predicate_objects(node):
            if isinstance(value, BNode):
                continue
            yield node, predicate, value
            if predicate in (RDFS.subClassOf, RDF.type) and isinstance(value, URIRef) and value not in seen:
                pending.add(value)


class _QueriedGraph(Graph):
    """A graph that parses each query once: pySHACL asks the same one for every focus node."""

    def __init__(self, queries: dict[str, Query]) -> None:
        super().__init__(bind_namespaces="none")
        self._queries = queries

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Run a query.

        Raises:
            InputError: It is no SPARQL.
        """
        if isinstance(query_object, str):
            query_object = self._prepared(query_object)
        return super().query(query_object, *args, **kwargs)

    def _prepared(self, text: str) -> Query:
        if text not in self._queries:
            try:
                self._queries[text] = prepareQuery(text)
            except ParseException as error:
                what = f"A shape's SPARQL constraint is broken at line {error.lineno}: {error.line.strip()}"
                raise InputError(what, "Mend the shape.") from error
        return self._queries[text]


def _report(subject: URIRef, graph: Graph, shapes: Graph) -> ValidationReport:
    try:
        _, found, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none", inplace=True)
    except ReportableRuntimeError as error:
        raise InputError(f"The shapes cannot be used: {error}", "Mend the shape.") from error
    if not isinstance(found, Graph):
        raise InputError(f"The shapes cannot be used: {text}", "Mend the shape.")
    statements = Statements(graph)
    results = {result.key: result for result in _results(found, statements)}
    return ValidationReport(subject, tuple(sorted(results.values(), key=_order)))


def _results(found: Graph, statements: Statements) -> Iterator[ValidationResult]:
    details = set(found.objects(None, SH.detail))
    for node in found.subjects(RDF.type, SH.ValidationResult):
        focus, shape = found.value(node, SH.focusNode), found.value(node, SH.sourceShape)
        component = found.value(node, SH.sourceConstraintComponent)
        if node in details or focus is None or shape is None or component is None:
            continue
        path, value = found.value(node, SH.resultPath), found.value(node, SH.value)
        focus, value = statements.named(focus), None if isinstance(value, BNode) else value
        messages = sorted({str(message) for message in found.objects(node, SH.resultMessage)})
        yield ValidationResult(
            severity=_SEVERITIES.get(found.value(node, SH.resultSeverity) or SH.Violation, "violation"),
            message=" ".join(messages),
            focus=focus,
            path=path if isinstance(path, URIRef) else None,
            value=value,
            value_text=None if value is None else statements.label(value),
            shape=shape,
            component=component,
            origin=statements.origin(focus, value),
        )


def _order(result: ValidationResult) -> tuple[int, list[tuple[int, int, str]], str]:
    return _RANK[result.severity], natural(str(result.focus)), result.key
