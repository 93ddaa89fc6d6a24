"""What a measure is: a pure function of arrays with a declared meaning.

Convention of all measures: forecast first, result second, both in per cent; error = forecast -
result, so positive = overestimated; the last axis is candidates, all leading axes are free.
Functions use array operations that dispatch (no conversion on entry), so that a Dask array
goes through unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np

from pollbench.errors import DomainError, UnknownName

Orientation = Literal["lower", "higher", "zero"]
Level = Literal["forecast", "candidate", "set"]
Function = TypeVar("Function", bound=Callable[..., Any])

#: Quantities whose figures are shares of one whole and may be set against vote shares.
SHARES = frozenset({"vote_share", "digital_share", "share_of_voice"})
#: Quantities that put the candidates in an order, whatever their unit.
ORDERED = SHARES | {"approval", "message_volume", "audience", "rank"}
#: Quantities that are probabilities.
PROBABILITIES = frozenset({"win_probability", "runoff_probability", "event"})


@dataclass(frozen=True)
class Measure:
    """A measure and everything a reader needs to quote one of its numbers.

    Attributes
    ----------
    name : the id, a Python name ("mae").
    title : the field's term, in words ("mean absolute error").
    unit : "points", "" for pure numbers, "log-odds", "nats", ...
    orientation : "lower" or "higher" is better, or "zero" for a signed measure (bias).
    sign : a sentence that a journalist can print about what a value means.
    quantities : the quantities it accepts; any other is refused.
    level : "forecast" (one value a forecast), "candidate" (one a candidate),
        "set" (one for a set of forecasts).
    zeros : "allowed", or why a share of 0 is refused.
    needs_n : whether the number of expressed intentions enters.
    version : raised whenever a value may change.
    reference : a key of measures.bib, empty where the benchmark defines it.
    function : the array function.
    """

    name: str
    title: str
    unit: str
    orientation: Orientation
    sign: str
    quantities: frozenset[str]
    level: Level
    zeros: str
    needs_n: bool
    version: int
    reference: str
    function: Callable[..., Any]

    def __call__(self, forecast: Any, result: Any, **options: Any) -> Any:
        """Call the array function."""
        return self.function(forecast, result, **options)


_MEASURES: dict[str, Measure] = {}


def measure(
    *,
    title: str,
    unit: str,
    orientation: Orientation,
    sign: str,
    quantities: frozenset[str],
    version: int,
    reference: str,
    level: Level = "forecast",
    zeros: str = "allowed",
    needs_n: bool = False,
) -> Callable[[Function], Function]:
    """Register the decorated array function as a measure under its own name."""

    def register(function: Function) -> Function:
        name = function.__name__
        if name in _MEASURES and _MEASURES[name].function.__module__ != function.__module__:
            message = f"Two measures are called {name!r}: one name, one measure."
            raise ValueError(message)
        _MEASURES[name] = Measure(
            name=name,
            title=title,
            unit=unit,
            orientation=orientation,
            sign=sign,
            quantities=quantities,
            level=level,
            zeros=zeros,
            needs_n=needs_n,
            version=version,
            reference=reference,
            function=function,
        )
        return function

    return register


def registered() -> dict[str, Measure]:
    """All measures, by name, in the order of their names."""
    return dict(sorted(_MEASURES.items()))


def named(name: str) -> Measure:
    """The measure called ``name``; UnknownName with close names if there is none."""
    if name not in _MEASURES:
        raise UnknownName.of(kind="measure", name=name, known=_MEASURES)
    return _MEASURES[name]


def require_domain(forecast: Any, result: Any, name: str) -> None:
    """Raise DomainError unless both arrays hold the same candidates and no impossible share.

    Shapes are checked always. Values (finite, not negative) are checked for arrays in memory
    only: looking at a lazy array would compute it.
    """
    if forecast.ndim == 0 or result.ndim == 0:
        message = f"{name}: the last axis must be candidates, a single number has none."
        raise DomainError(message)
    if forecast.shape[-1] != result.shape[-1]:
        message = (
            f"{name}: {forecast.shape[-1]} candidates forecast, {result.shape[-1]} in the result; "
            "the last axes must hold the same candidates in the same order."
        )
        raise DomainError(message)
    for what, values in (("forecast", forecast), ("result", result)):
        if not isinstance(values, np.ndarray):
            continue
        if not np.isfinite(values).all():
            message = f"{name}: the {what} holds NaN or infinity; leave out what was not published."
            raise DomainError(message)
        if (values < 0).any():
            message = f"{name}: the {what} holds a negative share."
            raise DomainError(message)
