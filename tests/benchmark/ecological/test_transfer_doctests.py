"""The examples of the transfer methods run."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from pollbench import ecological


@pytest.mark.parametrize("name", sorted(module.name for module in iter_modules(ecological.__path__)))
def test_examples_run(name):
    result = doctest.testmod(import_module(f"pollbench.ecological.{name}"))
    assert result.failed == 0
    assert result.attempted > 0 or name == "_method"
