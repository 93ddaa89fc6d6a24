"""The door of the public functions: an argument of another type than its annotation is refused in one sentence.

The annotation decides, as it stands in the source; names that are only known to type checkers are compared with the
names of the classes of a value. Values are the matter of each function, but for seeds and numbers of draws.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache, wraps
from typing import Any, Literal, ParamSpec, TypeVar, get_args, get_origin

import numpy as np

from pollbench.errors import ArgumentError

P = ParamSpec("P")
R = TypeVar("R")
#: Longest value that a message repeats.
LONGEST_SHOWN = 60
#: Names of annotations that every value fits.
ANYTHING = {"Any", "object", "Self"}
NUMBERS = {"int": (int, np.integer), "float": (int, float, np.integer, np.floating)}
#: Whole numbers that mean the same in every function -> the most that one may be; they are 0 or more, draws 1 or more
#: unless none is the default.
MOST = {"seed": 2**63 - 1, "resamples": 1_000_000, "replicates": 1_000_000}
#: Annotations of collections: what a value must be, besides no text.
COLLECTIONS = {
    "Sequence": (Sequence, np.ndarray),
    "tuple": (tuple,),
    "list": (list,),
    "Collection": (Collection,),
    "Iterable": (Iterable,),
}


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """``function``, which refuses arguments of another type than its annotations say.

    Raises
    ------
    ArgumentError : names the function, the parameter, the value and the type.

    Examples
    --------
    >>> @checked
    ... def twice(name: str, *, times: int | None = 2) -> str:
    ...     return name * (times or 1)
    >>> twice("a")
    'aa'
    >>> twice("a", times="b")
    Traceback (most recent call last):
    pollbench.errors.ArgumentError: twice: times is 'b' (str); it must be int | None.
    """
    signature = inspect.signature(function)
    known = function.__globals__

    @wraps(function)
    def behind_the_door(*positional: P.args, **named: P.kwargs) -> R:
        # Too many, too few or unknown ones are the caller's program, and Python says so.
        given = signature.bind(*positional, **named).arguments
        for name, value in given.items():
            parameter = signature.parameters[name]
            if parameter.annotation is parameter.empty:
                continue
            values = value if parameter.kind is parameter.VAR_POSITIONAL else (value,)
            for single in values:
                require(single, str(parameter.annotation), known, f"{function.__name__}: {name}")
            if name in MOST:
                least = 0 if name == "seed" or parameter.default == 0 else 1
                _require_within(value, least, MOST[name], f"{function.__name__}: {name}")
        return function(*positional, **named)

    return behind_the_door


def require(value: Any, annotation: str, known: Mapping[str, Any], what: str) -> None:
    """Raise ArgumentError unless ``value`` fits ``annotation``, whose names are looked up in ``known``."""
    if not _fits(value, _parsed(annotation), known):
        shown = repr(value)
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}..."
        message = f"{what} is {' '.join(shown.split())} ({type(value).__name__}); it must be {annotation}."
        raise ArgumentError(message)


def _require_within(value: int, least: int, most: int, what: str) -> None:
    if not least <= value <= most:
        message = f"{what} is {value}; it must be a whole number from {least} to {most}."
        raise ArgumentError(message)


@lru_cache
def _parsed(annotation: str) -> ast.expr:
    return ast.parse(annotation, mode="eval").body


def _fits(value: Any, annotation: ast.expr, known: Mapping[str, Any]) -> bool:
    if isinstance(annotation, ast.BinOp):
        return _fits(value, annotation.left, known) or _fits(value, annotation.right, known)
    if isinstance(annotation, ast.Constant):
        return value is None
    if isinstance(annotation, ast.Subscript):
        return _fits_inside(value, annotation, known)
    name = annotation.attr if isinstance(annotation, ast.Attribute) else getattr(annotation, "id", "")
    if name in ANYTHING:
        return True
    if name in NUMBERS:
        return isinstance(value, NUMBERS[name]) and not isinstance(value, bool)
    if name in COLLECTIONS:
        return isinstance(value, COLLECTIONS[name]) and not isinstance(value, str | bytes)
    meant = known.get(name)
    if get_origin(meant) is Literal:
        return isinstance(value, str) and value in get_args(meant)
    if isinstance(meant, type):
        return isinstance(value, meant)
    return any(parent.__name__ == name for parent in type(value).__mro__)


def _fits_inside(value: Any, annotation: ast.Subscript, known: Mapping[str, Any]) -> bool:
    """Whether a value fits an annotation with brackets: its outside, then what it holds."""
    outside = getattr(annotation.value, "id", getattr(annotation.value, "attr", ""))
    inside = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    if outside == "Literal":
        return isinstance(value, str) and value in [getattr(word, "value", None) for word in inside]
    if outside == "Callable":
        return callable(value)
    if outside in ("Mapping", "dict"):
        return isinstance(value, Mapping) and all(
            _fits(key, inside[0], known) and _fits(held, inside[1], known) for key, held in value.items()
        )
    if outside in COLLECTIONS:
        if not isinstance(value, COLLECTIONS[outside]) or isinstance(value, str | bytes):
            return False
        return not isinstance(value, Collection) or all(_fits(held, inside[0], known) for held in value)
    return _fits(value, annotation.value, known)
