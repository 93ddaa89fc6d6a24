"""Boards: forecasters of one contest in the order of a score, with what that order proves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pollbench import baselines, measures
from pollbench.arguments import checked
from pollbench.data.elections import shipped_elections
from pollbench.data.kept_draws import kept_draws
from pollbench.errors import PolicyError
from pollbench.history.error_model import ErrorModel, error_model
from pollbench.history.last_errors import percentile_of, published_errors, scale_of, scales_of
from pollbench.inference.sampling import (
    DRAWS_OF_DISTRIBUTION,
    SamplingDistribution,
    distribution_of,
    score_distribution,
)
from pollbench.inference.ties import range_behind_best, tied_with_best
from pollbench.measures import Measure
from pollbench.randomness import SEED
from pollbench.ranking.wording import what_happened, what_it_proves

if TYPE_CHECKING:
    import pandas as pd

    from pollbench.scoring.scores import Scores
    from pollbench.selection.contests import ScoredContest

COLUMNS = [
    "contest_id",
    "rank",
    "tied_with_best",
    "forecaster_id",
    "name",
    "house",
    "family",
    "kind",
    "forecast_id",
    "quantity",
    "status",
    "horizon_days",
    "value",
    "expected_low",
    "expected_median",
    "expected_high",
    "luck_pct",
    "tie_range",
    "percentile",
    "baseline",
    "skill",
    "poll_average_before",
    "skill_over_polls",
    "n",
    "n_basis",
    "n_candidates",
    "later_release",
    "recalled",
    "what_happened",
    "what_it_proves",
    "policy_id",
    "measure",
    "measure_version",
    "dataset_revision",
]

#: The baseline of every board beside the one that is asked for: what was known on the morning of a forecast.
POLLS_BEFORE = "poll_average"


@checked
def leaderboard(
    scores: Scores,
    rank_by: str = "mae",
    baseline: str = "flat",
    resamples: int = DRAWS_OF_DISTRIBUTION,
    seed: int = SEED,
) -> pd.DataFrame:
    """Rank the forecasters of each contest by one measure, and say who is tied with whom.

    Parameters
    ----------
    scores : what ``score`` returned, or ``Scores.read`` read.
    rank_by : a measure of whole forecasts whose values are better when lower or higher.
    baseline : shown beside each score, and what skill is measured against.
    resamples, seed : draws behind each distribution, and their seed.

    Returns
    -------
    One row per forecast and contest, best first:

    - contest_id, rank, tied_with_best ("yes": this vote does not distinguish it from the best; "no";
      "unknown": scores without results), forecaster_id, name, house, family, kind, forecast_id, quantity, status, horizon_days;
    - value; expected_low, expected_median, expected_high: what an unbiased sample of the same
      size would have scored (central 90 %; NaN without n); luck_pct: share of such samples that
      score as well or better, per cent;
    - tie_range: how far behind the best the furthest of so many equally good forecasters lies in 95 % of
      votes (`ties.range_behind_best`), in the unit of the measure; percentile: share of the polls' last errors of all elections of the
      country that were no larger, per cent (mae on the main candidates only);
    - baseline (its score), skill = 1 - value / baseline (NaN where the baseline is perfect or
      the measure is better when higher); poll_average_before, skill_over_polls: the same against the
      average of the polls that were public before the day of the forecast (NaN where there was none):
      what a reader of newspapers knew on that morning; n, n_basis, n_candidates; later_release ("yes": a later
      one is known to exist; "no"; "unknown"); recalled (known only from a text written after the
      vote);
    - what_happened and what_it_proves, in words; policy_id, measure, measure_version,
      dataset_revision.

    Raises
    ------
    UnknownName : no such measure or baseline.
    PolicyError : the measure was not scored, or gives no order (a signed one, or one that says how large chance is).
    """
    import pandas as pd

    measure = measures.named(rank_by)
    against = baselines.named(baseline)
    if measure.orientation in ("zero", "none") or measure.level != "forecast":
        message = (
            f"{rank_by} gives no order: it is signed, says how large chance is, or has a value for each candidate. "
            "Rank by mae or rmse."
        )
        raise PolicyError(message)
    rows = scores.frame
    chosen = rows[(rows.measure == rank_by) & (rows.component == "")]
    if chosen.empty:
        message = f"These scores hold no {rank_by}: score with measures=[{rank_by!r}, ...]."
        raise PolicyError(message)
    board = _with_baseline(chosen, measure, against)
    ascending = measure.orientation == "lower"
    board["rank"] = board.groupby("contest_id").value.rank(method="min", ascending=ascending).astype(int)
    errors = _scale(board, scores)
    pieces = [
        _with_laws(rows.copy(), measure, scores.contests[str(contest_id)], errors, resamples, seed)
        for contest_id, rows in board.groupby("contest_id", sort=True)
    ]
    board = pd.concat(pieces).sort_values(
        ["contest_id", "rank", "forecaster_id", "forecast_id"], ignore_index=True
    )
    board["what_happened"] = [what_happened(row, measure, against.title) for row in board.itertuples()]
    board["what_it_proves"] = [what_it_proves(row, measure) for row in board.itertuples()]
    return pd.DataFrame(board[COLUMNS])


def _with_baseline(chosen: pd.DataFrame, measure: Measure, against: Any) -> pd.DataFrame:
    """The rows of forecasters with the score of the baseline and the skill against it."""
    null = chosen[chosen.forecaster_id == against.name]
    board = chosen[chosen.family != "baseline"].copy()
    key = ["contest_id", "forecast_id"] if against.per_forecast else ["contest_id"]
    board = board.merge(null[[*key, "value"]].rename(columns={"value": "baseline"}), on=key, how="left")
    perfect = (board.baseline == 0) | (measure.orientation != "lower")
    board["skill"] = (1 - board.value / board.baseline.where(~perfect)).where(~perfect)
    average = chosen[chosen.forecaster_id == POLLS_BEFORE].set_index("forecast_id").value
    board["poll_average_before"] = board.forecast_id.map(average)
    fit = (board.poll_average_before > 0) & (measure.orientation == "lower")
    board["skill_over_polls"] = 1 - board.value / board.poll_average_before.where(fit)
    return board


def _with_laws(
    rows: pd.DataFrame, measure: Measure, about: ScoredContest, errors: pd.DataFrame, draws: int, seed: int
) -> pd.DataFrame:
    """One contest's rows with what chance alone would have given."""
    forecasts = about["forecasts"]
    for column in ("name", "house", "kind", "last_release", "recalled"):
        rows[column] = [forecasts[row][column] for row in rows["forecast_id"].astype(str)]
    rows["later_release"] = rows["last_release"].map({"no": "yes", "yes": "no"}).fillna("unknown")
    for column in ("expected_low", "expected_median", "expected_high", "luck_pct", "tie_range", "percentile"):
        rows[column] = np.nan
    rows["tied_with_best"] = "unknown"
    result = np.asarray(about["result"])
    distributions = [
        _distribution(measure, result, n, forecasts[str(forecast)]["step"], draws, seed)
        for n, forecast in zip(rows["n"].astype("float64"), rows["forecast_id"], strict=True)
    ]
    for column, field in (("low", "low"), ("median", "median"), ("high", "high")):
        rows[f"expected_{column}"] = [
            np.nan if distribution is None else getattr(distribution, field) for distribution in distributions
        ]
    rows["luck_pct"] = [
        np.nan if distribution is None else _luck(distribution, value, measure)
        for distribution, value in zip(distributions, rows["value"], strict=True)
    ]
    model = error_model(about["year"], about["country"], about["office"])
    _tie(rows, measure, result, model, seed)
    if measure.name == "mae" and about["main"]:
        same = errors[errors["scale"] == scale_of(about["country"], about["office"])]
        rows["percentile"] = [percentile_of(value, about["round"], same) for value in rows["value"]]
    return rows


def _scale(board: pd.DataFrame, scores: Scores) -> pd.DataFrame:
    """Errors of last polls: as published, and those on the board of elections that do not come with PollBench."""
    import pandas as pd

    columns = ["scale", "round", "kind", "quantity", "family", "mae"]
    published = published_errors()
    pieces = [published.assign(scale=scales_of(published))[columns]] if len(published) else []
    for contest_id, rows in board[board.measure == "mae"].groupby("contest_id", sort=True):
        about = scores.contests[str(contest_id)]
        if about["main"] and about["election_id"] not in shipped_elections():
            kinds = [about["forecasts"][forecast]["kind"] for forecast in rows.forecast_id]
            scale = scale_of(about["country"], about["office"])
            labelled = rows.assign(scale=scale, round=about["round"], kind=kinds, mae=rows.value)
            pieces.append(labelled[columns])
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=columns)


def _distribution(
    measure: Measure, result: Any, n: Any, step: float, draws: int, seed: int
) -> SamplingDistribution | None:
    """Sampling distribution of the score of an unbiased sample; None without n, or where the measure needs more."""
    if np.isnan(n) or measure.needs_n:
        return None
    arguments = (tuple(np.asarray(result, dtype=float).tolist()), int(n), float(step), draws, seed)

    def make() -> Any:
        return score_distribution(measure.function, result, int(n), step, draws=draws, seed=seed).draws

    return distribution_of(kept_draws("scores of unbiased samples", measure.function, arguments, make))


def _luck(distribution: SamplingDistribution, value: float, measure: Measure) -> float:
    """Share of unbiased samples that score as well or better, per cent."""
    if measure.orientation == "lower":
        return distribution.share_at_or_below(value)
    return 100.0 * float((distribution.draws >= value - 1e-9).mean())


def _tie(rows: pd.DataFrame, measure: Measure, result: Any, model: ErrorModel, seed: int) -> None:
    """Say in ``rows`` who is tied with the best, and the range that decides it."""
    if measure.needs_n:
        return
    polls = (rows["family"] == "poll").tolist()

    def make() -> Any:
        reach = range_behind_best(
            measure.function, result, model.n_eff, polls, common=model.common, seed=seed
        )
        return np.array([reach])

    arguments = (tuple(result.tolist()), float(model.n_eff), tuple(polls), float(model.common), seed)
    reach = float(kept_draws("range behind the best", measure.function, arguments, make)[0])
    tied = tied_with_best(rows["value"], reach, measure.orientation)
    rows["tied_with_best"] = np.where(tied, "yes", "no")
    rows["tie_range"] = reach
