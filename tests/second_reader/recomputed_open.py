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


def full_name(candidate: str) -> str:
    """The name of a person."""
    return str(pd.read_csv(DATA / "people.csv").set_index("candidate_id").name[candidate])
