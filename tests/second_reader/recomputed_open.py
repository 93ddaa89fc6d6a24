"""The page of the election to come, recomputed from its CSV alone, and what finished polls erred by."""

from __future__ import annotations

import numpy as np
import pandas as pd
from recomputed import DATA, board, dated, figures, figures_as_read, main_candidates, polls, shares, table

OPEN = "fr-pres-2027"
#: Presidential elections that are over.
FINISHED = ("fr-pres-2002", "fr-pres-2007", "fr-pres-2012", "fr-pres-2017", "fr-pres-2022")


def before_the_vote() -> pd.DataFrame:
    """Everything published about the election to come."""
    rows = dated(OPEN)
    return rows[rows.public_on <= rows.day]


def newest_day() -> pd.Timestamp:
    """The day of the newest figure."""
    return before_the_vote().public_on.max()


def vote(contest: str) -> pd.Timestamp:
    """The day of a round."""
    return pd.Timestamp(table("contests", OPEN).set_index("contest_id").day[contest])


def asked(contest: str, scenario: str) -> pd.DataFrame:
    """The polls that asked about a line-up, in the order of time."""
    rows = dated(OPEN).query("contest_id == @contest and scenario == @scenario")
    return rows[rows.survey.notna()]


def default_scenario(contest: str) -> set[str]:
    """The line-ups that most surveys asked about in the two months before the newest poll."""
    rows = dated(OPEN).query("contest_id == @contest")
    rows = rows[rows.survey.notna() & rows.scenario.notna()]
    recent = rows[(rows.measured_to.max() - rows.measured_to).dt.days <= 60]
    surveys = recent.groupby("scenario").survey.nunique()
    return set(surveys.index[surveys == surveys.max()])


def means_of_houses(contest: str, scenario: str) -> tuple[int, pd.Series]:
    """Number of houses, and the mean of their last polls by candidate, the first one first."""
    rows = asked(contest, scenario)
    rows = rows[(rows.quantity == "vote_share") & (rows.status != "index") & rows.condition.isna()]
    last = rows[rows.public_on <= rows.day].drop_duplicates("house", keep="last")
    printed = figures_as_read(OPEN)
    own = printed[printed.forecast_id.isin(last.forecast_id)]
    return len(last), own.groupby("candidate_id").value.mean().sort_values(ascending=False)


def band(number: int) -> tuple[int, int, float, float]:
    """Elections, candidates' shares, the error that nine in ten stayed within, and the median."""
    errors: list[float] = []
    for election in FINISHED:
        contest = f"{election}-r{number}"
        names = main_candidates(contest)
        rows = polls(board(contest))
        wide = figures(contest, len(shares(contest)))[names].loc[rows.forecast_id]
        errors += list((wide - shares(contest)[names]).abs().to_numpy().ravel())
    return len(FINISHED), len(errors), float(np.percentile(errors, 90)), float(np.median(errors))


def newest_releases(number: int) -> list[tuple[pd.Timestamp, str, int]]:
    """Day, name and size of what was published last: a survey with its line-ups, the readings of a day together."""
    rows = before_the_vote()
    rows = rows[~rows.recalled].assign(survey=lambda each: each.survey.fillna(""))
    sizes = rows.groupby(["public_on", "name", "survey"]).size().reset_index(name="size")
    sizes = sizes.sort_values(["public_on", "name"], ascending=[False, True])
    return list(sizes.head(number)[["public_on", "name", "size"]].itertuples(index=False, name=None))


def last_readings(contest: str) -> pd.DataFrame:
    """The last reading of every forecaster and quantity that is no survey, the largest figure first."""
    rows = dated(OPEN).query("contest_id == @contest and quantity != 'event'")
    rows = rows[rows.survey.isna() & rows.condition.isna() & ~rows.recalled]
    last = rows.drop_duplicates(["forecaster_id", "quantity"], keep="last")
    printed = table("predictions", OPEN)[["forecast_id", "candidate_id", "value"]]
    return last.merge(printed, on="forecast_id").sort_values(
        ["family", "forecaster_id", "quantity", "value"], ascending=[True, True, True, False]
    )


def last_said(contest: str) -> pd.DataFrame:
    """Of these readings and of those of who wins, which may stand beside another round, each forecaster's newest."""
    rounds = [other for other in table("contests", OPEN).contest_id if other != contest]
    wins = [last_readings(other).query("quantity == 'win_probability'") for other in rounds]
    rows = pd.concat([last_readings(contest), *wins])
    return rows[rows.public_on == rows.forecaster_id.map(rows.groupby("forecaster_id").public_on.max())]


def full_name(candidate: str) -> str:
    """The name of a person."""
    return str(pd.read_csv(DATA / "people.csv").set_index("candidate_id").name[candidate])


def _shared(name: str) -> tuple[float, float, float]:
    """Low end, central value and high end of an assumption about panels; a missing centre is the geometric mean."""
    rows = pd.read_csv(DATA / "assumptions.csv")
    row = rows[(rows.parameter == name) & (rows.subject == "panel_quota")].iloc[0]
    middle = row.value if pd.notna(row.value) else np.sqrt(row.low * row.high)
    return float(row.low), float(middle), float(row.high)


def people_for_a_point(contest: str, scenario: str, candidate: str) -> dict[str, tuple[float, float, float]]:
    """By name: people for one point more of a candidate in a poll or an average of polls, low, central, high.

    B d / (100 - p - d) answers move a share p by d points on a base B; one person gives as many answers as the
    relative activity says, in as many panels as they overlap.
    """
    size, activity, overlap = (_shared(name) for name in ("panel_size", "relative_activity", "panel_overlap"))
    rows = before_the_vote().query("contest_id == @contest and quantity == 'vote_share'")
    rows = rows[rows.condition.isna() & (rows.survey.isna() | (rows.scenario == scenario))]
    last = rows.drop_duplicates("forecaster_id", keep="last").assign(way=lambda each: each.mechanism)
    printed = figures_as_read(OPEN).set_index(["forecast_id", "candidate_id"]).value
    polls = rows[:0] if rows.empty else dated(OPEN).query("contest_id == @contest")
    polls = polls[polls.survey.notna()]
    people = {}
    for row in last.itertuples():
        if row.way not in ("panel_quota", "poll_average") or (row.forecast_id, candidate) not in printed:
            continue
        figure, base, each = float(printed[row.forecast_id, candidate]), np.array(size), np.array(activity)
        if row.way == "poll_average":
            age = (row.public_on - polls.public_on).dt.days
            base = base * polls[(age >= 0) & (age <= 21)].forecaster_id.nunique()
            each = each * np.array(overlap)
        # The cheapest end: a small base and busy people.
        people[row.name] = tuple(base / (100 - figure - 1) / each[::-1])
    return people


def widest_difference(contest: str, scenario: str) -> tuple[set[str], float, float]:
    """On whom the houses' last polls differ most, and between which shares; bounds such as "<1" are no shares."""
    rows = asked(contest, scenario)
    rows = rows[(rows.quantity == "vote_share") & (rows.status != "index") & rows.condition.isna()]
    last = rows[rows.public_on <= rows.day].drop_duplicates("house", keep="last")
    printed = figures_as_read(OPEN)
    own = (
        printed[printed.forecast_id.isin(last.forecast_id)].groupby("candidate_id").value.agg(["min", "max"])
    )
    width = own["max"] - own["min"]
    widest = own[width == width.max()]
    return set(widest.index), float(widest["min"].iloc[0]), float(widest["max"].iloc[0])
