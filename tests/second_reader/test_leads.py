"""Who led in the polls, for every round that is over: the titles recomputed from the CSV without the package."""

from __future__ import annotations

import pandas as pd
import pytest
import recomputed as again
from claimed import alike
from parsing import numbers
from recomputed_time import leads, weekly_leads

from pollbench import load
from pollbench_dashboards.charts import registered
from pollbench_dashboards.drawing.chart import View
from pollbench_dashboards.frames import gather

ELECTIONS = ("fr-pres-2002", "fr-pres-2007", "fr-pres-2012", "fr-pres-2017", "fr-pres-2022")
#: Days before the vote that are drawn.
DRAWN = pd.Timedelta(days=120)


def said_of(contest: str, vote: pd.Timestamp) -> list[float]:
    """Weeks ahead, weeks, the lead of the last week and that of the vote, as far as a title names them."""
    result = again.shares(contest)
    at_vote = float(result.iloc[0] - result.iloc[1])
    since = str((vote - DRAWN).date())
    weeks = weekly_leads(since, str(vote.date()), contest)
    if weeks.empty:
        rows = leads(since, contest)
        return [int((rows.lead >= 0.05).sum()), len(rows)]
    ahead, number = int((weeks >= 0.05).sum()), len(weeks)
    counted = [] if number == 1 else [number] if ahead == number else [ahead, number]
    last = abs(float(weeks.iloc[-1]))
    return [*counted, *([last] if last >= 0.05 else []), at_vote]


@pytest.mark.parametrize("election", ELECTIONS)
def test_the_title_says_in_how_many_weeks_the_first_of_the_vote_led(election: str) -> None:
    contests = again.table("contests", election).set_index("contest_id")
    with load(election) as bench:
        frames = gather(bench)
        for contest, day in contests.day.items():
            for locale in ("en", "fr"):
                view = View(locale=locale, contest_id=str(contest))
                drawing = registered()["first_minus_second"].draw(frames, view)
                expected = said_of(str(contest), pd.Timestamp(day))
                assert alike(numbers(drawing.title, locale), expected), (drawing.title, expected)
