"""Fill the gaps of a forecast from a baseline, and mark every figure that was filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench import baselines
from pollbench.measures._measure import SHARES

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.selection.comparison import Comparison

#: The flag of a figure that was not published.
IMPUTED = "imputed"


def impute(bench: Bench, gapped: Comparison, name: str) -> tuple[np.ndarray, pd.DataFrame]:
    """Fill the missing shares of forecasts from the baseline called ``name``.

    Parameters
    ----------
    bench : the data.
    gapped : a comparison whose forecasts have NaN where nothing was published.
    name : of a baseline. It sees nothing published after the forecast it fills; "flat" is the mean
        of the shares that the forecaster did publish.

    Returns
    -------
    (forecast, figures): the array with gaps filled where the baseline has a figure, and one row a
    filled figure: forecast_id, candidate_id, value, flag = "imputed". A forecast without any
    figure, and one that is no share, stays as it is.

    Raises
    ------
    UnknownName : no such baseline.
    """
    import pandas as pd

    baseline = baselines.named(name)
    forecast = gapped.forecast.copy()
    gaps = np.isnan(forecast)
    shares = gapped.forecasts.quantity.isin(SHARES).to_numpy()
    may = gaps & (shares & ~gaps.all(axis=1))[:, None]
    if not may.any():
        return forecast, pd.DataFrame(columns=["forecast_id", "candidate_id", "value", "flag"])
    some = gapped.of(shares & ~gaps.all(axis=1))
    naive = baseline.function(bench, some)
    ids = gapped.forecasts.forecast_id.to_numpy()
    for row, values in zip(naive.forecasts.itertuples(), naive.forecast, strict=True):
        concerned = ids == row.forecast_id if baseline.per_forecast else np.ones(len(ids), dtype=bool)
        filled = may & concerned[:, None]
        forecast[filled] = np.broadcast_to(values, forecast.shape)[filled]
    rows, columns = np.nonzero(may & ~np.isnan(forecast))
    figures = pd.DataFrame(
        {
            "forecast_id": ids[rows],
            "candidate_id": np.array(gapped.candidates, dtype=object)[columns],
            "value": forecast[rows, columns],
            "flag": IMPUTED,
        }
    )
    return forecast, figures
