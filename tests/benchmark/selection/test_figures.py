"""Figures over time: which candidates come first, which polls count, and the usual size of a sample."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pollbench.data.bench import Bench
from pollbench.errors import CoverageError, UnknownName
from pollbench.selection.figures import (
    figures_of,
    main_candidates,
    polls_of,
    require_contest,
    usual_n,
)
from pollbench.selection.policy import Policy

CONTEST = "fr-pres-2017-r1"


def test_candidates_stand_in_the_order_of_the_result_or_of_their_shares_before_it():
    frame = pd.DataFrame(
        [
            ("bob", 30.0, 10.0),
            ("dan", 20.0, 40.0),
            ("ann", 20.0, 12.0),
            ("cid", np.nan, 24.0),
            ("cid", np.nan, 26.0),
        ],
        columns=["candidate_id", "result", "share"],
    )
    assert main_candidates(frame) == ["bob", "cid", "ann", "dan"]
    assert main_candidates(frame, 2) == ["bob", "cid"]


def test_the_usual_size_is_the_median_of_those_that_are_known_or_a_thousand():
    assert usual_n(pd.DataFrame({"n": [500.0, np.nan, 900.0, 2000.0]})) == 900
    assert usual_n(pd.DataFrame({"n": [np.nan]})) == 1000


def test_figures_of_a_campaign_run_from_the_first_day_to_the_vote(bench: Bench) -> None:
    figures = figures_of(bench, CONTEST)
    assert figures.horizon_days.is_monotonic_decreasing
    assert figures.index.tolist() == list(range(len(figures)))
    assert set(figures.contest_id) == {CONTEST}
    assert set(figures.quantity) == {"vote_share", "digital_share"}
    assert set(figures.lineup) == {"", "final", "near-final"}
    assert figures.share.between(0, 100).all()
    final = figures_of(bench, CONTEST, lineups=("final",))
    assert set(final.lineup) == {"", "final"}
    early = figures_of(bench, CONTEST, policy=Policy(as_of="2017-04-10"))
    days = pd.to_datetime(figures.public_on)
    assert len(early) == (days <= pd.Timestamp("2017-04-10")).sum()
    assert pd.to_datetime(early.public_on).max() == pd.Timestamp("2017-04-10")


def test_polls_of_a_campaign_are_votes_of_polls_and_of_rolling_waves_those_that_share_no_respondent(
    bench: Bench,
) -> None:
    polls, every = polls_of(bench, CONTEST), polls_of(bench, CONTEST, thin=False)
    assert every.is_poll.all()
    assert set(every.quantity) == {"vote_share"}
    assert len(polls) < len(every)
    assert polls.thin.all()
    assert set(every[every.thin].forecast_id) == set(polls.forecast_id)
    assert polls.columns.tolist() == every.columns.tolist() == figures_of(bench, CONTEST).columns.tolist()
    for table in (polls, every):
        assert table.index.tolist() == list(range(len(table)))


def test_a_contest_that_is_not_loaded_or_has_no_poll_is_named(bench: Bench) -> None:
    with pytest.raises(UnknownName, match="fr-pres-2017-r3"):
        require_contest(bench, "fr-pres-2017-r3")
    with pytest.raises(UnknownName, match="fr-pres-2017-r3"):
        figures_of(bench, "fr-pres-2017-r3")
    require_contest(bench, CONTEST)
    with pytest.raises(CoverageError, match="fr-pres-2017-r1 has no poll"):
        polls_of(bench, CONTEST, policy=Policy(as_of="2012-01-01"))
