from __future__ import annotations

import csv
import io
import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from rdflib import RDF, RDFS, VOID, Graph, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, TURTLE, XML, SPARQLWrapper

from hfskg.endpoint import RemoteStore
from hfskg.export import read_graphs
from hfskg.namespaces import DATA, HFS, ONTOLOGY
from hfskg.output import load_manifest
from hfskg.queries import load_catalogue, run
from hfskg.store import open_graph
from hfskg.tables import to_csv

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
PATIENTS = f"SELECT ?case ?label {{ ?case a <{HFS.Patient}> ; <{RDFS.label}> ?label }} ORDER BY ?case"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }"
HUNGRY = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"


@pytest.fixture
def endpoint(client: httpx.Client) -> str:
    return str(client.base_url.join("/sparql"))


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_gets_each_format(method: str, endpoint: str) -> None:
    def asked(query: str, form: str) -> Any:
        wrapper = SPARQLWrapper(endpoint, returnFormat=form)
        wrapper.setMethod(method)
        wrapper.setQuery(query)
        return wrapper.query().convert()

    rows = asked(PATIENTS, JSON)["results"]["bindings"]
    found = asked(PATIENTS, XML).getElementsByTagName("result")
    table = list(csv.reader(io.StringIO(asked(PATIENTS, CSV).decode())))
    assert len(rows) == len(found) == len(table) - 1 > 1
    described = asked(f"CONSTRUCT WHERE {{ ?case a <{HFS.Patient}> }}", TURTLE)
    assert len(Graph().parse(data=described, format="turtle")) == len(rows)


def test_rdflibs_store_reads_the_graph(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    patients = set(graph.subjects(RDF.type, HFS.Patient))
    assert len(patients) > 1
    assert {str(row[0]) for row in graph.query(PATIENTS)} == {str(patient) for patient in patients}  # type: ignore[index]


def test_curl_gets_an_answer(endpoint: str) -> None:
    command = ["curl", "--silent", "--fail", "--header", "Accept: text/csv", "--data-urlencode", f"query={PATIENTS}"]
    told = subprocess.run([*command, endpoint], capture_output=True, check=True, timeout=60).stdout
    assert told.startswith(b"case,label\r\n")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(load_catalogue()))
def test_a_canned_query_has_the_same_rows_by_http_by_sparql_and_from_the_folder(
    name: str, client: httpx.Client, endpoint: str, built: Path
) -> None:
    query, store = load_catalogue()[name], open_graph(built)
    parameters = {
        parameter.name: parameter.example.replace("example", load_manifest(built).documents[0].slug)
        for parameter in query.header.parameters
    }
    expected = run(query, store, parameters)
    assert client.get(f"/api/queries/{name}.csv", params=parameters).text == to_csv(expected)
    assert run(query, RemoteStore(endpoint), parameters) == expected
    page = client.get(f"/queries/{name}", params=parameters)
    assert page.status_code == 200 and f"<strong>{len(expected.rows):,}</strong>" in page.text


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("text/csv;q=0.9, application/xml", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("", "application/json"),
    ],
)
def test_a_canned_query_comes_in_the_format_that_is_asked_for(accept: str, kind: str, client: httpx.Client) -> None:
    answer = client.get("/api/queries/cases", headers={"accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/queries/none", 404),
        ("/api/queries/cases?nothing=1", 400),
        ("/api/queries/cases?format=pdf", 406),
        ("/api/queries/max-dose-per-kilogram?drug=nosuchdrug", 400),
        ("/api/queries/max-dose-per-kilogram?drug=hfs:Drug&drug=hfs:Anakinra", 400),
        ("/api/terms?limit=0", 400),
        ("/api/terms?limit=%C2%B2", 400),
        ("/api/terms?below=hfs:Nothing", 400),
        ("/api/terms?nothing=1", 400),
        ("/queries/none", 404),
        ("/documents/none", 404),
        ("/data/none.ttl", 404),
        ("/data/%20%3C%3E.ttl", 404),
        ("/none", 404),
        ("/static/../server/app.py", 404),
    ],
)
def test_what_is_wrong_is_told_without_a_look_inside(path: str, status: int, client: httpx.Client) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["cache-control"] == "no-store"
    assert not {"Traceback", "site-packages", ".py"} & set(answer.text.split())


def test_an_answer_is_revalidated(client: httpx.Client) -> None:
    first = client.get("/api/queries/cases")
    tag = first.headers["etag"]
    again = client.get("/api/queries/cases", headers={"if-none-match": f'"other", {tag}'})
    other = client.get("/api/queries/documents", headers={"if-none-match": tag})
    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert again.content == b"" and again.headers["etag"] == tag
    assert "etag" not in client.get("/sparql", params={"query": "SELECT (RAND() AS ?r) {}"}).headers


def test_large_answers_are_compressed_where_the_client_takes_it(client: httpx.Client) -> None:
    plain = client.get("/api/queries/treatments.csv", headers={"accept-encoding": "identity"})
    short = client.get("/api/queries/treatments.csv", headers={"accept-encoding": "gzip"})
    assert short.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert plain.text == short.text
    assert int(short.headers["content-length"]) < len(plain.content)


def test_head_options_and_cross_origin_requests(client: httpx.Client) -> None:
    head = client.head("/sparql", params={"query": PATIENTS})
    assert head.status_code == 200 and head.content == b"" and int(head.headers["content-length"]) > 0
    assert client.options("/sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST"
    asked = {"origin": "http://elsewhere.example", "access-control-request-method": "POST"}
    assert client.options("/sparql", headers=asked).headers["access-control-allow-origin"] == "*"
    origin = {"origin": "http://elsewhere.example"}
    assert client.get("/api/queries", headers=origin).headers["access-control-allow-origin"] == "*"
    assert client.delete("/sparql").status_code == 405


def test_the_service_and_the_data_are_described(client: httpx.Client, built: Path) -> None:
    service = Graph().parse(data=client.get("/sparql").text, format="turtle")
    (node,) = service.subjects(RDF.type, SD.Service)
    assert service.value(node, SD.endpoint) == URIRef(str(client.base_url.join("/sparql")))
    names = set(service.objects(None, SD.name))
    assert ONTOLOGY in names and len(names) > len(load_manifest(built).documents)
    void = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    (dataset,) = void.subjects(VOID.sparqlEndpoint, None)
    assert int(str(void.value(dataset, VOID.triples))) == len(open_graph(built))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("INSERT DATA { <http://a.example/> <http://b.example/> 1 }", 403, "update"),
        ("LOAD <file:///etc/passwd>", 403, "update"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("SELECT * { { SELECT * { SERVICE SILENT ?x { ?s ?p ?o } } } }", 403, "SERVICE"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 400, "no graph <file:///etc/passwd>"),
        ("SELECT * FROM NAMED <http://127.0.0.1:1/> { GRAPH ?g { ?s ?p ?o } }", 400, "no graph"),
        ("SELECT * { ?s ?p ?o", 400, "no valid SPARQL"),
        (f"SELECT * {'{' * 200_000}{'}' * 200_000}", 503, "depth"),
        (RUNAWAY, 503, "longer than 5 seconds"),
        (HUNGRY, 503, "The query was stopped"),
        ("SELECT * { ?s ?p ?o }", 413, "more than 100,000 rows"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 413, "more than 100,000 triples"),
    ],
)
def test_a_hostile_query_is_refused_or_stopped_with_a_reason(
    query: str, status: int, told: str, client: httpx.Client
) -> None:
    answer = client.post("/sparql", content=query, headers={"content-type": "application/sparql-query"})
    assert (answer.status_code, told in answer.text) == (status, True), answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert client.get("/health").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_in_each_format(form: str, client: httpx.Client) -> None:
    most = {"query": "SELECT * { ?s ?p ?o } LIMIT 100000", "format": form}
    assert client.get("/sparql", params=most).status_code == 200
    more = {"query": "SELECT * { ?s ?p ?o } LIMIT 100001", "format": form}
    assert client.get("/sparql", params=more).status_code == 413


def test_from_chooses_the_graph(client: httpx.Client) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    answers = [
        client.get("/sparql", params={"query": count.format(clause), "format": "csv"}).text
        for clause in ("", f"FROM <{ONTOLOGY}>", "# what is told, wherever from\n")
    ]
    asked = {"query": count.format(""), "format": "csv", "default-graph-uri": str(ONTOLOGY)}
    assert answers[0] == answers[2] != answers[1] == client.get("/sparql", params=asked).text


@pytest.mark.slow
def test_ordinary_queries_go_on_while_others_run_away(client: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(client.get, "/sparql", params={"query": RUNAWAY}) for _ in range(6)]
        ordinary = [client.get("/api/queries/cases") for _ in range(20)]
        stopped = [future.result() for future in running]
    assert {answer.status_code for answer in ordinary} == {200}
    assert {answer.status_code for answer in stopped} == {503}
    assert max(answer.elapsed.total_seconds() for answer in ordinary) < 3


def test_terms_are_found_by_their_names(client: httpx.Client) -> None:
    found = client.get("/api/terms", params={"q": "kineret", "below": "hfs:Drug"}).json()
    assert [term["curie"] for term in found] == ["hfs:Anakinra"]
    assert client.get("/api/terms", params={"q": "kineret", "below": "hfs:Analyte"}).json() == []


def test_an_iri_leads_to_its_description(client: httpx.Client, built: Path) -> None:
    case = f"/data/{load_manifest(built).documents[0].slug}/case/1"
    for accept, ending in (("text/turtle", "ttl"), ("text/html,*/*;q=0.1", "html"), ("application/ld+json", "jsonld")):
        see = client.get(case, headers={"accept": accept})
        assert see.status_code == 303 and see.headers["location"].endswith(f"{case}.{ending}")
        described = client.get(see.headers["location"])
        assert described.status_code == 200
        assert described.headers["content-type"].partition(";")[0] == accept.partition(",")[0]
    graph = Graph().parse(data=client.get(f"{case}.ttl").text, format="turtle")
    assert (URIRef(f"https://w3id.org/hfskg{case}"), RDF.type, HFS.Patient) in graph
    assert client.get(case, headers={"accept": "image/png"}).status_code == 406
    assert client.head(case).status_code == 303
    for ending in ("nt", "rdf", "jsonld"):
        form = {"nt": "nt", "rdf": "xml", "jsonld": "json-ld"}[ending]
        assert set(Graph().parse(data=client.get(f"{case}.{ending}").text, format=form)) == set(graph)


def values(graph: Graph) -> set[tuple[object, ...]]:
    """Return the triples with values in place of literals: the engine drops zeros at the end of decimals."""
    return {tuple(node.toPython() if isinstance(node, Literal) else node for node in triple) for triple in graph}


def test_a_document_is_its_graph(client: httpx.Client, built: Path) -> None:
    slug = load_manifest(built).documents[0].slug
    served = Graph().parse(data=client.get(f"/data/{slug}.nt").text, format="nt")
    assert values(served) == values(read_graphs(built)[DATA[slug]])


def test_the_openapi_document_and_the_listing_come_from_the_headers(client: httpx.Client) -> None:
    document = client.get("/api/openapi.json").json()
    listed = client.get("/api/queries").json()
    assert {query["name"] for query in listed} == set(load_catalogue())
    assert {f"/api/queries/{name}" for name in load_catalogue()} < set(document["paths"])
    assert json.dumps(document).count("operationId") == len(document["paths"])
