"""Queries on a remote SPARQL endpoint."""

from __future__ import annotations

import ast
import json
import time
import urllib.error
from collections.abc import Callable
from functools import cached_property
from http.client import HTTPException
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx
from rdflib import Graph
from rdflib.exceptions import ParserError
from SPARQLWrapper import BASIC, DIGEST, GET, JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
)

from hfskg.binding import Bindings, bind, query_form, strip_comments
from hfskg.dialects import for_virtuoso
from hfskg.errors import EndpointError
from hfskg.store import Answer, Iri, Solutions, Value, typed_value

__all__ = ["RemoteStore"]

TRANSIENT = frozenset({429, 502, 503, 504})
"""The status codes of an endpoint that may answer a little later."""

PROBE_SECONDS = 5
"""How long an endpoint has to say what it is."""

LONGEST_PAUSE = 30.0
"""The most seconds to wait before a query is sent again."""


class RemoteStore:
    """A SPARQL 1.1 endpoint whose default graph is the union of its named graphs.

    Args:
        url: The endpoint's address, http or https.
        timeout: Seconds to wait for an answer.
        method: How queries are sent.
        login: The user's name and password, where the endpoint wants them.
        digest: Whether the login is sent by HTTP digest rather than basic authentication.
        retries: How often a query is sent again to an endpoint that is busy or drops the connection; the pause before
            is half a second at first and doubles each time, unless the endpoint names one.
        sleep: Waits for so many seconds.

    Raises:
        EndpointError: The address is none of http or https.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: int = 60,
        method: Literal["GET", "POST"] = "POST",
        login: tuple[str, str] | None = None,
        digest: bool = False,
        retries: int = 2,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
            raise EndpointError(
                f"{url} is no address of an endpoint.", "Give one that starts with http:// or https://."
            )
        self._url = url
        self._timeout = timeout
        self._method = method
        self._login = login
        self._digest = digest
        self._retries = retries
        self._sleep = sleep

    def select(self, text: str, bindings: Bindings) -> Solutions:
        """Run a SELECT query.

        Raises:
            QueryError: A bound variable is not in the query.
            EndpointError: The endpoint is down or slow, refuses the query or answers nonsense.
        """
        return self._solutions(self._sent(bind(text, bindings), JSON))

    def answer(self, text: str, bindings: Bindings | None = None) -> Answer:
        """Run a query of any form.

        Raises:
            QueryError: A bound variable is not in the query, or the text is no query.
            EndpointError: The endpoint is down or slow, refuses the query or answers nonsense.
        """
        form, text = query_form(text), bind(text, bindings or {})
        if form == "SELECT":
            return self._solutions(self._sent(text, JSON))
        if form == "ASK":
            return self._truth(self._sent(text, JSON))
        return self._graph(self._sent(text, TURTLE))

    def _sent(self, text: str, form: str) -> bytes:
        """Send a query, again where the endpoint may answer a little later, and return the answer's bytes."""
        reworded = for_virtuoso(text)
        text = reworded if reworded != text and self._is_virtuoso else text
        for attempt in range(self._retries + 1):
            try:
                return self._ask(self._wrapper(text, form))
            except _Transient as busy:
                if attempt == self._retries:
                    raise busy.error from busy.cause
                self._sleep(min(busy.pause or 0.5 * 2**attempt, LONGEST_PAUSE))
        raise AssertionError("unreachable")

    @cached_property
    def _is_virtuoso(self) -> bool:
        """Whether the endpoint says that it is one; what it is matters only where its queries need other words."""
        try:
            answer = httpx.get(self._url, params={"query": "ASK {}"}, timeout=min(self._timeout, PROBE_SECONDS))
        except httpx.HTTPError:
            return False
        return "virtuoso" in answer.headers.get("server", "").lower()

    def _wrapper(self, text: str, form: str) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self._url, returnFormat=form)
        wrapper.setMethod(GET if self._method == "GET" else POST)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(self._timeout)
        if self._login:
            wrapper.setHTTPAuth(DIGEST if self._digest else BASIC)
            wrapper.setCredentials(*self._login)
        wrapper.setQuery(strip_comments(text))
        return wrapper

    def _ask(self, wrapper: SPARQLWrapper) -> bytes:
        """Send the query and return the answer's bytes, or say why there is none."""
        try:
            answer = wrapper.query().response.read()
        except QueryBadFormed as error:
            raise EndpointError(
                f"{self._url} refuses the query: {_told(error)}", "Is it a SPARQL 1.1 endpoint?"
            ) from error
        except Unauthorized as error:
            what = f"{self._url} {'refuses the login' if self._login else 'wants a login'}."
            raise EndpointError(what, "Give the user and the password that it knows.") from error
        except EndPointNotFound as error:
            raise EndpointError(f"{self._url} does not exist (404).", "Check the path of the address.") from error
        except EndPointInternalError as error:
            raise EndpointError(f"{self._url} failed: {_told(error)}", "Look into the endpoint's log.") from error
        except SPARQLWrapperException as error:
            raise EndpointError(f"{self._url} does not take the query: {_told(error)}") from error
        except urllib.error.HTTPError as error:
            told = EndpointError(f"{self._url} answers {error.code} {error.reason}.", "Ask whoever runs it.")
            if error.code in TRANSIENT:
                raise _Transient(told, error, _pause(error)) from error
            raise told from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._late() from error
            cure = "Check the address and whether it runs."
            told = EndpointError(f"{self._url} cannot be reached: {error.reason}.", cure)
            raise _Transient(told, error) from error
        except TimeoutError as error:
            raise self._late() from error
        except (OSError, HTTPException) as error:
            told = EndpointError(f"The answer of {self._url} broke off: {error}.", "Try again.")
            raise _Transient(told, error) from error
        return bytes(answer)

    def _late(self) -> EndpointError:
        what = f"{self._url} did not answer within {self._timeout} seconds."
        return EndpointError(what, "Wait longer with --timeout, or build the graph and query the folder.")

    def _solutions(self, answer: bytes) -> Solutions:
        try:
            body = json.loads(answer)
            variables = tuple(str(name) for name in body["head"]["vars"])
            rows = tuple(tuple(_value(row.get(name)) for name in variables) for row in body["results"]["bindings"])
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise self._nonsense("no SPARQL results in JSON", answer) from error
        return Solutions(variables, rows)

    def _truth(self, answer: bytes) -> bool:
        try:
            return bool(json.loads(answer)["boolean"])
        except (ValueError, LookupError, TypeError) as error:
            raise self._nonsense("neither true nor false", answer) from error

    def _graph(self, answer: bytes) -> Graph:
        try:
            return Graph().parse(data=answer, format="turtle")
        except (ParserError, SyntaxError, ValueError) as error:
            raise self._nonsense("no Turtle", answer) from error

    def _nonsense(self, what: str, answer: bytes) -> EndpointError:
        start = answer[:80].decode("utf-8", "replace").strip() or "nothing"
        cure = "Is this the address of the endpoint, not of its web page?"
        return EndpointError(f"{self._url} answers {what}, but: {start}", cure)


class _Transient(Exception):
    """A failure that may pass, with the error to raise if it does not."""

    def __init__(self, error: EndpointError, cause: Exception, pause: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.cause = cause
        self.pause = pause


def _pause(error: urllib.error.HTTPError) -> float | None:
    """The seconds that the endpoint asks to wait."""
    told = (error.headers.get("Retry-After") or "").strip()
    return float(told) if told.isdigit() else None


def _value(term: dict[str, Any] | None) -> Value:
    if term is None:
        return None
    if term["type"] == "uri":
        return Iri(term["value"])
    return typed_value(term["value"], term.get("datatype"))


def _told(error: SPARQLWrapperException) -> str:
    """The endpoint's own words, on one line; SPARQLWrapper gives them as the source code of a bytes literal."""
    quoted = str(error).rpartition("Response:\n")[2]
    try:
        told = bytes(ast.literal_eval(quoted)).decode("utf-8", "replace")
    except (ValueError, SyntaxError, TypeError):
        return "it gives no reason."
    return " ".join(told.split())[:300] or "it gives no reason."
