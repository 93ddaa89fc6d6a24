"""The changes that are made to the code, one at a time, and the code that each of them makes.

Changed are comparisons, operators of numbers and of truth, constants and signs; a returned value becomes None; a statement
is left out. Left alone is what is no arithmetic: annotations, decorators, what only type checkers run, texts of errors.
"""

from __future__ import annotations

import ast
import copy
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "pollbench"
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.And: ast.Or,
    ast.Or: ast.And, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
#: Statements that are left out; an assignment only where its names had a value before.
DROPPED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue, ast.Break)
#: Changes that change no result, each with its reason: they are listed, and not counted.
EQUIVALENTS = Path(__file__).with_name("equivalents.toml")


@dataclass(frozen=True)
class Mutant:
    """One change of one module: the number of a node in its tree, and which of the changes of that node."""

    path: Path
    node: int
    way: int
    line: int
    #: First and last line of its statement, of the head of a compound one: what touches one of them touches the mutant.
    span: tuple[int, int]
    operator: str
    change: str

    @property
    def module(self) -> str:
        """Dotted name of the module."""
        return ".".join(self.path.relative_to(PACKAGE.parent).with_suffix("").parts)

    def __str__(self) -> str:
        """Where it is, and what it changes."""
        return f"{self.path.relative_to(PACKAGE)}:{self.line}: {self.change}"


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The changes of one node: the kind of operator, and the node after it.

    Examples
    --------
    >>> [(kind, ast.unparse(new)) for kind, new in changes(ast.parse("1 < x <= 2", mode="eval").body)]
    [('comparison', '1 <= x <= 2'), ('comparison', '1 < x < 2')]
    """
    if isinstance(node, ast.Compare):
        for position, operator in enumerate(node.ops):
            if type(operator) in SWAPS:
                new = copy.deepcopy(node)
                new.ops[position] = SWAPS[type(operator)]()  # type: ignore[call-overload]
                yield "comparison", new
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(node.op) in SWAPS:
        changed = copy.deepcopy(node)
        changed.op = SWAPS[type(node.op)]()  # type: ignore[assignment]
        yield "boolean" if isinstance(node, ast.BoolOp) else "arithmetic", changed
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield "boolean" if isinstance(node.op, ast.Not) else "arithmetic", copy.deepcopy(node.operand)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        value = not node.value if isinstance(node.value, bool) else node.value + 1
        yield "constant", ast.Constant(value)
    elif isinstance(node, ast.Return) and not _is_none(node.value):
        yield "return", ast.Return(ast.Constant(None))
    if isinstance(node, DROPPED) and not (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ):
        yield "statement", ast.Pass()


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def words(node: ast.AST) -> str:
    """A node in one line, as a reader of the list knows it again."""
    return " ".join(ast.unparse(node).split()) if not isinstance(node, ast.Pass) else "(left out)"


def unchangeable(tree: ast.Module) -> set[ast.AST]:
    """Nodes that are no arithmetic."""
    left: set[ast.AST] = set()
    for node in ast.walk(tree):
        roots: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            roots += node.decorator_list
        if isinstance(node, ast.FunctionDef):
            arguments = [one for one in ast.walk(node.args) if isinstance(one, ast.arg)]
            roots += [node.returns, *(one.annotation for one in arguments)]
        if isinstance(node, ast.AnnAssign):
            roots.append(node.annotation)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            roots.append(node)
        # A guard against a mistake in the program, which no input brings about.
        if isinstance(node, ast.keyword) and node.arg == "strict":
            roots.append(node)
        # The text of an error is not pinned word by word.
        if isinstance(node, ast.JoinedStr):
            roots.append(node)
        for root in roots:
            left |= set(ast.walk(root)) if root is not None else set()
    return left


@lru_cache
def equivalents() -> list[dict[str, str]]:
    """Changes that change nothing that a test could see: file, line where the change alone would name several, change, reason."""
    listed: list[dict[str, str]] = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))["equivalent"]
    return listed


def is_equivalent(file: str, line: str, change: str) -> bool:
    """Whether a change of a file is listed as one that changes nothing."""
    return any(
        entry["file"] == file and entry["change"] == change and entry.get("line", line) == line
        for entry in equivalents()
    )


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of one file, without those that are listed as equivalent."""
    text = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.splitlines()
    left, spans = unchangeable(tree), _spans(tree)
    file = path.relative_to(PACKAGE).as_posix()
    for number, node in enumerate(ast.walk(tree)):
        if node in left:
            continue
        for way, (operator, new) in enumerate(changes(node)):
            change = f"{words(node)} -> {words(new)}"
            line = getattr(node, "lineno", 0)
            if not is_equivalent(file, lines[line - 1].strip(), change):
                yield Mutant(path, number, way, line, spans[node], operator, change)


def _spans(tree: ast.Module) -> dict[ast.AST, tuple[int, int]]:
    """The lines of the innermost statement around each node."""
    spans: dict[ast.AST, tuple[int, int]] = {}
    # A statement within another comes later in the walk, and overwrites.
    for statement in ast.walk(tree):
        if isinstance(statement, ast.stmt):
            body = getattr(statement, "body", None)
            last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
            span = (statement.lineno, max(last, statement.lineno))
            spans |= dict.fromkeys(ast.walk(statement), span)
    return spans


def mutated_tree(mutant: Mutant) -> tuple[ast.Module, bool]:
    """The tree of the module with the change in it, and whether the change lies within the body of a function."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    target = list(ast.walk(tree))[mutant.node]
    _, new = list(changes(target))[mutant.way]
    within = _within_a_function(tree, target)

    class Change(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return ast.copy_location(new, node) if node is target else super().generic_visit(node)

    # It changes the tree that it is given.
    Change().visit(tree)
    return ast.fix_missing_locations(tree), within


def _within_a_function(tree: ast.Module, target: ast.AST) -> bool:
    """Whether a node stands in what a function does when it is called, not in its head or in a module."""
    for function in ast.walk(tree):
        if isinstance(function, ast.Lambda):
            bodies: list[ast.AST] = [function.body]
        elif isinstance(function, ast.FunctionDef):
            bodies = list(function.body)
        else:
            continue
        if any(node is target for body in bodies for node in ast.walk(body)):
            return True
    return False
