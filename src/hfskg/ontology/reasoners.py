"""HermiT and Pellet, run as Java programs over the merged ontology.

Their jars come with owlready2 (the optional extra ``ontology``); nothing of owlready2 itself is loaded. Both report
the direct superclasses of each named class.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from rdflib import Graph

from hfskg.errors import ConformanceError, ReasonerError
from hfskg.export import to_ntriples
from hfskg.namespaces import ONTOLOGY, OWL

__all__ = ["Reasoner", "Taxonomy", "classify"]

_MEMORY = "-Xmx2g"
_SECONDS = 900
_THING, _NOTHING = str(OWL.Thing), str(OWL.Nothing)
_AXIOM = re.compile(r"^(SubClassOf|EquivalentClasses)\( (<[^>]+>(?: <[^>]+>)*) \)$", re.MULTILINE)
_LEVEL = re.compile(r"^ ( *)(\S.*)$", re.MULTILINE)
_STEP = 3


class Reasoner(Enum):
    """A reasoner: the class path within owlready2, and its program with the arguments before the file."""

    HERMIT = ("hermit/HermiT.jar", "org.semanticweb.HermiT.cli.CommandLine", "-c")
    PELLET = ("pellet/*", "pellet.Pellet", "classify", "-l", "OWLAPIv3")


@dataclass(frozen=True)
class Taxonomy:
    """The hierarchy of named classes as a reasoner finds it.

    Attributes:
        parents: The direct superclasses of each class that has any besides ``owl:Thing``; of several that mean the
            same all are given.
        equivalents: The classes that mean the same, each in one group of at least two.
        unsatisfiable: The classes that can have no member.
    """

    parents: Mapping[str, frozenset[str]]
    equivalents: tuple[frozenset[str], ...]
    unsatisfiable: frozenset[str]

    @classmethod
    def of(cls, groups: Iterable[frozenset[str]], edges: Iterable[tuple[str, str]]) -> Taxonomy:
        """Return the taxonomy of groups of equivalent classes and pairs of class and superclass.

        Args:
            groups: The groups; classes without equivalents may be left out.
            edges: The direct pairs, each between any members of two groups.
        """
        group = {name: members for members in groups for name in members}
        parents: dict[str, set[str]] = defaultdict(set)
        for child, parent in edges:
            above = group.get(parent, frozenset({parent})) if parent != _THING else frozenset()
            for name in group.get(child, frozenset({child})):
                parents[name] |= above - {_THING}
        unsatisfiable = group.get(_NOTHING, frozenset()) - {_NOTHING}
        kept = (members - {_THING} for members in set(group.values()) if _NOTHING not in members)
        return cls(
            {name: frozenset(found) for name, found in sorted(parents.items()) if found and name != _NOTHING},
            tuple(sorted((members for members in kept if len(members) > 1), key=sorted)),
            unsatisfiable,
        )

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """All pairs of a class and a direct superclass, by which two taxonomies are compared."""
        return frozenset((child, parent) for child, found in self.parents.items() for parent in found)


def classify(graph: Graph, reasoner: Reasoner = Reasoner.HERMIT) -> Taxonomy:
    """Return the hierarchy of an ontology as a reasoner finds it.

    Args:
        graph: The merged ontology; its imports are left out.
        reasoner: The reasoner.

    Raises:
        ReasonerError: Java or the reasoner is missing, or it fails.
        ConformanceError: The ontology is inconsistent, or a class can have no member.
    """
    command = [*_java(), _MEMORY, "-cp", str(_jars() / reasoner.value[0]), *reasoner.value[1:]]
    triples = Graph(store="SimpleMemory")
    for triple in graph:
        if triple[1] != OWL.imports:
            triples.add(triple)
    with tempfile.TemporaryDirectory(prefix="hfskg-") as folder:
        path = Path(folder) / "ontology.nt"
        path.write_bytes(to_ntriples({ONTOLOGY: triples}))
        told = _run([*command, path.as_uri() if reasoner is Reasoner.HERMIT else str(path)], reasoner)
    taxonomy = _READERS[reasoner](told)
    if taxonomy.unsatisfiable:
        names = ", ".join(sorted(taxonomy.unsatisfiable))
        raise ConformanceError(f"{_title(reasoner)} finds classes that can have no member: {names}.", _EXPLAIN)
    return taxonomy


_EXPLAIN = "Open ontology/hfs.ttl in Protégé, start a reasoner and ask it to explain the inference."


def _java() -> tuple[str]:
    path = shutil.which("java")
    if path is None:
        raise ReasonerError(
            "There is no Java on this machine, which the reasoner runs on.",
            "Install a Java runtime (on Debian `apt-get install default-jre-headless`); only this command needs it.",
        )
    return (path,)


def _jars() -> Path:
    found = find_spec("owlready2")
    if found is None or found.origin is None:
        raise ReasonerError(
            "owlready2, which brings the reasoner, is not installed.",
            "Install the extra: `pip install 'hfskg[ontology]'`; only this command needs it.",
        )
    return Path(found.origin).parent


def _run(command: list[str], reasoner: Reasoner) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReasonerError(f"{_title(reasoner)} found no end in {_SECONDS} seconds.", _EXPLAIN) from error
    if done.returncode:
        if "inconsistent" in done.stderr.casefold():
            raise ConformanceError(f"{_title(reasoner)} finds the ontology inconsistent.", _EXPLAIN)
        last = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[0]
        raise ReasonerError(f"{_title(reasoner)} failed: {last}.", "Run it on ontology/hfs.ttl in Protégé to see more.")
    return done.stdout


def _title(reasoner: Reasoner) -> str:
    return {Reasoner.HERMIT: "HermiT", Reasoner.PELLET: "Pellet"}[reasoner]


def _read_hermit(told: str) -> Taxonomy:
    """Return the taxonomy that HermiT prints as axioms in functional syntax."""
    groups: list[frozenset[str]] = []
    edges: list[tuple[str, str]] = []
    for kind, inside in _AXIOM.findall(told):
        names = inside[1:-1].split("> <")
        if kind == "SubClassOf":
            edges.append((names[0], names[1]))
        else:
            groups.append(frozenset(names))
    return Taxonomy.of(groups, edges)


def _read_pellet(told: str) -> Taxonomy:
    """Return the taxonomy that Pellet prints as an indented tree, equivalent classes joined by ``=``."""
    groups: list[frozenset[str]] = []
    edges: list[tuple[str, str]] = []
    path: list[str] = []
    for blanks, inside in _LEVEL.findall(told):
        names = inside.split(" = ")
        groups.append(frozenset(names))
        del path[len(blanks) // _STEP :]
        if path:
            edges.append((names[0], path[-1]))
        path.append(names[0])
    return Taxonomy.of(groups, edges)


_READERS: dict[Reasoner, Callable[[str], Taxonomy]] = {Reasoner.HERMIT: _read_hermit, Reasoner.PELLET: _read_pellet}
