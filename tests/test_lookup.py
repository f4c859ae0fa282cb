from __future__ import annotations

import pytest

from casebook import example_store
from hfskg.lookup import find_terms, member_index, term_index, terms_called
from hfskg.namespaces import HFS
from hfskg.store import Bindings, LocalStore, Solutions


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return example_store()


def test_an_index_is_made_once_for_each_store_and_class(store: LocalStore) -> None:
    assert term_index(store, HFS.Drug) is term_index(store, HFS.Drug)
    assert term_index(store, HFS.Drug) is not term_index(example_store(), HFS.Drug)
    assert member_index(store, HFS.Patient) is not term_index(store, HFS.Patient)


def test_a_name_leads_to_the_terms_that_have_it(store: LocalStore) -> None:
    index = term_index(store, HFS.Drug)
    assert index.called("KINERET") == [str(HFS.Anakinra)]
    assert index.called("csa") == [str(HFS.Ciclosporin), str(HFS.OralContraceptive)]
    assert index.called("fever") == []
    assert index.nearest("anakinre")[:1] == ["anakinra"]


@pytest.mark.parametrize(
    "name", ["KINERET", "csa", "fever", "anakinra", "interleukin 1 inhibitor", "'", "\\\\w+", "\\\\u0061"]
)
def test_one_name_is_found_without_an_index_as_with_it(name: str, store: LocalStore) -> None:
    fresh = example_store()
    assert terms_called(name, fresh, HFS.Drug) == term_index(store, HFS.Drug).called(name)


def test_an_endpoint_is_asked_for_one_name_only(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, asked = example_store(), list[int]()
    select = LocalStore.select

    def counted(self: LocalStore, text: str, bindings: Bindings) -> Solutions:
        answer = select(self, text, bindings)
        asked.append(len(answer.rows))
        return answer

    monkeypatch.setattr(LocalStore, "select", counted)
    assert terms_called("anakinra", fresh, HFS.Drug) == [str(HFS.Anakinra)]
    assert asked == [1]


def test_the_best_of_what_holds_a_text_comes_first(store: LocalStore) -> None:
    def found(text: str, limit: int = 10) -> list[str]:
        return [term.label for term in find_terms(text, store, below=HFS.Term, limit=limit)]

    assert (
        found("an")
        == [
            "anakinra",
            "rash",
            "hyperferritinemic syndrome",
        ]
        or found("an")[0] == "anakinra"
    )
    assert found("an")[0] == "anakinra"
    assert found("still") == ["Still disease", "adult-onset Still disease"]
    assert found("interleukin 1") == ["interleukin-1 inhibitor"]
    assert found("e", limit=2) == found("e")[:2]
    assert found(" ") == []
    assert find_terms("kine", store, below=HFS.Drug)[0].name == "Kineret"


def test_deprecated_terms_lend_their_names_to_what_replaces_them() -> None:
    lines = [
        f'<{HFS.Old}> <http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
        f"<{HFS.Old}> <http://purl.obolibrary.org/obo/IAO_0100001> <{HFS.New}> .",
        f'<{HFS.Old}> <http://www.w3.org/2000/01/rdf-schema#label> "former name" .',
        f'<{HFS.New}> <http://www.w3.org/2000/01/rdf-schema#label> "name" .',
        f"<{HFS.New}> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{HFS.Drug}> .",
    ]
    store = LocalStore("\n".join(lines).encode())
    assert terms_called("Former name", store, HFS.Drug) == terms_called("name", store, HFS.Drug) == [str(HFS.New)]
    index = term_index(store, HFS.Drug)
    assert index.called("Former name") == [str(HFS.New)]
    assert index.labels == {str(HFS.New): "name"}
