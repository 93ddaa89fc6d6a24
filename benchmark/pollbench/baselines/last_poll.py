"""Last poll: repeat the poll that ended last, of whatever house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.baselines._baseline import BaselineForecasts, baseline
from pollbench.baselines._polls import Floats, per_forecast, polls_of

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench
    from pollbench.selection.comparison import Comparison


@baseline(
    title="last poll",
    meaning="The poll that ended last among those public before the day of the forecast: what reading one "
    "newspaper gave.",
    per_forecast=True,
    version=1,
)
def last_poll(bench: Bench, comparison: Comparison) -> BaselineForecasts:
    """Repeat the last poll that was public before the day of each forecast.

    It never sees anything of the day itself or later; on equal ends of fieldwork the poll that
    was public later counts, then the id.
    """
    polls = polls_of(bench, comparison)

    def repeat(day: pd.Timestamp) -> Floats | None:
        known = polls.before(day)
        return polls.shares[known][-1] if known.any() else None

    return per_forecast(comparison, repeat, "no poll was public before the day of the forecast")
