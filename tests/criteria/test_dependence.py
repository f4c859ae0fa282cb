"""What answers hang on: what is not told of a case leaves them as they are, at all times and in both readings."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from criteria.helpers import CELLS, MGDL, finding, graph_of, ontology, patient
from hfskg.criteria.assessment import evaluations
from hfskg.criteria.conversion import Converter
from hfskg.criteria.dependence import Bearing, Dependence
from hfskg.criteria.evaluation import Evaluation
from hfskg.criteria.facts import CaseFacts, read_cases
from hfskg.criteria.loading import CriteriaBook, load_criteria
from hfskg.criteria.model import Criterion
from hfskg.criteria.statements import StatementFinder
from hfskg.namespaces import HFS

NGML = "NanogramPerMilliliter"

BOOK = load_criteria(ontology())
MAS = next(one.criterion for one in BOOK.sets if one.name == "MAS2016")


def facts_of(graph: Graph, book: CriteriaBook = BOOK) -> CaseFacts:
    (facts,) = read_cases(
        graph, book.ancestors, new_admissions=book.new_admissions, arrivals=book.arrivals, asked=book.asks
    )
    return facts


def of_set(name: str) -> Dependence:
    return next(BOOK.dependences[one.criterion] for one in BOOK.sets if one.name == name)


def test_a_criterion_hangs_on_what_its_parts_hang_on() -> None:
    whole, parts = BOOK.dependences[MAS], [BOOK.dependences[part] for part in MAS.parts]
    assert whole.analytes == frozenset().union(*(part.analytes for part in parts))
    assert {HFS.Ferritin, HFS.PlateletCount, HFS.Triglycerides, HFS.Fibrinogen} <= whole.analytes


def test_the_finding_that_an_abnormal_value_shows_is_a_word_for_it() -> None:
    assert HFS.Hyperferritinemia in of_set("MAS2016").words


def test_denials_of_classes_above_matter() -> None:
    specific = [on for on in BOOK.dependences.values() if on.terms == {HFS.BoneMarrowHemophagocytosis}]
    assert specific
    assert all(HFS.Hemophagocytosis in on.denied for on in specific)


def test_answers_are_timeless_only_where_nothing_that_answers_them_is_told() -> None:
    report = patient()
    finding(report, "Fever")
    untold = Bearing(facts_of(graph_of(report)), BOOK.dependences)
    report.lab("Ferritin", "900")
    told = Bearing(facts_of(graph_of(report)), BOOK.dependences)
    (platelets,) = (leaf for leaf in MAS.leaves if HFS.PlateletCount in BOOK.dependences[leaf].analytes)
    ferritin = [leaf for leaf in MAS.leaves if HFS.Ferritin in BOOK.dependences[leaf].analytes]
    assert ferritin
    assert untold.timeless(platelets) and told.timeless(platelets)
    assert all(untold.timeless(leaf) and not told.timeless(leaf) for leaf in ferritin)


def test_both_readings_are_alike_only_where_no_words_are_told() -> None:
    report = patient()
    report.lab("PlateletCount", "90", CELLS)
    (platelets,) = (leaf for leaf in MAS.leaves if HFS.PlateletCount in BOOK.dependences[leaf].analytes)
    assert Bearing(facts_of(graph_of(report)), BOOK.dependences).plain(platelets)
    finding(report, "Thrombocytopenia")
    assert not Bearing(facts_of(graph_of(report)), BOOK.dependences).plain(platelets)


class _Everything(Bearing):
    """Takes all that is told to bear on every criterion, and every time to tell something."""

    def timeless(self, criterion: Criterion) -> bool:
        return False

    def plain(self, criterion: Criterion) -> bool:
        return False


DAYS = st.sampled_from([0, 3])
VALUES = st.tuples(
    st.sampled_from([("Ferritin", NGML), ("PlateletCount", CELLS), ("Fibrinogen", MGDL), ("Triglycerides", MGDL)]),
    st.sampled_from(["20", "90", "200", "700", "3000"]),
    DAYS,
)
TERMS = ["Fever", "Hyperferritinemia", "Thrombocytopenia", "Splenomegaly", "Hemophagocytosis", "Lymphadenopathy"]
TOLD = st.tuples(st.sampled_from(TERMS), st.sampled_from(["Present", "Absent"]), st.one_of(st.none(), DAYS))
DRUGS = st.tuples(st.sampled_from(["Prednisone", "Cyclosporine"]), st.one_of(st.none(), DAYS))


@settings(max_examples=60, deadline=None)
@given(st.lists(VALUES, max_size=5), st.lists(TOLD, max_size=4), st.lists(DRUGS, max_size=2))
def test_answers_are_those_of_asking_everything_at_each_time_point(
    values: list[tuple[tuple[str, str], str, int]],
    told: list[tuple[str, str, int | None]],
    drugs: list[tuple[str, int | None]],
) -> None:
    report = patient()
    report.diagnosis("SystemicJuvenileIdiopathicArthritis")
    for (analyte, unit), value, day in values:
        report.lab(analyte, value, unit, day=day)
    for term, status, told_on in told:
        finding(report, term, status, told_on)
    for drug, begun_on in drugs:
        report.drug(drug, action="Start", day=begun_on)
    facts = facts_of(graph_of(report))
    converter = Converter(BOOK.conversions, BOOK.ancestors)
    statements, everything = StatementFinder(facts, BOOK.ancestors), _Everything(facts, BOOK.dependences)
    for point, strict, lenient in evaluations(facts, BOOK, converter):
        plain = Evaluation(BOOK, converter, facts, statements, everything, point)
        words = Evaluation(BOOK, converter, facts, statements, everything, point, strict=plain)
        for criterion in BOOK.dependences:
            assert strict.answer(criterion) == plain.answer(criterion)
            assert lenient is not None and lenient.answer(criterion) == words.answer(criterion)
