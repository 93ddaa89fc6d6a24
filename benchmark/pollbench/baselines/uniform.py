"""Uniform: everyone on the ballot gets the same share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pollbench.baselines._baseline import BaselineForecasts, baseline

if TYPE_CHECKING:
    from pollbench.data.bench import Bench
    from pollbench.selection.comparison import Comparison


@baseline(
    title="uniform",
    meaning="Everyone on the ballot gets 100 over the number of candidates: knowing nothing at all.",
    per_forecast=False,
    version=1,
)
def uniform(bench: Bench, comparison: Comparison) -> BaselineForecasts:
    r"""Give everyone on the ballot the same share.

    .. math:: q_k = 100 / K_{ballot}

    where the count is of the whole ballot (11 in the first round of 2017), not of the scored
    candidates.
    """
    import pandas as pd

    ballot = bench.frame(
        "SELECT count(*) AS candidates FROM candidate WHERE contest_id = ?", [comparison.contest_id]
    ).candidates.item()
    forecasts = pd.DataFrame({"forecast_id": ["uniform"], "horizon_days": [np.nan]})
    return BaselineForecasts(np.full((1, len(comparison.candidates)), 100.0 / ballot), forecasts)
