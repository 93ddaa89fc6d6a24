"""Track records: one row per forecaster over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.data.memo import memo_table
from pollbench.records.releases import SHARES, releases_table
from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.bench import Bench

TRACK_COLUMNS = [
    "forecaster_id",
    "name",
    "method",
    "contests",
    "releases",
    "first_year",
    "last_year",
    "known_before",
    "led_before",
    "right_before",
    "median_before",
    "told_after",
    "right_after",
    "median_after",
]


@memo_table
def tracks_table(bench: Bench, rules: Rules = PAGE) -> pd.DataFrame:
    """One row per forecaster of the record: what was known before the vote and what was told afterwards, and both errors.

    Parameters
    ----------
    bench : opened data with releases.
    rules : the coding rules.

    Returns
    -------
    frame by forecaster, those with most contests first; medians in points.

    Examples
    --------
    >>> from pollbench.data.store import load
    >>> row = tracks_table(load("world")).set_index("forecaster_id").loc["polly"]
    >>> int(row.right_before), int(row.led_before)
    (7, 8)
    """
    table = releases_table(bench, rules)
    before = table.known_before_vote == "yes"
    in_shares = before & table.claim_kind.isin(SHARES) & table.leader_right.notna()
    by_forecaster = table.assign(
        known_before=before,
        told_after=~before,
        led_before=in_shares,
        right_before=table.leader_right.where(in_shares, 0.0),
        median_before=table.mae.where(before),
        right_after=table.leader_right.where(~before).fillna(0.0),
        median_after=table.mae.where(~before),
        first_year=table.year,
        last_year=table.year,
        releases=table.forecast_id,
    ).groupby("forecaster_id", sort=True)
    table = by_forecaster.agg(
        {
            "name": "first",
            "contest_id": "nunique",
            "releases": "size",
            "first_year": "min",
            "last_year": "max",
            "known_before": "sum",
            "led_before": "sum",
            "right_before": "sum",
            "median_before": "median",
            "told_after": "sum",
            "right_after": "sum",
            "median_after": "median",
        }
    ).rename(columns={"contest_id": "contests"})
    table["method"] = by_forecaster.method.agg(lambda methods: " ".join(sorted(set(methods))))
    table = table.reset_index()[TRACK_COLUMNS]
    return table.sort_values(
        ["contests", "releases", "forecaster_id"], ascending=[False, False, True], ignore_index=True
    )
