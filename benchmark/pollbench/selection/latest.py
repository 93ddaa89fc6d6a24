"""Which of several forecasts is the last: one rule for boards, claims, time and attacks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

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
    latest = forecasts.sort_values("recency").drop_duplicates(list(of), keep="last")
    return forecasts[forecasts.index.isin(latest.index)]
