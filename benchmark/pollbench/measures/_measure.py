"""What a measure is: a pure function of arrays with a declared meaning.

Convention of all measures: forecast first, result second, both in per cent; error = forecast -
result, so positive = overestimated; the last axis is candidates, all leading axes are free.
Arrays come in through one door (``_door``): behind it they are floating-point and in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast

from pollbench.measures._door import Door
from pollbench.registry import Registry

Orientation = Literal["lower", "higher", "zero", "none"]
Level = Literal["forecast", "candidate", "set"]
Inputs = Literal["shares", "order", "probabilities", "samples", "quantiles", "interval", "parameters"]
Function = TypeVar("Function", bound=Callable[..., Any])

#: Quantities whose figures are shares of one whole and may be set against vote shares.
SHARES = frozenset({"vote_share", "digital_share", "share_of_voice"})
#: Quantities that put the candidates in an order, whatever their unit. In all of them more is
#: better except in a rank, where 1 is the best: ``as_order`` turns it round.
ORDERED = SHARES | {"approval", "message_volume", "audience", "rank"}
#: Quantities that are probabilities.
PROBABILITIES = frozenset({"win_probability", "runoff_probability", "event"})


def as_order(values: Any, quantity: str) -> Any:
    """``values`` with the highest standing first: ranks negated, everything else unchanged.

    The only function that decides that rank 1 beats rank 2: figures of any quantity pass through
    it on their way to a measure with ``inputs="order"``.

    Examples
    --------
    >>> import numpy as np
    >>> as_order(np.array([1, 3, 2]), "rank")
    array([-1, -3, -2])
    """
    return -values if quantity == "rank" else values


@dataclass(frozen=True)
class Measure:
    """A measure and everything a reader needs to quote one of its numbers.

    Attributes
    ----------
    name : the id, a Python name ("mae").
    title : the field's term, in words ("mean absolute error").
    unit : "points", "" for pure numbers, "log-odds", "nats", ...
    orientation : "lower" or "higher" is better, "zero" for a signed measure (bias), "none" for a
        yardstick that says how large chance is and not how good a forecast: nothing is ranked by
        the last two.
    sign : a sentence that a journalist can print about what a value means.
    quantities : the quantities it accepts; any other is refused.
    level : "forecast" (one value per forecast), "candidate" (one per candidate or event),
        "set" (one value for a set of forecasts: the axis before the last is the set and goes).
    zeros : "allowed", or why a share of 0 is refused.
    needs_n : whether the number of expressed intentions enters, as the keyword ``n`` of shape (...).
    version : raised whenever a value may change.
    reference : a key of measures.bib, empty where the benchmark defines it.
    function : the array function.
    inputs : what the array ``forecast`` holds, ``result`` being vote shares in per cent unless said:
        "shares"         (..., candidates), per cent;
        "order"          (..., candidates), higher = better placed, any unit (see ``as_order``);
        "probabilities"  (..., events or classes), per cent; ``result`` holds outcomes, 1 where the
                         event came true and 0 where it did not;
        "samples"        (..., samples, candidates), per cent;
        "quantiles"      (..., levels, candidates), per cent, with the keyword ``levels``;
        "interval"       (..., 2, candidates), lower and upper end, per cent, with the keyword ``level``;
        "parameters"     of a distribution, as the docstring says.
        A table of published forecasts feeds the first three; the others take what a user or an
        error model brings.
    components : empty: the function returns one array. Otherwise it returns a dict with exactly
        these keys, each an array of the shape that ``level`` implies; the key "" is the measure
        itself, the others are parts of it (a row of scores a key, in the column ``component``).
    interval : empty, or a function ``(forecast, result, **needs) -> (low, high)`` that gives the
        95 % interval of the value, for the columns ``low`` and ``high``.
    needs : names of the further keywords without which the function, or its interval, has no value
        ("levels", "population", "seed").
    undefined : when a value does not exist although the input is in order ("the forecast puts all
        candidates level"); the function returns NaN there, and this
        reason is printed instead. Empty: never.
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
    inputs: Inputs = "shares"
    components: tuple[str, ...] = ()
    interval: Callable[..., tuple[Any, Any]] | None = None
    needs: tuple[str, ...] = ()
    undefined: str = ""

    def __call__(self, forecast: Any, result: Any, **options: Any) -> Any:
        """Call the array function."""
        return self.function(forecast, result, **options)


_MEASURES: Registry[Measure] = Registry("measure")


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
    inputs: Inputs = "shares",
    components: tuple[str, ...] = (),
    interval: Callable[..., tuple[Any, Any]] | None = None,
    needs: tuple[str, ...] = (),
    undefined: str = "",
) -> Callable[[Function], Function]:
    """Register the decorated array function as a measure under its own name."""

    def register(function: Function) -> Function:
        name = function.__name__
        guarded = Door(name, inputs, level, components).before(function)
        described = Measure(
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
            function=guarded,
            inputs=inputs,
            components=components,
            interval=interval,
            needs=needs,
            undefined=undefined,
        )
        _MEASURES.add(described)
        return cast("Function", guarded)

    return register


def registered() -> dict[str, Measure]:
    """All measures, by name, in the order of their names."""
    return _MEASURES.ordered()


def named(name: str) -> Measure:
    """The measure called ``name``; UnknownName with close names if there is none."""
    return _MEASURES.named(name)
