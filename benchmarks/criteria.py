"""How long all criteria sets take on made-up patients, by the number of patients and of processes.

    python benchmarks/criteria.py [--cases 10000] [--measurements 60] [--processes 2]

Each patient has ten analytes on each of six days, with a fever on some days and a diagnosis. Measured is what a build
does between a document's graph and its assessments but for writing them as triples: the patient's events are read from
the graph, and each set is answered in both readings at each time point. --write adds the triples. Seconds are those of
the processor divided by the processes: what the whole takes where nothing else runs.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from multiprocessing import get_context

from rdflib import Graph, Literal, URIRef

from hfskg.criteria import assess
from hfskg.criteria.assessment import evaluations
from hfskg.criteria.conversion import Converter
from hfskg.criteria.facts import read_cases
from hfskg.criteria.loading import CriteriaBook, load_criteria
from hfskg.inference import materialise
from hfskg.namespaces import DATA, HFS, QUDT, RDF, XSD
from hfskg.rdf import uncollected
from hfskg.vocabulary import load_vocabulary

RANGES = {
    "LeukocyteCount": ("TenToTheNinePerLiter", 0.5, 30), "NeutrophilCount": ("TenToTheNinePerLiter", 0.2, 20),
    "Hemoglobin": ("GramPerDeciliter", 6, 15), "PlateletCount": ("TenToTheNinePerLiter", 10, 500),
    "ErythrocyteSedimentationRate": ("MillimeterPerHour", 2, 100),
    "AspartateAminotransferase": ("UnitPerLiter", 10, 400),
    "LactateDehydrogenase": ("UnitPerLiter", 150, 5000), "Triglycerides": ("MilligramPerDeciliter", 80, 500),
    "Fibrinogen": ("MilligramPerDeciliter", 80, 600), "Ferritin": ("NanogramPerMilliliter", 50, 50000),
}  # fmt: skip


def patient(number: int, measurements: int) -> Graph:
    """Return the graph of a made-up patient; the same number gives the same one."""
    chance = random.Random(number)
    graph = Graph(store="SimpleMemory")
    case = DATA[f"made-up-{number}/case/1"]
    graph.add((case, RDF.type, HFS.Patient))
    order = 0

    def event(kind: URIRef, name: str, day: int | None, *pairs: tuple[URIRef, URIRef | Literal]) -> URIRef:
        nonlocal order
        order += 1
        iri = URIRef(f"{case}/{name}/{order}")
        days = [] if day is None else [(HFS.earliestDay, Literal(day)), (HFS.latestDay, Literal(day))]
        for predicate, value in ((RDF.type, kind), (HFS.patient, case), (HFS.order, Literal(order)), *days, *pairs):
            graph.add((iri, predicate, value))
        return iri

    event(HFS.Diagnosis, "diagnosis", None, (HFS.condition, HFS.SystemicJuvenileIdiopathicArthritis),
          (HFS.status, HFS.Present))  # fmt: skip
    for number in range(measurements):
        day, analyte = 7 * (number // len(RANGES)), list(RANGES)[number % len(RANGES)]
        if number % len(RANGES) == 0 and chance.random() < 0.5:
            status = chance.choice([HFS.Present, HFS.Absent])
            event(HFS.ClinicalFinding, "clinical-finding", day, (HFS.finding, HFS.Fever), (HFS.status, status))
        unit, low, high = RANGES[analyte]
        value = Literal(f"{chance.uniform(low, high):.1f}", datatype=XSD.decimal)
        quantity = URIRef(f"{case}/laboratory-measurement/{order + 1}/quantity")
        graph.add((quantity, QUDT.numericValue, value))
        graph.add((quantity, QUDT.unit, HFS[unit]))
        event(HFS.LaboratoryMeasurement, "laboratory-measurement", day, (HFS.analyte, HFS[analyte]),
              (HFS.comparator, Literal("=")), (HFS.quantity, quantity))  # fmt: skip
    return graph


_state: list[tuple[Graph, CriteriaBook, Converter]] = []


def _start() -> None:
    vocabulary = load_vocabulary()
    ontology = materialise(vocabulary.graph, vocabulary.digest)
    book = load_criteria(ontology)
    _state.append((ontology, book, Converter(book.conversions, book.ancestors)))


def _verdicts(graph: Graph, book: CriteriaBook, converter: Converter) -> Iterator[object]:
    cases = read_cases(
        graph, book.ancestors, new_admissions=book.new_admissions, arrivals=book.arrivals, asked=book.asks
    )
    for facts in cases:
        for _, strict, lenient in evaluations(facts, book, converter):
            for criteria_set in book.sets:
                for evaluation in (strict, lenient):
                    if evaluation is not None:
                        yield evaluation.answer(criteria_set.criterion).truth


def _run(task: tuple[int, int, int, bool]) -> tuple[float, int]:
    """Assess some patients; return the seconds of the processor that it took and the number of verdicts."""
    first, last, measurements, write = task
    ontology, book, converter = _state[0]
    seconds, count = 0.0, 0
    for number in range(first, last):
        graph = patient(number, measurements)
        begun = time.process_time()
        if write:
            count += len(assess(graph, ontology))
        else:
            with uncollected():  # as a build has it
                count += sum(1 for _ in _verdicts(graph, book, converter))
        seconds += time.process_time() - begun
    return seconds, count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[1000, 2000, 4000, 10000])
    parser.add_argument("--measurements", type=int, default=60)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write the assessments as triples as well")
    options = parser.parse_args()
    with get_context("spawn").Pool(options.processes, initializer=_start) as pool:
        pool.map(_run, [(0, 10, options.measurements, options.write)] * options.processes)
        print("cases\tseconds\tms per case\tverdicts")
        for cases in options.cases:
            step = max(1, cases // (options.processes * 4))
            tasks = [(at, min(at + step, cases), options.measurements, options.write) for at in range(0, cases, step)]
            done = pool.map(_run, tasks, chunksize=1)
            seconds = sum(took for took, _ in done) / options.processes
            print(
                f"{cases}\t{seconds:.1f}\t{1000 * seconds * options.processes / cases:.1f}\t{sum(n for _, n in done)}"
            )


if __name__ == "__main__":
    main()
