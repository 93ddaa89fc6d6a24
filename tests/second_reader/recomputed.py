"""The numbers of the sentences, recomputed from the shipped CSV by pandas alone: nothing of the package is imported."""

from __future__ import annotations

import tomllib
from functools import cache
from math import comb
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parents[2] / "datasets" / "pollbench_datasets"
ELECTION, FIRST, SECOND = "fr-pres-2017", "fr-pres-2017-r1", "fr-pres-2017-r2"


@cache
def table(name: str, election: str = ELECTION) -> pd.DataFrame:
    """One CSV of the election, as text, numbers where all values are numbers."""
    return pd.read_csv(DATA / election / f"{name}.csv")


@cache
def dated(election: str = ELECTION) -> pd.DataFrame:
    """Forecasts with their maker and contest, the day they were public, their age at the vote and their order in time."""
    makers = pd.read_csv(DATA / "forecasters.csv")
    makers = makers[["forecaster_id", "name", "house", "family", "kind", "mechanism", "rule_disclosed"]]
    contests = table("contests", election)[["contest_id", "round", "day", "advance", "registered"]]
    rows = table("forecasts", election).rename(columns={"mechanism": "own_mechanism"})
    rows = rows.merge(makers, on="forecaster_id").merge(contests, on="contest_id")
    for column in ("measured_from", "measured_to", "published_on", "first_seen_on", "day"):
        rows[column] = pd.to_datetime(rows[column])
    first = contests.assign(day=pd.to_datetime(contests.day)).set_index("round").day
    rows["previous_round"] = pd.to_datetime(rows["round"].map(first.shift()))
    silence = tomllib.loads((DATA / election / "election.toml").read_text(encoding="utf-8")).get(
        "silence", []
    )
    begins = {each["contest"]: pd.Timestamp(each["from"]) for each in silence}
    one = pd.Timedelta(days=1)
    eve, last_day = rows.day - one, rows.contest_id.map(begins).fillna(rows.day) - one
    ends = {
        "month": (rows.published_on + pd.offsets.MonthEnd(0)).clip(upper=eve),
        "year": (rows.published_on + pd.offsets.YearEnd(0)).clip(upper=eve),
    }
    public = rows.published_on.copy()
    for precision, end in ends.items():
        public = public.where(rows.published_precision != precision, end)
    # Without a day of publication: the day after the fieldwork, at the latest on the last day on which polls appear.
    measured = rows.measured_to
    without = np.maximum(measured, np.minimum(measured + one, last_day)).where(
        measured.notna(), rows.first_seen_on
    )
    public = public.where(rows.published_on.notna(), without)
    rows["public_on"] = public.where(~((rows.family == "market") & measured.notna()), measured)
    rows["seen_last"] = measured.fillna(rows.public_on)
    rows["seen_first"] = rows.measured_from.fillna(rows.seen_last)
    rows["age"] = (rows.day - rows.seen_last).dt.days
    rows["n"] = rows.expressing_n.fillna(rows.sample_size)
    return rows.sort_values(
        ["seen_last", "seen_first", "release", "sample_size", "forecast_id"],
        na_position="first", ignore_index=True,
    )  # fmt: skip


@cache
def figures_as_read(election: str = ELECTION) -> pd.DataFrame:
    """Printed figures, a share printed "<0.5" as 0.25; other bounds left out."""
    units = table("forecasts", election)[["forecast_id", "unit"]]
    rows = table("predictions", election).merge(units, on="forecast_id")
    half = (rows.unit == "share_pct") & (rows.flag == "lt") & (rows.value == 0.5)
    rows["value"] = rows.value.where(~half, 0.25)
    return rows[half | ~rows.flag.isin(["lt", "gt"])].dropna(subset="value")


def election_of(contest: str) -> str:
    """The election of a contest."""
    return contest.rpartition("-r")[0]


@cache
def main_candidates(contest: str) -> list[str]:
    """The candidates that are compared, in the order of the result: those the election names, else 8 points in the polls."""
    election = election_of(contest)
    content = tomllib.loads((DATA / election / "election.toml").read_text(encoding="utf-8"))
    named = content.get("candidate_sets", {}).get(contest, {}).get("main")
    if named is None:
        rows = dated(election).query(
            "contest_id == @contest and lineup == 'final' and quantity == 'vote_share'"
        )
        rows = rows[rows.survey.notna() & (rows.public_on <= rows.day) & (rows.status != "index")]
        last = rows[rows.condition.isna()].drop_duplicates("house", keep="last").forecast_id
        printed = figures_as_read(election)
        mean = printed[printed.forecast_id.isin(last)].groupby("candidate_id").value.mean()
        named = list(mean.index[mean >= 8])
    return [name for name in shares(contest).index if name in named]


@cache
def board(contest: str, *lineups: str) -> pd.DataFrame:
    """The forecasts that the board compares, by the default policy: each one's last, at most 21 days old, no gaps.

    Polls of the line-up that stood; of others only those named.
    """
    election = election_of(contest)
    rows = dated(election).query("contest_id == @contest")
    pair = " ".join(sorted(table("candidates", election).query("contest_id == @contest").candidate_id))
    condition = rows.condition.map(lambda named: " ".join(sorted(named.split())), na_action="ignore")
    kept = (
        rows.quantity.isin(["vote_share", "digital_share"])
        & rows.status.isin(["forecast", "claimed"])
        & ~rows.population.astype("string").str.startswith("subgroup:").fillna(False)
        & (condition.isna() | (condition == pair))
        & (rows.survey.isna() | rows.lineup.isin(["final", *lineups]))
        & (rows.public_on <= rows.day)
        & ~(rows.seen_last < rows.previous_round)
        & (rows.age <= 21)
    )
    rows = rows[kept].drop_duplicates(["forecaster_id", "quantity"], keep="last")
    names = main_candidates(contest)
    named = figures_as_read(election)[lambda each: each.candidate_id.isin(names)]
    complete = named.groupby("forecast_id").candidate_id.nunique().eq(len(names))
    rows = rows[rows.forecast_id.map(complete).fillna(False)].sort_values("forecaster_id")
    return rows[["forecast_id", "forecaster_id", "family", "kind", "n", "recalled"]].reset_index(drop=True)


def shares(contest: str) -> pd.Series:
    """Official shares of all candidates, per cent, the first one first."""
    votes = (
        table("results", election_of(contest))
        .query("contest_id == @contest")
        .set_index("candidate_id")
        .votes.astype(float)
    )
    return (100 * votes / votes.sum()).sort_values(ascending=False)


def figures(contest: str, candidates: int) -> pd.DataFrame:
    """Published figures of the first candidates of the result, one row per forecast of the board."""
    names = shares(contest).index[:candidates]
    printed = figures_as_read(election_of(contest))
    printed = printed[printed.forecast_id.isin(board(contest).forecast_id)]
    wide = printed.pivot_table(index="forecast_id", columns="candidate_id", values="value").reindex(
        columns=names
    )
    return wide.loc[board(contest).forecast_id]


def errors(contest: str, candidates: int) -> pd.DataFrame:
    """The board with mean absolute error, that of each one's own flat forecast, and the place of the winner."""
    wide, result = figures(contest, candidates), shares(contest).iloc[:candidates]
    rows = board(contest)
    rows["mae"] = (wide - result).abs().mean(axis=1).to_numpy()
    flat = wide.mean(axis=1).to_numpy()[:, None]
    rows["flat"] = np.abs(flat - result.to_numpy()).mean(axis=1)
    rows["place"] = wide.rank(axis=1, ascending=False, method="min").iloc[:, 0].astype(int).to_numpy()
    rows["winner_error"] = (wide.iloc[:, 0] - result.iloc[0]).to_numpy()
    return rows.sort_values("mae", ignore_index=True)


def polls(rows: pd.DataFrame) -> pd.DataFrame:
    """The polls, averages left out."""
    return rows[(rows.family == "poll") & (rows.kind != "poll_average")]


def furthest_behind(polls_: int, others: int, n_eff: float, common: float, draws: int = 20_000) -> float:
    """95 % quantile of the furthest of equals behind the closest, by normal errors."""
    cells = shares(FIRST).iloc[:4].to_numpy() / 100
    covariance = (np.diag(cells) - np.outer(cells, cells)) / n_eff
    rng = np.random.default_rng(7)
    error = 100 * rng.multivariate_normal(np.zeros(4), covariance, size=(1 + polls_ + others, draws))
    together = np.sqrt(common) * error[0] + np.sqrt(1 - common) * error[1 : 1 + polls_]
    scores = np.abs(np.concatenate([together, error[1 + polls_ :]])).mean(axis=-1)
    return float(np.quantile(scores.max(axis=0) - scores.min(axis=0), 0.95))


def earlier_errors() -> tuple[float, float]:
    """n_eff (harmonic mean) and common error of the last polls of first rounds before 2017."""
    rows = pd.read_csv(DATA / "published" / "pooled" / "errors.csv")
    rows = polls(rows)[lambda each: (each["round"] == 1) & (each.year < 2017)]
    by = rows.groupby("election_id")
    sizes = by.n_eff.apply(lambda sizes: 1 / np.mean(1 / sizes))
    return float(1 / np.mean(1 / sizes)), float(by.common.first().mean())


def lucky(rows: pd.DataFrame, contest: str = FIRST, draws: int = 40_000) -> int:
    """Polls closer than 95 % of unbiased samples of their size, whose figures are rounded to half a point."""
    result = shares(contest)[main_candidates(contest)].to_numpy()
    cells = np.append(result, 100 - result.sum()) / 100
    found = 0
    for row in polls(rows)[lambda each: each.n.notna()].itertuples():
        counts = np.random.default_rng(11).multinomial(int(row.n), cells, size=draws)[:, : len(result)]
        printed = np.floor(200 * counts / int(row.n) + 0.5) / 2
        drawn = np.sort(np.abs(printed - result).mean(axis=1))
        found += row.mae < drawn[int(0.05 * draws)] - 1e-9
    return found


def at_least(count: int, number: int, probability: float) -> float:
    """Probability of so many or more of so many independent events."""
    return sum(
        comb(number, k) * probability**k * (1 - probability) ** (number - k) for k in range(count, number + 1)
    )


def verdict(claim: pd.Series) -> str:
    """What the votes made of an announcement, by the words of its type."""
    doubtful = table("figures").query("verdict == 'unverifiable'").claim_id.dropna()
    if claim.claim_id in set(doubtful):
        return "unverifiable"
    order = list(shares(claim.contest_id).index)
    named = claim.candidates.split()
    if claim.type in ("leader", "winner"):
        return "true" if order[0] == named[0] else "false"
    if claim.type == "order":
        return "true" if order[: len(named)] == named else "partly" if order[0] == named[0] else "false"
    through = sum(name in order[:2] for name in named)
    right = len(named) - through if claim.type == "eliminated" else through
    return "true" if right == len(named) else "partly" if right else "false"


def _all_figures(forecasts: pd.Series, election: str = ELECTION) -> pd.DataFrame:
    """Published figures of all candidates, a printed "<0.5" as its half, one row per forecast."""
    printed = table("predictions", election)
    printed = printed[printed.forecast_id.isin(forecasts)].copy()
    below = printed.value.isna() & printed.upper.notna()
    printed["value"] = printed.value.where(~below, printed.upper / 2)
    halved = printed.flag == "lt"
    printed["value"] = printed.value.where(~halved | below, printed.value / 2)
    wide = printed.pivot_table(index="forecast_id", columns="candidate_id", values="value")
    return wide.reindex(forecasts)


def common_error(contest: str) -> float:
    """Correlation of the polls' errors, by the pairs: the mean product of two polls' errors over the mean square.

    As in the history of all elections, polls of a nearly final line-up count.
    """
    wide = _all_figures(polls(board(contest, "near-final")).forecast_id, election_of(contest))
    error = (wide - shares(contest)).fillna(0.0).to_numpy()
    products = error @ error.T
    number = len(error)
    between = (products.sum() - np.trace(products)) / (number * (number - 1))
    return float(between / (np.trace(products) / number))


def effective_sizes(forecasts: pd.Series) -> list[float]:
    """Size of the random sample with the squared error of each forecast, what was not published in one cell."""
    wide, result = _all_figures(forecasts), shares(FIRST) / 100
    sizes = []
    for _, row in wide.iterrows():
        known = row.dropna()
        figure = known / max(100.0, known.sum())
        truth = result[known.index]
        error = ((figure - truth) ** 2).sum() + ((1 - figure.sum()) - (1 - truth.sum())) ** 2
        spread = (truth * (1 - truth)).sum() + (1 - truth.sum()) * truth.sum()
        sizes.append(float(spread / error))
    return sizes


def campaign(contest: str, candidates: int, since: str, fewest: int = 2) -> pd.DataFrame:
    """Shares of the first candidates since a day, one row per poll or reading with two of them or more."""
    makers = pd.read_csv(DATA / "forecasters.csv")[["forecaster_id", "family", "kind"]]
    rows = table("forecasts", election_of(contest)).merge(makers, on="forecaster_id")
    stood = rows.lineup.isna() | rows.lineup.isin(["final", "near-final"])
    asked = rows.quantity.isin(["vote_share", "digital_share", "share_of_voice"]) & (rows.status != "index")
    told_after = rows.recalled.astype(str).str.lower() == "true"
    rows = rows[stood & asked & (rows.contest_id == contest) & rows.condition.isna() & ~told_after]
    rows = rows[(rows.kind != "poll_average") & (rows.measured_to.fillna(rows.published_on) >= since)]
    printed = table("predictions", election_of(contest)).pivot(
        index="forecast_id", columns="candidate_id", values="value"
    )
    wide = printed.reindex(index=rows.forecast_id, columns=shares(contest).index[:candidates])
    rows = rows.assign(ahead=(wide.iloc[:, 0] >= wide.max(axis=1)).to_numpy())
    named = wide.notna().sum(axis=1)
    return rows[((named >= fewest) & (wide.iloc[:, 0].notna() | (fewest < 2))).to_numpy()]
