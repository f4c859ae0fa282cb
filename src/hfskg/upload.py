"""Putting a graph folder into another SPARQL engine, over HTTP.

By the SPARQL 1.1 Graph Store HTTP Protocol each named graph is replaced by one request. By SPARQL 1.1 Update it is
cleared and filled in parts; triples that share a blank node stay in one part, since a blank node means something else
in each request.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from rdflib import BNode, Graph, URIRef

from hfskg.canonical import Triple, term
from hfskg.errors import EndpointError
from hfskg.export import read_graphs, to_ntriples

__all__ = ["Protocol", "upload"]

PART = 5_000
"""The most triples in a request of SPARQL Update, unless a blank node holds more together."""


class Protocol(StrEnum):
    """How graphs are sent."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"


def upload(
    directory: Path,
    url: str,
    *,
    protocol: Protocol = Protocol.GRAPH_STORE,
    login: tuple[str, str] | None = None,
    digest: bool = False,
    timeout: float = 600,
) -> dict[URIRef, int]:
    """Replace the named graphs of an engine by those of a graph folder.

    Graphs that the folder does not have stay as they are.

    Args:
        directory: The folder that a build wrote.
        url: The address that takes the protocol.
        protocol: How graphs are sent.
        login: The user's name and password, where the engine wants them.
        digest: Whether the login is sent by HTTP digest rather than basic authentication.
        timeout: Seconds to wait for each answer.

    Returns:
        The number of triples of each graph.

    Raises:
        StoreError: The folder is missing or damaged.
        EndpointError: The engine cannot be reached, or refuses; graphs before that one have been replaced.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise EndpointError(f"{url} is no address of an endpoint.", "Give one that starts with http:// or https://.")
    graphs = read_graphs(directory)
    with httpx.Client(auth=_auth(login, digest), timeout=timeout) as client:
        for name, graph in sorted(graphs.items()):
            for request in _requests(client, url, protocol, name, graph):
                _send(client, request, name)
    return {name: len(graph) for name, graph in sorted(graphs.items())}


def _auth(login: tuple[str, str] | None, digest: bool) -> httpx.Auth | None:
    if login is None:
        return None
    return httpx.DigestAuth(*login) if digest else httpx.BasicAuth(*login)


def _requests(
    client: httpx.Client, url: str, protocol: Protocol, name: URIRef, graph: Graph
) -> Iterator[httpx.Request]:
    if protocol is Protocol.GRAPH_STORE:
        headers = {"Content-Type": "application/n-triples"}
        address = httpx.URL(url).copy_merge_params({"graph": str(name)})
        yield client.build_request("PUT", address, content=to_ntriples({name: graph}), headers=headers)
        return
    headers = {"Content-Type": "application/sparql-update"}
    updates = [f"CLEAR SILENT GRAPH {term(name)}", *(_insertion(name, part) for part in _parts(graph))]
    for update in updates:
        yield client.build_request("POST", url, content=update.encode(), headers=headers)


def _insertion(name: URIRef, triples: Iterable[Triple]) -> str:
    lines = "".join(f"{' '.join(map(term, triple))} .\n" for triple in triples)
    return f"INSERT DATA {{ GRAPH {term(name)} {{\n{lines}}} }}"


def _parts(graph: Graph) -> Iterator[list[Triple]]:
    """Yield the triples in parts, those that share a blank node together."""
    part: list[Triple] = []
    for group in _groups(graph).values():
        if part and len(part) + len(group) > PART:
            yield part
            part = []
        part += group
    if part:
        yield part


def _groups(graph: Graph) -> Mapping[object, list[Triple]]:
    """Return the triples by the first of the blank nodes that hang together, or by themselves."""
    above: dict[BNode, BNode] = {}

    def first(node: BNode) -> BNode:
        while above.setdefault(node, node) != node:
            above[node] = node = above[above[node]]
        return node

    triples = sorted(graph)
    for subject, _, value in triples:
        if isinstance(subject, BNode) and isinstance(value, BNode):
            above[first(subject)] = first(value)
    groups: dict[object, list[Triple]] = defaultdict(list)
    for triple in triples:
        blank = next((node for node in triple if isinstance(node, BNode)), None)
        groups[first(blank) if blank is not None else triple].append(triple)
    return groups


def _send(client: httpx.Client, request: httpx.Request, name: URIRef) -> None:
    url = str(request.url.copy_with(query=None))
    try:
        answer = client.send(request)
    except httpx.TimeoutException as error:
        raise EndpointError(f"{url} did not take the graph {name} in time.", "Wait longer with --timeout.") from error
    except httpx.HTTPError as error:
        cure = "Check the address and whether it runs."
        raise EndpointError(f"{url} cannot be reached: {error}.", cure) from error
    if answer.status_code == 401:
        raise EndpointError(f"{url} wants a login, or refuses the one given.", "Give --user, and --digest if it does.")
    if not answer.is_success:
        told = " ".join(answer.text.split())[:200]
        what = f"{url} refuses the graph {name}: {answer.status_code} {answer.reason_phrase}. {told}".rstrip()
        raise EndpointError(what, "Is this the address that takes the protocol, and may the user write?")
