"""Which of several forecasts is the last: one rule for boards, claims, time and attacks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: What "the last forecast" is the last of.
FORECASTER_AND_QUANTITY = ["contest_id", "forecaster_id", "quantity"]


def last_of(forecasts: pd.DataFrame, of: Sequence[str]) -> pd.DataFrame:
    """The last forecast of each group, in the order of the rows.

    Parameters
    ----------
    forecasts : rows of the view ``forecast_day``, or of tables made from it: with ``recency``, which
        is highest for the last (end of measurement, else publication; then start, release, sample, id).
    of : columns that name a group, such as forecaster and quantity.

    Examples
    --------
    >>> waves = pd.DataFrame({"house": ["ifop", "bva", "ifop"], "recency": [3, 1, 2]})
    >>> last_of(waves, ["house"])
      house  recency
    0  ifop        3
    1   bva        1
    """
    groups = forecasts.groupby(list(of), sort=False, dropna=False).ngroup().to_numpy()
    return forecasts[are_last(groups, forecasts["recency"].to_numpy())]


def are_last(groups: NDArray[np.integer], recency: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which rows have the highest recency of their group.

    Parameters
    ----------
    groups, recency : one integer per row.

    Examples
    --------
    >>> are_last(np.array([0, 1, 0]), np.array([3, 1, 2])).tolist()
    [True, True, False]
    """
    order = np.lexsort((recency, groups))
    ends = np.ones(len(order), dtype=bool)
    ends[:-1] = groups[order][1:] != groups[order][:-1]
    last = np.zeros(len(order), dtype=bool)
    last[order[ends]] = True
    return last
