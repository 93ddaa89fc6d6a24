"""Baselines made of polls see nothing published on the day of a forecast or later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pollbench import baselines
from pollbench.baselines._polls import _means_of_samples, polls_of
from pollbench.baselines.poll_average import WINDOW_DAYS
from pollbench.scoring.compare import compare
from pollbench.selection.policy import Policy
from pollbench.selection.samples import OF_ONE_DAY

FIRST = "fr-pres-2017-r1"
MADE_OF_POLLS = ["last_poll", "poll_average", "poll_average_by_size", "poll_average_by_age"]


@pytest.fixture(scope="module")
def comparison(bench):
    return compare(bench, Policy(missing="drop"), FIRST)[0]


@pytest.mark.parametrize("name", MADE_OF_POLLS)
def test_baseline_sees_nothing_of_the_day_or_later(bench, comparison, name, monkeypatch):
    # Spoil every poll of the 20th of April and later: a forecast of that day must not notice.
    day = pd.Timestamp("2017-04-20")
    early = comparison.of((pd.to_datetime(comparison.forecasts.public_on) <= day).to_numpy())
    assert len(early.forecasts) > 2
    honest = baselines.named(name).function(bench, early).forecast

    def spoiled(*arguments):
        polls = polls_of(*arguments)
        shares = polls.shares.copy()
        shares[(polls.table.public_on >= day).to_numpy()] = -1e6
        return replace(polls, shares=shares)

    module = "last_poll" if name == "last_poll" else "poll_average"
    monkeypatch.setattr(f"pollbench.baselines.{module}.polls_of", spoiled)
    assert np.array_equal(baselines.named(name).function(bench, early).forecast, honest)


@pytest.mark.parametrize("name", MADE_OF_POLLS)
def test_spoiling_what_it_may_see_changes_it(bench, comparison, name, monkeypatch):
    honest = baselines.named(name).function(bench, comparison).forecast
    module = "last_poll" if name == "last_poll" else "poll_average"

    def spoiled(*arguments):
        polls = polls_of(*arguments)
        return replace(polls, shares=polls.shares + 1)

    monkeypatch.setattr(f"pollbench.baselines.{module}.polls_of", spoiled)
    assert baselines.named(name).function(bench, comparison).forecast == pytest.approx(honest + 1)


def test_last_poll_before_the_last_filteris_release_is_the_one_by_harris(bench, comparison):
    made = baselines.named("last_poll").function(bench, comparison)
    row = made.forecast[(made.forecasts.forecast_id == "filteris-2017-04-21-b").to_numpy()][0]
    # Harris, 18 to 20 April, public on the 20th; everything of the 21st is out of sight.
    assert row.tolist() == [24.5, 21.0, 20.0, 19.0]


def test_poll_average_counts_each_house_once(bench, comparison):
    made = baselines.named("poll_average").function(bench, comparison)
    place = int(np.flatnonzero(made.forecasts.forecast_id == "filteris-2017-04-21-b")[0])
    polls = polls_of(bench, comparison)
    day = pd.Timestamp("2017-04-21")
    age = (day - polls.table.measured).dt.days
    known = polls.table[polls.before(day) & (age <= WINDOW_DAYS).to_numpy()]
    last = known.groupby("house").tail(1).index
    assert made.forecast[place] == pytest.approx(polls.shares[last].mean(axis=0))
    assert len(last) == known.house.nunique() >= 7


def test_larger_and_younger_polls_weigh_more_when_asked_to(bench, comparison):
    plain, by_size, by_age = (
        baselines.named(name).function(bench, comparison).forecast for name in MADE_OF_POLLS[1:]
    )
    assert not np.allclose(plain, by_size)
    assert not np.allclose(plain, by_age)
    assert np.abs(plain - by_size).max() < 1.5


def test_without_earlier_polls_the_baseline_says_why_it_is_empty(all_elections):
    right = compare(all_elections, Policy(missing="drop", within_days=None), "fr-primary-left-2017-r1")[0]
    made = baselines.named("last_poll").function(all_elections, right)
    assert len(made.forecast) == 0
    if len(right.forecasts):
        assert "no poll" in made.note


def test_previous_election_says_that_macron_has_no_predecessor(all_elections):
    comparison = compare(all_elections, Policy(missing="drop"), FIRST)[0]
    made = baselines.named("previous_election").function(all_elections, comparison)
    assert len(made.forecast) == 0
    assert "macron" in made.note


def test_previous_election_needs_one_before_it(bench, comparison):
    made = baselines.named("previous_election").function(bench, comparison)
    assert "no election before" in made.note


def test_previous_election_repeats_the_blocs(all_elections):
    policy = Policy(missing="drop", candidates=("le-pen", "fillon", "hamon"))
    comparison = compare(all_elections, policy, FIRST)[0]
    made = baselines.named("previous_election").function(all_elections, comparison)
    before = (
        all_elections.frame("SELECT candidate_id, share_pct FROM oracle WHERE contest_id = 'fr-pres-2012-r1'")
        .set_index("candidate_id")
        .share_pct
    )
    expected = {"le-pen": before["le-pen"], "fillon": before["sarkozy"], "hamon": before["hollande"]}
    assert made.forecast[0] == pytest.approx([expected[each] for each in comparison.candidates])


def test_samples_of_one_house_and_day_are_one_poll_with_their_mean_from_the_later_publication_on():
    table = pd.DataFrame(
        {
            "contest_id": FIRST,
            "forecaster_id": ["a", "a", "b", "a"],
            "quantity": "vote_share",
            "lineup": "final",
            "scenario": None,
            "measured_to": ["2017-04-18", "2017-04-18", "2017-04-18", "2017-04-19"],
            "public_on": pd.to_datetime(["2017-04-19", "2017-04-20", "2017-04-19", "2017-04-20"]),
        }
    )
    shares = np.array([[24.0, 22.0], [26.0, 20.0], [23.0, 23.0], [25.0, 21.0]])
    together, means = _means_of_samples(table, shares)
    assert together.forecaster_id.tolist() == ["a", "b", "a"]
    assert means.tolist() == [[25, 21], [23, 23], [25, 21]]
    assert together.public_on.dt.day.tolist() == [20, 19, 20]


def test_polls_of_a_policy_of_means_are_as_many_as_their_houses_and_days(bench):
    policy = Policy(missing="drop", select="mean_of_samples")
    polls = polls_of(bench, compare(bench, policy, FIRST)[0])
    assert len(polls.shares) == len(polls.table)
    assert not polls.table.duplicated(OF_ONE_DAY).any()
