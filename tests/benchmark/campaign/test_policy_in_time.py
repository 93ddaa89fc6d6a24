"""Tables of time and attacks read figures as the policy does: "<0.5", rescaling, and what was public by a day."""

from __future__ import annotations

import pandas as pd
import pytest

from pollbench.campaign.distance import distance_table
from pollbench.campaign.house_effects import compared_polls
from pollbench.manipulation.study.attackable import attacked_figures
from pollbench.manipulation.study.stress import stress
from pollbench.selection.figures import figures_of
from pollbench.selection.policy import Policy

FIRST = "fr-pres-2017-r1"
MAIN = ("macron", "le-pen", "fillon", "melenchon")


def test_what_is_printed_below_is_read_as_the_policy_says(bench):
    half = figures_of(bench, FIRST)
    zero = figures_of(bench, FIRST, policy=Policy(below="zero"))
    keys = ["forecast_id", "candidate_id"]
    both = half.merge(zero, on=keys, suffixes=("_half", "_zero"))
    moved = both[both.share_half != both.share_zero]
    assert len(moved) > 0
    assert set(moved.share_half) == {0.25}
    assert set(moved.share_zero) == {0.0}


def test_rescaled_shares_reach_the_distances(bench):
    printed = distance_table(bench, FIRST, MAIN)
    rescaled = distance_table(bench, FIRST, MAIN, Policy(rescale="to_100"))
    assert len(printed) == len(rescaled)
    assert not printed.distance.equals(rescaled.distance)


def test_nothing_that_was_public_later_enters(bench):
    early = Policy(as_of="2017-04-01")
    assert pd.to_datetime(compared_polls(bench, FIRST, early).public_on).max() <= pd.Timestamp("2017-04-01")
    assert distance_table(bench, FIRST, MAIN, early).day.max() <= pd.Timestamp("2017-04-01")


def test_an_attack_meets_the_figures_of_the_policy(bench):
    def figure(policy, forecaster):
        return next(
            figure
            for figure in attacked_figures(bench, policy)[0]
            if figure.contest_id == FIRST and figure.forecaster_id == forecaster
        )

    usual, early = figure(Policy(), "ifop"), figure(Policy(as_of="2017-04-01"), "ifop")
    assert usual.forecast_id != early.forecast_id
    moved = stress(
        bench,
        attack="push",
        budgets=[10],
        target="fillon",
        forecaster="ifop",
        contest_id=FIRST,
        replicates=20,
        policy=Policy(as_of="2017-04-01"),
    )
    assert set(moved.forecast_id) == {early.forecast_id}
    assert moved.figure_pct.iloc[0] == pytest.approx(early.figures[early.position("fillon")])


def test_what_says_nothing_of_reading_changes_nothing(bench):
    other = Policy(within_days=3, missing="drop", rescale="main", waves="rolling")
    assert figures_of(bench, FIRST, policy=other).equals(figures_of(bench, FIRST))
