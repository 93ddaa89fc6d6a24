"""The public names: listed, typed, found, documented, and the same in all three lists."""

from __future__ import annotations

import ast
import inspect
import runpy
import sys
from pathlib import Path

import pytest

import pollbench as pb
from pollbench import _HOMES
from pollbench.errors import PollbenchError

SOURCE = Path(pb.__file__).read_text(encoding="utf-8")
#: What architecture and README promise.
PROMISED = {
    "load", "validate", "build", "compare", "score", "leaderboard", "stress", "break_even", "cite",
    "list_elections", "list_measures", "list_attacks", "Policy", "Bench", "Comparison", "Scores", "PollbenchError",
}  # fmt: skip


def typed_names() -> dict[str, str]:
    """Public name -> module, as type checkers read them."""
    tree = ast.parse(SOURCE)
    block = next(
        node for node in tree.body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    )
    return {
        alias.asname or alias.name: str(node.module)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_all_three_lists_hold_the_same_names_in_order():
    assert set(pb.__all__) - {"__version__"} == set(_HOMES) == set(typed_names())
    assert list(_HOMES) == sorted(_HOMES)
    assert pb.__all__ == sorted(pb.__all__)
    assert dir(pb) == pb.__all__


def test_what_is_promised_is_there():
    assert set(_HOMES) >= PROMISED


def test_type_checkers_read_the_module_that_is_loaded():
    assert {name: module for name, (module, _) in _HOMES.items()} == typed_names()


@pytest.mark.parametrize("name", sorted(_HOMES))
def test_a_public_name_is_documented_and_its_parameters_are_typed(name):
    public = getattr(pb, name)
    assert inspect.getdoc(public), name
    if inspect.isfunction(public):
        signature = inspect.signature(public)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(given.annotation is not inspect.Parameter.empty for given in signature.parameters.values())
    if inspect.isclass(public) and not issubclass(public, PollbenchError):
        assert "Attributes" in (inspect.getdoc(public) or "") or "----" in (inspect.getdoc(public) or ""), (
            name
        )


def test_a_name_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        pb.laod  # noqa: B018


def test_a_name_that_is_not_public_is_no_attribute():
    with pytest.raises(AttributeError, match=r"^module 'pollbench' has no attribute 'scores'$"):
        pb.scores  # noqa: B018
    assert set(pb.__all__) <= set(dir(pb))


def test_the_package_runs_as_the_program(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["pollbench", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("pollbench", run_name="__main__")
    assert ended.value.code == 0
    assert pb.__version__ in capsys.readouterr().out
