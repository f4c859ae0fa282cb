"""Putting a graph folder into another SPARQL engine, over HTTP.

Each named graph is sent in parts. By the SPARQL 1.1 Graph Store HTTP Protocol the first part replaces the graph and the
others are added; by SPARQL 1.1 Update it is cleared before. Engines roll back what is too large for one transaction.
Triples that share a blank node stay in one part, since a blank node means something else in each request.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pyoxigraph
from rdflib import URIRef

from hfskg.errors import EndpointError
from hfskg.store import open_graph

__all__ = ["Protocol", "upload"]

PART = 10_000
"""The most triples in a request, unless a blank node holds more together."""

RETRIES = 5
"""How often a part is sent again that the engine says it has not taken, and may take a little later."""

BUSY = frozenset({429, 503})

ROLLED_BACK = re.compile(r"\b40001\b")
"""SQL's code for a transaction that was rolled back because of others, which Virtuoso answers with status 500."""


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
    sleep: Callable[[float], None] = time.sleep,
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
        sleep: Waits for so many seconds, before a part is sent again.

    Returns:
        The number of triples of each graph.

    Raises:
        StoreError: The folder is missing or damaged.
        EndpointError: The engine cannot be reached, or refuses; graphs before that one have been replaced, and of it
            there may be a part.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise EndpointError(f"{url} is no address of an endpoint.", "Give one that starts with http:// or https://.")
    engine = open_graph(directory).engine
    names = sorted(name.value for name in engine.named_graphs() if isinstance(name, pyoxigraph.NamedNode))
    counts: dict[URIRef, int] = {}
    with httpx.Client(auth=_auth(login, digest), timeout=timeout) as client:
        for name in names:
            triples = [quad.triple for quad in engine.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(name))]
            for request in _requests(client, url, protocol, name, triples):
                _send(client, request, name, sleep)
            counts[URIRef(name)] = len(triples)
    return counts


def _auth(login: tuple[str, str] | None, digest: bool) -> httpx.Auth | None:
    if login is None:
        return None
    return httpx.DigestAuth(*login) if digest else httpx.BasicAuth(*login)


def _requests(
    client: httpx.Client, url: str, protocol: Protocol, name: str, triples: Iterable[pyoxigraph.Triple]
) -> Iterator[httpx.Request]:
    parts = ("".join(part) for part in _parts(triples))
    if protocol is Protocol.GRAPH_STORE:
        headers = {"Content-Type": "application/n-triples"}
        address = httpx.URL(url).copy_merge_params({"graph": name})
        for number, part in enumerate(parts):
            yield client.build_request("POST" if number else "PUT", address, content=part.encode(), headers=headers)
        return
    headers = {"Content-Type": "application/sparql-update"}
    yield client.build_request("POST", url, content=f"CLEAR SILENT GRAPH <{name}>".encode(), headers=headers)
    for part in parts:
        update = f"INSERT DATA {{ GRAPH <{name}> {{\n{part}}} }}"
        yield client.build_request("POST", url, content=update.encode(), headers=headers)


def _parts(triples: Iterable[pyoxigraph.Triple]) -> Iterator[list[str]]:
    """Yield the triples as lines of N-Triples, in parts, those that share a blank node together."""
    part: list[str] = []
    for group in _groups(triples):
        if part and len(part) + len(group) > PART:
            yield part
            part = []
        part += group
    if part:
        yield part


def _groups(triples: Iterable[pyoxigraph.Triple]) -> list[list[str]]:
    """Return the triples as lines, sorted; those whose blank nodes hang together are one group."""
    above: dict[pyoxigraph.BlankNode, pyoxigraph.BlankNode] = {}

    def first(node: pyoxigraph.BlankNode) -> pyoxigraph.BlankNode:
        while above.setdefault(node, node) != node:
            above[node] = node = above[above[node]]
        return node

    alone: list[list[str]] = []
    blank: list[tuple[pyoxigraph.BlankNode, str]] = []
    for triple in triples:
        line = f"{triple} .\n"
        nodes = [node for node in (triple.subject, triple.object) if isinstance(node, pyoxigraph.BlankNode)]
        if len(nodes) == 2:
            above[first(nodes[0])] = first(nodes[1])
        if nodes:
            blank.append((nodes[0], line))
        else:
            alone.append([line])
    groups: dict[pyoxigraph.BlankNode, list[str]] = defaultdict(list)
    for node, line in blank:
        groups[first(node)].append(line)
    return sorted([*alone, *map(sorted, groups.values())])


def _send(client: httpx.Client, request: httpx.Request, name: str, sleep: Callable[[float], None]) -> None:
    """Send a part, again if the engine has not taken it and may take it a little later."""
    url = str(request.url.copy_with(query=None))
    answer = _answer(client, request, url, name)
    for attempt in range(RETRIES):
        if answer.status_code not in BUSY and not (answer.is_server_error and ROLLED_BACK.search(answer.text)):
            break
        sleep(0.5 * 2**attempt)
        answer = _answer(client, request, url, name)
    if answer.status_code == 401:
        raise EndpointError(f"{url} wants a login, or refuses the one given.", "Give --user, and --digest if it does.")
    if not answer.is_success:
        told = " ".join(answer.text.split())[:200]
        what = f"{url} refuses the graph {name}: {answer.status_code} {answer.reason_phrase}. {told}".rstrip()
        raise EndpointError(what, "Is this the address that takes the protocol, and may the user write?")


def _answer(client: httpx.Client, request: httpx.Request, url: str, name: str) -> httpx.Response:
    try:
        return client.send(request)
    except httpx.TimeoutException as error:
        raise EndpointError(f"{url} did not take the graph {name} in time.", "Wait longer with --timeout.") from error
    except httpx.HTTPError as error:
        cure = "Check the address and whether it runs."
        raise EndpointError(f"{url} cannot be reached: {error}.", cure) from error
