"""Curation: what people reject, correct or add, in a small file beside a document that survives every rebuild.

:func:`find_curation` finds the file of a document, :class:`Curator` amends the record with it, and
:func:`curation_template` writes one to begin with. docs/curation.md describes the file.
"""

from __future__ import annotations

from hfskg.curation.applying import Curator
from hfskg.curation.loading import check_directory, curation_path, find_curation, load_curation
from hfskg.curation.template import curation_template

__all__ = ["Curator", "check_directory", "curation_path", "curation_template", "find_curation", "load_curation"]
