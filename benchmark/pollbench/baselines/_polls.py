"""The polls that baselines are made of: what was public before a forecast, and nothing later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pollbench.baselines._baseline import BaselineForecasts
from pollbench.data.contest_rows import of_contest
from pollbench.data.memo import Key
from pollbench.selection.reading import figures_read, to_total
from pollbench.selection.samples import OF_ONE_DAY, fitting_waves

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.comparison import Comparison

Floats = NDArray[np.float64]
_POLLS = """
SELECT f.contest_id, f.forecast_id, f.house, f.public_on, coalesce(f.measured_to, f.public_on) AS measured,
  coalesce(f.expressing_n, f.sample_size)::DOUBLE AS n,
  f.forecaster_id, f.quantity::VARCHAR AS quantity, f.survey, f.lineup, f.scenario,
  f.rolling_series, f.measured_to, f.recency
FROM forecast_day f
WHERE f.is_poll AND f.quantity = 'vote_share' AND NOT f.recalled
"""


@dataclass(frozen=True)
class Polls:
    """The polls of a contest that have all the compared candidates, the earliest first.

    Attributes
    ----------
    shares : shape (polls, candidates), per cent.
    table : one row per poll: forecast_id, house, public_on, measured, n.
    """

    shares: Floats
    table: pd.DataFrame

    def before(self, day: pd.Timestamp) -> NDArray[np.bool_]:
        """Which polls were public before ``day``: those of the day itself may have come later."""
        return np.asarray(self.table["public_on"] < day)


_READ: Key[Polls] = Key("polls of baselines")


def polls_of(bench: Bench, comparison: Comparison) -> Polls:
    """The polls of the comparison's contest as its policy reads them, in the order of time."""
    key = _READ.of(comparison.contest_id, comparison.candidates, comparison.policy)
    return bench.memo(key, lambda: _read(bench, comparison))


def _read(bench: Bench, comparison: Comparison) -> Polls:
    policy = comparison.policy
    table = of_contest(bench, _POLLS, comparison.contest_id)
    stood = table["lineup"].isin(("final", "near-final"))
    tested = stood if policy.scenario is None else table["scenario"] == policy.scenario
    table = fitting_waves(table[tested], policy)
    figures = figures_read(bench, policy, comparison.contest_id)
    figures = figures[figures["forecast_id"].isin(set(table["forecast_id"]))]
    wide = figures.pivot(index="forecast_id", columns="candidate_id", values="value")
    wide = wide.reindex(columns=list(comparison.candidates)).dropna()
    if policy.rescale == "main":
        wide = pd.DataFrame(to_total(wide, comparison.result), index=wide.index, columns=wide.columns)
    table = table[table["forecast_id"].isin(wide.index)]
    for column in ("public_on", "measured"):
        table[column] = pd.to_datetime(table[column])
    # Of polls of several houses that end on one day, the one that was public later is the newer one.
    table = table.sort_values(["measured", "public_on", "forecast_id"], ignore_index=True)
    shares = wide.reindex(table["forecast_id"]).to_numpy(dtype=float)
    if policy.select == "mean_of_samples":
        table, shares = _means_of_samples(table, shares)
    return Polls(shares, table)


def _means_of_samples(table: pd.DataFrame, shares: Floats) -> tuple[pd.DataFrame, Floats]:
    """One row per forecaster, line-up and last day of fieldwork, with the mean of its samples."""
    groups = table.groupby(OF_ONE_DAY, dropna=False, sort=False).ngroup().to_numpy()
    means = np.stack([shares[groups == group].mean(axis=0) for group in range(groups.max() + 1)])
    # Known once the last of the samples is public.
    together = table.assign(public_on=table.groupby(groups)["public_on"].transform("max"))
    last = ~pd.Series(groups).duplicated(keep="last").to_numpy()
    return together[last].reset_index(drop=True), means[groups[last]]


def per_forecast(
    comparison: Comparison, rule: Callable[[pd.Timestamp], Floats | None], note: str
) -> BaselineForecasts:
    """Baseline rows from a rule that knows the day of a forecast; else a note why not.

    Parameters
    ----------
    rule : from the day on which a forecast was public to shares, None where there are none.
    note : why there are none.
    """
    days = pd.to_datetime(comparison.forecasts["public_on"])
    by_day = {day: rule(day) for day in days.unique()}
    day_forecasts = [by_day[day] for day in days]
    known = np.array([shares is not None for shares in day_forecasts], dtype=bool)
    forecasts = comparison.forecasts.loc[known, ["forecast_id", "horizon_days"]].reset_index(drop=True)
    width = len(comparison.candidates)
    values = [shares for shares in day_forecasts if shares is not None]
    if not values:
        return BaselineForecasts(np.empty((0, width)), forecasts, note)
    return BaselineForecasts(np.stack(values), forecasts, "" if known.all() else note)
