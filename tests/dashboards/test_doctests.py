"""The examples in the docstrings of the dashboards run."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import pollbench_dashboards

MODULES = sorted(
    each.name for each in walk_packages(pollbench_dashboards.__path__, f"{pollbench_dashboards.__name__}.")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0
