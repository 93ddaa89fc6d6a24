"""What a baseline is: forecasts made from a comparison by a rule that anyone could follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pollbench.registry import Registry

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.selection.comparison import Comparison


@dataclass(frozen=True)
class BaselineForecasts:
    """The forecasts of a baseline for one comparison.

    Attributes
    ----------
    forecast : array (B, K), per cent, on the candidates of the comparison. May be empty.
    forecasts : one row each: forecast_id (that of the forecast it is made from, else the name of
        the baseline) and horizon_days.
    note : why it is empty, if it is; '' otherwise.
    """

    forecast: np.ndarray
    forecasts: pd.DataFrame
    note: str = ""


@dataclass(frozen=True)
class Baseline:
    """A baseline: its name, what it is in words, and the rule.

    Attributes
    ----------
    per_forecast : one for each forecast of a comparison (True), or one for the contest.
    """

    name: str
    title: str
    meaning: str
    per_forecast: bool
    version: int
    function: Callable[[Bench, Comparison], BaselineForecasts]


_BASELINES: Registry[Baseline] = Registry("baseline")

Rule = Callable[["Bench", "Comparison"], BaselineForecasts]


def baseline(*, title: str, meaning: str, per_forecast: bool, version: int) -> Callable[[Rule], Rule]:
    """Register the decorated rule under its own name.

    Parameters
    ----------
    title : the term.
    meaning : what it is a null for, in a sentence.
    per_forecast : whether there is one baseline for each forecast (True) or one for the contest.
    version : raised whenever a value may change.
    """

    def register(function: Rule) -> Rule:
        name = function.__name__
        _BASELINES.add(Baseline(name, title, meaning, per_forecast, version, function))
        return function

    return register


def registered() -> dict[str, Baseline]:
    """All baselines, by name."""
    return _BASELINES.ordered()


def named(name: str) -> Baseline:
    """The baseline called ``name``; UnknownName if there is none."""
    return _BASELINES.named(name)
