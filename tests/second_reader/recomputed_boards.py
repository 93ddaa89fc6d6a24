"""Boards of every round, records of houses and counts of what is held, from the shipped CSV and the published tables alone."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd
import recomputed as again
import recomputed_open as to_come

#: Days of the campaign that the time line shows.
DAYS = 120
#: The mean of the houses' last polls from which a candidate of a vote to come is a main one.
MAIN = 8.0


@cache
def published(contest: str) -> pd.DataFrame:
    """The board of a round as it is cited."""
    election = again.election_of(contest)
    rows = pd.read_csv(again.DATA / "published" / election / "1" / "leaderboard.csv")
    return rows[rows.contest_id == contest].reset_index(drop=True)


def finished(elections: tuple[str, ...]) -> list[str]:
    """The rounds of elections that are over."""
    rounds = [contest for name in elections for contest in again.table("contests", name).contest_id]
    held = {contest for name in elections for contest in _with_results(name)}
    return [contest for contest in rounds if contest in held]


def _with_results(election: str) -> set[str]:
    path = again.DATA / election / "results.csv"
    return set(pd.read_csv(path).contest_id) if path.exists() else set()


def main_contest(elections: tuple[str, ...]) -> str:
    """The first round of the last election that is over."""
    firsts = [contest for contest in finished(elections) if contest.endswith("-r1")]
    days = {contest: again.table("contests", again.election_of(contest)).day.min() for contest in firsts}
    return max(firsts, key=lambda contest: days[contest])


@cache
def errors(contest: str) -> pd.DataFrame:
    """The board of a round recomputed: error over the main candidates, that of the own flat forecast, error on the winner."""
    rows, names = again.board(contest).copy(), again.main_candidates(contest)
    printed = again.figures_as_read(again.election_of(contest))
    wide = printed.pivot_table(index="forecast_id", columns="candidate_id", values="value")
    wide, result = wide.loc[rows.forecast_id, names], again.shares(contest)[names]
    rows["mae"] = (wide - result).abs().mean(axis=1).to_numpy()
    flat = wide.mean(axis=1).to_numpy()[:, None]
    rows["flat"] = np.abs(flat - result.to_numpy()).mean(axis=1)
    rows["winner_error"] = (wide.iloc[:, 0] - result.iloc[0]).to_numpy()
    return rows.sort_values("mae", ignore_index=True)


def policies(elections: tuple[str, ...]) -> list[str]:
    """Ids of the policies of the boards as they are cited."""
    names = {name for contest in finished(elections) for name in published(contest).policy_id.astype(str)}
    return sorted(names)


@cache
def makers() -> pd.DataFrame:
    """Forecasters with their house and kind."""
    return pd.read_csv(again.DATA / "forecasters.csv")[["forecaster_id", "house", "family", "kind"]]


def releases_by_contest(elections: tuple[str, ...]) -> set[int]:
    """How often each forecaster published a quantity about a round, duels that never were left out."""
    counts: set[int] = set()
    for name in elections:
        rows = again.table("forecasts", name)
        duel = rows.lineup.astype("string").str.startswith("duel-").fillna(False)
        default = pd.Series(False, index=rows.index)
        if name == to_come.OPEN:
            # While no ballot is known the line-up that most surveys asked about stands in for it.
            stands_in = {contest: to_come.default_scenario(contest) for contest in rows.contest_id.unique()}
            default[:] = [row.scenario in stands_in[row.contest_id] for row in rows.itertuples()]
        rows = rows[~duel | default]
        counts |= set(rows.groupby(["forecaster_id", "contest_id", "quantity"]).size())
    return counts


def moments_of_claims(election: str) -> list[list[float]]:
    """Day and year of each announcement, as precise as it is known."""
    path = again.DATA / election / "claims.csv"
    if not path.exists():
        return []
    cut = {"day": 10, "month": 7, "year": 4}
    said = []
    for row in pd.read_csv(path).itertuples():
        parts = [int(number) for number in str(row.made_on)[: cut[row.made_precision]].split("-")]
        said.append([float(parts[2]), float(parts[0])] if len(parts) == 3 else [float(parts[0])])
    return said


@cache
def _of_houses(elections: tuple[str, ...]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Pooled errors with the median of the polls, what was published, and errors on the winner, with the house as in addresses."""
    rows = pd.read_csv(again.DATA / "published" / "pooled" / "errors.csv")
    rows = rows[(rows.kind != "poll_average") & rows.election_id.isin(elections)]
    middle = rows[rows.family == "poll"].groupby("contest_id").mae.median()
    rows = rows.assign(middle=rows.contest_id.map(middle))
    published_ = pd.concat([again.table("forecasts", election) for election in elections]).merge(
        makers(), on="forecaster_id"
    )
    winner = pd.concat([errors(contest) for contest in finished(elections)]).merge(
        makers()[["forecaster_id", "house"]], on="forecaster_id"
    )
    winner = winner[winner.kind != "poll_average"]
    first, second, third = (
        table.assign(house=table.house.map(in_addresses)) for table in (rows, published_, winner)
    )
    return first, second, third


def house(name: str, elections: tuple[str, ...]) -> dict[str, float | int | None]:
    """The record of a house over the elections of a site: contests, releases, mean error, excess, error on the winner."""
    own, published_, winner = (table[table.house == name] for table in _of_houses(elections))
    some = len(own) > 0
    return {
        "contests": int(own.contest_id.nunique()),
        "releases": int(published_.survey.fillna(published_.forecast_id).nunique()),
        "mae": float(own.mae.mean()) if some else None,
        "excess": float((own.mae - own.middle).mean()) if some else None,
        "bias": float(winner.winner_error.mean()) if len(winner) else None,
    }


def in_addresses(name: str) -> str:
    """A name as it stands in addresses of pages."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in str(name).lower()).split())


def scenarios() -> list[tuple[str, str]]:
    """Rounds to come with the line-ups that surveys asked about."""
    rows = again.dated(to_come.OPEN)
    rows = rows[rows.survey.notna() & rows.scenario.notna()]
    pairs = rows[["contest_id", "scenario"]].drop_duplicates()
    return [(str(contest), str(scenario)) for contest, scenario in pairs.itertuples(index=False)]


@cache
def lines_to_come() -> list[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    """For every line-up the polls and the other readings of the last part of the campaign, and what they printed."""
    return [line for contest, scenario in scenarios() for line in _lines_of(contest, scenario)]


@cache
def _lines_of(contest: str, scenario: str) -> list[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    """Of one line-up with the other readings of its round, and without them."""
    everything = to_come.before_the_vote()
    everything = everything[(everything.quantity == "vote_share") & (everything.status != "index")]
    everything = everything[
        everything.condition.isna() & (everything.kind != "poll_average") & ~everything.recalled
    ]
    printed = again.table("predictions", to_come.OPEN).pivot(
        index="forecast_id", columns="candidate_id", values="value"
    )
    day = everything.measured_to.fillna(everything.published_on)
    rows = everything.assign(day=day)[["forecast_id", "contest_id", "scenario", "survey", "family", "day"]]
    rows = rows[rows.contest_id == contest]
    asked = rows[rows.survey.notna() & (rows.scenario == scenario)]
    others = rows[rows.survey.isna() & (rows.family != "poll")]
    lines = []
    for beside in (others, others.head(0)):
        both = pd.concat([asked, beside])
        if both.empty:
            continue
        kept = both[both.day >= both.day.max() - pd.Timedelta(days=DAYS)]
        lines.append((kept[kept.survey.notna()], kept[kept.survey.isna()], printed))
    return lines


@cache
def drawn_to_come() -> list[list[float]]:
    """Polls, other readings if there are any, and the first day drawn, by line-up."""
    said = []
    for asked, others, _ in lines_to_come():
        first = min([*asked.day, *others.day])
        said.append([len(asked), *([len(others)] if len(others) else []), first.day, first.year])
    return said


@cache
def leads_to_come() -> list[list[float]]:
    """In how many of the polls drawn the candidate of the last poll's first place was in front, and since when."""
    said = []
    for asked, _, printed in lines_to_come():
        if asked.empty:
            continue
        wide = printed.loc[asked.forecast_id].to_numpy()
        wide = wide[:, ~np.isnan(wide).all(axis=0)]
        first, number = asked.day.min(), len(asked)
        said.append([number, first.day, first.year])
        for led in (wide >= np.nanmax(wide, axis=1, keepdims=True)).sum(axis=0):
            said.append([int(led), number, first.day, first.year])
    return said


@cache
def weeks_to_come(line_up: str) -> list[float]:
    """Of a line-up to come, by its name in addresses: the polls' medians in the first and the last week drawn, by main candidate."""
    (contest, scenario), *others = [
        pair for pair in scenarios() if pair[1].replace("+", "-").replace("_", "-") == line_up
    ]
    assert not others
    asked, beside, printed = _lines_of(contest, scenario)[0]
    _, means = to_come.means_of_houses(contest, scenario)
    end = max([*asked.day, *beside.day])
    weeks = ((end - asked.day).dt.days // 7).to_numpy()
    medians = printed.loc[asked.forecast_id, means.index[means >= MAIN]].groupby(weeks).median()
    return [float(share) for week in (medians.iloc[0], medians.iloc[-1]) for share in week.dropna()]


@cache
def scores(election: str) -> pd.DataFrame:
    """The scores of whole forecasts as they are cited, baselines left out."""
    rows = pd.read_csv(again.DATA / "published" / election / "1" / "scores.csv")
    return rows[rows.component.isna() & rows.candidate_id.isna() & (rows.family != "baseline")]


def values_by_measure(elections: tuple[str, ...]) -> set[int]:
    """How many values of each measure are shown."""
    rows = pd.concat(
        [scores(name) for name in {again.election_of(contest) for contest in finished(elections)}]
    )
    return {int(number) for number in rows.groupby("measure").size()}


def versions_of_measures() -> set[int]:
    """The versions of the measures as their files state them."""
    folder = again.DATA.parents[1] / "benchmark" / "pollbench" / "measures"
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))
    return {1} | {int(number) for text in texts for number in re.findall(r"\bversion=(\d+)", text)}
