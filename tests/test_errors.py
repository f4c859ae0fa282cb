from __future__ import annotations

import inspect
import re

import pytest

from hfskg import errors
from hfskg.errors import HfskgError, InputError


def test_a_message_says_what_and_how_to_mend_it() -> None:
    error = InputError("The lamp is out.", "Change it.")
    assert str(error) == "The lamp is out. Change it."
    assert (error.what, error.cure) == ("The lamp is out.", "Change it.")


def test_a_message_without_cure_has_no_trailing_blank() -> None:
    assert str(HfskgError("The lamp is out.")) == "The lamp is out."


@pytest.mark.parametrize("name", [name for name in errors.__all__ if name != "HfskgError"])
def test_every_error_has_the_one_root(name: str) -> None:
    assert issubclass(getattr(errors, name), HfskgError)


def test_the_tree_in_the_docstring_is_the_tree_of_classes() -> None:
    drawn = re.findall(r"^ *((?:│   )?)[├└]── (\w+)", inspect.getdoc(errors) or "", re.M)
    parent = "HfskgError"
    for indent, name in drawn:
        assert getattr(errors, name).__mro__[1].__name__ == (parent if indent else "HfskgError")
        parent = parent if indent else name
    assert sorted(name for _, name in drawn) == sorted(set(errors.__all__) - {"HfskgError"})
