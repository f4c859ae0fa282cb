"""Curation files: where they lie, and their YAML as entries that know their lines.

Scalars are taken as they are written, so that a number keeps its digits; only an empty value or ``null`` is none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hfskg.curation.fields import FIELDS
from hfskg.curation.model import (
    CHANGES,
    KINDS,
    Addition,
    Change,
    Correction,
    CurationFile,
    Decision,
    Entry,
    Fields,
    Head,
    Rejection,
)
from hfskg.curation.problems import Problems, did_you_mean
from hfskg.errors import CurationError

__all__ = ["SUFFIX", "check_directory", "curation_path", "find_curation", "load_curation"]

SUFFIX = ".curation.yaml"
"""What the name of a curation file has behind the stem of the document's."""

_LISTS: Mapping[str, type[Decision]] = {"reject": Rejection, "correct": Correction, "add": Addition}
_NOTHING = re.compile(r"~|null|Null|NULL|")

_Model = TypeVar("_Model", bound=BaseModel)
_Place = tuple[str | int, ...]


def curation_path(document: Path, directory: Path | None = None) -> Path:
    """Return where the curation file of a document lies, whether or not there is one.

    Args:
        document: The document.
        directory: The folder of the curation files; that of the document if left out.

    Example:
        >>> curation_path(Path("in/report.txt")).as_posix()
        'in/report.curation.yaml'
    """
    return (directory or document.parent) / f"{document.stem}{SUFFIX}"


def find_curation(document: Path, directory: Path | None = None) -> Path | None:
    """Return the curation file of a document, or None if there is none.

    Args:
        document: The document.
        directory: The folder of the curation files; that of the document if left out.

    Raises:
        CurationError: The file's name ends in ``.yml``.
    """
    path = curation_path(document, directory)
    short = path.with_suffix(".yml")
    if not path.exists() and short.exists():
        raise CurationError(f"{short} would not be read.", f"Name it {path.name}.")
    return path if path.exists() else None


def check_directory(directory: Path) -> None:
    """Make sure that a folder holds curation files.

    Raises:
        CurationError: There is no such folder, or no curation file is in it.
    """
    if not directory.is_dir():
        raise CurationError(f"There is no folder {directory} with curation files.", "Check the path.")
    if not any(directory.glob(f"*{SUFFIX}")):
        what = f"The folder {directory} has no curation file (*{SUFFIX})."
        raise CurationError(what, "Name the folder that they lie in.")


def load_curation(path: Path) -> CurationFile:
    """Read a curation file and check all that can be checked without the document.

    Raises:
        CurationError: It cannot be read, is no YAML, or its entries are wrong; all problems are told.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except OSError as error:
        raise CurationError(f"{path} cannot be read: {error.strerror}.", "Check the file.") from error
    except UnicodeDecodeError as error:
        raise CurationError(f"{path} is not UTF-8 (byte {error.start}).", "Save it in UTF-8.") from error
    problems = Problems(path)
    lines: dict[_Place, int] = {(): 1}
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise CurationError(f"{path} refers to an anchor (*name).", "Write out what it stands for.")
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1}" if mark else ""
        what = f"{path} is no YAML{line}: {getattr(error, 'problem', None) or error}."
        raise CurationError(
            what, "Mend it; a text with a colon or a quotation mark in it needs quotation marks."
        ) from error
    value = None if node is None else _plain(node, (), lines, problems)
    if value is not None and not isinstance(value, dict):
        raise CurationError(f"{path} is no mapping of names to values.", "See docs/curation.md for an example.")
    file = _Loader(problems, lines).file(path.name, hashlib.sha256(data).hexdigest(), value or {})
    problems.raise_any()
    return file


def _plain(node: yaml.Node, place: _Place, lines: dict[_Place, int], problems: Problems) -> Any:
    """Return what a node says, its texts as written, and note the lines of all parts."""
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            lines[(*place, name)] = key.start_mark.line + 1
            if name in found:
                problems.add(f"line {key.start_mark.line + 1}", f"{name} is given twice; keep one of them.")
            found[name] = _plain(value, (*place, name), lines, problems)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*place, at), lines, problems) for at, item in enumerate(node.value)]
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return None if plain and _NOTHING.fullmatch(node.value) else node.value


class _Loader:
    """Turns plain values into entries."""

    def __init__(self, problems: Problems, lines: Mapping[_Place, int]) -> None:
        self._problems = problems
        self._lines = lines

    def file(self, name: str, sha256: str, value: dict[str, Any]) -> CurationFile:
        """Return the file; what is wrong is among the problems."""
        lists = {action: value.get(action) or [] for action in _LISTS}
        rest = {key: item for key, item in value.items() if key not in _LISTS}
        head = self._validated(Head, rest, (), known=(*Head.model_fields, *_LISTS)) or Head()
        entries: list[Entry] = []
        for action, items in lists.items():
            if not isinstance(items, list):
                self._problems.add(self._where((action,)), f"{action} is no list; begin each entry with a hyphen.")
                continue
            found = (self._entry(action, at, item, head) for at, item in enumerate(items))
            entries += [entry for entry in found if entry is not None]
        return CurationFile(name, sha256, head, tuple(entries))

    def _entry(self, action: Any, at: int, item: Any, head: Head) -> Entry | None:
        place: _Place = (action, at)
        if not isinstance(item, dict):
            self._problems.add(self._where(place), "the entry is no mapping of names to values.")
            return None
        kind = item.get("kind")
        fields = next((model for name, model in FIELDS.items() if name == kind), None)
        own = fields.model_fields if fields is not None else {}
        model = _LISTS[action]
        told = {key: value for key, value in item.items() if action != "add" or key in model.model_fields or not fields}
        said = self._validated(model, told, place, known=(*model.model_fields, *(own if action == "add" else ())))
        changed, change = self._changed(action, item, told, fields, place)
        by = (said and said.by) or head.by
        if said is not None and by is None:
            self._problems.add(self._where(place), "nobody is named who decided; give `by` at the top of the file.")
        if said is None or changed is None or by is None:
            return None
        orcid = said.orcid if said.by else said.orcid or head.orcid
        return Entry(action, at + 1, self._lines[place], said, changed, change, by, orcid, said.on or head.on)

    def _changed(
        self, action: str, item: dict[str, Any], told: dict[str, Any], fields: type[Fields] | None, place: _Place
    ) -> tuple[Fields | None, Change]:
        """Return the fields of the kind that an addition or correction gives, and what else a correction changes."""
        if fields is None or action == "reject":
            return Fields(), Change()
        if action == "add":
            rest = {key: value for key, value in item.items() if key not in told}
            return self._validated(fields, rest, place, known=(*Addition.model_fields, *fields.model_fields)), Change()
        rest = item.get("set") or {}
        if not isinstance(rest, dict):
            return None, Change()
        place = (*place, "set")
        known = (*fields.model_fields, *CHANGES)
        change = self._validated(Change, {key: value for key, value in rest.items() if key in CHANGES}, place, known)
        own = {key: value for key, value in rest.items() if key not in CHANGES}
        return self._validated(fields, own, place, known), change or Change()

    def _validated(
        self, model: type[_Model], value: dict[str, Any], place: _Place, known: tuple[str, ...]
    ) -> _Model | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for details in error.errors():
                at = (*place, *details["loc"])
                self._problems.add(self._where(at), _explained(details, known))
            return None

    def _where(self, place: _Place) -> str:
        line = next(self._lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in self._lines)
        entry = f", {place[0]} {place[1] + 1}" if len(place) > 1 and isinstance(place[1], int) else ""
        return f"line {line}{entry}"


def _explained(details: ErrorDetails, known: tuple[str, ...]) -> str:
    """Return what pydantic found wrong in words that say what would be right."""
    name = next((str(part) for part in reversed(details["loc"]) if isinstance(part, str)), "")
    given = details["input"]
    if details["type"] == "extra_forbidden":
        hint = did_you_mean(name, known) or f" Known are {', '.join(known)}."
        return f"{name} is nothing that can be given here.{hint}"
    if details["type"] == "missing":
        return f"{name} is missing."
    if details["type"] == "literal_error":
        words = KINDS if name == "kind" else tuple(re.findall(r"'([^']*)'", details["ctx"]["expected"]))
        return f"the {name} {given!r} is none of {', '.join(words)}.{did_you_mean(str(given), words)}"
    message = details["msg"].removeprefix("Value error, ").removesuffix(".")
    message = (
        message if details["type"] == "value_error" else f"{message[0].lower()}{message[1:]}, and {given!r} is given"
    )
    return f"{name}: {message}." if name else f"{message}."
