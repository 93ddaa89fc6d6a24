"""Poll averages: the last poll of each house in a declared window, under three weightings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pollbench.baselines._baseline import BaselineForecasts, baseline
from pollbench.baselines._polls import Floats, per_forecast, polls_of
from pollbench.selection.latest import are_last

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.comparison import Comparison

#: Polls whose fieldwork ended at most this many days before the day of the forecast.
WINDOW_DAYS = 14
#: A poll counts half as much for every so many days of age.
HALF_LIFE_DAYS = 7.0
#: Stands in where a poll's number of answers is unknown.
USUAL_N = 1000.0

Weights = Callable[[Floats, Floats], Floats]


def averages(bench: Bench, comparison: Comparison, weights: Weights) -> BaselineForecasts:
    """Weighted mean of each house's last poll, for each forecast, from what was public before its day.

    Parameters
    ----------
    weights : from the answers and ages in days of the polls that count to their weights.
    """
    polls = polls_of(bench, comparison)
    answers = polls.table["n"].fillna(USUAL_N).to_numpy(dtype=float)
    houses, recency = pd.factorize(polls.table["house"])[0], polls.table["recency"].to_numpy()

    def average(day: pd.Timestamp) -> Floats | None:
        age = (day - polls.table["measured"]).dt.days.to_numpy(dtype=float)
        known = np.flatnonzero(polls.before(day) & (age <= WINDOW_DAYS))
        if not len(known):
            return None
        last = known[are_last(houses[known], recency[known])]
        chosen: Floats = weights(answers[last], age[last])
        return np.asarray(np.average(polls.shares[last], axis=0, weights=chosen))

    return per_forecast(
        comparison,
        average,
        f"no poll of the last {WINDOW_DAYS} days was public before the day of the forecast",
    )


@baseline(
    title="poll average",
    meaning="Mean of each house's last poll of the 14 days before the forecast, all houses alike: what "
    "any reader could compute.",
    per_forecast=True,
    version=1,
)
def poll_average(bench: Bench, comparison: Comparison) -> BaselineForecasts:
    """Average the last poll of each house of the last 14 days, every house alike."""
    return averages(bench, comparison, lambda answers, _: np.ones_like(answers))


@baseline(
    title="poll average by size",
    meaning="The same, each poll weighted by its number of expressed intentions (1,000 where unknown).",
    per_forecast=True,
    version=1,
)
def poll_average_by_size(bench: Bench, comparison: Comparison) -> BaselineForecasts:
    """Average the last poll of each house of the last 14 days, by number of answers."""
    return averages(bench, comparison, lambda answers, _: answers)


@baseline(
    title="poll average by age",
    meaning="The same, a poll counting half as much for every seven days of age.",
    per_forecast=True,
    version=1,
)
def poll_average_by_age(bench: Bench, comparison: Comparison) -> BaselineForecasts:
    """Average the last poll of each house of the last 14 days, halving its weight every week."""
    return averages(bench, comparison, lambda _, age: 0.5 ** (age / HALF_LIFE_DAYS))
