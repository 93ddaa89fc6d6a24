"""The examples in the docstrings of the package run."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import pollbench

MODULES = ["pollbench", *sorted(each.name for each in walk_packages(pollbench.__path__, "pollbench."))]
#: Importing it runs the program.
PROGRAM = "pollbench.__main__"
FINDER = doctest.DocTestFinder(exclude_empty=True)


@pytest.mark.parametrize("name", [name for name in MODULES if name != PROGRAM])
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_examples_are_found_and_a_wrong_one_fails() -> None:
    from pollbench.measures import point

    assert any(found.examples for found in FINDER.find(point))
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, None)
    assert doctest.DocTestRunner(verbose=False).run(wrong, out=lambda _: None).failed == 1
