"""Code asks no locale by name: what a language needs stands in its folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pollbench
import pollbench_dashboards
from pollbench.language.texts import locales

FOLDERS = [Path(package.__file__).parent for package in (pollbench, pollbench_dashboards)]


def questions(text: str) -> Iterator[int]:
    """Lines on which a comparison names a locale."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                items = side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
                if any(isinstance(item, ast.Constant) and item.value in locales() for item in items):
                    yield node.lineno


def test_no_comparison_names_a_locale() -> None:
    asked = {
        f"{path.name}:{line}"
        for folder in FOLDERS
        for path in folder.rglob("*.py")
        for line in questions(path.read_text("utf-8"))
    }
    assert asked == set()


@pytest.mark.parametrize("planted", ['x = 1 if words.locale == "fr" else 2', 'x = locale in ("en", "fr")'])
def test_a_planted_question_is_seen(planted: str) -> None:
    assert list(questions(planted)) == [1]
