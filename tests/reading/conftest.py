from __future__ import annotations

import pytest

from hfskg.units import UnitTable
from hfskg.vocabulary import Vocabulary
from reading import helpers


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return helpers.vocabulary()


@pytest.fixture(scope="session")
def units() -> UnitTable:
    return helpers.units()
