"""The polls that baselines are made of: what was public before a forecast, and nothing later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pollbench.baselines._baseline import BaselineForecasts
from pollbench.data.memo import Key

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench
    from pollbench.selection.comparison import Comparison

Floats = NDArray[np.float64]
_POLLS = """
SELECT f.contest_id, f.forecast_id, f.house, f.public_on, coalesce(f.measured_to, f.public_on) AS measured,
  coalesce(f.expressing_n, f.sample_size)::DOUBLE AS n, p.candidate_id,
  CASE WHEN p.flag = 'lt' THEN p.value::DOUBLE / 2 ELSE p.value::DOUBLE END AS share
FROM forecast_day f JOIN prediction p USING (forecast_id)
WHERE f.family = 'poll' AND f.kind <> 'poll_average' AND f.quantity = 'vote_share'
  AND f.lineup IN ('final', 'near-final') AND NOT f.recalled
"""


@dataclass(frozen=True)
class Polls:
    """The polls of a contest that have all the compared candidates, the earliest first.

    Attributes
    ----------
    shares : shape (polls, candidates), per cent.
    table : one row a poll: forecast_id, house, public_on, measured, n.
    """

    shares: Floats
    table: pd.DataFrame

    def before(self, day: pd.Timestamp) -> NDArray[np.bool_]:
        """Which polls were public before ``day``: those of the day itself may have come later."""
        return np.asarray(self.table["public_on"] < day)


_READ: Key[Polls] = Key("polls of baselines")


def polls_of(bench: Bench, comparison: Comparison) -> Polls:
    """The polls of the comparison's contest, sorted by the end of fieldwork."""
    key = _READ.of(comparison.contest_id, comparison.candidates)
    return bench.memo(key, lambda: _read(bench, comparison))


def _read(bench: Bench, comparison: Comparison) -> Polls:
    import pandas as pd

    frame = bench.frame(_POLLS)
    frame = frame[frame["contest_id"] == comparison.contest_id].drop(columns="contest_id")
    wide = frame.pivot(index="forecast_id", columns="candidate_id", values="share")
    wide = wide.reindex(columns=list(comparison.candidates)).dropna()
    table = frame.drop(columns=["candidate_id", "share"]).drop_duplicates("forecast_id")
    table = table[table["forecast_id"].isin(wide.index)]
    table = table.sort_values(["measured", "public_on", "forecast_id"], ignore_index=True)
    table["public_on"] = pd.to_datetime(table["public_on"])
    table["measured"] = pd.to_datetime(table["measured"])
    return Polls(wide.reindex(table["forecast_id"]).to_numpy(dtype=float), table)


def per_forecast(
    comparison: Comparison, rule: Callable[[pd.Timestamp], Floats | None], note: str
) -> BaselineForecasts:
    """Baseline rows from a rule that knows the day of a forecast; else a note why not.

    Parameters
    ----------
    rule : from the day on which a forecast was public to shares, None where there are none.
    note : why there are none.
    """
    import pandas as pd

    days = pd.to_datetime(comparison.forecasts["public_on"])
    by_day = {day: rule(day) for day in days.unique()}
    made = [by_day[day] for day in days]
    kept = np.array([each is not None for each in made], dtype=bool)
    forecasts = comparison.forecasts.loc[kept, ["forecast_id", "horizon_days"]].reset_index(drop=True)
    width = len(comparison.candidates)
    values = [each for each in made if each is not None]
    if not values:
        return BaselineForecasts(np.empty((0, width)), forecasts, note)
    return BaselineForecasts(np.stack(values), forecasts, "" if kept.all() else note)
