"""How far from the result each figure stood as the vote came nearer.

An early poll is a picture of its day, not a forecast of the vote: this is called distance, and
never error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pollbench.data.memo import Key
from pollbench.selection.figures import USUAL, figures_of
from pollbench.selection.policy import Policy

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

_DISTANCES: Key[pd.DataFrame] = Key("distances to the result")
_KEYS = [
    "contest_id",
    "forecaster_id",
    "name",
    "house",
    "family",
    "kind",
    "quantity",
    "forecast_id",
]


def distance_table(
    bench: Bench, contest_id: str, candidates: tuple[str, ...], policy: Policy = USUAL
) -> pd.DataFrame:
    """Distance of every published set of shares to the result, by days before the vote.

    Parameters
    ----------
    bench, contest_id : the data and the contest; nothing recalled after the vote enters.
    candidates : the distance is the mean over these; a forecast that lacks one has no row.
    policy : how figures are read and by when they were public, see `Policy.reading`.

    Returns
    -------
    frame with contest_id, forecaster_id, name, house, family, kind, quantity, forecast_id, day
    (datetime64, on which it was public), days_before (whole days to the vote), horizon_days
    (from the middle of the fieldwork), distance (points, mean of |share - result|), leader
    (candidate it had first, the first named on a tie), n. Sorted by day and forecast.

    Raises
    ------
    UnknownName : no such contest.
    """
    key = _DISTANCES.of(contest_id, candidates, policy.reading)
    return bench.memo(key, lambda: _distances(bench, contest_id, candidates, policy)).copy(deep=False)


def _distances(bench: Bench, contest_id: str, candidates: tuple[str, ...], policy: Policy) -> pd.DataFrame:
    figures = figures_of(bench, contest_id, policy=policy)
    figures = figures[~figures["recalled"].astype(bool) & figures["candidate_id"].isin(candidates)]
    figures = figures.assign(distance=(figures["share"] - figures["result"]).abs())
    grouped = figures.sort_values("share", ascending=False, kind="stable").groupby("forecast_id", sort=False)
    table = grouped.agg(
        **{key: (key, "first") for key in _KEYS if key != "forecast_id"},
        public_on=("public_on", "first"),
        vote_day=("vote_day", "first"),
        horizon_days=("horizon_days", "first"),
        release=("release", "first"),
        distance=("distance", "mean"),
        named=("distance", "count"),
        leader=("candidate_id", "first"),
        n=("n", "first"),
    ).reset_index()
    table = table[table["named"] == len(candidates)]
    table["day"] = pd.to_datetime(table["public_on"])
    table["days_before"] = (pd.to_datetime(table["vote_day"]) - table["day"]).dt.days
    table = table[table["days_before"] >= 0].sort_values(["day", "release", "forecast_id"])
    return table[[*_KEYS, "day", "days_before", "horizon_days", "distance", "leader", "n"]].reset_index(
        drop=True
    )


def closest_by_day_table(
    bench: Bench,
    contest_id: str,
    candidates: tuple[str, ...],
    *,
    within_days: int = 21,
    policy: Policy = USUAL,
) -> pd.DataFrame:
    """Who was closest to the result on each day, with what was public on that day.

    Parameters
    ----------
    bench, contest_id, candidates, policy : as in `distance_table`.
    within_days : a figure older than this no longer stands for its forecaster; once the first
        round has been held, neither does a figure about the run-off from before it.

    Returns
    -------
    frame with contest_id, day (datetime64), days_before, forecaster_id, name, family, forecast_id,
    age_days, distance (points), runner_up (forecaster_id), margin (points by which it was closer;
    NaN without a second), forecasters (number in the field). One row per day on which a figure
    stood; on equal distance the name first in the alphabet.

    Notes
    -----
    This could not be known on the day: the result decides who was closest.
    """
    table = distance_table(bench, contest_id, candidates, policy)
    columns = [
        "contest_id", "day", "days_before", "forecaster_id", "name", "family", "forecast_id",
        "age_days", "distance", "runner_up", "margin", "forecasters",
    ]  # fmt: skip
    if table.empty:
        return pd.DataFrame(columns=columns)
    vote = table["day"].iloc[0] + pd.to_timedelta(table["days_before"].iloc[0], unit="D")
    days = pd.date_range(table["day"].min(), vote, freq="D")
    stands = _standing(table, days, within_days, _round_before(bench, contest_id))
    with_figure = np.flatnonzero((stands >= 0).any(axis=1))
    days, stands = days[with_figure], stands[with_figure]
    away = np.where(stands >= 0, table["distance"].to_numpy()[stands], np.inf)
    # Columns are in alphabetical order, and a stable sort keeps it among equals.
    order = np.argsort(away, axis=1, kind="stable")
    row = np.arange(len(days))
    best = table.iloc[stands[row, order[:, 0]]].reset_index(drop=True)
    others = away.shape[1] > 1
    second_away = away[row, order[:, 1]] if others else np.full(len(days), np.inf)
    second = table["forecaster_id"].to_numpy()[stands[row, order[:, 1]]] if others else np.array([""])
    alone = ~np.isfinite(second_away)
    frame = best[["contest_id", "forecaster_id", "name", "family", "forecast_id", "distance"]].assign(
        day=days,
        days_before=(vote - days).days,
        age_days=(days - pd.DatetimeIndex(best["day"])).days,
        runner_up=np.where(alone, "", second),
        margin=np.where(alone, np.nan, second_away - best["distance"].to_numpy()),
        forecasters=(stands >= 0).sum(axis=1),
    )
    return frame[columns]


def _standing(
    table: pd.DataFrame, days: pd.DatetimeIndex, within_days: int, round_before: pd.Timestamp | None
) -> np.ndarray:
    """Row of the figures that stand on each day (rows) for each forecaster (columns), -1 = none."""
    last = table.reset_index().groupby(["day", "forecaster_id"])["index"].last().unstack()
    places = last.reindex(days).ffill().to_numpy()
    rows = np.where(np.isnan(places), -1, places).astype(int)
    since = table["day"].to_numpy()[rows]
    today = days.to_numpy()[:, None]
    stands = (rows >= 0) & ((today - since) / np.timedelta64(1, "D") <= within_days)
    if round_before is not None:
        stands &= (today <= round_before.to_datetime64()) | (since >= round_before.to_datetime64())
    return np.where(stands, rows, -1)


def _round_before(bench: Bench, contest_id: str) -> pd.Timestamp | None:
    """Day of the round before, None for a first round."""
    contests = bench.contests
    contest = contests[contests["contest_id"] == contest_id].iloc[0]
    earlier = contests[
        (contests["election_id"] == contest["election_id"]) & (contests["round"] < contest["round"])
    ]
    return pd.Timestamp(earlier["day"].max()) if len(earlier) else None


def stability_table(
    bench: Bench, contest_id: str, candidates: tuple[str, ...], policy: Policy = USUAL
) -> pd.DataFrame:
    """How steady each forecaster was: changes from one release to the next.

    Parameters
    ----------
    bench, contest_id, candidates, policy : as in `distance_table`.

    Returns
    -------
    frame with contest_id, forecaster_id, name, family, quantity, releases, mean_change (points,
    mean over releases and candidates of |change|), largest_change, largest_change_candidate,
    flip_flops (changes of the candidate it had first), leaders (in order of time, with
    spaces). Forecasters with one release have no row.

    Notes
    -----
    A forecaster that never moves is steady and may be steadily wrong; a poll must move by
    sampling alone, about 1 point at 20 % and 1,000 answers from one to the next.
    """
    figures = figures_of(bench, contest_id, policy=policy)
    figures = figures[~figures["recalled"].astype(bool) & figures["candidate_id"].isin(candidates)]
    order = ["public_on", "release", "forecast_id"]
    rows = []
    wide = figures.pivot_table(
        index=["forecaster_id", "quantity", "name", "family", *order],
        columns="candidate_id",
        values="share",
        observed=True,
    )
    wide = wide.reindex(columns=list(candidates)).dropna()
    for (forecaster, quantity, name, family), releases in wide.groupby(
        level=["forecaster_id", "quantity", "name", "family"]
    ):
        if len(releases) < 2:
            continue
        values = releases.to_numpy()
        change = np.abs(np.diff(values, axis=0))
        leader = np.array(candidates)[values.argmax(axis=1)]
        turns = np.flatnonzero(leader[1:] != leader[:-1]) + 1
        rows.append(
            {
                "contest_id": contest_id,
                "forecaster_id": forecaster,
                "name": name,
                "family": family,
                "quantity": quantity,
                "releases": len(releases),
                "mean_change": change.mean(),
                "largest_change": change.max(),
                "largest_change_candidate": candidates[int(change.max(axis=0).argmax())],
                "flip_flops": len(turns),
                "leaders": " ".join(leader[[0, *turns]]),
            }
        )
    columns = [
        "contest_id", "forecaster_id", "name", "family", "quantity", "releases", "mean_change",
        "largest_change", "largest_change_candidate", "flip_flops", "leaders",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
