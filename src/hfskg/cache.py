"""A cache on disk for what takes long to work out, keyed by the content it was worked out from.

An entry is a file of JSON with its digest in the first line. What is damaged, half-written or of another version of
the code counts as absent, so the cache may be deleted at any time, and whoever cannot write it goes without. Nothing
in it is ever run: a foreign file can at worst not match its digest.

The environment variable ``HFSKG_CACHE`` names another folder than the user's own, or turns the cache off (``off``).
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

__all__ = ["Cache", "content_digest"]

VARIABLE = "HFSKG_CACHE"
KEPT = 12
"""How many entries of a kind are kept; the oldest make room."""


def content_digest(parts: Iterable[bytes]) -> str:
    """Return the hex digest of a sequence of byte strings, each told from the next.

    Example:
        >>> content_digest([b"ab", b"c"]) == content_digest([b"a", b"bc"])
        False
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@cache
def _code() -> str:
    """Return the digest of the package's own code and cue tables: another version works things out in another way."""
    package = Path(str(files("hfskg")))
    sources = sorted(path for suffix in ("py", "tsv") for path in package.rglob(f"*.{suffix}"))
    return content_digest(part for path in sources for part in (path.name.encode(), path.read_bytes()))


class Cache:
    """Entries of JSON on disk.

    Args:
        directory: Where they lie; None for no cache at all.
    """

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory

    @classmethod
    def default(cls) -> Cache:
        """Return the user's cache, as the environment variable says."""
        told = os.environ.get(VARIABLE)
        if told is None:
            return cls(user_cache_path("hfskg", appauthor=False))
        return cls(None if told.strip().casefold() in ("", "off", "0", "no") else Path(told))

    def remember(self, kind: str, key: str | None, work: Callable[[], Any]) -> Any:
        """Return what a function works out, from the cache where it was worked out before.

        Args:
            kind: What sort of thing it is; the first part of the entry's file name.
            key: Digest of the content it is worked out from; None for content that is not known, which is not cached.
            work: Works it out; must return what JSON can hold, lists instead of tuples.
        """
        if self._directory is None or key is None:
            return work()
        path = self._directory / f"{kind}-{content_digest([key.encode(), _code().encode()])[:40]}.json"
        found = _read(path)
        if found is not None:
            return found[0]
        value = work()
        self._write(path, kind, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
        return value

    def _write(self, path: Path, kind: str, payload: bytes) -> None:
        """Write an entry in one step, so that a reader sees the whole of it or nothing."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
                new = Path(file.name)
                file.write(hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)
            try:
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)
            self._make_room(path.parent, kind)
        except OSError:
            return

    @staticmethod
    def _make_room(directory: Path, kind: str) -> None:
        entries = sorted(directory.glob(f"{kind}-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in entries[KEPT:]:
            old.unlink(missing_ok=True)


def _read(path: Path) -> list[Any] | None:
    """Return the value of an entry in a list, or None where there is no sound entry."""
    try:
        digest, _, payload = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(payload).hexdigest().encode() != digest:
        return None
    return [json.loads(payload)]
