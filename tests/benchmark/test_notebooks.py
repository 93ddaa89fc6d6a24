"""The notebooks run from the first cell to the last, and come to the figures that their words name."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "benchmark" / "notebooks"


def last_values(path: Path) -> list[Any]:
    """Run the code cells one after the other; the value of the last expression of each."""
    names: dict[str, Any] = {}
    values = []
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, path.name, "exec"), names)
        values.append(
            eval(compile(ast.Expression(last.value), path.name, "eval"), names) if last is not None else None
        )
    return values


def test_the_error_of_filteris_is_reproduced_twice() -> None:
    read, by_hand, (behind, least, within, (low, high)) = last_values(FOLDER / "reproduce_a_number.ipynb")
    assert read == (2.15, "304f818f5586", "1")
    assert by_hand == 2.15
    assert within
    assert 0 < low < high < behind < least


def test_a_forecaster_of_ones_own_is_scored_beside_the_board() -> None:
    *_, scores, sentence = last_values(FOLDER / "score_your_own.ipynb")
    # |23.5 - 24.01| + |22 - 21.30| + |19.5 - 20.01| + |19 - 19.58|, over four.
    assert scores["mae"] == pytest.approx(0.575, abs=0.01)
    assert sentence.startswith("my forecaster: 0.5")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.name)
def test_a_notebook_is_kept_without_its_output(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    # What one number needs is said in ten statements.
    assert sum(len(ast.parse("".join(cell["source"])).body) for cell in code) <= 16
    assert all(len(ast.parse("".join(cell["source"])).body) <= 10 for cell in code)
