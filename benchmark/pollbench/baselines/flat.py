"""Flat: the forecaster's own total, shared out equally."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.baselines._baseline import BaselineForecasts, baseline
from pollbench.measures._measure import SHARES

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.comparison import Comparison


@baseline(
    title="flat",
    meaning="Every scored candidate gets the mean of the shares that the forecaster gave them: "
    "a null for the order of the candidates, not for their level.",
    per_forecast=True,
    version=1,
)
def flat(bench: Bench, comparison: Comparison) -> BaselineForecasts:  # noqa: ARG001
    r"""Give every scored candidate the mean of the forecaster's own figures for them.

    .. math:: q_k = \frac{1}{K} \sum_j p_j

    over the candidates it gave a figure. It uses the forecaster's total, so it is a null for the
    order, not for the level, and its strength is the closeness of the race: in 2002 no house beat
    it, in 2012 every house did. Only for shares.
    """
    shares = comparison.forecasts.quantity.isin(SHARES).to_numpy()
    values = comparison.forecast[shares]
    forecasts = comparison.forecasts.loc[shares, ["forecast_id", "horizon_days"]].reset_index(drop=True)
    return BaselineForecasts(
        np.repeat(np.nanmean(values, axis=1, keepdims=True), values.shape[1], axis=1), forecasts
    )
