"""No dead code: every function, class and method is reached from a verb, a table, a page, a public name or module code.

Names are followed, not types: what is named by anything that is reached counts as reached, so that the test may
overlook dead code and never calls living code dead.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pollbench

ROOT = Path(__file__).parents[2]
#: What is searched for dead code: what ships.
SHIPPED = ("benchmark/pollbench", "dashboards/pollbench_dashboards")
#: What may reach it besides: tools for maintainers, and templates, which name functions as text.
BESIDE = ("benchmark/tools", "benchmark/calibration", "benchmark/faults", "benchmark/speed")
#: What is called by nothing that ships, and stays -> why.
EXCEPTIONS = {
    "replace_zeros": "the remedy that a measure names when it refuses a share of 0",
    "Process": "called by the process pool of the standard library",
}
Definition = ast.FunctionDef | ast.ClassDef
WORD = re.compile(r"[A-Za-z_]\w*")
#: A text that may be the name of code.
TEXT = re.compile(r"[\w.-]+")


@cache
def names_in(node: ast.AST) -> frozenset[str]:
    """All names that a piece of code speaks of; short texts too, since some code is found by its name."""
    names: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            names.add(inner.id)
        elif isinstance(inner, ast.Attribute):
            names.add(inner.attr)
        elif isinstance(inner, ast.keyword) and inner.arg:
            names.add(inner.arg)
        elif isinstance(inner, ast.alias):
            names.add(inner.name.rpartition(".")[2])
        elif isinstance(inner, ast.Constant) and TEXT.fullmatch(str(inner.value)):
            names |= set(WORD.findall(str(inner.value)))
    return frozenset(names)


def definitions(tree: ast.Module) -> Iterator[tuple[str, Definition, bool]]:
    """Functions, classes and methods of a module: name, code, whether registering it makes it reached."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("__"):
            yield node.name, node, isinstance(node, ast.FunctionDef) and bool(node.decorator_list)
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("__"):
                    yield method.name, method, False


def own_names(node: Definition) -> frozenset[str]:
    """The names that a definition speaks of; of a class those of its fields, since its methods stand by themselves."""
    if isinstance(node, ast.FunctionDef):
        return names_in(node)
    parts = [
        child for child in node.body if not isinstance(child, ast.FunctionDef) or child.name.startswith("__")
    ]
    return frozenset().union(*map(names_in, [*parts, *node.bases, *node.decorator_list]))


def unreached(shipped: dict[str, ast.Module], beside: set[str]) -> list[str]:
    """Definitions that no reached code names; ``beside``: names that are spoken of outside of what is searched."""
    speaks: dict[str, set[str]] = {}
    reached = set(beside)
    for tree in shipped.values():
        for name, node, registered in definitions(tree):
            speaks.setdefault(name, set()).update(own_names(node) - {name})
            if registered:
                reached.add(name)
        loose = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
        # Importing a name is not using it.
        loose = [node for node in loose if not isinstance(node, ast.Import | ast.ImportFrom)]
        reached |= set().union(*(names_in(node) for node in loose))
    waiting = list(reached)
    while waiting:
        fresh = speaks.pop(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    return [
        f"{path}: {name}"
        for path, tree in sorted(shipped.items())
        for name, _, _ in definitions(tree)
        if name not in reached
    ]


@cache
def trees(folders: tuple[str, ...]) -> dict[str, ast.Module]:
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


@cache
def from_outside() -> set[str]:
    """What maintainers' tools, templates, the command line and public names speak of."""
    names = set().union(*(names_in(tree) for tree in trees(BESIDE).values()))
    for path in (ROOT / "dashboards").rglob("*.j2"):
        names |= set(WORD.findall(path.read_text("utf-8")))
    verbs = {f"{path.stem}_" for path in (ROOT / "benchmark/pollbench/cli").glob("[a-z]*.py")}
    return names | verbs | {"main"} | set(pollbench.__all__) | {"build_site"}


@cache
def unreached_today() -> list[str]:
    return unreached(trees(SHIPPED), from_outside())


def test_all_that_ships_is_reached() -> None:
    assert [dead for dead in unreached_today() if _name(dead) not in EXCEPTIONS] == []


def test_every_exception_is_needed() -> None:
    assert set(EXCEPTIONS) == {_name(dead) for dead in unreached_today()}


def _name(found: str) -> str:
    return found.rpartition(" ")[2]


def test_planted_dead_code_is_seen() -> None:
    shipped = dict(trees(SHIPPED))
    shipped["planted.py"] = ast.parse(
        "def forgotten_helper():\n    return named_by_the_dead_alone()\n\n"
        "def named_by_the_dead_alone():\n    return 1\n\n"
        "class ForgottenTable:\n    def forgotten_method(self):\n        return 2\n"
    )
    seen = [found for found in unreached(shipped, from_outside()) if _name(found) not in EXCEPTIONS]
    assert seen == [
        "planted.py: forgotten_helper",
        "planted.py: named_by_the_dead_alone",
        "planted.py: ForgottenTable",
        "planted.py: forgotten_method",
    ]
