"""Boards: forecasters of one contest in the order of a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pollbench import baselines, measures
from pollbench.errors import PolicyError

if TYPE_CHECKING:
    import pandas as pd


def leaderboard(scores: pd.DataFrame, rank_by: str = "mae", baseline: str = "flat") -> pd.DataFrame:
    """Rank the forecasters of each contest by one measure.

    Parameters
    ----------
    scores : what ``score`` returned.
    rank_by : a measure of whole forecasts whose values are better when lower or higher.
    baseline : shown beside each score, and what skill is measured against.

    Returns
    -------
    One row a forecast and contest, best first: contest_id, rank, forecaster_id, family,
    forecast_id, quantity, status, horizon_days, value, baseline (its score), skill = 1 - value /
    baseline, n, n_basis, n_candidates, policy_id, measure, measure_version, dataset_revision.

    Raises
    ------
    UnknownName : no such measure or baseline.
    PolicyError : the measure was not scored, or is a signed one that ranks nobody.
    """
    import pandas as pd

    measure = measures.named(rank_by)
    against = baselines.named(baseline)
    if measure.orientation == "zero" or measure.level != "forecast":
        message = (
            f"{rank_by} ranks nobody: it is signed, or has a value for each candidate. Rank by mae or rmse."
        )
        raise PolicyError(message)
    chosen = scores[(scores.measure == rank_by) & (scores.component == "")]
    if chosen.empty:
        message = f"These scores hold no {rank_by}: score with measures=[{rank_by!r}, ...]."
        raise PolicyError(message)
    null = chosen[chosen.forecaster_id == against.name]
    board = chosen[chosen.family != "baseline"].copy()
    key = ["contest_id", "forecast_id"] if against.per_forecast else ["contest_id"]
    board = board.merge(null[[*key, "value"]].rename(columns={"value": "baseline"}), on=key, how="left")
    board["skill"] = 1 - board.value / board.baseline
    ascending = measure.orientation == "lower"
    board["rank"] = board.groupby("contest_id").value.rank(method="min", ascending=ascending).astype(int)
    board = board.sort_values(["contest_id", "rank", "forecaster_id", "forecast_id"], ignore_index=True)
    columns = [
        "contest_id",
        "rank",
        "forecaster_id",
        "family",
        "forecast_id",
        "quantity",
        "status",
        "horizon_days",
        "value",
        "baseline",
        "skill",
        "n",
        "n_basis",
        "n_candidates",
        "policy_id",
        "measure",
        "measure_version",
        "dataset_revision",
    ]
    return pd.DataFrame(board[columns])
