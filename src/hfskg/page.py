"""A document, what was read from it and what was not, as one HTML page that needs nothing else.

The page holds its style and its script; a policy in it forbids every connection, and every script and style but
those. All text of the document is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from hfskg.view import DocumentView

__all__ = ["render_page", "template_environment"]

_BREAK = re.compile(r"-[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ])")


def template_environment(folder: str, **filters: Callable[..., object]) -> Environment:
    """Return the environment of the templates of a folder: all text escaped, and an unknown name an error.

    Args:
        folder: The folder within the package.
        **filters: The filters that the templates use, by name.
    """
    environment = Environment(
        loader=PackageLoader("hfskg", folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment


@cache
def _environment() -> Environment:
    return template_environment("templates", joined=_joined, flat=lambda text: " ".join(_joined(text).split()))


def _joined(text: str) -> str:
    return _BREAK.sub("", text)


@cache
def _asset(name: str) -> tuple[str, str]:
    """Return a style or script, and its digest as a content security policy names it."""
    environment = _environment()
    assert environment.loader is not None
    text, _, _ = environment.loader.get_source(environment, name)
    digest = base64.b64encode(hashlib.sha256(f"\n{text}".encode()).digest()).decode()
    return text, f"'sha256-{digest}'"


def render_page(view: DocumentView) -> str:
    """Return the page of a document.

    Args:
        view: The document as people look at it.
    """
    style, style_digest = _asset("page.css")
    script, script_digest = _asset("page.js")
    page = _environment().get_template("page.html")
    return page.render(
        view=view,
        record=view.record,
        survey=view.survey,
        style=style,
        script=script,
        style_digest=style_digest,
        script_digest=script_digest,
    )
