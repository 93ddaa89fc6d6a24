"""Boards at common days before the vote: all forecasters with what they had published by then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from pollbench.data.memo import memo_table
from pollbench.errors import NothingToCompare
from pollbench.scoring.score import score
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

#: Days before the vote; 0 is "last", as on the boards.
DAYS = (30, 14, 7, 3, 1, 0)
COLUMNS = [
    "contest_id", "as_of_days", "as_of", "rank", "forecaster_id", "family", "kind", "quantity", "forecast_id",
    "horizon_days", "mae", "flat", "skill", "poll_average_before", "skill_over_polls", "n_candidates", "policy_id",
]  # fmt: skip


@memo_table
def as_of_table(bench: Bench, policy: Policy | None = None, days: tuple[int, ...] = DAYS) -> pd.DataFrame:
    """Error of every forecaster's last figures that were public so many days before the vote.

    Parameters
    ----------
    bench : the data.
    policy : which forecasts count; the window of its ``within_days`` ends on the common day instead of
        the day of the vote. Its own ``as_of`` is not used.
    days : before the vote.

    Returns
    -------
    frame with contest_id, as_of_days, as_of (datetime64), rank, forecaster_id, family, kind, quantity,
    forecast_id, horizon_days (of the forecast), mae (points), flat (that of flat), skill (1 - mae /
    flat), poll_average_before (mae of the polls that were public before the forecast), skill_over_polls,
    n_candidates, policy_id. Sorted by contest, days (the earliest first) and rank. A contest without a
    forecast by some day has no rows for it.

    Raises
    ------
    NothingToCompare : there is nothing for any contest and day.

    Notes
    -----
    "Last" sets what was published on the eve beside what was published two weeks before; a common day
    asks all for the same task. Forecasters that had published nothing by then are not there: boards of
    different days have different fields.
    """
    policy = policy or Policy(missing="drop")
    held = bench.contests[~bench.contests["contest_id"].isin(bench.open_contests)]
    pieces = []
    for contest in held.itertuples():
        for count in days:
            day = pd.Timestamp(str(contest.day)) - pd.Timedelta(days=count)
            window = None if policy.within_days is None else policy.within_days + count
            then = (
                replace(policy, as_of=day.date().isoformat(), within_days=window)
                if count
                else replace(policy, as_of=None)
            )
            try:
                rows = score(bench, ["mae"], then, str(contest.contest_id))
            except NothingToCompare:
                continue
            forecasts = rows.contests[str(contest.contest_id)]["forecasts"]
            pieces.append(
                _board(rows.frame, count, day, {name: row["kind"] for name, row in forecasts.items()})
            )
    if not pieces:
        message = "No contest has a result and a forecast: there is nothing to compare at any day."
        raise NothingToCompare(message)
    return pd.concat(pieces, ignore_index=True)


def _board(rows: pd.DataFrame, count: int, day: pd.Timestamp, kinds: dict[str, str]) -> pd.DataFrame:
    """The forecasters of one contest and day, beside the two baselines of every board."""
    published = rows[rows["family"] != "baseline"].rename(columns={"value": "mae"})
    baselines = {
        name: rows[rows["forecaster_id"] == baseline].set_index("forecast_id")["value"]
        for name, baseline in (("flat", "flat"), ("poll_average_before", "poll_average"))
    }
    board = published.assign(
        as_of_days=count,
        as_of=day,
        kind=published["forecast_id"].map(kinds),
        rank=published["mae"].rank(method="min").astype(int),
        **{name: published["forecast_id"].map(values) for name, values in baselines.items()},
    )
    for skill, baseline in (("skill", "flat"), ("skill_over_polls", "poll_average_before")):
        board[skill] = 1 - board["mae"] / board[baseline].where(board[baseline] > 0)
    return board.sort_values(["rank", "forecaster_id", "forecast_id"])[COLUMNS]
