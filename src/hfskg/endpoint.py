"""Queries on a remote SPARQL endpoint."""

from __future__ import annotations

import ast
import json
import urllib.error
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
)

from hfskg.binding import bind, strip_comments
from hfskg.errors import EndpointError
from hfskg.store import Bindings, Solutions, Value, typed_value

__all__ = ["RemoteStore"]


class RemoteStore:
    """A SPARQL 1.1 endpoint whose default graph is the union of its named graphs.

    Args:
        url: The endpoint's address, http or https.
        timeout: Seconds to wait for an answer.

    Raises:
        EndpointError: The address is none of http or https.
    """

    def __init__(self, url: str, *, timeout: int = 60) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
            raise EndpointError(
                f"{url} is no address of an endpoint.", "Give one that starts with http:// or https://."
            )
        self._url = url
        self._timeout = timeout

    def select(self, text: str, bindings: Bindings) -> Solutions:
        """Run a SELECT query.

        Raises:
            QueryError: A bound variable is not in the query.
            EndpointError: The endpoint is down or slow, refuses the query or answers nonsense.
        """
        wrapper = SPARQLWrapper(self._url, returnFormat=JSON)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(self._timeout)
        wrapper.setQuery(strip_comments(bind(text, bindings)))
        return self._solutions(self._ask(wrapper))

    def _ask(self, wrapper: SPARQLWrapper) -> bytes:
        """Send the query and return the answer's bytes, or say why there is none."""
        try:
            answer = wrapper.query().response.read()
        except QueryBadFormed as error:
            raise EndpointError(
                f"{self._url} refuses the query: {_told(error)}", "Is it a SPARQL 1.1 endpoint?"
            ) from error
        except Unauthorized as error:
            raise EndpointError(f"{self._url} wants a login.", "Only open endpoints can be asked.") from error
        except EndPointNotFound as error:
            raise EndpointError(f"{self._url} does not exist (404).", "Check the path of the address.") from error
        except EndPointInternalError as error:
            raise EndpointError(f"{self._url} failed: {_told(error)}", "Look into the endpoint's log.") from error
        except SPARQLWrapperException as error:
            raise EndpointError(f"{self._url} does not take the query: {_told(error)}") from error
        except urllib.error.HTTPError as error:
            raise EndpointError(f"{self._url} answers {error.code} {error.reason}.", "Ask whoever runs it.") from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._late() from error
            cure = "Check the address and whether it runs."
            raise EndpointError(f"{self._url} cannot be reached: {error.reason}.", cure) from error
        except TimeoutError as error:
            raise self._late() from error
        except (OSError, HTTPException) as error:
            raise EndpointError(f"The answer of {self._url} broke off: {error}.", "Try again.") from error
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
            start = answer[:80].decode("utf-8", "replace").strip() or "nothing"
            what = f"{self._url} answers no SPARQL results in JSON, but: {start}"
            raise EndpointError(what, "Is this the address of the endpoint, not of its web page?") from error
        return Solutions(variables, rows)


def _value(term: dict[str, Any] | None) -> Value:
    if term is None:
        return None
    return typed_value(term["value"], term.get("datatype"))


def _told(error: SPARQLWrapperException) -> str:
    """The endpoint's own words, on one line; SPARQLWrapper gives them as the source code of a bytes literal."""
    quoted = str(error).rpartition("Response:\n")[2]
    try:
        told = bytes(ast.literal_eval(quoted)).decode("utf-8", "replace")
    except (ValueError, SyntaxError, TypeError):
        return "it gives no reason."
    return " ".join(told.split())[:300] or "it gives no reason."
