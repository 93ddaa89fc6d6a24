"""Change one operator or constant of a room at a time, and see whether its tests notice.

    python benchmark/faults/mutants.py ROOM [SAMPLE] [SEED]

ROOM is one of measures, inference, transfers, manipulation, selection, or a file of theirs. SAMPLE mutants are drawn, all
without it. A mutant is never written to a file: a child of this process loads the changed code, runs the examples of its
docstrings and the tests of its room, and stops at the first that fails. Printed: every survivor, and the score. The exit is 1
below 95 per cent.
"""

from __future__ import annotations

import ast
import copy
import doctest
import importlib.abc
import importlib.util
import os
import platform
import random
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "benchmark" / "pollbench"
#: Room -> the folders of its code, and its tests, the quick ones first.
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "measures": (("measures",), ("published/test_shares.py", "published", "benchmark/measures")),
    "inference": (("inference",), ("benchmark/inference", "published/test_sampling.py")),
    "transfers": (
        ("ecological", "flows"),
        ("benchmark/ecological", "benchmark/flows", "published/test_transfers_published.py"),
    ),
    "manipulation": (
        ("manipulation/formulas",),
        ("benchmark/manipulation/formulas", "benchmark/manipulation"),
    ),
    "selection": (("selection",), ("benchmark/selection", "benchmark/scoring/test_compare.py")),
}
#: Seconds after which a mutant that never ends counts as killed.
LONGEST = 240
LEAST_SCORE = 95.0
#: Libraries that every child needs; what is tested is only loaded in the children.
LIBRARIES = ("numpy", "pandas", "scipy.stats", "duckdb", "pytest", "hypothesis", "dask.array", "typer")
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.And: ast.Or,
    ast.Or: ast.And, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


#: Changes that change nothing, by file and words: they are not counted.
EQUIVALENT = {
    ("measures/sampling_error.py", "(miss > lead_margin(first, second, n)) * 1.0 -> (miss > lead_margin(first, second, n)) / 1.0"),
    # The noise is symmetric: the other sign draws other numbers of the same distribution.
    ("inference/partial_count.py", "np.log(size) + spread * noise -> np.log(size) - spread * noise"),
    # As many semicolons as commas is one column, which any separator reads.
    ("flows/unit_files.py", "head.count(';') > head.count(',') -> head.count(';') >= head.count(',')"),
    ("measures/ranks.py", "(forecast_first[i] < forecast_first[j]) * np.int8(1) -> (forecast_first[i] < forecast_first[j]) / np.int8(1)"),
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change of one module: the number of a node in its tree, and which operator of a comparison."""

    path: Path
    node: int
    line: int
    change: str

    @property
    def module(self) -> str:
        """Dotted name of the module."""
        return ".".join(self.path.relative_to(PACKAGE.parent).with_suffix("").parts)

    def __str__(self) -> str:
        """Where it is, and what it changes."""
        return f"{self.path.relative_to(PACKAGE)}:{self.line}: {self.change}"


def changed(node: ast.AST) -> tuple[ast.AST, str] | None:
    """A node with its operator or constant changed, and the change in words; None where there is nothing to change."""
    new = copy.deepcopy(node)
    if isinstance(new, ast.Compare) and type(new.ops[0]) in SWAPS:
        new.ops[0] = SWAPS[type(new.ops[0])]()  # type: ignore[call-overload]
    elif isinstance(new, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(new.op) in SWAPS:
        new.op = SWAPS[type(new.op)]()  # type: ignore[assignment]
    elif isinstance(new, ast.UnaryOp) and isinstance(new.op, ast.Not | ast.USub):
        return new.operand, f"{ast.unparse(node)} -> {ast.unparse(new.operand)}"
    elif isinstance(new, ast.Constant) and isinstance(new.value, bool | int | float):
        new.value = not new.value if isinstance(new.value, bool) else new.value + 1
    else:
        return None
    return new, f"{ast.unparse(node)} -> {ast.unparse(new)}"


def unchangeable(tree: ast.Module) -> set[ast.AST]:
    """Nodes that are no arithmetic: annotations, decorators, what only type checkers run, texts, strict zips."""
    left: set[ast.AST] = set()
    for node in ast.walk(tree):
        roots: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            roots += node.decorator_list
        if isinstance(node, ast.FunctionDef):
            roots += [
                node.returns,
                *(
                    parameter.annotation
                    for parameter in ast.walk(node.args)
                    if isinstance(parameter, ast.arg)
                ),
            ]
        if isinstance(node, ast.AnnAssign):
            roots.append(node.annotation)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            roots.append(node)
        # Guards against a mistake in the program, which no input brings about.
        if isinstance(node, ast.keyword) and node.arg == "strict":
            roots.append(node)
        # The text of an error is not pinned word by word.
        if isinstance(node, ast.JoinedStr):
            roots.append(node)
        for root in roots:
            left |= set(ast.walk(root)) if root is not None else set()
    return left


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left = unchangeable(tree)
    for number, node in enumerate(ast.walk(tree)):
        if node in left or (change := changed(node)) is None:
            continue
        if (path.relative_to(PACKAGE).as_posix(), change[1]) not in EQUIVALENT:
            yield Mutant(path, number, getattr(node, "lineno", 0), change[1])


def mutated_tree(mutant: Mutant) -> ast.Module:
    """The tree of the module with the change in it."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    target = list(ast.walk(tree))[mutant.node]
    change = changed(target)
    assert change is not None

    class Change(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return change[0] if node is target else super().generic_visit(node)

    return ast.fix_missing_locations(Change().visit(tree))


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads the mutant where its module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """The mutated module, and nothing else."""
        if fullname != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(fullname, self.mutant.path, loader=self)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:  # noqa: ARG002
        """An ordinary module."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code in it."""
        exec(compile(mutated_tree(self.mutant), self.mutant.path, "exec"), module.__dict__)


def survives(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether the examples and the tests pass on the mutant."""
    child = os.fork()
    if child == 0:
        os.setsid()
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        signal.alarm(LONGEST)
        code = 1
        try:
            code = int(_fails(mutant, tests))
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return status == 0


def _fails(mutant: Mutant, tests: Sequence[str]) -> bool:
    import pytest

    sys.meta_path.insert(0, Finder(mutant))
    module = importlib.import_module(mutant.module)
    if doctest.testmod(module).failed:
        return True
    os.chdir(ROOT)
    paths = [str(ROOT / "tests" / name) for name in tests]
    return (
        pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not browser", *paths])
        != 0
    )


def main() -> int:
    """Print the survivors and the score with the machine."""
    wanted = sys.argv[1]
    sample = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20170423
    room = (
        wanted
        if wanted in ROOMS
        else next(name for name, (folders, _) in ROOMS.items() if wanted.startswith(folders))
    )
    folders, tests = ROOMS[room]
    files = (
        [PACKAGE / wanted]
        if wanted not in ROOMS
        else [path for name in folders for path in sorted((PACKAGE / name).rglob("*.py"))]
    )
    every = [mutant for path in files for mutant in mutants(path)]
    chosen = random.Random(seed).sample(every, min(sample or len(every), len(every)))
    for name in LIBRARIES:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as scratch:
        # The children share what is made of unchanged data.
        os.environ |= {"POLLBENCH_CACHE": scratch, "PYTEST_XDIST_WORKER": "mutants"}
        survivors = []
        for mutant in chosen:
            if survives(mutant, tests):
                survivors.append(mutant)
                print(f"survives: {mutant}", flush=True)
    score = 100 * (1 - len(survivors) / len(chosen))
    print(
        f"{wanted}: {len(chosen)} of {len(every)} mutants, seed {seed}: {len(chosen) - len(survivors)} killed, "
        f"{len(survivors)} survive, {score:.1f} %. Python {platform.python_version()}, {platform.system()} {platform.machine()}."
    )
    return int(score < LEAST_SCORE)


if __name__ == "__main__":
    sys.exit(main())
