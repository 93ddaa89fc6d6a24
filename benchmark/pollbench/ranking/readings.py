"""How firm is the verdict? The same order under every reasonable reading of the same figures."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pollbench.data.memo import memo_table
from pollbench.measures.point import mae
from pollbench.scoring.compare import compare
from pollbench.selection.comparison import Comparison
from pollbench.selection.policy import Policy
from pollbench.selection.reading import is_poll, to_total

if TYPE_CHECKING:
    from pollbench.data.bench import Bench

Floats = NDArray[np.float64]
#: Readings that a reasonable person may choose; each axis is one field of a policy or one way to
#: read the figures. A week is short, no limit is long; both are used.
WINDOWS: tuple[int | None, ...] = (7, 14, 21, None)
LINEUPS = ("final", "near-final")
SELECTS = ("last", "mean")
SCALES = ("as published", "rescaled to the total of the votes")
#: How many of the main candidates count, and whether everybody else is one cell more.
FIRST_ONLY = (2, 3)


@memo_table
def readings_table(bench: Bench, contest_id: str) -> pd.DataFrame:
    """Error and rank of every forecaster under every reasonable reading of its figures.

    Parameters
    ----------
    bench, contest_id : the data and the contest.

    Returns
    -------
    frame with contest_id, reading (words that name it), window, lineup, select ("last"
    figures or the "mean" of all in the window), candidates ("main", "first 2", "first 3", "main
    and the rest"), scale, forecaster_id, family, kind, mae (points), rank, forecasters. Forecasts that
    lack a main candidate are left out.

    Notes
    -----
    How "<0.5" is read is no axis here: no source prints that of a main candidate, and a reading that
    cannot differ would only swell the count. See `disputed_table` and `bounds.bounds_table`.
    """
    rows: list[pd.DataFrame] = []
    for window, lineup, select in product(WINDOWS, LINEUPS, SELECTS):
        policy = Policy(
            within_days=window,
            lineup=lineup,  # type: ignore[arg-type]
            select="last" if select == "last" else "all",
            missing="drop",
        )
        for comparison in compare(bench, policy, contest_id):
            if select == "mean" and window is None:
                # The mean of a whole campaign is no forecast of its end.
                continue
            labels, shares = _mean_of_releases(comparison) if select == "mean" else _last(comparison)
            for candidates, scale, forecast, result in _readings(shares, comparison.result):
                error = mae(forecast, result)
                rows.append(
                    labels.assign(
                        contest_id=contest_id,
                        window="no limit" if window is None else f"{window} days",
                        lineup=lineup,
                        select=select,
                        candidates=candidates,
                        scale=scale,
                        mae=error,
                        rank=pd.Series(error).rank(method="min").astype(int).to_numpy(),
                        forecasters=len(labels),
                    )
                )
    table = pd.concat(rows, ignore_index=True)
    axes = ["window", "lineup", "select", "candidates", "scale"]
    table["reading"] = table[axes].agg(", ".join, axis=1)
    columns = [
        "contest_id",
        "reading",
        *axes,
        "forecaster_id",
        "family",
        "kind",
        "mae",
        "rank",
        "forecasters",
    ]
    return table[columns].sort_values(["reading", "rank", "forecaster_id"], ignore_index=True)


def _last(comparison: Comparison) -> tuple[pd.DataFrame, Floats]:
    return comparison.forecasts[["forecaster_id", "family", "kind"]], comparison.forecast


def _mean_of_releases(comparison: Comparison) -> tuple[pd.DataFrame, Floats]:
    labels = comparison.forecasts[["forecaster_id", "family", "kind"]]
    shares = pd.DataFrame(comparison.forecast).groupby(labels["forecaster_id"].to_numpy()).mean()
    return labels.drop_duplicates("forecaster_id").sort_values("forecaster_id"), shares.to_numpy()


def _readings(shares: Floats, result: Floats) -> list[tuple[str, str, Floats, Floats]]:
    """The candidate sets and scales of one comparison; candidates stand in the order of the result."""
    sets = [("main", shares, result)]
    sets += [
        (f"first {count}", shares[:, :count], result[:count]) for count in FIRST_ONLY if count < len(result)
    ]
    if len(result) > 2:
        rest = np.maximum(100.0 - shares.sum(axis=1, keepdims=True), 0.0)
        sets.append(("main and the rest", np.hstack([shares, rest]), np.append(result, 100 - result.sum())))
    tables = []
    for name, forecast, votes in sets:
        tables.append((name, SCALES[0], forecast, votes))
        if name != "main and the rest":
            tables.append((name, SCALES[1], to_total(forecast, votes), votes))
    return tables


def verdict_table(readings: pd.DataFrame) -> pd.DataFrame:
    """In how many readings each forecaster that is no poll stood behind or ahead of the polls.

    Parameters
    ----------
    readings : as from `readings_table`.

    Returns
    -------
    frame with contest_id, forecaster_id, family, readings (in which it has a score),
    behind_every_poll, behind_the_median_poll, ahead_of_every_poll (numbers of readings), best_rank,
    worst_rank, sentence. Poll averages count as no poll of their own.
    """
    polls = is_poll(readings)
    of_polls = readings[polls].groupby(["contest_id", "reading"])["mae"].agg(["min", "median", "max"])
    others = readings[~polls].join(of_polls, on=["contest_id", "reading"]).dropna(subset=["median"])
    rows = []
    for (contest, forecaster), scores_of_one in others.groupby(["contest_id", "forecaster_id"]):
        count = len(scores_of_one)
        behind, ahead = (
            int((scores_of_one["mae"] > scores_of_one["max"]).sum()),
            int((scores_of_one["mae"] < scores_of_one["min"]).sum()),
        )
        rows.append(
            {
                "contest_id": contest,
                "forecaster_id": forecaster,
                "family": scores_of_one["family"].iloc[0],
                "readings": count,
                "behind_every_poll": behind,
                "behind_the_median_poll": int((scores_of_one["mae"] > scores_of_one["median"]).sum()),
                "ahead_of_every_poll": ahead,
                "best_rank": int(scores_of_one["rank"].min()),
                "worst_rank": int(scores_of_one["rank"].max()),
                "sentence": f"{forecaster} behind every poll in {behind} of {count} readings, "
                f"ahead of every poll in {ahead}.",
            }
        )
    columns = [
        "contest_id", "forecaster_id", "family", "readings", "behind_every_poll", "behind_the_median_poll",
        "ahead_of_every_poll", "best_rank", "worst_rank", "sentence",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


_DISPUTES = """
SELECT d.dispute_id, d.forecast_id, substr(d.field, 7) AS candidate_id,
  try_cast(d.value_a AS DOUBLE) AS a, try_cast(d.value_b AS DOUBLE) AS b
FROM dispute d JOIN prediction p ON p.forecast_id = d.forecast_id AND p.candidate_id = substr(d.field, 7)
WHERE d.field LIKE 'share:%'
ORDER BY d.dispute_id
"""


@memo_table
def disputed_table(bench: Bench, policy: Policy | None = None, contest_id: str | None = None) -> pd.DataFrame:
    """Score and rank under the other reading of every disputed figure that is scored.

    Parameters
    ----------
    bench : the data.
    policy : which forecasts and candidates; by default everybody's last figures on the main
        candidates, those with gaps left out.
    contest_id : only that contest.

    Returns
    -------
    frame with contest_id, dispute_id, forecast_id, candidate_id, held (per cent), other (the
    reading not chosen), mae, mae_other, change (points), rank, rank_other. Sorted by the size
    of the change, the largest first; empty where no scored figure is disputed.
    """
    disputes = bench.frame(_DISPUTES)
    rows: list[dict[str, Any]] = []
    for comparison in compare(bench, policy or Policy(missing="drop"), contest_id):
        positions = {forecast: index for index, forecast in enumerate(comparison.forecasts["forecast_id"])}
        columns = {candidate: index for index, candidate in enumerate(comparison.candidates)}
        scores = mae(comparison.forecast, comparison.result)
        for dispute in disputes.to_dict(orient="records"):
            position, column = positions.get(dispute["forecast_id"]), columns.get(dispute["candidate_id"])
            if position is None or column is None:
                continue
            # As the policy reads it: a printed "<0.5" is 0.25 by default.
            held = float(comparison.forecast[position, column])
            for other in sorted({float(dispute["a"]), float(dispute["b"])} - {held}):
                if not np.isfinite(other):
                    continue
                figures = comparison.forecast[position].copy()
                figures[column] = other
                changed = scores.copy()
                changed[position] = mae(figures, comparison.result)
                rows.append(
                    {
                        "contest_id": comparison.contest_id,
                        "dispute_id": dispute["dispute_id"],
                        "forecast_id": dispute["forecast_id"],
                        "candidate_id": dispute["candidate_id"],
                        "held": held,
                        "other": other,
                        "mae": scores[position],
                        "mae_other": changed[position],
                        "change": changed[position] - scores[position],
                        "rank": int((scores < scores[position]).sum()) + 1,
                        "rank_other": int((changed < changed[position]).sum()) + 1,
                    }
                )
    names = [
        "contest_id", "dispute_id", "forecast_id", "candidate_id", "held", "other", "mae", "mae_other",
        "change", "rank", "rank_other",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=names)
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)
