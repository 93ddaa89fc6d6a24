"""Track records: one row per forecaster over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench.data.memo import memo_table
from pollbench.records.releases import SHARES, releases_table
from pollbench.records.rules import PAGE, Rules

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.data.store import Bench

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
    import pandas as pd

    rows = []
    for forecaster, group in releases_table(bench, rules).groupby("forecaster_id", sort=True):
        before, after = group[group.known_before_vote == "yes"], group[group.known_before_vote != "yes"]
        shares = before[before.claim_kind.isin(SHARES)]
        rows.append(
            {
                "forecaster_id": forecaster,
                "name": group["name"].iloc[0],
                "method": " ".join(sorted(set(group.method))),
                "contests": group.contest_id.nunique(),
                "releases": len(group),
                "first_year": int(group.year.min()),
                "last_year": int(group.year.max()),
                "known_before": len(before),
                "led_before": int(shares.leader_right.notna().sum()),
                "right_before": float(shares.leader_right.sum()),
                "median_before": before.mae.median(),
                "told_after": len(after),
                "right_after": float(after.leader_right.sum()),
                "median_after": after.mae.median(),
            }
        )
    table = pd.DataFrame(rows, columns=TRACK_COLUMNS)
    return table.sort_values(
        ["contests", "releases", "forecaster_id"], ascending=[False, False, True], ignore_index=True
    )
